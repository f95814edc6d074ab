"""The project's own registers in a store, once, and that store behind a real SPARQL server."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from dutygraph.graph import (
    alignment_graph,
    build_graph,
    description_graph,
    named_things,
    project_lookups,
    shared_graph,
    to_lines,
    write_nquads,
)
from dutygraph.model import Register
from dutygraph.read import find_register_folders, parse_clauses, read_register
from dutygraph.resources import data_dir, queries_dir
from dutygraph.store import RemoteStore, Store, Template, fill_store, load_templates, open_store
from store.endpoint import serve_folder


@pytest.fixture(scope="session")
def registers() -> list[Register]:
    return [read_register(folder) for folder in find_register_folders(data_dir())]


@pytest.fixture(scope="session")
def templates() -> dict[str, Template]:
    return load_templates(queries_dir())


@pytest.fixture(scope="session")
def folder(registers: list[Register], tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("registers")
    known = project_lookups()
    graphs = {
        f"https://w3id.org/dutygraph/id/register/{register.id}": build_graph(register, parse_clauses=parse_clauses)
        for register in registers
    }
    lines = {name: to_lines(graph) for name, graph in graphs.items()}
    things = [thing for graph in graphs.values() for thing in named_things(graph)]
    common = (
        shared_graph(known, [register.jurisdiction_code for register in registers]),
        alignment_graph(things, known.decisions, known.agency_types),
        description_graph(lines),
    )
    write_nquads(lines, [line for graph in common for line in to_lines(graph)], folder / "graph.nq")
    fill_store(folder / "store", folder / "graph.nq")
    return folder / "store"


@pytest.fixture(scope="session")
def store(folder: Path) -> Iterator[Store]:
    store = open_store(folder)
    yield store
    store.close()


@pytest.fixture(scope="session")
def remote(folder: Path) -> Iterator[Store]:
    with serve_folder(folder) as url:
        yield RemoteStore(url)
