"""docs/ontology.md names every class and every rule, in the words of the ontology."""

from pathlib import Path

from rdflib import Graph, URIRef
from rdflib.namespace import OWL, RDF, SH, SKOS

from dutygraph.graph.validate import load_shapes
from dutygraph.resources import ontology_dir

PAGE = (Path(__file__).parents[2] / "docs" / "ontology.md").read_text("utf-8")


def english(graph: Graph, term: URIRef, predicate: URIRef) -> str:
    return next(str(text) for text in graph.objects(term, predicate) if getattr(text, "language", None) == "en")


def test_every_class_is_documented() -> None:
    ontology = Graph().parse(ontology_dir() / "dutygraph.ttl")
    for term in ontology.subjects(RDF.type, OWL.Class):
        assert isinstance(term, URIRef)
        (row,) = (line for line in PAGE.splitlines() if line.startswith(f"| `dg:{term.split('#')[1]}` |"))
        assert english(ontology, term, SKOS.definition) in row


def test_every_rule_is_documented_with_its_level() -> None:
    shapes = load_shapes()
    for rule in shapes.subjects(RDF.type, SH.NodeShape):
        if isinstance(rule, URIRef):
            level = str(shapes.value(rule, SH.severity)).split("#")[1].lower()
            assert f"| `{rule.split('#')[1]}` | {level} | {english(shapes, rule, SH.message)} |" in PAGE
