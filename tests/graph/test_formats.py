"""A register is the same graph from whatever format it was read, its cells and its file aside."""

from dataclasses import replace
from pathlib import Path

import pytest
from rdflib import Graph, URIRef
from rdflib.namespace import PROV

from dutygraph.graph import build_graph, validate_graph
from dutygraph.graph.vocab import DCT, DG, OA
from dutygraph.read import find_register_folders
from dutygraph.read.document import read_whole
from dutygraph.read.registers import find_source, read_metadata
from dutygraph.resources import data_dir
from read.writers import WRITERS

FOLDERS = find_register_folders(data_dir())
# What follows the file rather than the words. (dg:document and dg:sha256 are the file itself.)
FILE = {DG.document, DG.sha256, DCT["format"]}


def without_places(graph: Graph) -> set[tuple[str, str, str]]:
    def is_cell(node: object) -> bool:
        return isinstance(node, URIRef) and "/cell/" in node

    return {(str(s), str(p), str(o)) for s, p, o in graph if p not in FILE and not is_cell(s) and not is_cell(o)}


@pytest.mark.parametrize("name", WRITERS)
@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_every_format_makes_the_same_graph(folder: Path, name: str, tmp_path: Path) -> None:
    meta = read_metadata(folder)
    original = read_whole(find_source(folder), meta)
    suffix, write = WRITERS[name]
    copy = tmp_path / f"source{suffix}"
    copy.write_bytes(write(original.document.blocks))
    named = {"id": folder.name}
    one = build_graph(replace(original.register, **named))
    again = read_whole(copy, meta).register
    source = replace(again.source, document=f"{folder.name}/{copy.name}")
    other = build_graph(replace(again, source=source, **named))
    assert without_places(other) == without_places(one)
    assert validate_graph(other).results == ()
    quotes = {str(quote) for quote in one.objects(None, OA.exact)}
    assert {str(quote) for quote in other.objects(None, OA.exact)} == quotes
    assert all((node, PROV.wasQuotedFrom, None) in other for node in other.subjects(DG.order))
