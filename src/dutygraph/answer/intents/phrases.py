"""Where the words of a question stand to each other."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from dutygraph.answer.intents.relations import Sort

__all__ = ["CLAUSE_END", "Span", "near", "reach", "within"]

CLAUSE_END: Final = re.compile(r"[,，。;；?？!！、]")
_FEW: Final = 4  # characters of Chinese between a word and the noun it belongs to
_SOME: Final = 40  # characters of English, about five words


@dataclass(frozen=True, slots=True)
class Span:
    """A noun of the question, and the sorts of things that it may mean."""

    start: int
    end: int
    sorts: tuple[Sort, ...]


def near(text: str, start: int, end: int) -> bool:
    """Whether nothing much stands between two places of the text."""
    between = text[start:end]
    return not CLAUSE_END.search(between) and len(between.strip()) <= (_SOME if _english(between) else _FEW)


def within(text: str, start: int, end: int) -> bool:
    """Whether two places of the text belong to one phrase: twice as far as near."""
    between = text[start:end]
    return not CLAUSE_END.search(between) and len(between.strip()) <= (_SOME if _english(between) else 2 * _FEW)


def reach(text: str) -> int:
    """How many characters around a noun belong to it."""
    return _SOME if text.isascii() else 2 * _FEW


def _english(between: str) -> bool:
    return bool(between.strip()) and between.isascii()
