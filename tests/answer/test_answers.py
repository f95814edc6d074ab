"""What is answered from the two made-up registers, kind by kind."""

from __future__ import annotations

import pytest

from answer.conftest import DATA, Ask

SHE, CI = "130426", "130427"


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("涉县谁负责公墓建设审批？", "社会事务科"),
        ("涉县养老机构备案找哪个科室", "养老服务科"),
        ("涉县非法占用耕地建坟归哪个局查", "自然资源局"),
        ("涉县养老机构食堂的食品安全哪个局管", "市场监督管理局"),
        ("磁县道路街巷命名谁管", "区划地名科"),
    ],
)
def test_who_names_the_most_direct_unit_first(ask: Ask, question: str, first: str) -> None:
    answer = ask(question)
    assert (answer["status"], answer["intent"]) == ("answered", "who")
    assert answer["names"][0] == first


def test_who_shows_the_division_of_work_after_the_direct_answer(ask: Ask) -> None:
    answer = ask("涉县查处非法占用耕地建坟的是谁")
    assert answer["results"][0]["agency"] == "自然资源局"
    assert {result["agency"] for result in answer["results"]} >= {"民政局", "市场监督管理局"}
    assert answer["results"][0]["subject"] == "殡葬管理"
    roles = {result["statement"]: result["role"] for result in answer["results"]}
    assert roles["负责殡葬服务机构的审批。"] == "approve"
    assert roles["负责查处非法占用耕地建坟行为。"] == "responsible"


def test_without_a_county_each_that_has_it_is_a_labelled_block(ask: Ask) -> None:
    answer = ask("结婚登记谁办理")
    assert set(answer["by_jurisdiction"]) == {SHE, CI}
    assert answer["by_jurisdiction"][SHE]["names"][0] == "婚姻登记处"
    assert answer["by_jurisdiction"][CI]["names"][0] == "婚姻收养登记中心"
    assert "涉县：" in answer["text"]
    assert "磁县：" in answer["text"]


def test_a_county_given_as_argument_restricts_as_one_in_the_question_does(ask: Ask) -> None:
    by_argument, by_name = ask("结婚登记谁办理", jurisdiction=CI), ask("磁县结婚登记谁办理")
    assert by_argument["jurisdictions"] == by_name["jurisdictions"] == [CI]
    assert by_argument["names"] == by_name["names"]


def test_legal_gives_title_and_number_as_the_cell_writes_them(ask: Ask) -> None:
    answer = ask("涉县殡葬管理依据什么法规")
    assert answer["laws"] == [{"title": "殡葬管理条例", "number": "国务院令第225号", "articles": []}]
    assert "《殡葬管理条例》" in answer["evidence"][0]["quote"]


def test_a_blank_basis_is_not_recorded_and_never_made_up(ask: Ask) -> None:
    answer = ask("涉县养老机构管理这个事项的相关依据是什么文件")
    assert answer["laws"] in ([], [{"title": "养老机构管理办法", "number": None, "articles": []}])


def test_phone_of_a_service_and_blank_phone(ask: Ask) -> None:
    assert ask("涉县敬老月活动的电话是多少")["phones"] == ["3891234"]
    blank = ask("涉县婚俗改革宣传周联系电话是多少")
    assert (blank["status"], blank["reason"], blank["phones"]) == ("abstained", "not_recorded", [])
    assert "婚俗改革宣传周" in blank["nearest"][0]["label"]


def test_whose_number(ask: Ask) -> None:
    assert ask("2325678是谁的电话")["names"] == ["区划地名科", "民政局"]


def test_list_of_a_department_of_a_matter_and_of_an_agency(ask: Ask) -> None:
    assert ask("涉县养老服务科负责哪些工作")["items"] == [
        "负责养老机构备案。",
        "负责高龄老人津贴发放。",
        "根据《养老机构管理办法》对养老机构进行监督检查。",
    ]
    assert ask("涉县殡葬管理涉及哪些部门")["items"] == ["民政局", "自然资源局", "市场监督管理局"]
    assert ask("涉县市场监督管理局参与哪些事项")["items"] == ["殡葬管理", "养老机构管理"]


def test_count(ask: Ask) -> None:
    assert ask("涉县养老服务科有几项工作任务")["count"] == 3
    assert ask("涉县殡葬管理一共涉及几家单位")["count"] == 3


def test_indicator_and_penalty_quote_the_item(ask: Ask) -> None:
    often = ask("涉县养老机构多久检查一次，每季度几次")
    assert (often["intent"], often["values"][0]) == (
        "indicator",
        "日常巡查：养老服务科对养老机构每季度检查不少于2次，每次不少于3家。",
    )
    fine = ask("涉县养老机构歧视老年人会被怎么处罚")
    assert fine["intent"] == "penalty"
    assert "三千元以上三万元以下罚款" in fine["values"][0]


def test_procedure_lists_the_section_asked_for(ask: Ask) -> None:
    answer = ask("涉县养老机构监督检查主要查哪些内容")
    assert answer["intent"] == "procedure"
    assert answer["items"] == ["护理人员持证上岗情况；", "老年人入住评估和档案管理情况。"]


def test_compare_keeps_the_counties_apart(ask: Ask) -> None:
    answer = ask("结婚登记的承办科室，两个县有什么不同")
    assert answer["intent"] == "compare"
    assert answer["by_jurisdiction"][SHE]["names"][0] == "婚姻登记处"
    assert answer["by_jurisdiction"][CI]["names"][0] == "婚姻收养登记中心"


def test_joins_and_superlatives(ask: Ask) -> None:
    assert ask("涉县哪些事项民政局和市场监督管理局都参与")["items"] == ["殡葬管理", "养老机构管理"]
    most = ask("涉县哪个科室的工作任务最多")
    assert (most["items"], most["counts"]) == (["养老服务科"], [{"label": "养老服务科", "value": 3}])
    exactly = ask("涉县名下正好一项工作任务的科室有哪些")
    assert set(exactly["items"]) == {"婚姻登记处", "社会事务科"}


def test_gap_lists_what_is_blank_or_denies(ask: Ask) -> None:
    assert ask("涉县哪些服务事项没有电话")["items"] == ["婚俗改革宣传周"]
    assert ask("涉县的事项有没有案例")["text"].startswith("没有")


def test_the_sibling_has_it_but_not_the_asked_county(ask: Ask) -> None:
    answer = ask("磁县公墓建设审批找谁")
    assert (answer["status"], answer["reason"]) == ("abstained", "not_in_register")
    assert answer["nearest"][0]["label"].startswith("涉县")
    assert answer["results"] == []


@pytest.mark.parametrize(
    "question", ["肥乡区谁管公墓审批", "肥乡谁管公墓审批", "who approves cemeteries in Feixiang District?"]
)
def test_a_county_without_a_register_is_not_answered_from_another(ask: Ask, question: str) -> None:
    answer = ask(question)
    assert (answer["status"], answer["reason"]) == ("abstained", "not_in_register")


def test_what_no_register_has_is_out_of_scope(ask: Ask) -> None:
    for question in ("怎样给显卡超频", "写一首关于春天的诗", "how do I bake sourdough bread"):
        answer = ask(question)
        assert (answer["status"], answer["reason"]) == ("abstained", "out_of_scope"), question


def test_a_question_without_an_object_is_asked_back(ask: Ask) -> None:
    answer = ask("这个归谁管啊")
    assert (answer["status"], answer["reason"]) == ("clarify", "ambiguous")
    assert [option["label"] for option in answer["options"]] == ["殡葬管理", "养老机构管理"]
    assert answer["options"][0]["question"].startswith("殡葬管理：")


def test_english_questions_are_answered_in_english_with_chinese_names(ask: Ask) -> None:
    answer = ask("Who handles marriage registration in She County?")
    assert (answer["lang"], answer["names"][0]) == ("en", "婚姻登记处")
    assert answer["text"].startswith("She County: ")
    assert answer["interpretation"].startswith("I understand: ")


def test_every_quote_stands_in_its_document(ask: Ask) -> None:
    documents = {f"{path.parent.name}/{path.name}": path.read_text("utf-8") for path in DATA.rglob("source.html")}
    plain = {name: "".join(text.split()) for name, text in documents.items()}
    seen = 0
    for question in (
        "结婚登记谁办理",
        "涉县殡葬管理依据什么法规",
        "涉县养老机构监督检查主要查哪些内容",
        "涉县敬老月活动的电话",
    ):
        for evidence in ask(question)["evidence"]:
            assert "".join(evidence["quote"].split()) in plain[evidence["document"]], question
            seen += 1
    assert seen >= 6


@pytest.mark.parametrize("question", ["电话号码是多少", "怎么处罚", "what is the phone number?"])
def test_words_of_asking_alone_are_asked_back(ask: Ask, question: str) -> None:
    answer = ask(question)
    assert (answer["status"], answer["reason"]) == ("clarify", "ambiguous")
    assert answer["options"]
    assert not answer["results"]


@pytest.mark.parametrize("question", ["明天下不下雨", "will it rain?", "昨天的比赛谁赢了"])
def test_weather_and_matches_are_no_business_of_a_register(ask: Ask, question: str) -> None:
    assert (ask(question)["status"], ask(question)["reason"]) == ("abstained", "out_of_scope")
