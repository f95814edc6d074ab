"""Rows that a text sets out itself: read from texts, and asked for on registers of another bureau."""

from __future__ import annotations

import pytest

from answer.conftest import Ask
from dutygraph.answer.enumerations import Row, rows_of


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        (
            "申请书是否包括以下内容：申请人的姓名和住址；借阅的档案；用途。",
            [Row("申请书是否包括以下内容", ("申请人的姓名和住址", "借阅的档案", "用途"), "")],
        ),
        ("重点检查库房是否防潮；是否防火；是否登记。", [Row("重点检查", ("库房是否防潮", "是否防火", "是否登记"), "")]),
        (
            "负责档案管理，核发借阅证、查档证和复印证，并负责归档。",
            [Row("负责档案管理，核发", ("借阅证", "查档证", "复印证"), "证")],
        ),
        ("举办讲座、展览和参观等各类活动。", [Row("举办", ("讲座", "展览", "参观"), "活动")]),
        (
            "可以采取定期检查（每季一次，含节假日）、抽查等方式进行。",
            [Row("可以采取", ("定期检查（每季一次，含节假日）", "抽查"), "方式进行")],
        ),
        (
            "监督、指导全县图书馆、档案馆以及学校等内部单位的借阅工作。",
            [Row("监督、指导全县", ("图书馆", "档案馆", "学校"), "内部单位")],
        ),
        (
            "负责查处以下几种行为：\n一是涂改档案。\n二是损毁档案。",
            [Row("负责查处以下几种行为", ("涂改档案", "损毁档案"), "档案")],
        ),
        ("负责档案的管理。", []),
        # what opens the row stands in another clause, with more of the row
        ("通过召开座谈会，印发材料、海报等形式宣传。", []),
    ],
)
def test_the_rows_of_a_text(text: str, rows: list[Row]) -> None:
    assert list(rows_of(text)) == rows


@pytest.mark.parametrize(
    ("question", "items"),
    [
        ("涉县公益捐赠监管里，哪几种情形要给警告", ["不公开捐赠账目的；", "挪用捐赠物资的。"]),
        ("涉县敬老月活动搞的活动是哪三样", ["走访慰问老年人", "文艺演出", "健康义诊"]),
        ("涉县给老百姓办的那些服务活动，名字全报一遍", ["敬老月活动", "婚俗改革宣传周"]),
        # the remit of a department, asked for in other words; the name written half
        ("涉县婚姻登记处名下的差事都抄一份给我", ["负责办理结婚、离婚登记。"]),
        ("涉县婚姻登记科（处）的权责清单，一条别落", ["负责办理结婚、离婚登记。"]),
        # one cell that is all of it falls into its sentences
        ("涉县社会那个科手里有哪些，全要", ["负责公墓建设审批；", "查处乱埋乱葬行为。"]),
        ("涉县社会事务科都管啥，拆开说", ["负责公墓建设审批；", "查处乱埋乱葬行为。"]),
        # what stands before the sentence that asks
        (
            "I'm drawing a chart of who sits where. What all does the social affairs section (社会事务科) do?",
            ["负责公墓建设审批；", "查处乱埋乱葬行为。"],
        ),
        # for what, and whom, a list is made is no condition
        ("涉县婚姻登记处要写总结材料，把它的工作事项列全", ["负责办理结婚、离婚登记。"]),
        # what a name has in it
        ("涉县名字带服务的科室有哪些", ["养老服务科"]),
        ("涉县叫处的科室有哪些", ["婚姻登记处"]),
        ("Name the departments that host public services in She County.", ["婚姻登记处", "养老服务科"]),
        ("I need the titles of every supervision regime in She County.", ["养老机构服务质量监管", "公益捐赠监管"]),
    ],
)
def test_a_row_or_a_remit_is_listed_in_its_own_words(ask: Ask, question: str, items: list[str]) -> None:
    answer = ask(question)
    assert (answer["status"], answer["items"]) == ("answered", items)
    assert answer["evidence"]


def test_long_rows_are_read_without_what_is_said_of_them() -> None:
    text = "检查是否违反规定，出借古籍、手稿、舆图、拓片和契约等珍贵藏品的；受理借阅、复制的申请。"
    assert [(row.parts, row.noun) for row in rows_of(text, loosely=True)] == [
        (("出借古籍", "手稿", "舆图", "拓片", "契约"), "珍贵藏品"),
        (("借阅", "复制"), "申请"),
    ]


def test_which_unit_is_not_asked_for_the_things_in_a_row(ask: Ask) -> None:
    assert ask("涉县敬老月活动归哪些科室承办")["departments"] == ["养老服务科"]


@pytest.mark.parametrize(
    ("question", "count"),
    [
        ("涉县公益捐赠监管的检查内容列了几条，兜底的也算", 3),
        ("涉县公益捐赠监管给警告的情形一共几条", 2),
        ("涉县殡葬管理拉进来几家", 3),
        ("How many agencies sit in the 相关部门 column for She County?", 3),
    ],
)
def test_the_parts_of_a_row_are_counted(ask: Ask, question: str, count: int) -> None:
    answer = ask(question)
    assert (answer["status"], answer["count"]) == ("answered", count)


def test_a_row_of_another_length_is_not_meant(ask: Ask) -> None:
    assert "挪用捐赠物资的。" not in ask("涉县公益捐赠监管里，哪九种情形要给警告")["items"]
