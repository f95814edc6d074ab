from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dutygraph.read.numerals import NUMBER, parse_number


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("五百", 500),
        ("一千", 1000),
        ("三万", 30_000),
        ("十", 10),
        ("十二", 12),
        ("二十", 20),
        ("一百零五", 105),
        ("两", 2),
        ("一万二千三百", 12_300),
        ("二〇一二", 2012),
        ("伍佰", 500),
        ("3 万", 30_000),
        ("3万", 30_000),
        ("１２", 12),
        ("1,000", 1000),
        ("2.5", 2.5),
        ("5百万", 5_000_000),
        ("亿", 100_000_000),
    ],
)
def test_parse_number(text: str, value: float) -> None:
    assert re.fullmatch(NUMBER, text)
    assert parse_number(text) == value


@pytest.mark.parametrize("text", ["", " ", "每", "第五", "5元", "1.2.3", "-3"])
def test_what_is_no_number(text: str) -> None:
    assert parse_number(text) is None


@given(st.integers(min_value=0, max_value=99_999_999))
def test_chinese_and_arabic_agree(value: int) -> None:
    assert parse_number(chinese(value)) == parse_number(str(value)) == value


@given(st.text())
def test_never_raises(text: str) -> None:
    parse_number(text)


def chinese(value: int) -> str:
    """A number below a hundred million in Chinese writing, zeros between written once."""
    digits = "零一二三四五六七八九"
    if value >= 10_000:
        rest = value % 10_000
        zero = "零" if 0 < rest < 1000 else ""
        return chinese(value // 10_000) + "万" + (zero + chinese(rest) if rest else "")
    if value < 10:
        return digits[value]
    unit, name = next((u, n) for u, n in ((1000, "千"), (100, "百"), (10, "十")) if value >= u)
    rest = value % unit
    zero = "零" if 0 < rest < unit // 10 else ""
    return digits[value // unit] + name + (zero + chinese(rest) if rest else "")
