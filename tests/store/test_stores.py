"""One suite over every store: embedded in process, embedded with a time limit, and a real SPARQL server."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from dutygraph.errors import QuerySyntaxError, QueryTimeout, StoreError, StoreUnavailable
from dutygraph.store import (
    Blank,
    Iri,
    Literal,
    RemoteStore,
    Result,
    Rows,
    Store,
    Triples,
    fill_store,
    open_store,
    select,
)
from dutygraph.store.protocol import RDF_LANG_STRING, XSD
from store.endpoint import serve_folder

NQUADS = f"""\
<http://e/a> <http://e/name> "犬类管理"@zh .
<http://e/a> <http://e/count> "3"^^<{XSD}integer> .
<http://e/a> <http://e/rate> "0.3"^^<{XSD}decimal> .
<http://e/a> <http://e/open> "true"^^<{XSD}boolean> .
<http://e/a> <http://e/day> "--06-26"^^<{XSD}gMonthDay> .
<http://e/a> <http://e/note> "one\\ntwo \\"three\\"" .
<http://e/a> <http://e/part> _:b .
<http://e/a> <http://e/in> <http://e/g> <http://e/g> .
<http://e/c> <http://e/in> <http://e/h> <http://e/h> .
""" + "".join(f'<http://e/n{i}> <http://e/n> "{i}" .\n' for i in range(300))
# a product of some 10¹⁰ rows: no engine ends it by itself within a test
ENDLESS = (
    "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l FILTER(?a != ?d && ?f != ?i && ?c != ?k) }"
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("stores")
    (folder / "graph.nq").write_text(NQUADS, encoding="utf-8")
    assert fill_store(folder / "store", folder / "graph.nq") == 309
    return folder / "store"


@pytest.fixture(scope="module")
def url(folder: Path) -> Iterator[str]:
    with serve_folder(folder) as url:
        yield url


class Limited:
    """The embedded store, each query with a time limit: the way strangers' queries go."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.graphs, self.close = store.graphs, store.close

    def query(self, sparql: str, *, seconds: float | None = None, **options: Any) -> Result:
        return self._store.query(sparql, seconds=seconds or 30, **options)


@pytest.fixture(scope="module", params=["in process", "with a limit", "remote"])
def store(request: pytest.FixtureRequest, folder: Path, url: str) -> Iterator[Store]:
    store: Store
    match request.param:
        case "in process":
            store = open_store(folder)
        case "with a limit":
            store = Limited(open_store(folder))
        case _:
            store = RemoteStore(url)
    yield store
    store.close()
    with pytest.raises(StoreUnavailable, match="closed"):
        store.query("ASK {}")


def test_rows_come_with_their_types(store: Store) -> None:
    rows = select(store, "SELECT ?p ?o { <http://e/a> ?p ?o FILTER(!isBlank(?o)) } ORDER BY ?p")
    assert rows.variables == ("p", "o")
    assert {str(p): o for p, o in rows.rows if p} == {
        "http://e/name": Literal("犬类管理", RDF_LANG_STRING, "zh"),
        "http://e/count": Literal("3", XSD + "integer"),
        "http://e/rate": Literal("0.3", XSD + "decimal"),
        "http://e/open": Literal("true", XSD + "boolean"),
        "http://e/day": Literal("--06-26", XSD + "gMonthDay"),
        "http://e/note": Literal('one\ntwo "three"'),
    }
    assert sorted(map(repr, rows.column("o"))) == sorted(
        map(repr, ("犬类管理", 3, Decimal("0.3"), True, "--06-26", 'one\ntwo "three"'))
    )


def test_unbound_is_none_and_blank_nodes_are_blank(store: Store) -> None:
    rows = select(store, "SELECT ?b ?x { <http://e/a> <http://e/part> ?b OPTIONAL { ?b <http://e/none> ?x } }")
    assert isinstance(rows.rows[0][0], Blank)
    assert rows.rows[0][1] is None
    assert [row["x"] for row in rows.dicts()] == [None]


def test_ask_construct_and_describe(store: Store) -> None:
    assert store.query("ASK { <http://e/a> ?p ?o }") is True
    assert store.query("ASK { <http://e/z> ?p ?o }") is False
    built = store.query("CONSTRUCT { ?s <http://e/is> ?o } WHERE { ?s <http://e/name> ?o }")
    assert built == Triples(
        ((Iri("http://e/a"), Iri("http://e/is"), Literal("犬类管理", RDF_LANG_STRING, "zh")),),
    )
    described = store.query("DESCRIBE <http://e/a>")
    assert isinstance(described, Triples)
    assert len(described) == 7


def test_rows_are_cut_at_the_limit_and_say_so(store: Store) -> None:
    many = store.query("SELECT ?s { ?s <http://e/n> ?o }", rows=300)
    assert isinstance(many, Rows)
    assert (len(many), many.truncated) == (300, False)
    cut = store.query("SELECT ?s { ?s <http://e/n> ?o }", rows=299)
    assert isinstance(cut, Rows)
    assert (len(cut), cut.truncated) == (299, True)
    triples = store.query("CONSTRUCT WHERE { ?s <http://e/n> ?o }", rows=10)
    assert isinstance(triples, Triples)
    assert (len(triples), triples.truncated) == (10, True)


def test_the_dataset_is_the_default_graph_unless_asked_otherwise(store: Store) -> None:
    everything = "SELECT ?s { ?s <http://e/in> ?o }"
    assert store.graphs() == {"http://e/g", "http://e/h"}
    assert len(select(store, everything)) == 0
    assert store.query(everything, default_graphs=["http://e/g"]) == Rows(("s",), ((Iri("http://e/a"),),))
    both = store.query(everything, default_graphs=["http://e/g", "http://e/h"])
    assert isinstance(both, Rows)
    assert len(both) == 2
    named = "SELECT ?g { GRAPH ?g { ?s <http://e/in> ?o } }"
    assert len(select(store, named)) == 2
    assert store.query(named, named_graphs=["http://e/h"]) == Rows(("g",), ((Iri("http://e/h"),),))
    assert store.query(named, default_graphs=["http://e/g"]) == Rows(("g",), ())


def test_a_syntax_error_says_where_in_one_line(store: Store) -> None:
    with pytest.raises(QuerySyntaxError, match=r"^line 2, column \d+: not SPARQL: expected") as caught:
        store.query("SELECT * {\n ?s ?p ")
    assert "\n" not in str(caught.value)
    assert len(str(caught.value)) < 250
    assert caught.value.context["line"] == 2


def test_updates_are_no_queries(store: Store) -> None:
    with pytest.raises(QuerySyntaxError):
        store.query("INSERT DATA { <http://e/a> <http://e/b> 1 }")


def test_a_form_without_rows_is_no_selection(store: Store) -> None:
    with pytest.raises(StoreError, match="SELECT"):
        select(store, "ASK {}")


def test_a_query_ends_at_its_limit_while_others_are_served(store: Store) -> None:
    caught: list[BaseException] = []

    def run() -> None:
        try:
            store.query(ENDLESS, seconds=3.0)
        except QueryTimeout as exc:
            caught.append(exc)

    start = time.monotonic()
    runner = threading.Thread(target=run)
    runner.start()
    served = 0
    while runner.is_alive():
        assert len(select(store, "SELECT ?o { <http://e/n7> <http://e/n> ?o }", seconds=30)) == 1
        served += 1
    assert 2.9 < time.monotonic() - start < 15  # a loaded machine ends a process late, and starts another slowly
    assert served > 5
    assert "stopped after 3 s" in str(caught[0])
    assert store.query("ASK {}", seconds=5) is True
