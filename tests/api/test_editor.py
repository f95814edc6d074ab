"""The SPARQL page: ready-made queries, views of a result, and what completion knows."""

from __future__ import annotations

import json
import re
from decimal import Decimal
from pathlib import Path

import httpx
import pytest
from lxml import html

import dutygraph_api
from dutygraph.store import Blank, Iri, Literal, Rows, Triples
from dutygraph.store.protocol import XSD
from dutygraph_api.chart import draw_bars
from dutygraph_api.views import MOST_BARS, MOST_LINES, bars_of, network_of

BROWSER = {"Accept": "text/html"}
SCRIPT = Path(dutygraph_api.__file__).parent / "static" / "editor" / "editor.js"
COUNTS = """PREFIX dg: <https://w3id.org/dutygraph/def#> PREFIX dct: <http://purl.org/dc/terms/>
SELECT ?title (COUNT(?share) AS ?shares) { ?m a dg:Matter ; dct:title ?title ; dg:hasShare ?share }
GROUP BY ?title ORDER BY DESC(?shares) ?title"""


def page(client: httpx.Client, **params: str) -> html.HtmlElement:
    answer = client.get("/sparql", params={"lang": "zh", **params}, headers=BROWSER)
    assert answer.status_code == 200
    return html.document_fromstring(answer.content.decode())


def number(value: str, datatype: str = "integer") -> Literal:
    return Literal(value, XSD + datatype)


def test_every_ready_made_query_runs_as_it_is_put_into_the_editor(client: httpx.Client) -> None:
    names = page(client).xpath("//select[@name='saved']/option/@value")
    assert len(names) > 10
    for name in names:
        tree = page(client, saved=name)
        text = tree.xpath("string(//textarea)")
        assert "#+" not in text
        assert tree.xpath("//option[@selected]/@value") == [name]
        assert client.get("/sparql", params={"query": text, "format": "csv"}).status_code == 200, name
    assert client.get("/sparql", params={"saved": "nothing"}, headers=BROWSER).status_code == 404


def test_a_chart_has_the_numbers_of_the_table(client: httpx.Client) -> None:
    table, chart = page(client, query=COUNTS), page(client, query=COUNTS, view="chart")
    rows = [tuple(cell.text_content() for cell in row) for row in table.xpath("//tbody/tr")]
    names, counts = chart.xpath("//text[@class='name']/text()"), chart.xpath("//text[@class='count']/text()")
    assert list(zip(names, counts, strict=True)) == rows
    assert chart.xpath("//input[@name='view']/@value") == ["chart"]
    assert not table.xpath("//svg")


def test_a_view_that_cannot_be_is_the_table(client: httpx.Client) -> None:
    tree = page(client, query="SELECT ?s { ?s a ?c } LIMIT 3", view="chart")
    assert len(tree.xpath("//tbody/tr")) == 3
    assert not tree.xpath("//div[@class='views']//ul")
    assert page(client, query="ASK { ?s ?p ?o }", view="graph").xpath("//p[@class='first']/text()") == ["是"]


@pytest.mark.skipif(not SCRIPT.exists(), reason="needs the script of the page: make editor")
def test_a_graph_carries_its_nodes_and_lists_its_lines(client: httpx.Client) -> None:
    query = "CONSTRUCT { ?a ?p ?b } { VALUES ?p { <http://www.w3.org/ns/org#unitOf> } ?a ?p ?b }"
    tree = page(client, query=query, view="graph")
    network = json.loads(tree.xpath("string(//script[@id='network'])"))
    assert len(network["lines"]) == len(tree.xpath("//details/ul/li")) > 10
    assert all(node["address"].startswith("/id/") for node in network["nodes"])


def test_bars_are_named_by_the_columns_before_the_last_numbers() -> None:
    rows = ((Literal("甲"), number("1"), Literal("乙"), number("2.5", "decimal"), Literal("丙")),)
    assert bars_of(Rows(("a", "b", "c", "d", "e"), rows)) == [("甲 · 乙", 2.5)]
    assert bars_of(Rows(("n", "a"), ((number("1"), Literal("甲")),))) == []
    assert bars_of(Rows(("a", "n"), ((Literal("甲"), number("INF", "double")),))) == []
    assert bars_of(Rows(("a", "n"), ((Literal("甲"), None),))) == []
    assert bars_of(Rows(("a", "n"), ())) == []
    assert bars_of(Rows(("a", "n"), ((Literal("甲"), Literal("true", XSD + "boolean")),))) == []
    assert len(bars_of(Rows(("a", "n"), ((Literal("甲"), number("1")),) * (MOST_BARS + 5)))) == MOST_BARS


def test_a_network_is_of_triples_or_of_two_columns() -> None:
    a, b, knows = Iri("https://w3id.org/dutygraph/id/place/130524"), Iri("http://e.org/b#x"), Iri("http://e.org/knows")
    label = Iri("http://www.w3.org/2004/02/skos/core#prefLabel")
    named = (a, label, Literal("柏乡县", "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString", "zh"))
    drawn = network_of(Triples(((a, knows, b), named, (a, knows, Blank("n")))))
    assert drawn is not None
    assert [node["label"] for node in drawn["nodes"]] == ["柏乡县", "x", "n"]
    assert [node["address"] for node in drawn["nodes"]] == ["/id/place/130524", None, None]
    assert drawn["lines"][0] == {"source": 0, "target": 1, "label": "knows"}
    table = network_of(Rows(("a", "b", "l"), ((a, b, Literal("l")), (a, None, None), (a, Literal("x"), None))))
    assert table is not None
    assert table["lines"] == [{"source": 0, "target": 1, "label": "l"}]
    assert network_of(Rows(("a",), ((a,),))) is None
    assert network_of(Triples((named,))) is None
    many = network_of(Triples(tuple((a, knows, Iri(f"http://e.org/{n}")) for n in range(MOST_LINES + 7))))
    assert many is not None
    assert (len(many["lines"]), many["left_out"]) == (MOST_LINES, 7)


@pytest.mark.parametrize("values", [[], [0], [-2, 3], [Decimal(1000000)]])
def test_no_bar_is_longer_than_the_picture(values: list[float]) -> None:
    svg = html.fragment_fromstring(draw_bars([("<&>", float(value)) for value in values], "t"))
    lengths = [float(one) for one in svg.xpath("//rect/@width")]
    assert len(lengths) == len(values)
    assert all(0 <= length < 360 for length in lengths)
    assert [one.text for one in svg.xpath("//text[@class='name']")] == ["<&>"] * len(values)


def test_completion_knows_terms_with_prefixes_that_are_given(client: httpx.Client) -> None:
    known = client.get("/api/v1/terms", params={"lang": "en"}).json()
    names = {term["name"]: term for term in known["terms"]}
    assert {"dg:Matter", "dct:title", "skos:prefLabel", "cv:hasParticipant"} <= set(names)
    assert names["dg:Matter"]["kind"] == "class"
    assert names["dg:Matter"]["label"]
    assert {name.split(":")[0] for name in names} <= set(known["prefixes"])
    declared = "\n".join(f"PREFIX {prefix}: <{iri}>" for prefix, iri in known["prefixes"].items())
    for name in list(names)[::10]:
        assert client.post("/sparql", data={"query": f"{declared} ASK {{ ?s {name} ?o }}"}).status_code == 200


def test_only_the_editor_page_takes_styles_of_its_script(client: httpx.Client) -> None:
    first, second = (client.get("/sparql", headers=BROWSER) for _ in range(2))
    nonces = [re.search("'nonce-([^']+)'", one.headers["content-security-policy"]) for one in (first, second)]
    assert nonces[0] is not None
    assert nonces[1] is not None
    assert nonces[0][1] != nonces[1][1]
    assert "script-src 'self';" in first.headers["content-security-policy"]
    if SCRIPT.exists():
        assert f'nonce="{nonces[0][1]}"' in first.text
    assert "nonce" not in client.get("/", headers=BROWSER).headers["content-security-policy"]
