"""Stores made from registers in memory, for planting faults in them."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from dutygraph.graph import build_graph, concept_graph, node_texts, shared_graph, to_lines, write_nquads
from dutygraph.graph.iris import mint_register
from dutygraph.model import Register
from dutygraph.read import find_register_folders, parse_clauses, read_register
from dutygraph.resources import data_dir
from dutygraph.retrieve import read_lexicon
from dutygraph.store import Store, fill_store, open_store

__all__ = ["make_store", "real_registers"]


@cache
def real_registers() -> tuple[Register, ...]:
    return tuple(read_register(folder) for folder in find_register_folders(data_dir()))


@cache
def _shared() -> list[str]:
    return to_lines(shared_graph())


def make_store(registers: list[Register], folder: Path) -> Store:
    """A store of these registers with everything a build puts in one."""
    graphs = {register.id: build_graph(register, parse_clauses=parse_clauses) for register in registers}
    nodes = [pair for graph in graphs.values() for pair in node_texts(graph)]
    concepts = [concept for path in sorted((data_dir() / "lexicon").glob("*.toml")) for concept in read_lexicon(path)]
    lines = {str(mint_register(name)): to_lines(graph) for name, graph in graphs.items()}
    shared = [*_shared(), *to_lines(concept_graph(concepts, nodes))]
    folder.mkdir(parents=True, exist_ok=True)
    write_nquads(lines, shared, folder / "graph.nq")
    fill_store(folder / "store", folder / "graph.nq")
    return open_store(folder / "store")
