"""What could be meant while somebody is still typing."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

__all__ = ["Name", "read_names", "suggest"]


@dataclass(frozen=True, slots=True)
class Name:
    """A thing's own ``name``, one of the ways it is ``said``, its ``kind`` (matter, service, regime, department,
    concept), and the codes of the counties that have it. ``folded``: how it is said, made comparable."""

    name: str
    said: str
    kind: str
    places: frozenset[str]
    folded: str


def read_names(rows: Iterable[Mapping[str, Any]]) -> tuple[Name, ...]:
    """The rows of the query ``names``, the best to suggest first: own names before other ways to say it, short before
    long."""
    names = [
        Name(row["name"], said, row["kind"], frozenset(str(row["places"]).split()), _fold(said))
        for row in rows
        for said in str(row["said"]).splitlines()
    ]
    return tuple(sorted(names, key=lambda one: (one.said != one.name, len(one.said), one.said, one.name, one.kind)))


def suggest(names: Sequence[Name], typed: str, jurisdiction: str, most: int) -> list[Name]:
    """At most ``most`` of ``names``, each thing once: those whose own name has what was typed in it, then those that
    are said so in the most ways; of one county when ``jurisdiction`` is not empty."""
    wanted = _fold(typed)
    fitting = [one for one in names if wanted in one.folded and (not jurisdiction or jurisdiction in one.places)]
    fitting.sort(key=lambda one: not one.folded.startswith(wanted))  # stable: the order above holds within each half
    ways = Counter(one.name for one in fitting)
    shown: dict[str, Name] = {}
    for one in fitting:
        shown.setdefault(one.name, one)
    return sorted(shown.values(), key=lambda one: (wanted not in _fold(one.name), -ways[one.name]))[:most]


def _fold(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())
