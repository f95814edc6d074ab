"""What proposes the records of a place: the concepts of a question that stand for them, and search."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from functools import lru_cache
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from dutygraph.answer.catalogue import Catalogue
from dutygraph.answer.facts import Facts
from dutygraph.answer.link import Links
from dutygraph.answer.thresholds import Weights
from dutygraph.retrieve import Found

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["DUTIES", "Crowd", "Proposal", "Proposals", "crowding", "kind_of", "read_crowd"]

DUTIES = frozenset({"share", "item", "duty"})
"""Kinds of records that say outright who does something."""

_CROWD = 40  # the place of the hit whose cosine counts as nothing special
_IRIS = 65_536


class Proposal(NamedTuple):
    """What speaks for a record before it is read: ``concept``; its scores in search, each as a part of the full score;
    ``above`` and ``bridged``: how far its cosine, and that by way of landmarks, lie above the crowd."""

    concept: float = 0.0
    cosine: float = 0.0
    bm25: float = 0.0
    official: float = 0.0
    above: float = 0.0
    bridged: float = 0.0


class Crowd(NamedTuple):
    """What the scores of one question are measured by: the cosine of a hit that is nothing special (None without an
    encoder), the same by way of landmarks, and the full scores of its words and of official phrases."""

    cosine: float | None
    bridged: float | None
    bm25: float
    official: float


def read_crowd(found: Iterable[Found], weights: Weights) -> Crowd:
    """The measures of all that was found for a question."""
    found = tuple(found)
    return Crowd(
        _unremarkable(each.cosine for each in found),
        _unremarkable(each.bridged for each in found),
        max((weights.bm25_full, *chain.from_iterable(each.bm25.tolist() for each in found))),
        max((weights.bm25_full, *chain.from_iterable(each.official.tolist() for each in found))),
    )


class Proposals:
    """The proposals of one question in one place. ``all``: their IRIs, by a first guess, the likeliest first."""

    def __init__(
        self, code: str, found: Found | None, crowd: Crowd, links: Links, *, facts: Facts, catalogue: Catalogue,
        weights: Weights,
    ) -> None:  # fmt: skip
        self._concept = _by_concept(code, links, facts=facts, catalogue=catalogue, weights=weights)
        self._cosines: dict[str, float] = {}
        self._found: dict[str, tuple[float, ...]] = {}
        guesses: list[tuple[float, str]] = []
        if found is not None:
            iris = [iri for iri, _ in found.nodes]
            nothing = 0 * found.score
            above = _above(found.cosine, crowd.cosine, nothing)
            bridged = _above(found.bridged, crowd.bridged, nothing)
            standing = (above / weights.cosine_spread).clip(0.0, 1.0)
            bm25, official = found.bm25 / crowd.bm25, found.official / crowd.official
            guess = 0.5 * (bm25 + official + standing + bridged)
            columns = (standing.tolist(), bm25.tolist(), official.tolist(), above.tolist(), bridged.tolist())
            self._found = dict(zip(iris, zip(*columns, strict=True), strict=True))
            concept = self._concept
            guesses = [(-(concept.get(iri, 0.0) + half), iri) for iri, half in zip(iris, guess.tolist(), strict=True)]
            if found.cosine is not None:
                self._cosines = dict(zip(iris, found.cosine.tolist(), strict=True))
        guesses += [(-strength, iri) for iri, strength in self._concept.items() if iri not in self._found]
        self.all = [iri for _, iri in sorted(guesses)]

    def of(self, iri: str) -> Proposal:
        """What speaks for one record; nothing when it was not proposed."""
        return Proposal(self._concept.get(iri, 0.0), *self._found.get(iri, ()))

    def likeliest(self, kinds: frozenset[str], most: int) -> list[str]:
        """The records of these kinds that most speaks for, by a first guess, the likeliest first."""
        chosen = []
        for iri in self.all:
            if kind_of(iri) in kinds:
                chosen.append(iri)
                if len(chosen) == most:
                    break
        return chosen

    def cosine(self, iri: str) -> float | None:
        """The cosine of the question and a record; None without an encoder, or when search did not bring it up."""
        return self._cosines.get(iri)

    def likeness(self) -> float | None:
        """The best cosine of any record; None without an encoder, or when nothing was found."""
        return max(self._cosines.values(), default=None)


@lru_cache(_IRIS)
def kind_of(iri: str) -> str:
    """The kind in an IRI of our own: …/id/matter/130524-gongan/… is a matter."""
    return iri.partition("/id/")[2].partition("/")[0]


def crowding(nodes: Collection[str]) -> float:
    """How much less a concept says of each of its records, the more there are: 1 for one, 2 for seven."""
    return 1 + math.log(max(1, len(nodes))) / 2


def _by_concept(code: str, links: Links, *, facts: Facts, catalogue: Catalogue, weights: Weights) -> dict[str, float]:
    concept: dict[str, float] = {}
    for node, strength in _denoted(code, links, catalogue, weights):
        # independent reasons add up, and never reach certainty by being many
        concept[node] = 1 - (1 - concept.get(node, 0.0)) * (1 - strength * weights.certainty)
    for iri, strength in list(concept.items()):
        for member in _members(iri, facts):
            inherited = strength * weights.inherited
            concept[member] = 1 - (1 - concept.get(member, 0.0)) * (1 - inherited)
    return concept


def _denoted(code: str, links: Links, catalogue: Catalogue, weights: Weights) -> Iterator[tuple[str, float]]:
    """The records that the question's concepts stand for in a place, and how strongly: the more records of a sort a
    concept has, the less it says of each. A concept with no duty there lends its word to those near it."""
    concepts = catalogue.concepts
    for iri, weight in links.topics:
        nodes = concepts[iri].denotes.get(code, frozenset())
        yield from _spread(nodes, weight)
        if not any(kind_of(node) in DUTIES for node in nodes):
            for other in concepts[iri].near:
                beside = concepts[other].denotes.get(code, frozenset()) if other in concepts else frozenset()
                yield from _spread(beside, weight * weights.near)


def _members(iri: str, facts: Facts) -> list[str]:
    """The records that belong to a matter, regime or department."""
    query = {
        "matter": ("shares", "matter"),
        "regime": ("regime-items", "regime"),
        "department": ("department-items", "department"),
    }.get(kind_of(iri))
    return [statement.iri for statement in facts.statements(query[0], **{query[1]: iri})] if query else []


def _spread(nodes: Iterable[str], weight: float) -> Iterator[tuple[str, float]]:
    sorts: dict[bool, list[str]] = defaultdict(list)
    for node in sorted(nodes):
        sorts[kind_of(node) in DUTIES].append(node)
    for alike in sorts.values():
        strength = weight / crowding(alike)
        yield from ((node, strength) for node in alike)


def _unremarkable(columns: Iterable[NDArray[np.float64] | None]) -> float | None:
    known = sorted((value for column in columns if column is not None for value in column.tolist()), reverse=True)
    return known[min(_CROWD, len(known) - 1)] if known else None


def _above(
    cosines: NDArray[np.float64] | None, crowd: float | None, nothing: NDArray[np.float64]
) -> NDArray[np.float64]:
    """How far cosines stand out from those of the question's other hits: the cosines of one question crowd, and those
    of another lie elsewhere, so only the difference says something. ``nothing``: zeros, where there are none."""
    return nothing if cosines is None or crowd is None else cosines - crowd
