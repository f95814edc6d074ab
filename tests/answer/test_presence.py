"""Questions of yes or no: whether a table, a row, a regime, a unit's part has something."""

from __future__ import annotations

import pytest

from answer.conftest import Ask


@pytest.mark.parametrize(
    "question",
    [
        "涉县跟外单位分工的那两项，有没有一项叫婚姻登记",
        "涉县公共服务那张表，敬老月单列没列低保",
        "涉县哪个科的活里写着低保没有",
        "涉县监管制度列没列殡葬",
        "殡葬管理那项，自然资源局那格提没提价格",
        "涉县登记表里设了区划地名科没有",
        "I looked for adoption among She County's shared matters. Is there such an entry?",
        "Does She County's regime for charitable donations say how many officers go?",
        "涉县养老机构管理那项有没有写法律依据",
        "涉县登记表里有没有一项叫坟地超面积",  # another word for it stands there
        "Does She County record any legal basis for 养老机构管理?",
    ],
)
def test_what_is_not_there_is_denied(ask: Ask, question: str) -> None:
    answer = ask(question, jurisdiction="130426")
    assert (answer["status"], answer["intent"]) == ("answered", "gap")
    assert answer["text"].startswith(("没有", "No"))


@pytest.mark.parametrize(
    ("question", "statement"),
    [
        ("涉县职责边界里单列了养老机构没有", "养老机构管理"),
        ("殡葬管理那项，自然资源局那格写没写耕地", "负责查处非法占用耕地建坟行为。"),
        ("涉县养老机构那套制度写没写罚款钱数", "对歧视、侮辱老年人的，责令改正，处三千元以上三万元以下罚款。"),
        ("涉县哪个科的活里写着高龄津贴没有", "负责高龄老人津贴发放。"),
    ],
)
def test_what_is_there_is_shown_with_its_cell(ask: Ask, question: str, statement: str) -> None:
    answer = ask(question, jurisdiction="130426")
    assert (answer["status"], answer["intent"]) == ("answered", "gap")
    assert statement in [result["statement"] for result in answer["results"]]


def test_the_place_that_is_only_the_example_is_not_asked(ask: Ask) -> None:
    answer = ask("磁县的公共服务里，有没有像涉县那样写敬老月")
    assert (answer["text"][:2], answer["jurisdictions"]) == ("没有", ["130427"])


@pytest.mark.parametrize("question", ["涉县有没有人管乱埋乱葬", "涉县哪个科发高龄津贴", "涉县殡葬用品价格归谁查"])
def test_who_does_a_thing_is_no_question_of_what_is_written(ask: Ask, question: str) -> None:
    assert ask(question)["intent"] == "who"


def test_any_row_with_a_blank_cell_is_asked_for(ask: Ask) -> None:
    assert ask("涉县公共服务两项里，有没有哪行忘了留电话")["items"] == ["婚俗改革宣传周"]
    assert ask("磁县公共服务里，有没有哪行忘了留电话")["text"].startswith("没有")
