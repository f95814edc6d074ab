from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dutygraph.evaluation.fold import (
    compact,
    counting_numbers,
    digits_of,
    first_within,
    fold,
    fold_numbers,
    has_fragment,
    numbers,
)


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("《森林防火條例》。", "森林防火条例"),
        ("Ａ 〔２０１５〕 ３號", "a[2015]3号"),
        ("1－2～3——4", "1-2-3-4"),
        ("栢樹", "柏树"),
        (None, ""),
        (12, "12"),
    ],
)
def test_fold_drops_what_people_do_not_see(written: object, folded: str) -> None:
    assert fold(written) == folded


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("五千元", "5000元"),
        ("5千元", "5000元"),
        ("5,000元", "5000元"),
        ("一百二十次", "120次"),
        ("十五日", "15日"),
        ("二〇〇六年", "2006年"),
        ("两名", "2名"),
        ("1.5万元", "15000元"),
        ("0.30", "0.3"),
        ("2亿", "200000000"),
    ],
)
def test_every_number_becomes_plain_digits(written: str, folded: str) -> None:
    assert fold_numbers(written) == folded


@given(
    st.text("林業森林防火三十2〔〕，。Ａb", max_size=40), st.sampled_from([" ", "\u3000", "\n\t", "《", "”", "\u200b"])
)
def test_white_space_and_quotation_marks_do_not_matter(text: str, between: str) -> None:
    assert fold(between.join(text)) == fold(text)
    assert fold(fold(text)) == fold(text)
    assert compact(" \n".join(text)) == text


@given(st.integers(min_value=0, max_value=9_999_999))
def test_a_number_is_read_back(value: int) -> None:
    assert numbers(f"共{value}件") == [value]
    assert numbers(f"共{value:,}件") == [value]


def test_english_number_words_follow_the_digits() -> None:
    assert numbers("twice a year, 3 officers") == [3, 2]


def test_only_numerals_before_a_measure_word_count() -> None:
    assert counting_numbers("一共有三项，第二") == [3]
    assert counting_numbers("统一办理") == []


def test_digits_of_a_telephone_number_however_written() -> None:
    assert digits_of("６８２－２４０４ 转 20") == "682240420"


@pytest.mark.parametrize(
    ("text", "fragment", "said"),
    [
        ("他们负责古树名木的普查登记。", "负责古树名木的普查登记", True),
        ("每月巡山不少于两次", "每月巡山不少于2次", True),
        # 12 characters, one changed: 9 of 11 bigrams are left
        ("负责古树名木的清查登记", "负责古树名木的普查登记", True),
        # the words are there, the number is another
        ("对采伐单位每季度检查3次", "对采伐单位每季度检查1次", False),
        ("负责城区绿化", "负责古树名木的普查登记", False),
        # four characters must stand as they are
        ("古树保养", "古树保护", False),
        ("", "古树", False),
    ],
)
def test_a_fragment_is_said_verbatim_or_nearly(text: str, fragment: str, said: bool) -> None:
    assert has_fragment(text, fragment) is said


def test_reading_stops_at_its_limit() -> None:
    assert first_within(["abcd", " abcd ", "efgh", "ij"], 6) == ["abcd", "ef"]
