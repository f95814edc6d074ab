"""Forms of text that compare equal when people would call them equal.

Two foldings: ``fold`` for words, ``fold_numbers`` for words in which every number also becomes plain
digits (五千元, 5千元, 5,000元 → 5000元). All comparison of the evaluation goes through them.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any

__all__ = [
    "HANZI_DIGITS",
    "bigrams",
    "compact",
    "counting_numbers",
    "digits_of",
    "first_within",
    "fold",
    "fold_numbers",
    "has_fragment",
    "numbers",
    "width_folded",
]

_QUOTES = frozenset("《》〈〉<>“”„\"'‘’「」『』·•・‧∙`")
_INVISIBLE = frozenset("\u200b\u200c\u200d\ufeff")
_DASHES = re.compile(r"[-\u2010-\u2015\u2212\u30fc~]+")  # NFKC has made the full-width ones plain
_FINAL_STOPS = "。.;；,，、"
# printers' variants that OpenCC, a dictionary of traditional forms, leaves alone
_VARIANTS = {"栢": "柏", "舖": "铺"}

HANZI_DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"\u3007": 0, "两": 2}
_HANZI_UNITS = {"十": 10, "百": 100, "千": 1000}
_HANZI_MYRIADS = {"万": 10**4, "亿": 10**8}
_NUMBER = re.compile(
    r"(?P<arabic>\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?)?(?P<hanzi>(?(arabic)[十百千]?|[零〇一二两三四五六七八九十百千]+))"
    r"(?P<myriad>[万亿]?)"
)
# what may follow a Chinese numeral that counts (三条), as against one inside a word (一共)
_MEASURE_WORDS = frozenset("种个项条件家次类名人起部套处所支份号")
_ENGLISH_NUMBERS = {
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
    "once": 1,
    "twice": 2,
    "twelve": 12,
    "twenty": 20,
    "thirty": 30,
}
_ENGLISH_NUMBER = {word: re.compile(rf"\b{word}\b") for word in _ENGLISH_NUMBERS}


class _Simplified(dict[int, str]):
    """A ``str.translate`` table, traditional → simplified, one character at a time, filled as characters come up."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        simplified = _VARIANTS.get(char) or (_opencc_character(char) if ord(char) > 0x2E7F else char)
        self[code] = simplified
        return simplified


@lru_cache(maxsize=1)
def _converter() -> Any:
    from opencc import OpenCC

    return OpenCC("t2s")


def _opencc_character(char: str) -> str:
    return str(_converter().convert(char))


_SIMPLIFIED = _Simplified()


def width_folded(text: object) -> str:
    """NFKC of ``str(text)``; None is the empty text."""
    return unicodedata.normalize("NFKC", "" if text is None else str(text))


def compact(text: object) -> str:
    """The text without white space: the form in which a quote is looked up in its document."""
    return "".join(char for char in str(text or "") if not char.isspace() and char not in "\u200b\ufeff")


@lru_cache(maxsize=1 << 15)
def _fold(text: str) -> str:
    plain = _DASHES.sub("-", width_folded(text).translate(_SIMPLIFIED))
    kept = (char for char in plain if not (char.isspace() or char in _QUOTES or char in _INVISIBLE))
    return "".join(kept).translate(str.maketrans("〔〕【】", "[][]")).lower().rstrip(_FINAL_STOPS)


def fold(text: object) -> str:
    """Half-width, simplified, lower case, without white space, quotation marks and final stops, every dash ``-``."""
    return _fold("" if text is None else str(text))


def _hanzi_value(numeral: str) -> int:
    """一百二十 → 120; without a unit the numerals are read as digits (二〇〇六 → 2006)."""
    total, current, seen_unit = 0, 0, False
    for char in numeral:
        if char in _HANZI_UNITS:
            total += (current or 1) * _HANZI_UNITS[char]
            current, seen_unit = 0, True
        else:
            current = HANZI_DIGITS[char] if seen_unit else current * 10 + HANZI_DIGITS[char]
    return total + current


def _value(match: re.Match[str]) -> int | float:
    arabic, hanzi, myriad = match["arabic"], match["hanzi"], match["myriad"]
    if not arabic:
        return _hanzi_value(hanzi) * _HANZI_MYRIADS.get(myriad, 1)
    value = float(arabic.replace(",", "")) * _HANZI_UNITS.get(hanzi, 1) * _HANZI_MYRIADS.get(myriad, 1)
    return int(value) if value.is_integer() else value


@lru_cache(maxsize=1 << 15)
def _fold_numbers(text: str) -> str:
    return _NUMBER.sub(lambda match: str(_value(match)), _fold(text))


def fold_numbers(text: object) -> str:
    """``fold``, then every number, Arabic or Chinese, as plain digits."""
    return _fold_numbers("" if text is None else str(text))


def _english_numbers(text: object) -> list[int | float]:
    low = str(text).lower()
    return [_ENGLISH_NUMBERS[word] for word, pattern in _ENGLISH_NUMBER.items() if pattern.search(low)]


def numbers(text: object) -> list[int | float]:
    """Every number of the text, in order; English number words follow."""
    return [_value(match) for match in _NUMBER.finditer(fold(text))] + _english_numbers(text)


def counting_numbers(text: object) -> list[int | float]:
    """The numbers a sentence counts with: digits, and Chinese numerals before a measure word."""
    folded = fold(text)
    found = [
        _value(match)
        for match in _NUMBER.finditer(folded)
        if match["arabic"] or folded[match.end() : match.end() + 1] in _MEASURE_WORDS
    ]
    return found + _english_numbers(text)


def digits_of(text: object) -> str:
    """Only the decimal digits: a telephone number however it is written."""
    return "".join(char for char in width_folded(text) if char.isdecimal())


def bigrams(text: str) -> frozenset[str]:
    """Its pairs of neighbouring characters; of a single character, the character."""
    return frozenset(text[i : i + 2] for i in range(len(text) - 1)) or frozenset({text})


def has_fragment(text: object, fragment: object, *, share: float = 0.8) -> bool:
    """Does the text say the fragment? Verbatim after folding, or with ``share`` of its bigrams and all of its numbers
    inside one window of about its length."""
    wanted, said = fold(fragment), fold(text)
    if not wanted or not said:
        return False
    if wanted in said:
        return True
    wanted, said = fold_numbers(fragment), fold_numbers(text)
    return wanted in said or (len(wanted) >= 5 and _nearly_in(said, wanted, share))


def _nearly_in(said: str, wanted: str, share: float) -> bool:
    pairs, figures = bigrams(wanted), Counter(re.findall(r"\d+", wanted))
    width = len(wanted) + max(4, len(wanted) // 3)
    needed = share * len(pairs)
    hits = [said[i : i + 2] in pairs for i in range(len(said) - 1)]
    inside = sum(hits[:width])
    for start in range(max(1, len(hits) - width + 1)):
        if start:
            inside += hits[start + width - 1] - hits[start - 1]
        if inside < needed:  # cheap bound: repeated bigrams only make it larger
            continue
        window = said[start : start + width + 1]
        if len(bigrams(window) & pairs) >= needed and not figures - Counter(re.findall(r"\d+", window)):
            return True
    return False


def first_within(texts: Iterable[str], limit: int) -> Sequence[str]:
    """The texts, trimmed and without repeats, as far as ``limit`` characters in all reach."""
    kept: list[str] = []
    for text in dict.fromkeys(text.strip() for text in texts):
        if limit > 0 and text:
            kept.append(text[:limit])
            limit -= len(text)
    return kept
