"""The clauses of a text: who does what, to what, at which stage, by which power."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, Protocol

from rdflib import Literal, URIRef

from dutygraph.errors import GraphError
from dutygraph.graph.literals import whole, zh
from dutygraph.graph.provenance import Triple
from dutygraph.graph.vocab import CV, DCT, DG, POWER, ROLE

__all__ = ["POWERS", "ROLES", "Clause", "clause_triples", "role_concept"]

ROLES: Final = frozenset(
    {
        "lead",
        "responsible",
        "approve",
        "assist",
        "joint",
        "participate",
        "guide",
        "supervise",
        "coordinate",
        "inform",
    }
)
"""The concepts of the scheme dg:Roles."""

POWERS: Final = frozenset(
    {
        "licensing",
        "punishment",
        "coercion",
        "levy",
        "requisition",
        "payment",
        "confirmation",
        "adjudication",
        "reward",
        "inspection",
        "filing",
        "other",
    }
)
"""The concepts of the scheme dg:Powers: the twelve kinds of administrative power."""


class Clause(Protocol):
    """What ``build_graph`` asks of a parsed clause. ``start`` and ``end`` count characters of the text it is from."""

    @property
    def text(self) -> str: ...
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...
    @property
    def roles(self) -> Sequence[str]: ...
    @property
    def powers(self) -> Sequence[str]: ...
    @property
    def action(self) -> str | None: ...
    @property
    def object(self) -> str | None: ...
    @property
    def stage(self) -> str | None: ...
    @property
    def qualifier(self) -> str | None: ...


def clause_triples(node: URIRef, holder: URIRef, clause: Clause) -> Iterator[Triple]:
    """A dg:Clause of ``holder``. Raises GraphError for a role or power that is in no scheme: an unknown category never
    takes a default."""
    yield node, DCT.isPartOf, holder
    yield node, DCT.description, zh(clause.text)
    for role in clause.roles:
        yield node, CV.role, role_concept(role)
    for power in clause.powers:
        yield node, DG.power, _concept(POWER, POWERS, power)
    words = (
        (DG.action, clause.action),
        (DG.object, clause.object),
        (DG.stage, clause.stage),
        (DG.qualifier, clause.qualifier),
    )
    for predicate, word in words:
        if word:
            yield node, predicate, Literal(word)
    yield node, DG.start, whole(clause.start)
    yield node, DG.end, whole(clause.end)


def role_concept(name: str) -> URIRef:
    """The concept of dg:Roles with this notation. Raises GraphError when there is none."""
    return _concept(ROLE, ROLES, name)


def _concept(namespace: str, known: frozenset[str], name: str) -> URIRef:
    if name not in known:
        raise GraphError(f"no role or power is called {name!r}; add it to the scheme in ontology/schemes first")
    return URIRef(namespace + name)
