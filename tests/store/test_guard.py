"""What strangers may ask: refusals by what a query means, whatever it is written like."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dutygraph.errors import QueryRefused, QuerySyntaxError
from dutygraph.store.guard import MAX_QUERY_LENGTH, check_query

GRAPHS = {"http://e/g", "http://e/h"}


@pytest.mark.parametrize(
    "sparql",
    [
        "SELECT * { ?s ?p ?o }",
        "SELECT * FROM <http://e/g> FROM NAMED <http://e/h> { GRAPH ?g { ?s ?p ?o } }",
        "PREFIX e: <http://e/> ASK FROM e:g {}",
        "BASE <http://e/> DESCRIBE <x> FROM <g>",
        "PREFIX e: <http://e/service#> SELECT ?service { ?service a e:Service ; e:label 'SERVICE <http://x> {}' }",
        "# SERVICE <http://x> {}\nSELECT * { ?s ?p <http://e/SERVICE> }",
        'SELECT * { ?s ?p "insert FROM <http://x>" }',
        'SELECT * { ?s ?p """a " SERVICE \n""" }',
        "PREFIX insert: <http://e/> SELECT * { ?s insert:DELETE ?o }",
    ],
)
def test_reading_queries_pass(sparql: str) -> None:
    check_query(sparql, GRAPHS)


@pytest.mark.parametrize(
    "sparql",
    [
        "SELECT * { SERVICE <http://x> { ?s ?p ?o } }",
        "PREFIX e: <http://e#> SELECT * { service silent e:x { ?s ?p ?o } }",
        "SELECT * { OPTIONAL { FILTER EXISTS { SERVICE ?g { ?s ?p ?o } } } }",
        "SELECT * { { SELECT * { SERVICE <http://x> { ?s ?p ?o } } } }",
        "ASK { FILTER(true)SERVICE<http://x>{} }",
        # as Oxigraph reads them, though not as the grammar's tokens are
        "SELECT * { ?s ?p trueSERVICE <http://x> { ?a ?b ?c } }",
        "SELECT * { ?s ?p 1SERVICE <http://x> { ?a ?b ?c } }",
        "SELECT * { MINUS {} SERVICESILENT<http://x> { ?a ?b ?c } }",
        "SELECT * { FILTER(1<2)SERVICE#>\n<http://x> { ?a ?b ?c } }",
        # as engines read it that expand codepoints first
        "SELECT * { \\u0053ERVICE <http://x> { ?s ?p ?o } }",
        'SELECT * { ?s ?p "\\u0022 . SERVICE <http://x> { ?a ?b ?c } ?s ?p \\u0022" }',
    ],
)
def test_no_query_calls_another_server(sparql: str) -> None:
    with pytest.raises((QueryRefused, QuerySyntaxError)):
        check_query(sparql, GRAPHS)


@pytest.mark.parametrize(
    "sparql",
    [
        "INSERT DATA { <http://e/a> <http://e/b> 1 }",
        "PREFIX e: <http://e/>\n# harmless?\ndelete where { ?s ?p ?o }",
        "LOAD <http://x>",
        "DROP ALL",
        "WITH <http://e/g> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
    ],
)
def test_updates_are_refused(sparql: str) -> None:
    with pytest.raises(QueryRefused, match="is an update"):
        check_query(sparql, GRAPHS)


@pytest.mark.parametrize(
    "sparql",
    [
        "SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }",
        "SELECT * FROM <http://e/g> FROM NAMED <http://x> { ?s ?p ?o }",
        "PREFIX x: <http://x/> CONSTRUCT { ?s ?p ?o } FROM x:g WHERE { ?s ?p ?o }",
        "BASE <http://x/> SELECT * from <g> { ?s ?p ?o }",
    ],
)
def test_foreign_graphs_are_refused(sparql: str) -> None:
    with pytest.raises(QueryRefused, match="there is no graph"):
        check_query(sparql, GRAPHS)


def test_graphs_beside_the_query_are_held_to_the_same() -> None:
    check_query("ASK {}", GRAPHS, dataset=["http://e/g"])
    with pytest.raises(QueryRefused, match="<http://x>"):
        check_query("ASK {}", GRAPHS, dataset=["http://e/g", "http://x"])


def test_a_syntax_error_has_line_and_column() -> None:
    with pytest.raises(QuerySyntaxError, match=r"^line 2, column \d+: not SPARQL: ") as caught:
        check_query("SELECT * FROM <http://e/g>\n{ ?s ?p ", GRAPHS)
    assert caught.value.context["line"] == 2


def test_an_undeclared_prefix_is_a_syntax_error() -> None:
    with pytest.raises(QuerySyntaxError, match="prefix : e"):
        check_query("SELECT * FROM e:g { ?s ?p ?o }", GRAPHS)


def test_size_and_depth_are_bounded() -> None:
    with pytest.raises(QueryRefused, match="longer than"):
        check_query("#" * (MAX_QUERY_LENGTH + 1))
    with pytest.raises(QueryRefused, match="nested too deeply"):
        check_query("SELECT ?service " + "{" * 500 + "}" * 500)


@given(st.text())
def test_any_text_is_passed_or_refused(text: str) -> None:
    with contextlib.suppress(QueryRefused, QuerySyntaxError):
        check_query(text, GRAPHS)


@given(
    before=st.sampled_from(
        ["", "?s ?p ?o .", "?s ?p 'SERVICE'", "FILTER(1<2)", "OPTIONAL {}", "# x\n", "?s <http://e/#a> 1 ."]
    ),
    word=st.sampled_from(["SERVICE", "service", "SeRvIcE"]),
    gap=st.sampled_from([" ", "\n", "\t", "#>\n", " SILENT ", "# } \r"]),
    target=st.sampled_from(["<http://x>", "?g", "e:x"]),
    prologue=st.sampled_from(["PREFIX e: <http://e#> ", "PREFIX e: <http://e/>\n"]),
)
def test_service_is_found_wherever_it_stands(before: str, word: str, gap: str, target: str, prologue: str) -> None:
    sparql = f"{prologue}SELECT * {{ {before}{word}{gap}{target} {{ ?a ?b ?c }} }}"
    with pytest.raises((QueryRefused, QuerySyntaxError)):
        check_query(sparql, GRAPHS)
