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
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from dutygraph.errors import IndexUnavailable

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["Normalised", "normalise", "normalise_with_offsets"]

# What NFKC does to a text it does to these pieces one by one: each starts with a character that never joins the one
# before it (a test tries them all), and holds what may join it: combining marks, Hangul, Indic vowel signs …
_PIECE = re.compile(
    r"[\s\S][^\x00-\u02ff\u0370-\u0482\u048a-\u058f\u2010-\u2027\u2030-\u205e\u2070-\u20cf\u2100-\u2cee"
    r"\u2e00-\u2fff\u3000-\u3029\u3030-\u303f\u3041-\u3096\u30a1-\u30fa\u3200-\u33ff\u3400-\u9fff\uf900-\ufaff\uff01-\uff5e"
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
    }
)
# Variants that OpenCC's tables leave as they are (第一批异体字整理表, 1955).
_VARIANTS = {"栢": "柏", "舖": "铺"}
# Text that none of the steps but the last one changes.
_PLAIN = re.compile(r"(?:[!#-&(-@\[-_a-~\u3001\u3002\u3008-\u300b\u4e00-\u9fff]|(?<=[!-~]) (?=[!-~]))*")
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
    return _simplify(text) if _PLAIN.fullmatch(text) else normalise_with_offsets(text).text


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
    if len(piece) == 1 and " " <= piece <= "~":
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
    simplify = _simplifier()
    simplified = simplify(text)
    while simplified != text:
        text, simplified = simplified, simplify(simplified)
    return text


@cache
def _simplifier() -> Callable[[str], str]:
    """OpenCC's conversion ``t2s``, phrases before characters, from the tables of the package; reading them takes 5 ms.
    The package's own code gives the same (a test compares) and takes twenty times as long, too long for ten thousand
    names at every start."""
    characters = {key: value for key, value in _table("TSCharacters.txt").items() if len(key) == len(value) == 1}
    single = str.maketrans(characters | _VARIANTS)
    phrases = {key: value for key, value in _table("TSPhrases.txt").items() if len(key) == len(value)}
    phrase = re.compile("|".join(sorted(map(re.escape, phrases), key=lambda key: (-len(key), key))))

    def simplify(text: str) -> str:
        done, parts = 0, []
        for found in phrase.finditer(text):
            parts += [text[done : found.start()].translate(single), phrases[found.group()]]
            done = found.end()
        return "".join((*parts, text[done:].translate(single)))

    return simplify


def _table(name: str) -> dict[str, str]:
    """A dictionary of the package: source, tab, targets parted by blanks, of which the first is taken."""
    package = find_spec("opencc")
    if package is None or not package.submodule_search_locations:
        raise IndexUnavailable("the package opencc-python-reimplemented is missing; install dutygraph again")
    path = Path(package.submodule_search_locations[0]) / "dictionary" / name
    pairs = (line.split("\t") for line in path.read_text(encoding="utf-8").splitlines())
    return {source: targets.split(" ")[0] for source, targets in pairs}
