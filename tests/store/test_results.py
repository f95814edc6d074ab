"""Results as files: each format read back by another library holds the same answer."""

from __future__ import annotations

import csv
import io
import json

import pytest
import rdflib
from hypothesis import given
from hypothesis import strategies as st
from rdflib.query import Result as RdflibResult

from dutygraph.errors import StoreError, StoreUnavailable
from dutygraph.store import GRAPH_FORMATS, RESULT_FORMATS, Blank, Iri, Literal, Rows, Triples, serialise
from dutygraph.store.protocol import RDF_LANG_STRING, XSD
from dutygraph.store.results import read_json, read_triples

ROWS = Rows(
    ("s", "o"),
    (
        (Iri("http://e/a"), Literal('犬类，"管理"\n<b>&', RDF_LANG_STRING, "zh")),
        (Blank("x"), Literal("3", XSD + "integer")),
        (None, Literal("plain\t text")),
    ),
)
TRIPLES = Triples(
    (
        (Iri("http://e/a"), Iri("http://e/p"), Literal('犬类 "管理"\n', RDF_LANG_STRING, "zh")),
        (Iri("http://e/a"), Iri("https://w3id.org/dutygraph/def#value"), Literal("0.3", XSD + "decimal")),
        (Blank("x"), Iri("http://e/p"), Iri("http://e/a")),
    )
)


@pytest.mark.parametrize("form", ["json", "xml", "tsv"])
def test_rows_read_back_by_rdflib(form: str) -> None:
    result = RdflibResult.parse(io.BytesIO(serialise(ROWS, form)), format=form)
    found = [tuple(row) for row in result]
    assert [str(v) for v in result.vars or ()] == ["s", "o"]
    assert found[0] == (rdflib.URIRef("http://e/a"), rdflib.Literal('犬类，"管理"\n<b>&', lang="zh"))
    assert isinstance(found[1][0], rdflib.BNode)
    assert found[1][1] == rdflib.Literal(3)
    assert found[2] == (None, rdflib.Literal("plain\t text"))


def test_csv_is_for_spreadsheets() -> None:
    assert list(csv.reader(io.StringIO(serialise(ROWS, "csv").decode(), newline=""))) == [
        ["s", "o"],
        ["http://e/a", '犬类，"管理"\n<b>&'],
        ["_:x", "3"],
        ["", "plain\t text"],
    ]


@pytest.mark.parametrize("answer", [True, False])
def test_truth_values(answer: bool) -> None:
    assert json.loads(serialise(answer, "json")) == {"head": {}, "boolean": answer}
    assert f"<boolean>{str(answer).lower()}</boolean>".encode() in serialise(answer, "xml")
    assert serialise(answer, "csv").strip() == serialise(answer, "tsv").strip() == str(answer).lower().encode()
    assert read_json(serialise(answer, "json")) is answer


@pytest.mark.parametrize(
    ("form", "name"),
    [("ttl", "turtle"), ("nt", "nt"), ("rdfxml", "xml"), ("jsonld", "json-ld"), ("trig", "trig"), ("nq", "nquads")],
)
# rdflib's own parsers use its deprecated names
@pytest.mark.filterwarnings("ignore:Dataset:DeprecationWarning", "ignore:ConjunctiveGraph:DeprecationWarning")
def test_graphs_read_back_isomorphic(form: str, name: str) -> None:
    from rdflib.compare import isomorphic

    expected = rdflib.Graph()
    expected.parse(data=serialise(TRIPLES, "nt"), format="nt")
    dataset = rdflib.Dataset(default_union=True)
    dataset.parse(data=serialise(TRIPLES, form), format=name)
    found = rdflib.Graph()
    found += dataset.triples((None, None, None))  # type: ignore[arg-type]
    assert len(expected) == 3
    assert isomorphic(found, expected)


def test_turtle_is_made_for_people() -> None:
    assert b"dg:value 0.3" in serialise(TRIPLES, "ttl").replace(b'"0.3"^^xsd:decimal', b"0.3")


@pytest.mark.parametrize(
    ("result", "form"), [(ROWS, "ttl"), (True, "nt"), (TRIPLES, "csv"), (ROWS, "xlsx"), (TRIPLES, "")]
)
def test_a_format_of_the_other_kind_is_refused(result: Rows | Triples | bool, form: str) -> None:
    with pytest.raises(StoreError, match="known: "):
        serialise(result, form)


def test_rdf_xml_says_what_it_cannot_write() -> None:
    odd = Triples(((Iri("http://e/a"), Iri("http://e/1"), Iri("http://e/b")),))
    with pytest.raises(StoreError, match="rdfxml"):
        serialise(odd, "rdfxml")


TERMS = st.one_of(
    st.none(),
    st.builds(Literal, st.text(alphabet=st.characters(exclude_categories=["Cs"]))),
    st.builds(
        lambda text: Literal(text, RDF_LANG_STRING, "zh"), st.text(alphabet=st.characters(exclude_categories=["Cs"]))
    ),
    st.sampled_from([Iri("http://e/犬"), Blank("b1"), Literal("01", XSD + "integer")]),
)


@given(st.lists(st.tuples(TERMS, TERMS)))
def test_json_reads_back_equal(rows: list[tuple[Literal | None, Literal | None]]) -> None:
    result = Rows(("a", "b"), tuple(rows))
    assert read_json(serialise(result, "json")) == result


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html>",
        b"[]",
        b'{"head":{"vars":["n"]},"results":{"bindings":[The SPARQL operation has been cancelled',
        b'{"head":{"vars":["n"]},"results":{"bindings":[{"n":{"type":"odd","value":"x"}}]}}',
    ],
)
def test_a_broken_answer_is_never_half_read(body: bytes) -> None:
    with pytest.raises(StoreUnavailable, match="no complete SPARQL results JSON"):
        read_json(body)


def test_triples_read_back() -> None:
    assert read_triples(serialise(TRIPLES, "nt"), GRAPH_FORMATS["nt"]).triples[:2] == TRIPLES.triples[:2]
    with pytest.raises(StoreUnavailable, match="no complete text/turtle"):
        read_triples(b"<http://e/a> <http://e/b> ", GRAPH_FORMATS["ttl"])
    with pytest.raises(StoreUnavailable, match="unknown media type"):
        read_triples(b"", RESULT_FORMATS["csv"])
