"""The endpoint as clients that others wrote use it: SPARQLWrapper, curl, Comunica (rdflib's is in test_sparql)."""

from __future__ import annotations

import csv
import gc
import io
import json
import shutil
import subprocess
import warnings
from pathlib import Path
from urllib.error import HTTPError

import pytest
from rdflib import Graph, Literal, URIRef
from SPARQLWrapper import (
    CSV,
    GET,
    JSON,
    JSONLD,
    N3,
    POST,
    POSTDIRECTLY,
    RDFXML,
    TSV,
    TURTLE,
    URLENCODED,
    XML,
    SPARQLWrapper,
)  # fmt: skip
from SPARQLWrapper.SPARQLExceptions import QueryBadFormed

PREFIXES = """PREFIX dg: <https://w3id.org/dutygraph/def#>
PREFIX dct: <http://purl.org/dc/terms/>
"""
TITLES = PREFIXES + "SELECT DISTINCT ?title { ?matter a dg:Matter ; dct:title ?title } ORDER BY ?title"
THING = URIRef("https://w3id.org/dutygraph/id/place/130524")
GRAPH = PREFIXES + f"CONSTRUCT {{ <{THING}> ?p ?o }} {{ <{THING}> ?p ?o }}"
COMUNICA = Path(__file__).parent / "comunica" / "node_modules" / ".bin" / "comunica-sparql"


@pytest.fixture
def endpoint(server: str) -> str:
    return f"{server}/sparql"


@pytest.fixture
def titles(endpoint: str) -> list[str]:
    """What the query TITLES gives, read as plain CSV."""
    lines = run("curl", "-sf", "-H", "Accept: text/csv", "--data-urlencode", f"query={TITLES}", endpoint).splitlines()
    assert lines[0] == "title"
    assert len(lines) > 5
    return lines[1:]


def run(*command: str) -> str:
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def wrapper(endpoint: str, query: str, form: str) -> SPARQLWrapper:
    one = SPARQLWrapper(endpoint)
    one.setQuery(query)
    one.setReturnFormat(form)
    return one


@pytest.mark.parametrize(("method", "request_method"), [(GET, URLENCODED), (POST, URLENCODED), (POST, POSTDIRECTLY)])
def test_sparqlwrapper_by_every_method(endpoint: str, titles: list[str], method: str, request_method: str) -> None:
    client = wrapper(endpoint, TITLES, JSON)
    client.setMethod(method)
    client.setRequestMethod(request_method)
    rows = client.queryAndConvert()["results"]["bindings"]
    assert [row["title"]["value"] for row in rows] == titles


@pytest.mark.parametrize("form", [XML, CSV, TSV])
def test_sparqlwrapper_in_every_form_of_tables(endpoint: str, titles: list[str], form: str) -> None:
    result = wrapper(endpoint, TITLES, form).queryAndConvert()
    if form == XML:
        found = [node.firstChild.data for node in result.getElementsByTagName("literal")]
    else:
        rows = list(csv.reader(io.StringIO(result.decode()), delimiter="\t" if form == TSV else ","))[1:]
        found = [row[0].removesuffix("@zh").strip('"') for row in rows]
    assert found == titles


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")  # SPARQLWrapper 2.0.0 makes one
@pytest.mark.parametrize("form", [TURTLE, RDFXML, JSONLD, XML, N3])
def test_sparqlwrapper_in_every_form_of_graphs(endpoint: str, form: str) -> None:
    result = wrapper(endpoint, GRAPH, form).queryAndConvert()
    graph = result if isinstance(result, Graph) else Graph().parse(data=result, format="turtle")
    assert Literal("柏乡县", lang="zh") in set(graph.objects(THING))


def test_sparqlwrapper_is_told_what_is_wrong(endpoint: str) -> None:
    with warnings.catch_warnings(action="ignore", category=ResourceWarning):  # it leaves answers that are errors open
        with pytest.raises(QueryBadFormed, match="expected"):
            wrapper(endpoint, "SELECT nonsense", JSON).query()
        with pytest.raises(HTTPError, match="403"):
            wrapper(endpoint, "SELECT * { SERVICE <http://example.org/> { ?s ?p ?o } }", JSON).query()
        gc.collect()


def test_curl_sends_the_query_itself(endpoint: str, titles: list[str]) -> None:
    direct = run(
        "curl", "-sf", "-H", "Content-Type: application/sparql-query", "-H", "Accept: application/sparql-results+json",
        "--data-binary", TITLES, endpoint,
    )  # fmt: skip
    assert [row["title"]["value"] for row in json.loads(direct)["results"]["bindings"]] == titles


def test_curl_sees_the_status_of_a_wrong_query(endpoint: str) -> None:
    written = run("curl", "-s", "-o", "/dev/null", "-w", "%{http_code} %{content_type}", "-d", "query=x", endpoint)
    assert written == "400 application/problem+json"


@pytest.mark.skipif(
    shutil.which("node") is None or not COMUNICA.exists(), reason="needs node and npm: make test fetches Comunica"
)
@pytest.mark.parametrize("source", ["sparql@{}", "{}"])
def test_comunica_finds_the_endpoint_and_asks_it(endpoint: str, titles: list[str], source: str) -> None:
    """Named as an endpoint, and found to be one by its service description."""
    out = run("node", str(COMUNICA), source.format(endpoint), TITLES, "-t", "application/sparql-results+json")
    bindings = json.loads(out)["results"]["bindings"]
    assert [row["title"]["value"] for row in bindings] == titles


@pytest.mark.skipif(
    shutil.which("node") is None or not COMUNICA.exists(), reason="needs node and npm: make test fetches Comunica"
)
def test_comunica_reads_linked_data(server: str) -> None:
    """It negotiates for RDF at the address of a thing and queries what it gets."""
    query = f"SELECT ?label {{ <{THING}> <http://www.w3.org/2004/02/skos/core#prefLabel> ?label }}"
    out = run("node", str(COMUNICA), f"{server}/id/place/130524", query, "-t", "text/csv")
    assert "柏乡县" in out.split()
