"""White space is folded away and nothing else changes; numbers of the form have values."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dutygraph.read.folding import fold, is_broken, number_value, squeeze


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("安全生产监\n\n督管理局", "安全生产监督管理局"),
        ("国务院令第591 号", "国务院令第591号"),
        ("部  门\u3000职\u00a0责", "部门职责"),
        ("Baixiang  County\n公安局 110", "Baixiang County公安局110"),
        ("5 00 元", "5 00元"),
        ("\u200b治安\ufeff大队 ", "治安大队"),
    ],
)
def test_folding(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(st.text())
def test_folding_only_takes_white_space(text: str) -> None:
    assert squeeze(fold(text)) == squeeze(text)
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    ("text", "value"),
    [("3", 3), ("3.", 3), (" 9 ", 9), ("（十二）", 12), ("二十一、", 21), ("③", 3), ("１２", 12), ("第三项", 3),
     ("", None), ("3人", None), ("一般", None), ("9" * 400, None), ("1.5.6", None)],
)  # fmt: skip
def test_number_cells(text: str, value: int | None) -> None:
    assert number_value(text) == value


@pytest.mark.parametrize(
    ("text", "broken"),
    [("《饲料条例》（国务", True), ("种子管理、", True), ("负责种子管理。", False), ("种子管理", False), ("", False)],
)
def test_broken_texts(text: str, broken: bool) -> None:
    assert is_broken(text) is broken
