"""What counties have in common: matters, regimes and departments that mean the same, agencies of one type.

Two names are one concept when they are equal but for words that the form adds to every name (监管, 事项, 大队 …), or
when ``lookups/alignment.toml`` says so. Names that are merely alike become candidates for a person to decide; they
change nothing else in the graph.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Final, Literal

from rdflib import Graph, URIRef
from rdflib import Literal as Words
from rdflib.term import Node

from dutygraph.graph.agency_types import AgencyTypes
from dutygraph.graph.decisions import Decisions, Space, core_of
from dutygraph.graph.iris import mint_alignment, mint_function, mint_matter_concept
from dutygraph.graph.literals import decimal, zh
from dutygraph.graph.triples import new_graph
from dutygraph.graph.vocab import CV, DCT, DG, ORG, RDF, SKOS

__all__ = ["Kind", "Named", "alignment_graph", "named_things"]

Kind = Literal["matter", "regime", "department", "agency"]
_MEMBERSHIP: Final[Mapping[Kind, URIRef]] = {
    "matter": DG.matterConcept,
    "regime": DG.supervises,
    "department": ORG.purpose,
}
# Candidates share at least half of their pairs of neighbouring characters (Dice).
_ALIKE: Final = 0.5


@dataclass(frozen=True, slots=True)
class Named:
    """Something with a name in a place. ``scope``: for a department, the type (or name) of its agency, since every
    agency has its own office and its own finance section."""

    kind: Kind
    iri: str
    name: str
    place: str
    scope: str = ""

    @property
    def space(self) -> Space:
        """What its name is compared with: a regime is about the same kind of concept as a matter."""
        return "department" if self.kind == "department" else "matter"


@dataclass(frozen=True, slots=True)
class _Concept:
    """``names``: that of the concept first, then the others. ``cores``: what its names are compared by."""

    iri: URIRef
    members: tuple[Named, ...]
    names: tuple[str, ...]
    cores: frozenset[str]


def named_things(graph: Graph) -> Iterator[Named]:
    """What can be aligned in one register's graph: its matters, regimes, departments, and agencies without a type."""

    def text(node: Node | None, predicate: URIRef) -> str:
        return "" if node is None else str(graph.value(node, predicate, any=True) or "")

    def nodes(type_: URIRef) -> list[Node]:
        return sorted(graph.subjects(RDF.type, type_), key=str)

    titled: tuple[tuple[URIRef, Kind], ...] = ((DG.Matter, "matter"), (DG.SupervisionRegime, "regime"))
    for type_, kind in titled:
        for node in nodes(type_):
            yield Named(kind, str(node), text(node, DCT.title), text(node, DCT.spatial))
    for node in nodes(ORG.OrganizationalUnit):
        agency = graph.value(node, ORG.unitOf, any=True)
        scope = text(agency, ORG.classification).rsplit("/", 1)[-1] or text(agency, SKOS.prefLabel)
        yield Named("department", str(node), text(node, SKOS.prefLabel), text(node, DCT.spatial), scope)
    for node in nodes(CV.PublicOrganisation):
        if (node, ORG.classification, None) not in graph:
            yield Named("agency", str(node), text(node, SKOS.prefLabel), text(node, DCT.spatial))


def alignment_graph(things: Iterable[Named], decisions: Decisions, types: AgencyTypes) -> Graph:
    """The concepts that the things are about, and a dg:Alignment for two concepts, or an agency and a type, that may be
    one. ``things``: those of all registers. A thing without a name takes no part."""
    named = sorted((thing for thing in things if thing.name), key=lambda thing: (thing.kind, thing.iri))
    graph = new_graph()
    concepts = _concepts([thing for thing in named if thing.kind in _MEMBERSHIP], decisions)
    for concept in concepts:
        _describe(graph, concept)
    for one, other, likeness in _alike(concepts):
        space = one.members[0].space
        decided = any((space, frozenset(pair)) in decisions.different for pair in product(one.cores, other.cores))
        if _may_meet(one, other) and not decided:
            _propose(graph, one.iri, other.iri, likeness)
    for agency in named:
        if agency.kind == "agency":
            scored = sorted((-_dice(_pairs(agency.name), _pairs(name)), name) for name in types.full_names)
            if scored and -scored[0][0] >= _ALIKE:
                _propose(graph, URIRef(agency.iri), types.by_name[scored[0][1]], -scored[0][0])
    return graph


def _concepts(things: Iterable[Named], decisions: Decisions) -> list[_Concept]:
    groups: dict[tuple[Space, str, str], list[Named]] = defaultdict(list)
    for thing in things:
        core = core_of(thing.name, thing.space)
        groups[thing.space, thing.scope, decisions.same.get((thing.space, core), core)].append(thing)
    return [_concept(space, scope, core, members) for (space, scope, core), members in groups.items()]


def _concept(space: Space, scope: str, core: str, members: Sequence[Named]) -> _Concept:
    cores = {member.name: core_of(member.name, space) for member in members}
    # where people decided, the name they put first is the concept's
    names = sorted(cores, key=lambda name: (cores[name] != core, len(name), name))
    iri = mint_matter_concept(core) if space == "matter" else mint_function(scope, core)
    return _Concept(iri, tuple(members), tuple(names), frozenset(cores.values()))


def _describe(graph: Graph, concept: _Concept) -> None:
    is_matter = concept.members[0].space == "matter"
    graph.add((concept.iri, RDF.type, SKOS.Concept))
    if is_matter:
        graph.add((concept.iri, RDF.type, DG.MatterConcept))
    graph.add((concept.iri, SKOS.inScheme, DG.MatterConcepts if is_matter else DG.DepartmentFunctions))
    graph.add((concept.iri, SKOS.prefLabel, zh(concept.names[0])))
    for name in concept.names[1:]:
        graph.add((concept.iri, SKOS.altLabel, zh(name)))
    for member in concept.members:
        graph.add((URIRef(member.iri), _MEMBERSHIP[member.kind], concept.iri))


def _propose(graph: Graph, one: URIRef, other: URIRef, likeness: float) -> None:
    node = mint_alignment(one, other)
    graph.add((node, RDF.type, DG.Alignment))
    graph.add((node, DG.aligns, one))
    graph.add((node, DG.aligns, other))
    graph.add((node, DG.similarity, decimal(round(likeness, 2))))
    graph.add((node, DG.reviewStatus, Words("candidate")))


def _may_meet(one: _Concept, other: _Concept) -> bool:
    """Two matters of one county are two matters; a matter and a regime of one county may be about one."""
    return any(
        first.kind != second.kind or first.place != second.place
        for first, second in product(one.members, other.members)
    )


def _alike(concepts: Sequence[_Concept]) -> Iterator[tuple[_Concept, _Concept, float]]:
    """The pairs of concepts of one space and scope with names alike, each once, with their likeness. Only names that
    share a pair of characters are compared: the time grows with what is alike, not with the square of all."""
    holders: dict[tuple[Space, str, str], list[int]] = defaultdict(list)
    for number, concept in enumerate(concepts):
        space, scope = concept.members[0].space, concept.members[0].scope
        keys = {(space, scope, pair) for core in concept.cores for pair in _pairs(core)}
        for earlier in sorted({earlier for key in keys for earlier in holders[key]}):
            other = concepts[earlier]
            likeness = max(_dice(_pairs(a), _pairs(b)) for a, b in product(concept.cores, other.cores))
            if likeness >= _ALIKE:
                yield concept, other, likeness
        for key in keys:
            holders[key].append(number)


def _pairs(text: str) -> frozenset[str]:
    return frozenset(text[at : at + 2] for at in range(max(len(text) - 1, 1)))


def _dice(one: frozenset[str], other: frozenset[str]) -> float:
    return 2 * len(one & other) / (len(one) + len(other))
