from rdflib import Literal, URIRef
from rdflib.namespace import DCAT, RDF, VOID

from dutygraph.graph import build_graph, description_graph, to_lines, validate_graph
from dutygraph.graph.description import DATASET
from dutygraph.graph.vocab import DG, SD
from graph.sample import make_register

NAME = "https://w3id.org/dutygraph/id/register/130524-shuili"


def test_the_graph_counts_what_it_holds() -> None:
    graph = build_graph(make_register())
    description = description_graph({NAME: to_lines(graph)})
    assert description.value(DATASET, VOID.triples).toPython() == len(graph)  # type: ignore[union-attr]
    counts = {
        description.value(part, VOID["class"]): description.value(part, VOID.entities)
        for part in description.objects(DATASET, VOID.classPartition)
    }
    for kind in (DG.Share, DG.WorkItem, DG.Register):
        assert str(counts[kind]) == str(len(set(graph.subjects(RDF.type, kind))))


def test_a_triple_of_two_registers_counts_once() -> None:
    lines = to_lines(build_graph(make_register()))
    twice = description_graph({NAME: lines, NAME + "-2": lines[:5]})
    assert twice.value(DATASET, VOID.triples) == description_graph({NAME: lines}).value(DATASET, VOID.triples)


def test_registers_are_listed_as_datasets_and_as_named_graphs() -> None:
    description = description_graph({NAME: to_lines(build_graph(make_register()))})
    assert set(description.objects(DATASET, DCAT.dataset)) == {URIRef(NAME)}
    assert set(description.objects(None, SD.name)) == {URIRef(NAME)}
    assert Literal("职责登记知识图谱", lang="zh") in set(description.objects(DATASET))


def test_the_description_conforms_beside_its_register() -> None:
    graph = build_graph(make_register())
    assert validate_graph(graph + description_graph({NAME: to_lines(graph)})).results == ()
