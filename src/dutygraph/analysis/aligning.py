"""Which thing of one register is which of another: by names, by words, and by the work that stands behind them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import fsum

from dutygraph.analysis.words import Rarity, bigrams, fold

__all__ = ["Entry", "Likeness", "Link", "align", "attach", "of_any_level", "pair_off"]

_LEVELS = str.maketrans("省市县", "区区区")


@dataclass(frozen=True, slots=True)
class Entry:
    """Something of a register. ``name`` is what it is called, its text when it has no name; ``text`` its words,
    ``clauses`` the pieces of them, ``work`` the words of what a department does; ``owner`` who has it, ``kind`` what
    tells owners apart; ``topics`` concepts of the lexicon it is about."""

    node: str
    name: str
    text: str
    cell: str
    owner: str = ""
    kind: str = ""
    topics: frozenset[str] = frozenset()
    clauses: tuple[str, ...] = ()
    work: str = ""

    @property
    def key(self) -> str:
        """The words without what tells no two texts apart: white space, punctuation, width, the level (区 or 县)."""
        return _key(self.text)


@dataclass(frozen=True, slots=True)
class Link:
    """``left`` is ``right``. ``part``: one of them is a part of what the other is, which has a link of its own."""

    left: Entry
    right: Entry
    part: bool = False


def of_any_level(text: str) -> str:
    """One word for the level of a place: 全县 and 全区 say the same of two places."""
    return text.translate(_LEVELS)


Score = Callable[[Entry, Entry], float]


@lru_cache(maxsize=20_000)
def _key(text: str) -> str:
    return "".join(character for character in of_any_level(fold(text)) if character.isalnum())


class Likeness:
    """How alike texts are among the others. What a text is about is worked out once: two long registers have a hundred
    thousand pairs."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._rarity = Rarity(texts)
        self._about: dict[str, tuple[dict[str, float], float]] = {}

    def alike(self, one: str, two: str) -> float:
        """The share of what two texts are about that both are about (Dice over pairs of characters, rare ones weigh
        more): 0 to 1. Numbers do not count. Texts about nothing are alike when they are equal."""
        (mine, weight), (theirs, other) = self._said(one), self._said(two)
        if not weight + other:
            return float(fold(one) == fold(two))
        return 2 * fsum(mine[pair] for pair in mine.keys() & theirs.keys()) / (weight + other)

    def within(self, part: str, whole: str) -> float:
        """The share of what ``part`` is about that ``whole`` is about too: 0 to 1. Numbers do not count."""
        (wanted, weight), (there, _) = self._said(part), self._said(whole)
        return fsum(wanted[pair] for pair in wanted.keys() & there.keys()) / weight if weight else 0.0

    def _said(self, text: str) -> tuple[dict[str, float], float]:
        """The pairs of a text with their weights, and the sum of those. Numbers are set otherwise in every county."""
        known = self._about.get(text)
        if known is None:
            weights = {pair: self._rarity.weight(pair) for pair in bigrams(re.sub(r"\d+", "0", text))}
            known = self._about[text] = weights, fsum(weights.values())
        return known


def align(left: Sequence[Entry], right: Sequence[Entry], score: Score, least: float) -> list[Link]:
    """Each entry with at most one of the other register, the most alike first; pairs under ``least`` are none. Pure."""
    scored = (
        (value, i, j)
        for i, one in enumerate(left)
        for j, two in enumerate(right)
        if (value := score(one, two)) >= least
    )
    return [Link(left[i], right[j]) for i, j in pair_off(scored)]


def pair_off(scored: Iterable[tuple[float, int, int]]) -> Iterator[tuple[int, int]]:
    """From scores of left and right numbers: each number at most once, the highest scores first, of equal ones the
    first in order."""
    used_left: set[int] = set()
    used_right: set[int] = set()
    for _, i, j in sorted((-score, i, j) for score, i, j in scored):
        if i not in used_left and j not in used_right:
            used_left.add(i)
            used_right.add(j)
            yield i, j


def attach(
    left: Sequence[Entry], right: Sequence[Entry], links: Sequence[Link], score: Score, least: float
) -> Iterator[Link]:
    """Links of the entries that have none, to the entry of the other register that they are a part of: ``score`` says
    how much of its first entry is in the second. Pure."""
    linked = {link.left.node for link in links} | {link.right.node for link in links}
    for one in left:
        if one.node not in linked:
            value, at = max(((score(one, two), -i) for i, two in enumerate(right)), default=(0.0, 0))
            if value >= least:
                yield Link(one, right[-at], part=True)
    for two in right:
        if two.node not in linked:
            value, at = max(((score(two, one), -i) for i, one in enumerate(left)), default=(0.0, 0))
            if value >= least:
                yield Link(left[-at], two, part=True)
