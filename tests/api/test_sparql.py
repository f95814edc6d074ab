"""/sparql against the SPARQL 1.1 Protocol, with rdflib as a second reader of every format."""

from __future__ import annotations

import io
import threading
import time
from collections.abc import Callable
from typing import Any

import httpx
import pytest
import rdflib
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from rdflib.query import Result

from dutygraph_api import running

SELECT = "SELECT ?r { ?r a <https://w3id.org/dutygraph/def#Register> } ORDER BY ?r"
CONSTRUCT = "CONSTRUCT { ?r a ?t } { ?r a <https://w3id.org/dutygraph/def#Register>, ?t }"
GRAPH = "https://w3id.org/dutygraph/id/register/130524-gongan"
SD = rdflib.Namespace("http://www.w3.org/ns/sparql-service-description#")
# Six variables that nothing joins: more solutions than any limit of time leaves room for.
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"


def test_the_three_ways_of_asking_answer_alike(client: httpx.Client) -> None:
    direct = {"Content-Type": "application/sparql-query"}
    answers = [
        client.get("/sparql", params={"query": SELECT}),
        client.post("/sparql", data={"query": SELECT}),
        client.post("/sparql", content=SELECT.encode(), headers=direct),
    ]
    assert [one.status_code for one in answers] == [200] * 3
    assert answers[0].json() == answers[1].json() == answers[2].json()
    assert len(answers[0].json()["results"]["bindings"]) == 2


@pytest.mark.parametrize(
    ("accept", "sent", "form"),
    [
        ("application/sparql-results+json", "application/sparql-results+json", "json"),
        ("application/json", "application/json", "json"),
        ("application/sparql-results+xml", "application/sparql-results+xml", "xml"),
        ("text/csv", "text/csv; charset=utf-8", "csv"),
        ("text/tab-separated-values", "text/tab-separated-values; charset=utf-8", "tsv"),
        ("text/csv;q=0.3, application/sparql-results+xml;q=0.9", "application/sparql-results+xml", "xml"),
        ("text/turtle, application/*;q=0.5", "application/sparql-results+json", "json"),
        ("application/sparql-results+json;q=0, */*", "application/sparql-results+xml", "xml"),
    ],
)
def test_tables_are_negotiated(client: httpx.Client, accept: str, sent: str, form: str) -> None:
    answer = client.get("/sparql", params={"query": SELECT}, headers={"Accept": accept})
    assert answer.headers["content-type"] == sent
    assert "Accept" in answer.headers["vary"]
    result = Result.parse(io.BytesIO(answer.content), format=form)
    assert len(list(result)) == 2


# rdflib's own readers of JSON-LD and TriG use what rdflib deprecates
@pytest.mark.filterwarnings("ignore:.*is deprecated:DeprecationWarning:rdflib")
@pytest.mark.parametrize(
    ("accept", "form"),
    [
        ("text/turtle", "turtle"),
        ("application/n-triples", "nt"),
        ("application/rdf+xml", "xml"),
        ("application/ld+json", "json-ld"),
        ("application/trig", "trig"),
    ],
)
def test_graphs_are_negotiated(client: httpx.Client, accept: str, form: str) -> None:
    answer = client.get("/sparql", params={"query": CONSTRUCT}, headers={"Accept": accept})
    assert answer.headers["content-type"].startswith(accept)
    graph = rdflib.Dataset(default_union=True) if form == "trig" else rdflib.Graph()
    graph.parse(data=answer.content, format=form)
    assert len(set(graph.subjects())) == 2


def test_ask(client: httpx.Client) -> None:
    answer = client.get("/sparql", params={"query": "ASK { ?s ?p ?o }"})
    assert answer.json()["boolean"] is True


def test_format_by_name_for_links(client: httpx.Client) -> None:
    answer = client.get("/sparql", params={"query": SELECT, "format": "csv"}, headers={"Accept": "text/html"})
    assert answer.text.splitlines()[0] == "r"


def test_a_format_that_is_not_there(client: httpx.Client) -> None:
    answer = client.get("/sparql", params={"query": SELECT}, headers={"Accept": "image/png"})
    assert answer.status_code == 406
    assert "text/csv" in answer.json()["detail"]


def test_the_dataset_is_chosen_beside_the_query(client: httpx.Client) -> None:
    count = "SELECT (COUNT(DISTINCT ?r) AS ?n) { ?r a <https://w3id.org/dutygraph/def#Register> }"
    chosen = client.get("/sparql", params={"query": count, "default-graph-uri": GRAPH})
    assert chosen.json()["results"]["bindings"][0]["n"]["value"] == "1"
    named = "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }"
    graphs = client.post("/sparql", data={"query": named, "named-graph-uri": GRAPH}).json()
    assert [row["g"]["value"] for row in graphs["results"]["bindings"]] == [GRAPH]
    unknown = client.get("/sparql", params={"query": count, "default-graph-uri": "http://example.org/g"})
    assert unknown.status_code == 403


def test_the_parser_says_what_is_wrong(client: httpx.Client) -> None:
    answer = client.get("/sparql", params={"query": "SELECT ?s\n{ ?s ?p "})
    assert answer.status_code == 400
    problem = answer.json()
    assert problem["type"].endswith("/query-syntax")
    assert problem["line"] == 2
    assert "line 2" in problem["detail"]


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }",
        "SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }",
        "INSERT DATA { <http://e/a> <http://e/b> <http://e/c> }",
        "DROP ALL",
    ],
)
def test_what_is_not_reading_is_refused(client: httpx.Client, query: str) -> None:
    for answer in (client.get("/sparql", params={"query": query}), client.post("/sparql", data={"query": query})):
        assert answer.status_code == 403
        assert answer.json()["type"].endswith("/query-refused")


def test_the_update_operation_is_refused(client: httpx.Client) -> None:
    assert client.post("/sparql", data={"update": "DROP ALL"}).status_code == 403
    assert client.get("/sparql", params={"update": "DROP ALL"}).status_code == 403
    direct = {"Content-Type": "application/sparql-update"}
    assert client.post("/sparql", content=b"DROP ALL", headers=direct).status_code == 415


def test_requests_that_are_no_protocol(client: httpx.Client) -> None:
    assert client.get("/sparql", params=[("query", SELECT), ("query", SELECT)]).status_code == 400
    assert client.post("/sparql", data={"other": "x"}).status_code == 400
    direct = {"Content-Type": "application/sparql-query"}
    assert client.post("/sparql", content=b"\xff\xfe", headers=direct).status_code == 400
    assert client.delete("/sparql").status_code == 405


def test_without_a_query_the_service_describes_itself(client: httpx.Client, server: str) -> None:
    answer = client.get("/sparql", headers={"Accept": "text/turtle"})
    graph = rdflib.Graph().parse(data=answer.text, format="turtle")
    service = graph.value(predicate=rdflib.RDF.type, object=SD.Service)
    assert str(graph.value(service, SD.endpoint)) == f"{server}/sparql"
    assert rdflib.URIRef(GRAPH) in set(graph.objects(None, SD.name))
    again = client.get("/sparql", headers={"Accept": "text/turtle", "If-None-Match": answer.headers["etag"]})
    assert again.status_code == 304


def test_browsers_get_the_editor(client: httpx.Client) -> None:
    browser = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}
    assert "<textarea" in client.get("/sparql", headers=browser).text
    shown = client.get("/sparql", params={"query": SELECT}, headers=browser)
    assert shown.text.count('href="/registers/') >= 2
    wrong = client.get("/sparql", params={"query": "SELECT <script>"}, headers=browser)
    assert wrong.status_code == 400
    assert "<script>" not in wrong.text


def test_other_origins_may_read_the_answer(client: httpx.Client) -> None:
    answer = client.get("/sparql", params={"query": SELECT}, headers={"Origin": "https://example.org"})
    assert answer.headers["access-control-allow-origin"] == "*"


def test_a_real_client(server: str) -> None:
    graph = rdflib.Graph(SPARQLStore(f"{server}/sparql"))
    assert len(list(graph.query(SELECT))) == 2
    triples = graph.query(CONSTRUCT)
    assert triples.graph is not None
    assert len(triples.graph) >= 2


def test_the_time_limit_ends_the_query_while_others_are_served(serve_with: Callable[..., Any]) -> None:
    with serve_with(query_seconds=2.0) as client:
        ended: list[httpx.Response] = []
        slow = threading.Thread(target=lambda: ended.append(httpx.get(
            f"{client.base_url}/sparql", params={"query": ENDLESS}, timeout=60,
        )))  # fmt: skip
        started = time.monotonic()
        slow.start()
        time.sleep(0.3)
        served = [client.get("/sparql", params={"query": SELECT}).status_code, client.get("/healthz").status_code]
        assert served == [200, 200]
        assert slow.is_alive(), "the others were served before the slow query ended"
        slow.join()
        assert time.monotonic() - started < 20
        assert ended[0].status_code == 503
        assert ended[0].json()["type"].endswith("/query-timeout")
        assert ended[0].headers["retry-after"] == "10"


def test_one_query_too_many_is_told_to_come_back(client: httpx.Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running, "WAITING", 0)
    answer = client.get("/sparql", params={"query": SELECT})
    assert answer.status_code == 503
    assert answer.headers["retry-after"] == "10"
    assert "waiting" in answer.json()["detail"]


def test_an_answer_that_was_cut_says_so(serve_with: Callable[..., Any]) -> None:
    with serve_with(query_rows=3) as client:
        cut = client.get("/sparql", params={"query": "SELECT * { ?s ?p ?o }"})
        assert len(cut.json()["results"]["bindings"]) == 3
        assert cut.json()["truncated"] is True
        assert cut.headers["x-dutygraph-truncated"] == "3"
        whole = client.get("/sparql", params={"query": SELECT})
        assert "truncated" not in whole.json()
        assert "x-dutygraph-truncated" not in whole.headers
        graph = client.get("/sparql", params={"query": "CONSTRUCT { ?s ?p ?o } { ?s ?p ?o }"})
        assert graph.headers["x-dutygraph-truncated"] == "3"
