"""What texts must say, as a condition: quotations, amounts, plain words."""

from __future__ import annotations

import pytest

from answer.conftest import Ask
from dutygraph.answer.intents.amounts import numeral

FUNERALS, HOMES = "殡葬管理", "养老机构管理"
CARE, GIFTS = "养老机构服务质量监管", "公益捐赠监管"


@pytest.mark.parametrize(
    ("question", "items"),
    [
        # in quotation marks
        ("涉县哪项监管制度里写了“给予警告，并处”", [GIFTS]),
        ("涉县哪项监管制度里写了“侮辱”", [CARE]),
        ("涉县“殡葬”这两个字，写在哪几个科室的主要职责里", ["婚姻登记处", "社会事务科"]),
        ("按“每季度”检查的监管制度，涉县的挑出来", [CARE]),
        ("Which supervision regimes of She County look at volunteering (志愿)?", [GIFTS]),
        # amounts, of which the text says more or as much
        ("涉县哪些监管制度写了两万元以上的罚款", [CARE]),
        ("涉县罚款不足三千元的监管制度有哪些", [GIFTS]),
        ("涉县哪些监管制度写了一千到两千五百元的罚款", [GIFTS]),
        ("涉县要求每季度至少检查两次的监管制度是哪项", [CARE]),
        ("Which supervision regimes of She County require at least two visits a quarter?", [CARE]),
        ("涉县哪些监管制度写明了罚款金额", [CARE, GIFTS]),
        # words, in the texts of what is asked for
        ("涉县哪个科室的事项里写了乱埋乱葬", ["社会事务科"]),
        ("涉县哪项监管制度写着要查志愿服务记录", [GIFTS]),
        # units by what they do; of those named before, which
        ("涉县管自然资源的局参与了哪些管理事项", [FUNERALS]),
        ("涉县承办公共服务的科室里，哪几个的工作事项超过两条", ["养老服务科"]),
    ],
)
def test_what_the_texts_say_is_a_condition(ask: Ask, question: str, items: list[str]) -> None:
    answer = ask(question)
    assert (answer["status"], answer["items"]) == ("answered", items)
    assert answer["evidence"]


@pytest.mark.parametrize(
    "question", ["涉县哪项监管制度里写了“停业整顿六个月以上”", "涉县哪些监管制度写了十万元以上的罚款"]
)
def test_what_no_text_says_lists_nothing(ask: Ask, question: str) -> None:
    assert not ask(question)["items"]


@pytest.mark.parametrize(("words", "value"), [("一百一", 110), ("一百零一", 101), ("两千五", 2500), ("三万", 30_000)])
def test_figures_as_they_are_spoken(words: str, value: int) -> None:
    assert numeral(words) == value
