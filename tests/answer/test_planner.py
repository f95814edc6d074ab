"""Structured questions on registers of another bureau: conditions, numbers, superlatives, blanks, places."""

from __future__ import annotations

import pytest

from answer.conftest import Ask

HERE, THERE = "130426", "130427"
FUNERALS, HOMES = "殡葬管理", "养老机构管理"


@pytest.mark.parametrize(
    ("question", "items"),
    [
        # numbers
        ("涉县承办三条工作事项的科室是哪个", ["养老服务科"]),
        ("涉县哪些科室正好有一条工作事项", ["婚姻登记处", "社会事务科"]),
        ("Which departments of She County have just a single work item?", ["婚姻登记处", "社会事务科"]),
        ("Which departments of She County have more than two work items?", ["养老服务科"]),
        ("涉县除民政局外，正好参与了两项管理事项的局有哪些", ["市场监督管理局"]),
        ("涉县有的科室登了三条事项，同时还承办公共服务，说的是谁", ["养老服务科"]),
        ("涉县由三个部门分工的管理事项有哪些", [FUNERALS]),
        ("涉县哪些部门只参与了一项管理事项", ["自然资源局"]),
        ("Which agencies in She County take part in at least two shared matters?", ["民政局", "市场监督管理局"]),
        # the most and the fewest
        ("涉县哪个科室的工作事项最多", ["养老服务科"]),
        ("Which shared matter of She County involves the fewest agencies?", [HOMES]),
        ("涉县牵涉部门最多的管理事项是哪个", [FUNERALS]),
        ("涉县养老服务科和婚姻登记处谁的事项多", ["养老服务科"]),
        # linked to this and that, to one of them, to nothing else
        ("涉县民政局和自然资源局都参与的事项有哪些", [FUNERALS]),
        ("涉县自然资源局或者市场监督管理局参与的管理事项有哪些", [FUNERALS, HOMES]),
        ("涉县市场监督管理局参与而自然资源局没有参与的管理事项有哪些", [HOMES]),
        ("Which shared matters of She County involve 市场监督管理局 but not 自然资源局?", [HOMES]),
        ("涉县哪个单位只出现在殡葬管理里", ["自然资源局"]),
        ("Which agencies outside the 民政局 share 殡葬管理 in She County?", ["自然资源局", "市场监督管理局"]),
        ("涉县殡葬管理里民政局以外的部门有哪些", ["自然资源局", "市场监督管理局"]),
        ("涉县每项管理事项都有份的是哪些部门", ["民政局", "市场监督管理局"]),
        # acts, columns, telephone numbers
        ("涉县哪些管理事项引用了殡葬管理条例", [FUNERALS]),
        ("涉县哪几项监管制度依据的是慈善法", ["公益捐赠监管"]),
        ("涉县公共服务里登记了电话的科室有哪些", ["养老服务科"]),
        ("涉县没有承办公共服务的科室有哪些", ["社会事务科"]),
        ("涉县没写检查指标的监管制度是哪项", ["公益捐赠监管"]),
    ],
)
def test_what_meets_a_condition(ask: Ask, question: str, items: list[str]) -> None:
    answer = ask(question)
    assert (answer["status"], answer["items"]) == ("answered", items)
    assert answer["evidence"]


@pytest.mark.parametrize(
    ("question", "count"),
    [
        ("涉县一共有几条工作事项", 5),
        ("涉县有几项管理事项", 2),
        ("殡葬管理在涉县由几个部门分工", 3),
        ("How many work items does 养老服务科 in She County have?", 3),
        ("How many public services of She County carry a phone number?", 1),
        ("涉县有几个科室的工作事项超过两条", 1),
        ("涉县殡葬管理由几个部门分工（民政局也算）", 3),
        ("Counting 民政局, how many agencies share 殡葬管理 in She County?", 3),
    ],
)
def test_how_many_there_are(ask: Ask, question: str, count: int) -> None:
    answer = ask(question)
    assert (answer["status"], answer["count"]) == ("answered", count)


def test_a_number_for_each(ask: Ask) -> None:
    answer = ask("涉县每项管理事项分别有几个部门")
    assert {count["label"]: count["value"] for count in answer["counts"]} == {FUNERALS: 3, HOMES: 2}
    assert f"{FUNERALS}（3）" in answer["text"]


@pytest.mark.parametrize(
    "asked",
    [
        "涉县养老服务科、婚姻登记处的工作事项各有几条",
        "For She County, give the number of work items of 养老服务科 and of 婚姻登记处.",
    ],
)
def test_units_side_by_side_are_counted_each_by_itself(ask: Ask, asked: str) -> None:
    assert {count["label"]: count["value"] for count in ask(asked)["counts"]} == {"养老服务科": 3, "婚姻登记处": 1}


def test_what_was_counted_is_said(ask: Ask) -> None:
    answer = ask("涉县哪个科室的工作事项最多，有几条")
    assert answer["counts"] == [{"label": "养老服务科", "value": 3}]
    assert len(answer["results"]) == 3


def test_nothing_meets_the_condition(ask: Ask) -> None:
    answer = ask("涉县哪些科室有十条以上工作事项")
    assert (answer["status"], answer["items"]) == ("answered", [])
    assert answer["text"].startswith("没有")


def test_what_one_place_has_and_the_other_has_not(ask: Ask) -> None:
    both = ask("两县都有的工作事项有哪些")["by_jurisdiction"]
    assert [both[code]["items"] for code in (HERE, THERE)] == [["负责办理结婚、离婚登记。"]] * 2
    only = ask("涉县有而鸡泽县没有的公共服务事项有哪些")["by_jurisdiction"]
    assert {code: content["items"] for code, content in only.items()} == {HERE: ["敬老月活动", "婚俗改革宣传周"]}


def test_a_unit_that_nobody_goes_by_is_no_condition(ask: Ask) -> None:
    assert (
        ask("What does the wedding brigade of She County do? List the tasks.")["items"]
        != ask("涉县有哪些工作事项")["items"]
    )


@pytest.mark.parametrize("asked", ["涉县管婚姻登记的那个科室，工作事项逐条念一遍", "涉县婚姻登记处的活，挨个列出来"])
def test_told_to_list_the_work_of_the_one_that_does_something(ask: Ask, asked: str) -> None:
    assert ask(asked)["items"] == ["负责办理结婚、离婚登记。"]


def test_who_does_what_of_one_matter(ask: Ask) -> None:
    answer = ask("涉县殡葬管理上，谁审批机构，谁查占耕地建坟，价格又是谁查")
    assert answer["intent"] == "compare"
    assert all(agency in answer["text"] for agency in ("民政局", "自然资源局", "市场监督管理局"))
