"""The ontology keeps its own rules: labels, definitions, superclasses, no idle term, canonical serialisation."""

import json
import re
from pathlib import Path

import pytest
from rdflib import Graph, URIRef
from rdflib.namespace import DCTERMS, OWL, RDF, RDFS, SKOS

from dutygraph.graph import shared_graph, vocab
from dutygraph.graph.clauses import POWERS, ROLES
from dutygraph.graph.vocab import DG, POWER, ROLE
from dutygraph.resources import ontology_dir

ONTOLOGY = Graph().parse(ontology_dir() / "dutygraph.ttl")
CANONICAL = sorted((*ontology_dir().glob("*.ttl"), *(ontology_dir() / "schemes").glob("*.ttl")))
TERMS = sorted(term for term in ONTOLOGY.subjects(RDFS.isDefinedBy) if isinstance(term, URIRef))
CLASSES = sorted(term for term in ONTOLOGY.subjects(RDF.type, OWL.Class) if isinstance(term, URIRef))
OTHERS = [Graph().parse(path) for path in CANONICAL if path.name not in {"dutygraph.ttl", "alignments.ttl"}]
SOURCES = "\n".join(path.read_text("utf-8") for path in Path(vocab.__file__).parents[1].rglob("*.py"))


def languages(term: URIRef, predicate: URIRef, graph: Graph = ONTOLOGY) -> list[str]:
    return sorted(getattr(text, "language", None) or "" for text in graph.objects(term, predicate))


@pytest.mark.parametrize("term", TERMS)
def test_every_term_has_one_label_and_definition_in_each_language(term: URIRef) -> None:
    assert languages(term, RDFS.label) == ["en", "zh"]
    assert languages(term, SKOS.definition) == ["en", "zh"]


def test_every_term_says_that_it_is_ours_and_no_foreign_term_is_redefined() -> None:
    assert all(str(term).startswith(str(DG)) for term in TERMS)
    assert {str(s) for s in ONTOLOGY.subjects() if str(s).startswith(str(DG))} == {str(term) for term in TERMS}


@pytest.mark.parametrize("term", CLASSES)
def test_every_class_reaches_a_class_of_a_standard(term: URIRef) -> None:
    above = set(ONTOLOGY.transitive_objects(term, RDFS.subClassOf)) - {term}
    assert any(not str(one).startswith(str(DG)) for one in above)


def test_classes_are_few() -> None:
    assert len(CLASSES) <= 25


@pytest.mark.parametrize("term", TERMS)
def test_every_term_is_used_by_the_program_or_listed_as_reserved(term: URIRef) -> None:
    name = str(term).removeprefix(str(DG))
    reserved = bool(list(ONTOLOGY.objects(term, SKOS.editorialNote)))
    elsewhere = any((None, None, term) in graph or (None, term, None) in graph for graph in OTHERS)
    above_another = (None, RDFS.subClassOf, term) in ONTOLOGY
    assert reserved or elsewhere or above_another or re.search(rf"\bDG\.{name}\b", SOURCES)


def test_every_term_of_ours_in_the_program_is_in_the_ontology() -> None:
    named = set(re.findall(r"\bDG\.([A-Za-z]\w*)", SOURCES))
    assert named <= {str(term).removeprefix(str(DG)) for term in TERMS}


@pytest.mark.parametrize("path", CANONICAL, ids=lambda path: path.name)
def test_files_are_written_canonically(path: Path) -> None:
    graph = Graph().parse(path)
    assert path.read_text("utf-8").strip() == graph.serialize(format="turtle").strip()


def test_the_version_and_the_licence_are_said() -> None:
    (ontology,) = ONTOLOGY.subjects(RDF.type, OWL.Ontology)
    version = str(ONTOLOGY.value(ontology, OWL.versionInfo))
    assert str(ONTOLOGY.value(ontology, OWL.versionIRI)) == f"https://w3id.org/dutygraph/def/{version}"
    assert ONTOLOGY.value(ontology, DCTERMS.license) == URIRef("https://www.apache.org/licenses/LICENSE-2.0")


@pytest.mark.parametrize(("namespace", "names"), [(ROLE, ROLES), (POWER, POWERS)])
def test_roles_and_powers_of_the_program_are_those_of_the_schemes(namespace: str, names: frozenset[str]) -> None:
    concepts = {str(s) for s in shared_graph().subjects(SKOS.topConceptOf) if str(s).startswith(str(namespace))}
    assert concepts == {f"{namespace}{name}" for name in names}


@pytest.mark.parametrize("path", sorted((ontology_dir() / "schemes").glob("*.ttl")), ids=lambda path: path.stem)
def test_concepts_have_a_preferred_label_in_each_language_and_no_name_twice(path: Path) -> None:
    scheme = Graph().parse(path)
    names: list[str] = []
    for concept in scheme.subjects(SKOS.topConceptOf):
        assert isinstance(concept, URIRef)
        assert languages(concept, SKOS.prefLabel, scheme) == ["en", "zh"]
        for predicate in (SKOS.prefLabel, SKOS.altLabel, SKOS.hiddenLabel):
            names += [f"{name}@{name.language}" for name in scheme.objects(concept, predicate)]  # type: ignore[attr-defined]
    if path.stem == "agency-types":
        assert len(names) == len(set(names))


def test_alignments_speak_of_terms_that_exist() -> None:
    alignments = Graph().parse(ontology_dir() / "alignments.ttl")
    ours = {s for s in alignments.subjects() if str(s).startswith(str(DG))}
    assert ours
    assert ours <= set(TERMS)


def test_the_json_ld_context_knows_the_prefixes_and_every_object_property() -> None:
    context = json.loads((ontology_dir() / "context.jsonld").read_text("utf-8"))["@context"]
    assert {name: context[name] for name in vocab.PREFIXES} == vocab.PREFIXES
    ours = {f"dg:{str(p).removeprefix(str(DG))}" for p in ONTOLOGY.subjects(RDF.type, OWL.ObjectProperty)}
    assert {name for name in context if name.startswith("dg:")} == ours
    assert all(context[name]["@type"] == "@id" for name in ours)
