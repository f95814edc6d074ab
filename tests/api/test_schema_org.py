"""schema.org in the pages: as JSON-LD that a machine can read and that cannot end its element."""

from __future__ import annotations

import json
from typing import Any

import httpx
from lxml import html

from dutygraph_api.web import render

BROWSER = {"Accept": "text/html"}


def about(client: httpx.Client, address: str) -> dict[str, Any] | None:
    tree = html.document_fromstring(client.get(address, headers=BROWSER).content.decode())
    found = tree.xpath("//script[@type='application/ld+json']/text()")
    return json.loads(found[0]) if found else None


def first_of(client: httpx.Client, kind: str, condition: str = "") -> str:
    """The address of the first thing of a class."""
    query = (
        f"PREFIX dg: <https://w3id.org/dutygraph/def#> SELECT ?s {{ ?s a dg:{kind} {condition} }} ORDER BY ?s LIMIT 1"
    )
    answer = client.get("/sparql", params={"query": query, "format": "json"}).json()
    return "/id/" + answer["results"]["bindings"][0]["s"]["value"].split("/id/")[1]


def test_a_service_says_who_where_and_at_which_number(client: httpx.Client) -> None:
    service = about(client, first_of(client, "ServiceItem", "; dg:phone ?phone ; dg:responsibleUnit ?unit"))
    assert service is not None
    assert (service["@context"], service["@type"]) == ("https://schema.org", "GovernmentService")
    (department,) = service["serviceOperator"]
    assert department["@type"] == department["parentOrganization"]["@type"] == "GovernmentOrganization"
    assert department["parentOrganization"]["name"] == "公安局"
    assert service["areaServed"]["identifier"] in ("130408", "130524")
    phone = service["availableChannel"][0]["servicePhone"]["telephone"]
    assert phone in client.get(first_of(client, "ServiceItem", "; dg:phone ?phone"), headers=BROWSER).text


def test_organisations_and_what_has_no_class(client: httpx.Client) -> None:
    agency = about(client, "/id/agency/130524/公安局")
    department = about(client, "/id/department/130524/公安局/治安管理大队")
    assert agency is not None
    assert department is not None
    assert agency["@type"] == department["@type"] == "GovernmentOrganization"
    assert department["parentOrganization"]["@id"] == agency["@id"]
    assert about(client, "/id/matter/130524-gongan/犬类管理") is None


def test_a_name_cannot_end_the_element() -> None:
    from starlette.requests import Request

    scope = {"type": "http", "method": "GET", "path": "/", "query_string": b"", "headers": []}
    name = "</script><script>alert(1)</script><!--"
    thing = {"iri": "https://w3id.org/dutygraph/id/service/x", "kind": "service", "title": "x", "tables": []}
    page = render(Request(scope), "thing.html", **thing, properties=[], about={"name": name}).body
    tree = html.document_fromstring(bytes(page).decode())
    (data,) = tree.xpath("//script")
    assert json.loads(data.text)["name"] == name
