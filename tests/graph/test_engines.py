"""The native SHACL engine says what pyshacl says: of every example, of both registers, and of registers with holes."""

from __future__ import annotations

import random

import pytest
from rdflib import Graph

from dutygraph.errors import ValidationFailure
from dutygraph.graph import build_graph, read_rdf, validate_graph
from dutygraph.graph.engines import installed_engine, run_native, run_pyshacl
from dutygraph.read import find_register_folders, parse_clauses, read_register
from dutygraph.resources import data_dir, ontology_dir
from graph.sample import make_register

pytest.importorskip("shacl", reason="the extra shacl-fast is not installed")
EXAMPLES = sorted((ontology_dir() / "examples").glob("*/*.ttl"))


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_both_engines_say_the_same_of_an_example(path) -> None:
    graph = read_rdf(path)
    assert validate_graph(graph, run=run_native) == validate_graph(graph, run=run_pyshacl)


@pytest.mark.parametrize("folder", find_register_folders(data_dir()), ids=lambda folder: folder.name)
def test_both_engines_say_the_same_of_a_register_and_of_one_with_holes(folder) -> None:
    graph = build_graph(read_register(folder), parse_clauses=parse_clauses)
    assert validate_graph(graph, run=run_native) == validate_graph(graph, run=run_pyshacl)
    for triple in random.Random(5206).sample(sorted(graph), 200):
        graph.remove(triple)
    native = validate_graph(graph, run=run_native)
    assert len(native.results) > 20
    assert native == validate_graph(graph, run=run_pyshacl)


@pytest.mark.parametrize("run", [run_native, run_pyshacl])
def test_validation_changes_nothing_in_the_graph(run) -> None:
    graph = build_graph(make_register())
    before = set(graph)
    validate_graph(graph, run=run)
    assert set(graph) == before


@pytest.mark.parametrize("run", [run_native, run_pyshacl])
def test_shapes_that_are_none_are_a_failure(run) -> None:
    shapes = Graph().parse(
        data="""@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix e: <http://e/> .
        e:s a sh:NodeShape ; sh:targetNode e:n ; sh:property [ sh:path e:p ; sh:pattern "(" ] . e:n e:p "x" ."""
    )
    with pytest.raises(ValidationFailure, match="SHACL"):
        validate_graph(Graph().parse(data='<http://e/n> <http://e/p> "x" .', format="turtle"), shapes, run=run)


def test_the_native_engine_is_used_when_it_is_there() -> None:
    assert installed_engine() is run_native
