"""The lexicon in the graph: everyday words as labels of SKOS concepts, and what each concept stands for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol

from rdflib import Graph, Literal, URIRef
from rdflib.namespace import DCTERMS, RDF, SKOS

from dutygraph.graph.iris import mint_concept
from dutygraph.graph.triples import new_graph
from dutygraph.graph.vocab import DG

__all__ = ["LexiconConcept", "concept_graph", "node_texts"]

# A node's words, by its class: what a concept's official phrases are looked for in.
_TEXT_OF = {
    DG.WorkItem: (DCTERMS.description,),
    DG.Duty: (DCTERMS.description,),
    DG.Share: (DCTERMS.description,),
    DG.Matter: (DCTERMS.title,),
    DG.ServiceItem: (DCTERMS.title, DCTERMS.description),
    DG.SupervisionRegime: (DCTERMS.title,),
    DG.RegimeItem: (DCTERMS.description,),
}


class LexiconConcept(Protocol):
    """What is asked of a lexicon entry."""

    @property
    def id(self) -> str: ...
    @property
    def zh(self) -> str: ...
    @property
    def en(self) -> str: ...
    @property
    def words(self) -> Sequence[str]: ...
    @property
    def en_words(self) -> Sequence[str]: ...
    @property
    def official(self) -> Sequence[str]: ...
    @property
    def near(self) -> Sequence[str]: ...


def node_texts(graph: Graph) -> Iterator[tuple[str, str]]:
    """(IRI, its words without white space) for every node of one register's graph that a concept can stand for."""
    for kind, properties in _TEXT_OF.items():
        for node in sorted(graph.subjects(RDF.type, kind), key=str):
            words = "\n".join(str(text) for name in properties for text in sorted(graph.objects(node, name), key=str))
            yield str(node), _squeezed(words)


def concept_graph(concepts: Iterable[LexiconConcept], nodes: Sequence[tuple[str, str]]) -> Graph:
    """Every concept with its words, and ``dg:denotes`` for each node that holds one of its official phrases.

    ``nodes``: what ``node_texts`` gave, of all registers.
    """
    graph = new_graph()
    for concept in concepts:
        iri = mint_concept(concept.id)
        graph.add((iri, RDF.type, SKOS.Concept))
        graph.add((iri, SKOS.inScheme, DG.Lexicon))
        graph.add((iri, SKOS.prefLabel, Literal(concept.zh, lang="zh")))
        graph.add((iri, SKOS.prefLabel, Literal(concept.en, lang="en")))
        for word in concept.words:
            graph.add((iri, SKOS.altLabel, Literal(word, lang="zh")))
        for word in concept.en_words:
            graph.add((iri, SKOS.altLabel, Literal(word, lang="en")))
        for phrase in concept.official:
            graph.add((iri, SKOS.hiddenLabel, Literal(phrase, lang="zh")))
        for other in concept.near:
            graph.add((iri, SKOS.related, mint_concept(other)))
        phrases = [_squeezed(phrase) for phrase in concept.official]
        for node, words in nodes:
            if any(phrase in words for phrase in phrases):
                graph.add((iri, DG.denotes, URIRef(node)))
    return graph


def _squeezed(text: str) -> str:
    return "".join(text.split())
