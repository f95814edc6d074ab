"""Where known names stand in a text: all of many patterns at once, in time that depends on the text alone.

Patterns and texts are compared unit by unit: a Chinese character, a Latin word without its plural ending, a number.
Words and numbers match whole ("cat" is not in "category", 110 not in 1105); blanks and hyphens do not count.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from dutygraph.retrieve.english import singular
from dutygraph.retrieve.normalise import normalise

__all__ = ["Entry", "Match", "Matcher", "longest"]

_UNIT = re.compile(r"[a-z0-9]+(?:'s\b)?|[^\s\-]")


@dataclass(frozen=True, slots=True)
class Entry:
    """A name to look for: the name itself, what sort of thing it names, and which one (an IRI, a key)."""

    name: str
    kind: str
    target: str


@dataclass(frozen=True, slots=True)
class Match:
    """``entry`` was found in ``text[start:end]`` of the normalised text."""

    start: int
    end: int
    entry: Entry


class _Node:
    __slots__ = ("entries", "following")

    def __init__(self) -> None:
        self.following: dict[str, _Node] = {}
        self.entries: list[Entry] = []


class Matcher:
    """Finds many names in a text. Building: about 5 µs a name; finding: well under 0.1 ms a question."""

    def __init__(self, entries: Iterable[Entry], *, normalised: bool = False) -> None:
        """Entries of the same name are all kept; a name without letters or digits is refused with ValueError.
        ``normalised``: the names are known to be, which saves the most part of the time."""
        self._root = _Node()
        for entry in dict.fromkeys(entries):
            node = self._root
            for unit, _, _ in _units(entry.name if normalised else normalise(entry.name)):
                node = node.following.setdefault(unit, _Node())
            if node is self._root:
                raise ValueError(f"nothing to look for in the name {entry.name!r} of {entry.target}")
            node.entries.append(entry)

    def find(self, normalised: str) -> list[Match]:
        """Every occurrence of every name in a normalised text, overlaps included: by start, then the longest first."""
        units = list(_units(normalised))
        matches: list[Match] = []
        for first, (unit, start, _) in enumerate(units):
            node = self._root.following.get(unit)
            at, found = first, []
            while node is not None:
                found += [Match(start, units[at][2], entry) for entry in node.entries]
                at += 1
                node = node.following.get(units[at][0]) if at < len(units) else None
            matches += sorted(found, key=lambda match: -match.end)
        return matches


def longest(matches: Iterable[Match]) -> list[Match]:
    """The matches that do not lie inside a longer one; of equal ones all, and of ones that merely overlap both."""
    kept: list[Match] = []
    reach = (-1, -1)
    for match in sorted(matches, key=lambda match: (match.start, -match.end)):
        if match.end > reach[1] or (match.start, match.end) == reach:
            kept.append(match)
            reach = (match.start, match.end)
    return kept


def _units(normalised: str) -> Iterator[tuple[str, int, int]]:
    for found in _UNIT.finditer(normalised):
        yield singular(found.group()), found.start(), found.end()
