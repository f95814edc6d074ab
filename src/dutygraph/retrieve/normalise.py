"""One written form for search: width, case, script and spacing no longer matter, and every character knows its source.

Steps, in this order: invisible characters go; Unicode NFKC (UAX #15), which also turns full-width letters, digits and
punctuation into plain ones; lower case; double quotation marks go, dashes and single quotation marks become one each;
white space goes beside Chinese text and is one blank elsewhere; traditional and variant characters become simplified
ones (OpenCC's ``t2s``). The result is stable: normalising it again changes nothing.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["Normalised", "normalise", "normalise_with_offsets"]

# What NFKC does to a text it does to these pieces one by one: each starts with a character that never joins the one
# before it (a test tries them all), and holds what may join it: combining marks, Hangul, Indic vowel signs …
_PIECE = re.compile(
    r"[\s\S][^\x00-\u02ff\u0370-\u0482\u048a-\u058f\u2010-\u2027\u2030-\u205e\u2070-\u20cf\u2100-\u2cee"
    r"\u2e00-\u2fff\u3000-\u3029\u3030-\u303f\u3041-\u3096\u30a1-\u30fa\u3400-\u9fff\uf900-\ufaff\uff01-\uff5e"
    r"\U00020000-\U0003ffff]*"
)
# Soft hyphen, joiners, direction marks, byte order mark, variation selectors, tags and control codes that are no space.
_INVISIBLE = re.compile(
    r"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f"
    r"\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\U000e0000-\U000e0fff]+"
)
_FOLDED_MARKS = str.maketrans(
    {
        # double quotation marks and corner brackets; single ones and primes; dashes; tildes; middle dots
        **dict.fromkeys('"\u201c\u201d\u201e\u201f\u301d\u301e\u301f\u300c\u300d\u300e\u300f', ""),
        **dict.fromkeys("`\u00b4\u2018\u2019\u201a\u201b\u2032", "'"),
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u2500", "-"),
        **dict.fromkeys("\u223c\u301c", "~"),
        **dict.fromkeys("\u2022\u2219\u2027\u30fb", "\u00b7"),
        # variants that OpenCC leaves as they are (第一批异体字整理表, 1955)
        "栢": "柏",
        "舖": "铺",
    }
)
_CHINESE = re.compile("[\u2e80-\u303f\u3400-\u9fff\U00020000-\U0003ffff]")


@dataclass(frozen=True, slots=True)
class Normalised:
    """A normalised text. ``text[i]`` was made of ``source[starts[i]:ends[i]]``."""

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def source_span(self, start: int, end: int) -> tuple[int, int]:
        """The span of the source that ``text[start:end]`` was made of. Raises IndexError when the span is empty or
        reaches outside."""
        if not 0 <= start < end <= len(self.text):
            raise IndexError(f"no span {start}:{end} in {len(self.text)} characters")
        return self.starts[start], self.ends[end - 1]


def normalise(text: str) -> str:
    """The normalised form of ``text``."""
    return normalise_with_offsets(text).text


def normalise_with_offsets(text: str) -> Normalised:
    """The normalised form of ``text`` with the place in ``text`` of each of its characters."""
    characters: list[str] = []
    spans: list[tuple[int, int]] = []
    for piece in _PIECE.finditer(text):
        folded = _fold(piece.group())
        characters.extend(folded)
        spans.extend([piece.span()] * len(folded))
    kept, kept_spans = _fold_marks_and_space(characters, spans)
    return Normalised(
        _simplify("".join(kept)), tuple(start for start, _ in kept_spans), tuple(end for _, end in kept_spans)
    )


def _fold(piece: str) -> str:
    """NFKC and lower case. Lowered letter by letter, so that a final sigma does not depend on its neighbours."""
    if " " <= piece <= "~":
        return piece.lower()
    seen = _INVISIBLE.sub("", piece)
    lowered = "".join(letter.lower() for letter in unicodedata.normalize("NFKC", seen))
    return unicodedata.normalize("NFKC", lowered)


def _fold_marks_and_space(
    characters: list[str], spans: list[tuple[int, int]]
) -> tuple[list[str], list[tuple[int, int]]]:
    kept: list[str] = []
    kept_spans: list[tuple[int, int]] = []
    space: tuple[int, int] | None = None
    for original, span in zip(characters, spans, strict=True):
        character = original.translate(_FOLDED_MARKS)
        if not character:
            continue
        if character.isspace():
            space = space or span
            continue
        if space and kept and not (_CHINESE.match(kept[-1]) or _CHINESE.match(character)):
            kept.append(" ")
            kept_spans.append(space)
        space = None
        kept.append(character)
        kept_spans.append(span)
    return kept, kept_spans


def _simplify(text: str) -> str:
    """Simplified characters, as many as before. Again until nothing changes: 藴 becomes 苧, and 苧 becomes 苎."""
    if not _CHINESE.search(text):
        return text
    simplified = _same_length(text)
    while simplified != text:
        text, simplified = simplified, _same_length(simplified)
    return text


def _same_length(text: str) -> str:
    convert = _converter()
    simplified = convert(text)
    if len(simplified) == len(text):
        return simplified
    # No entry of t2s changes the length today. Should one ever do so, offsets count for more than its phrase.
    single = (convert(character) for character in text)
    return "".join(new if len(new) == 1 else old for old, new in zip(text, single, strict=True))


@cache
def _converter() -> Callable[[str], str]:
    """OpenCC's ``t2s``: reading its tables takes 5 to 15 ms, once."""
    from opencc import OpenCC

    convert: Callable[[str], str] = OpenCC("t2s").convert
    return convert
