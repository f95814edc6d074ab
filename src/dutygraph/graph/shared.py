"""What all registers share in the graph: the vocabulary itself, its schemes, the places and the laws."""

from __future__ import annotations

from collections.abc import Iterable

from rdflib import BNode, Graph

from dutygraph.graph.law import law_triples
from dutygraph.graph.lookups import Lookups, project_lookups
from dutygraph.graph.places import around, place_triples
from dutygraph.graph.triples import new_graph
from dutygraph.resources import ontology_dir

__all__ = ["shared_graph"]


def shared_graph(lookups: Lookups | None = None, codes: Iterable[str] = ()) -> Graph:
    """The triples that belong to no single register: ontology, alignments, SKOS schemes, laws, and the places around
    the jurisdictions with these codes.

    Statements about blank nodes (owl:AllDisjointClasses and the like) stay in the files; the graph has none.
    """
    known = lookups or project_lookups()
    graph = new_graph()
    for path in sorted((*ontology_dir().glob("*.ttl"), *(ontology_dir() / "schemes").glob("*.ttl"))):
        for triple in Graph().parse(path, format="turtle"):
            if not any(isinstance(node, BNode) for node in triple):
                graph.add(triple)
    for place in around(codes, known.places):
        for triple in place_triples(place):
            graph.add(triple)
    for triple in law_triples(known.laws):
        graph.add(triple)
    return graph
