from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rdflib import BNode, Graph, Literal, URIRef
from rdflib.namespace import RDFS

from dutygraph.errors import GraphError
from dutygraph.graph import build_graph, graph_version, read_rdf, to_lines, write_nquads
from graph.sample import make_register

NODE = URIRef("https://example.org/a")


def test_lines_say_what_the_graph_says() -> None:
    graph = build_graph(make_register())
    text = "".join(f"{line} .\n" for line in to_lines(graph))
    assert set(Graph().parse(data=text, format="nt")) == set(graph)


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_any_text_survives_a_line(text: str) -> None:
    graph = Graph().add((NODE, RDFS.label, Literal(text)))
    (line,) = to_lines(graph)
    assert "\n" not in line
    assert set(Graph().parse(data=f"{line} .\n", format="nt")) == set(graph)


@pytest.mark.parametrize("node", [BNode("b"), URIRef("https://example.org/a b")])
def test_what_no_line_may_hold_is_refused(node: URIRef) -> None:
    with pytest.raises(GraphError):
        to_lines(Graph().add((node, RDFS.label, Literal("x"))))


def test_each_triple_stands_in_its_graph_and_in_the_default_graph(tmp_path: Path) -> None:
    lines = to_lines(build_graph(make_register()))
    written = write_nquads(
        {"https://example.org/g": lines}, ['<https://example.org/s> <https://example.org/p> "x"'], tmp_path / "g.nq"
    )
    out = (tmp_path / "g.nq").read_text("utf-8").splitlines()
    assert written.triples == len(lines) + 1
    assert len(out) == 2 * len(lines) + 1
    assert sum(line.endswith("<https://example.org/g> .") for line in out) == len(lines)
    assert set(read_rdf(tmp_path / "g.nq")) >= set(build_graph(make_register()))


def test_the_version_depends_on_the_triples_alone(tmp_path: Path) -> None:
    lines = to_lines(build_graph(make_register()))
    one = write_nquads({"https://example.org/g": lines}, [], tmp_path / "1.nq")
    other = write_nquads({"https://example.org/g": list(reversed(lines))}, lines[:3], tmp_path / "2.nq")
    assert one.version == other.version == graph_version(lines)
    assert (tmp_path / "1.nq").read_bytes() == (tmp_path / "2.nq").read_bytes()
    assert graph_version(lines[1:]) != one.version
