"""The named queries over HTTP: each an operation in the OpenAPI document whose example runs."""

from __future__ import annotations

import csv
import io
import re
from typing import Any

import httpx
import pytest

from dutygraph.pipeline import open_templates
from dutygraph_api.named import offered

TEMPLATES = offered(open_templates())


@pytest.fixture(scope="module")
def operations(server: str) -> dict[str, Any]:
    return dict(httpx.get(f"{server}/api/v1/openapi.json").json()["paths"])


def test_the_list_names_every_query(client: httpx.Client) -> None:
    listed = client.get("/api/v1/queries").json()["queries"]
    assert {one["name"] for one in listed} == set(TEMPLATES)
    assert all(one["title_zh"] and one["title_en"] and one["description"] for one in listed)


@pytest.mark.parametrize("name", TEMPLATES)
def test_the_example_of_each_operation_runs(client: httpx.Client, operations: dict[str, Any], name: str) -> None:
    operation = operations[f"/api/v1/queries/{name}"]["get"]
    own = [one for one in operation["parameters"] if one["name"] not in ("limit", "offset", "format")]
    assert {one["name"] for one in own} == {one.name for one in TEMPLATES[name].parameters}
    assert all(one["schema"]["type"] in ("string", "integer", "array") for one in own)
    answer = client.get(f"/api/v1/queries/{name}", params={one["name"]: one["example"] for one in own})
    assert answer.status_code == 200, answer.text
    table = answer.json()
    assert len(table["rows"]) == min(table["total"], table["limit"])
    assert all(set(row) == set(table["columns"]) for row in table["rows"])


def test_pages_follow_each_other_to_the_end(client: httpx.Client) -> None:
    whole = client.get("/api/v1/queries/matter-list", params={"limit": 1000}).json()
    rows: list[Any] = []
    address: str | None = "/api/v1/queries/matter-list?limit=5"
    while address:
        answer = client.get(address)
        rows += answer.json()["rows"]
        following = re.match(r'<([^>]+)>; rel="next"', answer.headers.get("link", ""))
        address = following[1] if following else None
    assert len(rows) > 5
    assert rows == whole["rows"]


def test_csv_by_accept_and_by_name(client: httpx.Client) -> None:
    rows = client.get("/api/v1/queries/matter-list").json()["rows"]
    for answer in (
        client.get("/api/v1/queries/matter-list", headers={"Accept": "text/csv"}),
        client.get("/api/v1/queries/matter-list", params={"format": "csv"}),
    ):
        assert answer.headers["content-type"] == "text/csv; charset=utf-8"
        assert [row["matter"] for row in csv.DictReader(io.StringIO(answer.text))] == [row["matter"] for row in rows]


def test_unchanged_rows_are_not_sent_again(client: httpx.Client) -> None:
    first = client.get("/api/v1/queries/matter-list")
    same = client.get("/api/v1/queries/matter-list", headers={"If-None-Match": first.headers["etag"]})
    assert (same.status_code, same.content) == (304, b"")
    other = client.get(
        "/api/v1/queries/matter-list", headers={"If-None-Match": first.headers["etag"], "Accept": "text/csv"}
    )
    assert other.status_code == 200


@pytest.mark.parametrize(
    ("address", "status", "kind"),
    [
        ("/api/v1/queries/matter-lists", 404, "unknown-query"),
        ("/api/v1/queries/passages", 404, "unknown-query"),
        ("/api/v1/queries/matter-shares", 400, "missing-parameter"),
        ("/api/v1/queries/matter-list?county=1", 400, "bad-parameter"),
        ("/api/v1/queries/matter-list?jurisdiction=1%22%7D", 400, "bad-parameter"),
        ("/api/v1/queries/matter-list?limit=0", 422, "invalid-request"),
        ("/api/v1/queries/matter-list?limit=5000", 422, "invalid-request"),
        ("/api/v1/queries/matter-list?offset=-1", 422, "invalid-request"),
    ],
)
def test_wrong_requests_are_problems(client: httpx.Client, address: str, status: int, kind: str) -> None:
    answer = client.get(address)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["type"].endswith(f"/{kind}")


def test_no_such_format(client: httpx.Client) -> None:
    assert client.get("/api/v1/queries/matter-list?format=pdf").status_code == 406
    assert client.get("/api/v1/queries/matter-list", headers={"Accept": "image/png"}).status_code == 406


def test_registers(client: httpx.Client) -> None:
    listed = client.get("/api/v1/registers").json()["registers"]
    assert {"130408-gongan", "130524-gongan"} <= {one["id"] for one in listed}
    one = client.get(f"/api/v1/registers/{listed[0]['id']}").json()
    assert one["counts"] == listed[0]["counts"]
    assert all(finding["code"] for finding in one["findings"])
    assert client.get("/api/v1/registers/999999-x").status_code == 404
