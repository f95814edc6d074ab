"""Forms of questions that need more than one record: blanks, conditions, sections, exceptions, sanctions, misprints."""

from __future__ import annotations

from dataclasses import replace

import pytest

from answer.conftest import Ask
from dutygraph.answer.facts import Facts, Statement
from dutygraph.answer.intents.misprints import find_left_out, find_misprints
from dutygraph.answer.intents.numbers import read_quantity
from dutygraph.answer.intents.oddities import find_skips
from dutygraph.answer.intents.rows import find_repeated
from dutygraph.pipeline import Opened

SHE, CI = "130426", "130427"
_WORK_ITEM = "https://w3id.org/dutygraph/def#WorkItem"


@pytest.mark.parametrize(
    ("question", "items"),
    [
        ("涉县哪些服务事项没写联系电话，共几项", ["婚俗改革宣传周"]),
        ("涉县填了电话的服务事项有几项", ["敬老月活动"]),
        ("涉县公共服务里哪几项没留联系方式", ["婚俗改革宣传周"]),
        ("Which shared matters of She County have no legal basis recorded?", ["养老机构管理"]),
    ],
)
def test_records_that_lack_a_column_or_have_it(ask: Ask, question: str, items: list[str]) -> None:
    answer = ask(question)
    assert (answer["intent"], answer["items"], answer["count"]) == ("gap", items, len(items))


def test_whether_one_record_has_a_column_is_answered_by_yes_or_no(ask: Ask) -> None:
    blank = ask("涉县养老机构管理写了法律依据没有")
    assert (blank["status"], blank["text"].startswith("没有")) == ("answered", True)
    assert blank["evidence"][0]["quote"] == "养老机构管理"
    filled = ask("涉县殡葬管理写了法律依据没有")
    assert "有：《殡葬管理条例》" in filled["text"]
    assert filled["laws"][0]["number"] == "国务院令第225号"


def test_whether_the_register_lists_a_thing_at_all(ask: Ask) -> None:
    absent = ask("涉县监管制度里有没有婚姻登记这一项")
    assert absent["text"].startswith("没有")
    assert [result["statement"] for result in absent["results"]] == ["养老机构服务质量监管", "公益捐赠监管"]
    present = ask("涉县监管制度里有没有公益捐赠这一项")
    assert [result["statement"] for result in present["results"]] == ["公益捐赠监管"]


def test_what_the_question_excepts_is_left_out(ask: Ask) -> None:
    assert ask("涉县除了民政局，殡葬管理还涉及哪些部门")["items"] == ["自然资源局", "市场监督管理局"]
    assert ask("涉县市场监督管理局除了殡葬管理还参与哪些事项")["items"] == ["养老机构管理"]


def test_the_agencies_of_two_matters_at_once(ask: Ask) -> None:
    answer = ask("涉县哪些部门既管殡葬管理又管养老机构管理")
    assert (answer["intent"], answer["items"]) == ("compositional", ["民政局", "市场监督管理局"])


def test_a_section_is_called_by_its_heading(ask: Ask) -> None:
    assert ask("涉县公益捐赠监管的检查内容列了几条")["count"] == 3
    answer = ask("涉县公益捐赠的监督检查对象是什么")
    assert answer["items"] == ["全县各慈善组织。"]


def test_a_breach_is_said_with_the_sanction_that_leads_its_row_in(ask: Ask) -> None:
    answer = ask("涉县挪用捐赠物资会怎么处罚")
    assert answer["intent"] == "penalty"
    assert answer["values"][:2] == ["有下列情形之一的，给予警告，并处二千元罚款。", "挪用捐赠物资的。"]


def test_a_regime_rests_on_the_acts_of_its_preamble_an_item_on_its_own(ask: Ask) -> None:
    assert [law["title"] for law in ask("涉县公益捐赠监管依据什么法律")["laws"]] == ["慈善法"]
    assert [law["title"] for law in ask("涉县检查捐赠物资发放情况依据什么法律")["laws"]] == ["公益事业捐赠法"]


def test_the_item_with_the_measure_asked_for_comes_first(ask: Ask) -> None:
    assert "40%" in ask("涉县养老机构抽查比例是多少")["values"][0]
    assert "不少于3家" in ask("How many premises per visit are nursing homes in She County inspected?")["values"][0]


def test_the_numbers_of_every_department_named(ask: Ask) -> None:
    answer = ask("涉县婚姻登记处和养老服务科的电话分别是多少")
    assert (answer["phones"], answer["departments"]) == (["3891234"], ["养老服务科"])


def test_work_procedures_are_no_request_to_write_a_program(ask: Ask) -> None:
    assert ask("涉县养老服务工作监督检查的程序有哪些")["intent"] != "describe"


def _items(opened: Opened, *texts: str) -> tuple[Statement, ...]:
    facts = Facts(opened.store, dict(opened.templates))
    first = facts.statements("registered", kind=_WORK_ITEM, place_code=SHE)[0]
    return tuple(replace(first, iri=f"{first.iri}{n}", text=text) for n, text in enumerate(texts))


def test_a_misprint_is_one_character_off_from_how_it_is_written_elsewhere(opened: Opened) -> None:
    written = _items(
        opened,
        "负责养老机构备案和殡葬服务审批。",
        "承担养老机构备案的日常管理；",
        "开展养老机构备案检查。",
        "负责养老机枸备案和档案管理。",
    )
    found = find_misprints(written[3:], written)
    assert {(misprint.wrong, misprint.right) for misprint in found} == {("机枸", "机构")}
    assert found[0].clause == "负责养老机枸备案和档案管理。"


def test_a_character_left_out_once_is_a_misprint_another_countys_name_is_none(opened: Opened) -> None:
    written = _items(
        opened,
        "全县养老机构每季度检查不少于1次。",
        "对全县殡葬服务机构每年检查不少于1次。",
        "全区养老机构每月检查不少1次。",
    )
    found = find_misprints(written[2:], written)
    assert {(misprint.wrong, misprint.right) for misprint in found} == {("少1", "少于1")}


def test_a_character_that_is_named_is_missing_where_it_always_stands(opened: Opened) -> None:
    works = ("婚姻", "殡葬", "地名", "社区", "慈善", "救助", "收养", "社团", "福利")
    written = _items(opened, *(f"负责{work}工作。" for work in works), "负养老工作。")
    found = find_left_out(written[-1:], written, "责")
    assert [(misprint.wrong, misprint.right) for misprint in found] == [("负养", "负责养")]


def test_a_character_left_out_is_found_without_being_named(opened: Opened) -> None:
    works = ("婚姻", "殡葬", "地名", "社区", "慈善", "救助", "收养", "养犬", "福利")
    written = _items(opened, *(f"负责{work}工作。" for work in works), "负养老工作。")
    found = find_left_out(written, written)
    assert [(misprint.wrong, misprint.right) for misprint in found] == [("负养", "负责养")]


def test_a_sentence_is_repeated_in_a_later_record_only(opened: Opened) -> None:
    items = _items(
        opened, "负责养老机构的备案管理。指导社区工作。", "承担救助站的日常管理。", "负责养老机构的备案管理。"
    )
    said = [(item, tuple((text, text) for text in item.text.split("。") if text)) for item in items]
    repeated = [(one.iri, other.iri, text) for (one, _), (other, text) in find_repeated(said)]
    assert repeated == [(items[0].iri, items[2].iri, "负责养老机构的备案管理")]


def test_a_number_left_out_of_a_count(opened: Opened) -> None:
    numbers = ("1、", "2、", "（一）", "4、", "（二）", "（四）", "1、", "2、")
    items = _items(opened, *numbers)
    counted = [replace(item, number=number) for item, number in zip(items, numbers, strict=True)]
    assert [(missing, before.number, after.number) for missing, before, after in find_skips(counted)] == [
        (3, "2、", "4、"),
        (3, "（二）", "（四）"),
    ]


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("哪两个科室都写了", 2),
        ("under which three sections is it entered", 3),
        ("两个县各是谁", None),
        ("哪些科室", None),
    ],
)
def test_how_many_units_a_question_says_that_there_are(question: str, said: int | None) -> None:
    assert read_quantity(question) == said


def test_whether_there_is_a_unit_of_that_name(ask: Ask) -> None:
    absent = ask("涉县有没有婚姻收养登记中心")
    assert (absent["status"], absent["text"][:2]) == ("answered", "没有")
    assert {result["department"] for result in absent["results"]} >= {"养老服务科", "社会事务科"}
    present = ask("涉县有没有养老服务科")
    assert {result["department"] for result in present["results"]} == {"养老服务科"}


def test_numbering_that_is_whole_skips_nothing(ask: Ask) -> None:
    assert ask("涉县公益捐赠监管的检查内容编号有没有跳号")["text"].startswith("没有")
