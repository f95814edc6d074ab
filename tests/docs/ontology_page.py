"""docs/ontology.html: every term of the ontology, every concept of its schemes, every rule."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from rdflib import Graph, URIRef
from rdflib.namespace import DCTERMS, OWL, RDF, RDFS, SH, SKOS
from rdflib.term import Node

from dutygraph.graph.validate import load_shapes
from dutygraph.graph.vocab import DG, DGSH, PREFIXES
from dutygraph.resources import ontology_dir

__all__ = ["ontology_page"]

NAMESPACES = {**PREFIXES, "dgsh": str(DGSH)}
RELATIONS = (
    ("subclass of · 上位类", RDFS.subClassOf),
    ("subproperty of · 上位属性", RDFS.subPropertyOf),
    ("domain · 定义域", RDFS.domain),
    ("range · 值域", RDFS.range),
    ("exact match · 等同", SKOS.exactMatch),
    ("close match · 近似", SKOS.closeMatch),
    ("broader match · 更宽", SKOS.broadMatch),
    ("related match · 相关", SKOS.relatedMatch),
)
GROUPS = (
    ("classes", "Classes · 类", OWL.Class),
    ("object-properties", "Object properties · 对象属性", OWL.ObjectProperty),
    ("datatype-properties", "Datatype properties · 数据属性", OWL.DatatypeProperty),
    ("schemes", "Concept schemes · 概念表", SKOS.ConceptScheme),
)


@dataclass(frozen=True, slots=True)
class Name:
    """A term as it is written; ``id`` is its anchor on the page, empty for a term of others."""

    name: str
    id: str = ""


@dataclass(frozen=True, slots=True)
class Concept:
    name: str
    id: str
    labels: Mapping[str, str]
    others: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Term:
    name: str
    id: str
    labels: Mapping[str, str]
    definitions: Mapping[str, str]
    relations: tuple[tuple[str, tuple[Name, ...]], ...] = ()
    note: str = ""
    concepts: tuple[Concept, ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    id: str
    title: str
    terms: tuple[Term, ...] = field(default=())


def ontology_page() -> str:
    """The page as HTML."""
    graph = Graph()
    for path in sorted((*ontology_dir().glob("*.ttl"), *(ontology_dir() / "schemes").glob("*.ttl"))):
        graph.parse(path)
    shapes = load_shapes()
    ontology = URIRef(str(DG).removesuffix("#"))
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent), autoescape=True, undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True,
    )  # fmt: skip
    return environment.get_template("ontology.html.jinja").render(
        iri=str(ontology),
        titles=_texts(graph, ontology, DCTERMS.title),
        descriptions=_texts(graph, ontology, DCTERMS.description),
        version=graph.value(ontology, OWL.versionInfo),
        version_iri=graph.value(ontology, OWL.versionIRI),
        licence=graph.value(ontology, DCTERMS.license),
        prefixes=sorted(NAMESPACES.items()),
        groups=[
            *(Group(key, title, tuple(_terms(graph, kind))) for key, title, kind in GROUPS),
            Group("rules", "Rules · 规则", tuple(_rules(shapes))),
        ],
    )


def _terms(graph: Graph, kind: URIRef) -> Iterator[Term]:
    for node in _ours(graph, kind):
        relations = ((label, tuple(map(_name, sorted(graph.objects(node, one))))) for label, one in RELATIONS)
        yield Term(
            name=_name(node).name,
            id=_name(node).id,
            labels=_texts(graph, node, RDFS.label),
            definitions=_texts(graph, node, SKOS.definition),
            relations=tuple((label, others) for label, others in relations if others),
            note="reserved: not used yet · 保留，尚未使用" if (node, SKOS.editorialNote, None) in graph else "",
            concepts=tuple(_concepts(graph, node)),
        )


def _concepts(graph: Graph, scheme: URIRef) -> Iterator[Concept]:
    for node in sorted(graph.subjects(SKOS.topConceptOf, scheme)):
        others = sorted(
            str(label) for label in graph.objects(node, SKOS.altLabel) if getattr(label, "language", None) == "zh"
        )
        name = _name(node)
        yield Concept(name.name, name.id, _texts(graph, node, SKOS.prefLabel), tuple(others))


def _rules(shapes: Graph) -> Iterator[Term]:
    for node in _ours(shapes, SH.NodeShape):
        messages = _texts(shapes, node, SH.message)
        level = _name(shapes.value(node, SH.severity)).name.removeprefix("sh:")
        targets = tuple(map(_name, sorted(shapes.objects(node, SH.targetClass))))
        relations = (("target · 对象", targets),) if targets else ()
        yield Term(_name(node).name, _name(node).id, {"en": level, "zh": _LEVELS[level]}, messages, relations)


_LEVELS = {"Violation": "不合格", "Warning": "提醒", "Info": "提示"}


def _ours(graph: Graph, kind: URIRef) -> list[URIRef]:
    return sorted(node for node in graph.subjects(RDF.type, kind) if isinstance(node, URIRef) and _name(node).id)


def _texts(graph: Graph, node: Node, predicate: URIRef) -> dict[str, str]:
    return {str(getattr(text, "language", "")): str(text) for text in graph.objects(node, predicate)}


def _name(node: Node | None) -> Name:
    iri = str(node)
    # the longest namespace: def#role/ before def#
    for prefix, namespace in sorted(NAMESPACES.items(), key=lambda pair: -len(pair[1])):
        if iri.startswith(namespace):
            local = iri.removeprefix(namespace)
            mine = iri.startswith((str(DG), str(DGSH)))
            return Name(f"{prefix}:{local}", iri.rsplit("#", 1)[-1].replace("/", "-") if mine else "")
    return Name(f"<{iri}>")
