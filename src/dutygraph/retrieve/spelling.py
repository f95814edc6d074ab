"""What a writer may have meant: terms one slip away from what stands in a question, or written by their sound.

Three ways, each proposing, none deciding:

- ``sound``: other characters of the same syllables (派初所 for 派出所), the commonest slip of typing by pinyin;
- ``pinyin``: the syllables themselves in Latin letters (yanhua baozhu for 烟花爆竹);
- ``misprint``: one character or letter wrong, missing, added, or two swapped.

Readings are those of data/lookups/pinyin.txt; tones do not count.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import accumulate, islice, pairwise, product
from typing import Literal

from dutygraph.retrieve.english import singular
from dutygraph.retrieve.normalise import normalise

__all__ = ["Speller", "Suggestion", "readings"]

_CHINESE_RUN = re.compile("[\u3400-\u9fff]+")
_LATIN_WORD = re.compile(r"[a-z]+")
_READ_CHARACTERS = 200  # of a question; bounds the time
_TERM_CHARACTERS = range(2, 13)
_FOUR = 4  # Chinese terms shorter than this have too many neighbours one character away
_FIVE = 5  # so have English words, and so has pinyin with English words
_SPOILT = 3
_READINGS = 8  # of one term, at most: several of its characters may be read in two ways
_UNITS = 8  # Latin pieces that one term in pinyin may be written in


@dataclass(frozen=True, slots=True)
class Suggestion:
    """``text[start:end]`` of the normalised text may stand for ``term``."""

    start: int
    end: int
    term: str
    how: Literal["sound", "pinyin", "misprint"]


class Speller:
    """Knows the terms that could be meant. Building takes some 30 µs a term, so one is kept; a question takes a few
    milliseconds, a long message twenty. Safe to share between threads."""

    def __init__(self, terms: Iterable[str]) -> None:
        """``terms``: labels and lexicon words, Chinese and English; what cannot be misspelt usefully (one character,
        mixed scripts, whole sentences) is left out."""
        self._chinese: set[str] = set()
        self._words: set[str] = set()
        self._pairs: set[str] = set()
        self._by_sound: dict[tuple[str, ...], list[str]] = defaultdict(list)
        self._by_pinyin: dict[str, list[str]] = defaultdict(list)
        self._by_cut: dict[str, list[str]] = defaultdict(list)
        for term in sorted({normalise(term) for term in terms}):
            if _CHINESE_RUN.fullmatch(term) and len(term) in _TERM_CHARACTERS:
                self._add_chinese(term)
            else:
                self._words.update(singular(word) for word in _LATIN_WORD.findall(term))
        for word in self._words:
            if len(word) >= _FIVE:
                self._add_cuts(word)
        self._lengths = sorted({len(term) for term in self._chinese})

    def suggest(self, text: str) -> tuple[Suggestion, ...]:
        """What may be meant in a normalised ``text`` (its first 200 characters): in the order of the text, the longest
        first; none inside a longer one, none for a piece that is itself a term, none for a term that is there."""
        head = text[:_READ_CHARACTERS]
        heard = {*self._sounds(head), *self._pinyin(head)}
        known = {(each.start, each.end, each.term) for each in heard}
        seen = {each for each in self._misprints(head) if (each.start, each.end, each.term) not in known}
        kept: list[Suggestion] = []
        for each in sorted(heard | seen, key=lambda each: (each.start - each.end, each.start, each.how, each.term)):
            inside = any(
                other.start <= each.start and each.end <= other.end and other.end - other.start > each.end - each.start
                for other in kept
            )
            if not inside and each.term not in head:
                kept.append(each)
        return tuple(sorted(kept, key=lambda each: (each.start, -each.end, each.how != "sound", each.term)))

    def _add_chinese(self, term: str) -> None:
        self._chinese.add(term)
        sounds = [readings().get(character, ()) for character in term]
        for sound in islice(product(*sounds), _READINGS):
            self._by_sound[sound].append(term)
            self._by_pinyin["".join(sound)].append(term)
        if len(term) >= _FOUR:
            self._add_cuts(term)
            self._pairs.update(map("".join, pairwise(term)))

    def _add_cuts(self, term: str) -> None:
        for cut in {term, *_cuts(term)}:
            self._by_cut[cut].append(term)

    def _sounds(self, text: str) -> Iterator[Suggestion]:
        for start, end in self._windows(text, 0):
            piece = text[start:end]
            sound = tuple(readings().get(character, ("",))[0] for character in piece)
            for term in self._by_sound.get(sound, ()):
                # two characters sound alike by chance too often: one of them must be right
                if len(term) > 2 or any(a == b for a, b in zip(term, piece, strict=True)):
                    yield Suggestion(start, end, term, "sound")

    def _pinyin(self, text: str) -> Iterator[Suggestion]:
        units = list(_LATIN_WORD.finditer(text))
        for first, unit in enumerate(units):
            written = ""
            for last in units[first : first + _UNITS]:
                written += last.group()
                if len(written) >= _FIVE and written not in self._words:
                    for term in self._by_pinyin.get(written, ()):
                        yield Suggestion(unit.start(), last.end(), term, "pinyin")

    def _misprints(self, text: str) -> Iterator[Suggestion]:
        # A slip spoils at most three pairs of neighbours; the rest must be pairs of terms. Counted from the left, so
        # that a window is judged by one subtraction.
        strange = [0, *accumulate(pair not in self._pairs for pair in map("".join, pairwise(text)))]
        for start, end in self._windows(text, 1):
            if end - start >= _FOUR - 1 and strange[end - 1] - strange[start] <= _SPOILT:
                yield from (Suggestion(start, end, term, "misprint") for term in self._near(text[start:end]))
        for unit in _LATIN_WORD.finditer(text):
            word = singular(unit.group())
            if len(word) >= _FIVE - 1 and word not in self._words:
                near = (term for term in self._near(word) if term[0] == word[0])
                yield from (Suggestion(unit.start(), unit.end(), term, "misprint") for term in near)

    def _near(self, piece: str) -> Iterator[str]:
        for term in {term for cut in (piece, *_cuts(piece)) for term in self._by_cut.get(cut, ())}:
            # a term in the piece, and a stray character beside it: that term is what was meant
            if _one_slip(piece, term) and not self._holds_most_of(piece, term):
                yield term

    def _holds_most_of(self, piece: str, term: str) -> bool:
        size = len(term) - 1
        return any(piece[at : at + size] in self._chinese for at in range(len(piece) - size + 1))

    def _windows(self, text: str, slack: int) -> Iterator[tuple[int, int]]:
        """Spans of Chinese, as long as a term or by ``slack`` shorter or longer, that are no terms themselves."""
        lengths = sorted({length + step for length in self._lengths for step in range(-slack, slack + 1)})
        for run in _CHINESE_RUN.finditer(text):
            for start in range(run.start(), run.end()):
                for end in (start + length for length in lengths):
                    if end <= run.end() and text[start:end] not in self._chinese:
                        yield start, end


def _cuts(word: str) -> Iterator[str]:
    """The word without each of its characters: two words one slip apart share one of these, or one is the other's."""
    return (word[:at] + word[at + 1 :] for at in range(len(word)))


def _one_slip(piece: str, term: str) -> bool:
    """Whether one substitution, insertion, deletion or swap of neighbours makes ``term`` of ``piece``."""
    if piece == term or abs(len(piece) - len(term)) > 1:
        return False
    at = next((at for at, (a, b) in enumerate(zip(piece, term, strict=False)) if a != b), min(len(piece), len(term)))
    rest, wanted = piece[at:], term[at:]
    if len(piece) != len(term):
        return rest[1:] == wanted or rest == wanted[1:]
    return rest[1:] == wanted[1:] or (rest[1::-1] == wanted[:2] and rest[2:] == wanted[2:])


@cache
def readings() -> dict[str, tuple[str, ...]]:
    """The syllables of each Chinese character, without tones, at most two; from data/lookups/pinyin.txt."""
    from dutygraph.resources import data_dir

    found: dict[str, tuple[str, ...]] = {}
    for line in (data_dir() / "lookups" / "pinyin.txt").read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            syllable, characters = line.split("\t")
            for character in characters:
                found[character] = (*found.get(character, ()), syllable)
    return found
