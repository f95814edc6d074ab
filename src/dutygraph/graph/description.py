"""The graph's description of itself: VoID statistics, a DCAT catalogue, the SPARQL service."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from typing import Final

from rdflib import Graph, Literal, URIRef

from dutygraph.graph.literals import whole
from dutygraph.graph.triples import new_graph
from dutygraph.graph.vocab import BASE, CPSV, CV, DCAT, DCT, DG, DQV, ELI, OA, ORG, PROV, RDF, SD, SKOS, VOID

__all__ = ["DATASET", "description_graph"]

DATASET: Final = URIRef(f"{BASE}dataset")
"""The graph as a whole: the registers, their vocabulary, the laws and places."""

_VOCABULARIES: Final = (CPSV, CV, DCAT, DCT, DG, DQV, ELI, OA, ORG, PROV, SKOS, VOID)
_TYPE: Final = f" <{RDF.type}> "


def description_graph(registers: Mapping[str, Collection[str]]) -> Graph:
    """What the store holds. ``registers``: the N-Triples statements of each register's graph, by the graph's name.

    Counts are of different statements and entities over all registers; the description does not count itself.
    """
    lines = {line for one in registers.values() for line in one}
    graph = new_graph()

    def add(subject: URIRef, predicate: URIRef, *values: URIRef | Literal) -> None:
        for value in values:
            graph.add((subject, predicate, value))

    # dcat:Catalog alone: a dcat:Dataset here is a register, with a publisher
    add(DATASET, RDF.type, VOID.Dataset, DCAT.Catalog)
    add(DATASET, DCT.title, Literal("职责登记知识图谱", lang="zh"), Literal("Graph of duty registers", lang="en"))
    add(DATASET, DCT.license, URIRef("https://www.apache.org/licenses/LICENSE-2.0"))
    add(DATASET, VOID.triples, whole(len(lines)))
    add(DATASET, VOID.uriSpace, Literal(BASE))
    add(DATASET, VOID.vocabulary, *(URIRef(str(vocabulary)) for vocabulary in _VOCABULARIES))
    add(DATASET, DCAT.dataset, *map(URIRef, registers))
    kinds = Counter(line.split(_TYPE, 1)[1] for line in lines if _TYPE in line)
    for kind, count in kinds.items():
        iri = kind.strip("<>")
        partition = URIRef(f"{DATASET}#class-{iri.removeprefix(str(DG)).rsplit('/', 1)[-1].rsplit('#', 1)[-1]}")
        add(DATASET, VOID.classPartition, partition)
        add(partition, VOID["class"], URIRef(iri))
        add(partition, VOID.entities, whole(count))
    add(DATASET, VOID.entities, whole(len({line.split(_TYPE, 1)[0] for line in lines if _TYPE in line})))
    _describe_service(graph, registers)
    return graph


def _describe_service(graph: Graph, registers: Mapping[str, Collection[str]]) -> None:
    """Each register is a named graph; its triples are in the default graph too."""
    service, content, default = (URIRef(f"{DATASET}#{name}") for name in ("service", "content", "default-graph"))
    graph.add((service, RDF.type, SD.Service))
    graph.add((service, SD.supportedLanguage, SD.SPARQL11Query))
    graph.add((service, SD.defaultDataset, content))
    graph.add((content, RDF.type, SD.Dataset))
    graph.add((content, SD.defaultGraph, default))
    graph.add((default, RDF.type, SD.Graph))
    for name, lines in registers.items():
        named = URIRef(f"{DATASET}#graph-{name.rsplit('/', 1)[-1]}")
        graph.add((content, SD.namedGraph, named))
        graph.add((named, RDF.type, SD.NamedGraph))
        graph.add((named, SD.name, URIRef(name)))
        graph.add((named, VOID.triples, whole(len(lines))))
