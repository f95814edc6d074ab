"""Every minted IRI answers, for people and for machines."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote
from xml.etree import ElementTree

import httpx
import pytest
import rdflib
from hypothesis import given
from hypothesis import strategies as st

from dutygraph.graph.iris import segment_of
from dutygraph.pipeline import current_build
from dutygraph.store import open_store, select
from dutygraph_api.web import BASE, local, to_iri

FORMS = {".ttl": "turtle", ".nt": "nt", ".jsonld": "json-ld"}
ONE_OF_EACH = """
SELECT ?kind (MIN(STR(?s)) AS ?first) (MAX(STR(?s)) AS ?last) {
  ?s a ?type FILTER(STRSTARTS(STR(?s), "https://w3id.org/dutygraph/id/") && !CONTAINS(STR(?s), "#"))
  BIND(STRBEFORE(CONCAT(STRAFTER(STR(?s), "/id/"), "/"), "/") AS ?kind)
} GROUP BY ?kind
"""


@pytest.fixture(scope="module")
def minted(home: Path) -> list[str]:
    """Two things of each kind in the graph."""
    build = current_build(home)
    assert build is not None
    store = open_store(build.store)
    rows = list(select(store, ONE_OF_EACH).dicts())
    store.close()
    return [str(row[end]) for row in rows for end in ("first", "last")]


def path_of(iri: str) -> str:
    """The path that a browser sends for an IRI."""
    return "/id/" + quote(iri.removeprefix(BASE), safe="/%~:@!$&'()*+,;=")


@given(st.text(min_size=1).filter(lambda text: text.isprintable()))
def test_the_path_of_an_iri_leads_back_to_it(text: str) -> None:
    segment = segment_of(text)
    assert to_iri(quote(segment, safe="%")) == segment
    assert to_iri(segment) == segment


@pytest.mark.filterwarnings("ignore:.*is deprecated:DeprecationWarning:rdflib")
def test_a_thing_of_each_kind_answers(client: httpx.Client, minted: list[str]) -> None:
    kinds = {iri.removeprefix(BASE).split("/")[0] for iri in minted}
    assert kinds >= {"agency", "matter", "department", "law", "cell", "register", "place", "regime", "concept"}
    for iri in minted:
        page = client.get(path_of(iri), headers={"Accept": "text/html"})
        assert page.status_code in (200, 303), iri
        if page.status_code == 303:
            page = client.get(page.headers["location"], headers={"Accept": "text/html"})
            assert page.status_code == 200, iri
        for suffix, form in FORMS.items():
            answer = client.get(path_of(iri) + suffix)
            assert answer.status_code == 200, iri + suffix
            graph = rdflib.Graph().parse(data=answer.text, format=form)
            assert list(graph.predicate_objects(rdflib.URIRef(iri))), iri + suffix


def test_representations_are_negotiated(client: httpx.Client) -> None:
    path = path_of(BASE + "agency/130524/公安局")
    sent = {
        "text/turtle": "text/turtle; charset=utf-8",
        "application/ld+json": "application/ld+json",
        "text/html;q=0.5, application/n-triples": "application/n-triples",
        "text/html,*/*;q=0.8": "text/html; charset=utf-8",
    }
    for accept, media_type in sent.items():
        answer = client.get(path, headers={"Accept": accept})
        assert (answer.status_code, answer.headers["content-type"]) == (200, media_type)
        assert "Accept" in answer.headers["vary"]
    assert client.get(path, headers={"Accept": "image/png"}).status_code == 406
    page = client.get(path, headers={"Accept": "text/html"})
    again = client.get(path, headers={"Accept": "text/html", "If-None-Match": page.headers["etag"]})
    assert again.status_code == 304


def test_what_nobody_minted_is_not_found(client: httpx.Client) -> None:
    for path in ("/id/agency/130524/没有", "/id/nothing", "/id/", "/id/%22%3E%3Cscript%3E"):
        problem = client.get(path, headers={"Accept": "text/turtle"})
        assert problem.status_code == 404, path
        assert problem.headers["content-type"] == "application/problem+json"
        page = client.get(path, headers={"Accept": "text/html"})
        assert page.status_code == 404
        assert "<script" not in page.text


def test_a_cell_leads_to_its_place_in_the_register(client: httpx.Client, minted: list[str]) -> None:
    cell = next(iri for iri in minted if "/id/cell/" in iri)
    answer = client.get(path_of(cell), headers={"Accept": "text/html"})
    assert answer.status_code == 303
    address, _, fragment = answer.headers["location"].partition("#")
    assert f'id="{fragment}"' in client.get(address).text


def test_only_our_iris_have_a_page_here() -> None:
    assert local("http://example.org/id/agency/1/x") is None
    assert local(BASE + "agency/130524/公安局") == "/id/agency/130524/%E5%85%AC%E5%AE%89%E5%B1%80"
    assert local(BASE + "cell/130524-gongan/L692#quote") == "/registers/130524-gongan#L692"


def test_the_ontology(client: httpx.Client) -> None:
    page = client.get("/def", headers={"Accept": "text/html"})
    assert 'id="Matter"' in page.text
    turtle = client.get("/def", headers={"Accept": "text/turtle"})
    graph = rdflib.Graph().parse(data=turtle.text, format="turtle")
    assert (rdflib.URIRef("https://w3id.org/dutygraph/def#Matter"), rdflib.RDF.type, rdflib.OWL.Class) in graph
    assert client.get("/def.nt").headers["content-type"] == "application/n-triples"


def test_the_sitemap_names_pages_that_are_there(client: httpx.Client, server: str) -> None:
    root = ElementTree.fromstring(client.get("/sitemap.xml").content)
    pages = [element.text or "" for element in root.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")]
    assert len(pages) > 100
    assert all(page.startswith(server) for page in pages)
    for page in pages[::20]:
        assert client.get(page, headers={"Accept": "text/html"}).status_code == 200, page
