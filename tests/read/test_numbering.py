from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dutygraph.read.numbering import iterate_pieces, parse_marker


@pytest.mark.parametrize(
    ("text", "no", "style", "ordinal"),
    [
        ("第二章 养老机构", "第二章", "chapter", 2),
        ("一、对象", "一、", "chinese", 1),
        ("（十一）检查", "（十一）", "chinese-bracket", 11),
        ("(一)检查", "(一)", "chinese-bracket", 1),
        ("3、检查", "3、", "arabic", 3),
        ("3．检查", "3．", "arabic", 3),
        ("１. 检查", "１.", "arabic", 1),
        ("（2）检查", "（2）", "arabic-bracket", 2),
        ("2）检查", "2）", "arabic-close", 2),
        ("③检查", "③", "circled", 3),
    ],
)
def test_parse_marker(text: str, no: str, style: str, ordinal: int) -> None:
    marker = parse_marker(text)
    assert marker is not None
    assert (marker.no, marker.style, marker.ordinal) == (no, style, ordinal)


@pytest.mark.parametrize("text", ["1.5倍", "6.26禁毒日", "一是检查", "第一条", "2007年", "检查", ""])
def test_what_is_no_marker(text: str) -> None:
    assert parse_marker(text) is None


def pieces(text: str) -> list[str]:
    return [text[start:end] for _, start, end in iterate_pieces(text)]


def test_glued_items_are_cut() -> None:
    text = "（一）了解情况。（二）查验资质。（三）责令改正。"
    assert pieces(text) == ["（一）了解情况。", "（二）查验资质。", "（三）责令改正。"]


def test_an_introduction_stays_before_its_items() -> None:
    assert pieces("主要包括：1、资质；2、方案。") == ["主要包括：", "1、资质；", "2、方案。"]


@pytest.mark.parametrize(
    "text",
    [
        "违反第34、36、37条的，处罚。",
        "检查；1、这里只有一个号码",
        "（一）罚款；（三）拘留",
        "电话：7722206、7722207",
        "每次不少于2、3家",
    ],
)
def test_numbers_that_open_no_item(text: str) -> None:
    assert pieces(text) == [text]


@given(st.text(alphabet="一二三1234、（）()①②。；：检查", max_size=40))
def test_pieces_cover_the_text(text: str) -> None:
    assert "".join(pieces(text)) == text
