"""Two registers side by side: what is the same, what is nearly the same, and what only one of them has."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from dutygraph.analysis.finding import Evidence

__all__ = [
    "KINDS",
    "STATES",
    "Aligned",
    "Comparison",
    "Kind",
    "Mark",
    "Piece",
    "Side",
    "State",
    "Subject",
]

Kind = Literal[
    "matter", "share", "basis", "regime", "regime item", "department", "service", "content", "telephone", "duty", "item"
]
Mark = Literal["same", "words", "number"]
State = Literal["equal", "near", "left", "right"]

KINDS: tuple[Kind, ...] = ("matter", "regime", "department", "service", "duty", "item")
"""The kinds of a comparison in their order; shares and bases stand within matters, regime items within regimes."""
STATES: tuple[State, ...] = ("equal", "near", "left", "right")
"""``left`` and ``right``: only the first, only the second register has it."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of a text: in both, or nothing to mark (``same``); only here (``words``); a number only here."""

    text: str
    mark: Mark


@dataclass(frozen=True, slots=True)
class Side:
    """What one register has: ``name`` as a list shows it, ``owner`` its agency or departments, ``text`` its words and
    ``pieces`` the same words marked where the other register differs."""

    node: str
    name: str
    owner: str
    text: str
    pieces: tuple[Piece, ...]
    evidence: Evidence | None

    def as_json(self) -> dict[str, Any]:
        return {
            "iri": self.node,
            "name": self.name,
            "owner": self.owner,
            "text": self.text,
            "pieces": [{"text": piece.text, "mark": piece.mark} for piece in self.pieces],
            "evidence": self.evidence.as_json() if self.evidence else None,
        }


@dataclass(frozen=True, slots=True)
class Aligned:
    """One thing of the registers. ``likeness``: of the texts, 0 to 1. ``part``: the other register has it as
    a part of something that is aligned already. ``parts``: the shares of a matter, the items of a regime."""

    kind: Kind
    state: State
    left: Side | None
    right: Side | None
    likeness: float
    part: bool = False
    parts: tuple[Aligned, ...] = ()

    @property
    def owner_differs(self) -> bool:
        """Whether another agency or department has it there."""
        return self.left is not None and self.right is not None and self.left.owner != self.right.owner

    def as_json(self) -> dict[str, Any]:
        return {
            "kind": self.kind,
            "state": self.state,
            "likeness": round(self.likeness, 2),
            "part": self.part,
            "left": self.left.as_json() if self.left else None,
            "right": self.right.as_json() if self.right else None,
            "parts": [part.as_json() for part in self.parts],
        }


@dataclass(frozen=True, slots=True)
class Subject:
    """One of the two registers."""

    iri: str
    register: str
    jurisdiction: str
    place: str
    agency: str

    @property
    def name(self) -> str:
        return f"{self.place}{self.agency}"


@dataclass(frozen=True, slots=True)
class Comparison:
    """``aligned``: by kind in the order of KINDS, each in the order of the registers: first what the left one has."""

    left: Subject
    right: Subject
    aligned: tuple[Aligned, ...]

    def of_kind(self, kind: Kind) -> tuple[Aligned, ...]:
        return tuple(one for one in self.aligned if one.kind == kind)

    def counts(self) -> dict[Kind, dict[State, int]]:
        """How many of each kind are in each state."""
        found = Counter((one.kind, one.state) for one in self.aligned)
        return {kind: {state: found[kind, state] for state in STATES} for kind in KINDS}

    def rows(self) -> Iterator[tuple[Aligned, Aligned | None]]:
        """Everything, each part after the whole it belongs to and with it."""
        for one in self.aligned:
            yield one, None
            for part in one.parts:
                yield part, one

    def as_json(self) -> dict[str, Any]:
        return {
            **{
                side: {
                    "register": subject.register,
                    "jurisdiction": subject.jurisdiction,
                    "place": subject.place,
                    "agency": subject.agency,
                }
                for side, subject in (("left", self.left), ("right", self.right))
            },
            "counts": self.counts(),
            **{_PLURALS[kind]: [one.as_json() for one in self.of_kind(kind)] for kind in KINDS},
        }


_PLURALS: dict[Kind, str] = {
    "matter": "matters",
    "regime": "regimes",
    "department": "departments",
    "service": "services",
    "duty": "duties",
    "item": "work_items",
}
