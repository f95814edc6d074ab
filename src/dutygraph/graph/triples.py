"""One register's records as triples."""

from __future__ import annotations

from rdflib import Graph

from dutygraph.graph.lookups import Lookups, project_lookups
from dutygraph.graph.quality import measure_quality, quality_triples
from dutygraph.graph.regimes import regime_triples
from dutygraph.graph.sheet import ParseClauses, Sheet
from dutygraph.graph.tables import duty_triples, matter_triples, service_triples, unread_triples
from dutygraph.graph.vocab import PREFIXES
from dutygraph.model import Register

__all__ = ["build_graph", "new_graph"]


def new_graph() -> Graph:
    """An empty graph with the project's prefixes."""
    graph = Graph(bind_namespaces="none")
    for prefix, namespace in PREFIXES.items():
        graph.bind(prefix, namespace)
    return graph


def build_graph(
    register: Register, *, lookups: Lookups | None = None, parse_clauses: ParseClauses | None = None
) -> Graph:
    """The triples of one register, every statement with its cell.

    ``lookups``: places, laws and agency types, by default the package's own. ``parse_clauses``: when given, the texts
    of duties, work items and shares get dg:Clause nodes, and the register is measured. The graph holds no blank nodes,
    and the same register gives the same triples. Raises IriCollision when two different things would share one IRI.
    """
    sheet = Sheet(register, lookups or project_lookups(), parse_clauses)
    measured = measure_quality(register, parse_clauses) if parse_clauses else ()
    graph = new_graph()
    for triple in (
        *sheet.head(),
        *quality_triples(register.id, sheet.iri, measured),
        *duty_triples(sheet),
        *matter_triples(sheet),
        *service_triples(sheet),
        *regime_triples(sheet),
        *unread_triples(sheet),
        # last: parties and cells that the statements asked for
        *sheet.parties.triples(sheet.iri),
        *sheet.cells.triples(),
    ):
        graph.add(triple)
    return graph
