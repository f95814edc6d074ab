"""What a unit does, how often it stands in a table, and by how much it has more than another, on the registers made up
for these tests."""

from __future__ import annotations

import pytest

from answer.conftest import Ask


@pytest.mark.parametrize(
    ("question", "items"),
    [
        ("涉县市场监督管理局在殡葬这块管些什么", ["负责殡葬用品价格的监督检查。"]),
        ("Everything the She County 自然资源局 does about funerals, please.", ["负责查处非法占用耕地建坟行为。"]),
        ("涉县婚姻那帮人手上都有哪些活", ["负责办理结婚、离婚登记。"]),
        # what is left of the sentence is something that the items tell of
        ("涉县哪些局在边界表里只出现一次", ["自然资源局"]),
        ("Which She County bureaus appear only once in the boundary table?", ["自然资源局"]),
        ("Under which shared matters does the She County 市场监督管理局 turn up?", ["殡葬管理", "养老机构管理"]),
    ],
)
def test_what_a_unit_has_to_do(ask: Ask, question: str, items: list[str]) -> None:
    assert ask(question)["items"] == items


@pytest.mark.parametrize(
    ("question", "count"),
    [
        ("涉县养老服务科比婚姻登记处多几条事项", 2),
        ("How many bodies, the civil affairs bureau among them, have a share in funerals in She County?", 3),
        # what stands before the name in brackets says the same in other words
        ("She County has one house for prices and funerals (市场监督管理局). In how many matters does it turn up?", 2),
        # the difference of something that nobody counted
        ("涉县养老服务科比隔壁的同行多几条事项", None),
    ],
)
def test_numbers_of_units(ask: Ask, question: str, count: int | None) -> None:
    assert ask(question)["count"] == count
