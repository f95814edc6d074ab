from __future__ import annotations

import sys
import unicodedata
import warnings
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dutygraph.retrieve import normalise, normalise_with_offsets
from dutygraph.retrieve.normalise import _PIECE, _simplifier

# any Unicode, and text that is likely to meet the rules: Chinese of both scripts, width variants, marks, spaces
CHINESE = st.text(
    alphabet="龍鍾態老情有獨藴苧乾隆後著名不栢鄰居的狗“”『』‘’—－～ 　\t\nＡａ１１０，。Ⅷ㈠①が゛ｶﾞé\u0301ß\u200bİΣ"
)
TEXT = st.one_of(st.text(), CHINESE)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("鄰居的狗整天叫，吵得睡不了", "邻居的狗整天叫,吵得睡不了"),
        ("ＫＴＶ　太 吵", "ktv太吵"),
        ("Who  handles\tBarking\nDogs ？", "who handles barking dogs ?"),
        ("“110”报警平台", "110报警平台"),
        ("第591 号", "第591号"),
        ("neighbour’s dog", "neighbour's dog"),
        ("6822404－20100", "6822404-20100"),
        ("乾隆皇后的後院很乾淨", "乾隆皇后的后院很干净"),
        ("\u200b狗\ufeff叫\x07", "狗叫"),
        ("栢", "柏"),
        ("", ""),
        (" \n", ""),
    ],
)
def test_one_written_form(written: str, expected: str) -> None:
    assert normalise(written) == expected


def test_traditional_becomes_simplified_as_opencc_has_it() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import opencc
    tables = Path(opencc.__file__).parent / "dictionary"
    keys = [
        line.split("\t")[0]
        for name in ("TSPhrases.txt", "TSCharacters.txt")
        for line in (tables / name).read_text(encoding="utf-8").splitlines()
    ]
    assert len(keys) > 4000
    convert = opencc.OpenCC("t2s").convert
    simplify = _simplifier()
    odd = [key for key in keys if len(convert(key)) == len(key) and simplify(key) != convert(key)]
    assert odd == []
    assert [key for key in keys if normalise(key) != normalise(convert(key))] == []


@pytest.mark.parametrize("text", ["危险化学品", "who handles barking dogs", "a  b", "Ab", "狗 叫", "“a”", "栢鄉"])
def test_the_short_way_gives_the_same(text: str) -> None:
    assert normalise(text) == normalise_with_offsets(text).text


@given(TEXT)
def test_both_ways_give_the_same(text: str) -> None:
    assert normalise(text) == normalise_with_offsets(text).text


@given(TEXT)
def test_normalising_again_changes_nothing(text: str) -> None:
    once = normalise(text)
    assert normalise(once) == once


@given(TEXT, TEXT)
def test_every_character_has_its_place_in_the_source(before: str, after: str) -> None:
    source = before + after
    folded = normalise_with_offsets(source)
    assert len(folded.starts) == len(folded.ends) == len(folded.text)
    assert all(0 <= start < end <= len(source) for start, end in zip(folded.starts, folded.ends, strict=True))
    assert list(folded.starts) == sorted(folded.starts)


@given(st.text(alphabet="危险化学品安全管理条例，第十９條 （一）\n\tＡＢ“”"), st.data())
def test_a_span_of_the_normalised_text_leads_back_to_its_words(source: str, data: st.DataObject) -> None:
    folded = normalise_with_offsets(source)
    if not folded.text.strip():
        return
    start = data.draw(st.integers(0, len(folded.text) - 1))
    end = data.draw(st.integers(start + 1, len(folded.text)))
    first, last = folded.source_span(start, end)
    assert normalise(source[first:last]).strip() == folded.text[start:end].strip()


def test_a_span_outside_the_text_is_refused() -> None:
    with pytest.raises(IndexError, match="no span"):
        normalise_with_offsets("狗叫").source_span(1, 3)


def test_pieces_never_begin_with_what_joins_the_character_before() -> None:
    joining = set(range(0x1161, 0x1176)) | set(range(0x11A8, 0x11C3))  # Hangul vowels and finals, composed by rule
    starts: list[str] = []
    for code in range(sys.maxunicode + 1):
        parts = unicodedata.decomposition(chr(code)).split()
        if len(parts) == 2 and not parts[0].startswith("<"):
            joining.add(int(parts[1], 16))
        if not 0xD800 <= code < 0xE000 and len(_PIECE.findall("a" + chr(code))) == 2:
            starts.append(unicodedata.normalize("NFKC", chr(code))[0])
    assert len(starts) > 20_000
    assert not [first for first in starts if unicodedata.combining(first) or ord(first) in joining]


def test_ten_thousand_characters_of_traditional_chinese_stay_quick() -> None:
    assert normalise("危險化學品" * 2000) == "危险化学品" * 2000
