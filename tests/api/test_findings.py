"""GET /api/v1/findings: the library's findings, filtered, paged, as JSON and CSV."""

from __future__ import annotations

import csv
import io
import re

import httpx
import pytest

ADDRESS = "/api/v1/findings"


def test_the_contracts_keys_with_evidence(client: httpx.Client) -> None:
    answer = client.get(ADDRESS)
    found = answer.json()
    assert len(found) == int(answer.headers["x-total-count"]) > 0
    keys = {"id", "code", "severity", "status", "jurisdiction", "title", "explanation", "suggestion", "subjects"}
    assert all(keys | {"labels", "evidence", "score"} <= set(one) for one in found)
    assert all(cell["document"] and cell["locator"] for one in found for cell in one["evidence"])
    assert len({one["id"] for one in found}) == len(found)
    order = [("violation", "warning", "info").index(one["severity"]) for one in found]
    assert order == sorted(order)


def test_filters(client: httpx.Client) -> None:
    found = client.get(ADDRESS).json()
    for key, value in (("severity", "warning"), ("jurisdiction", "130524"), ("code", found[0]["code"])):
        some = client.get(ADDRESS, params={key: value}).json()
        assert some == [one for one in found if one[key] == value]
        assert some
    two = sorted({one["code"] for one in found})[:2]
    several = client.get(ADDRESS, params=[("code", code) for code in two]).json()
    assert {one["code"] for one in several} == set(two)


def test_pages_follow_each_other(client: httpx.Client) -> None:
    first = client.get(ADDRESS, params={"limit": 2})
    following = re.match(r'<([^>]+)>; rel="next"', first.headers["link"])
    assert following is not None
    second = client.get(following[1]).json()
    assert [*first.json(), *second] == client.get(ADDRESS, params={"limit": 4}).json()


def test_csv_and_english(client: httpx.Client) -> None:
    rows = list(csv.DictReader(io.StringIO(client.get(ADDRESS, headers={"Accept": "text/csv"}).text)))
    found = client.get(ADDRESS).json()
    assert [row["id"] for row in rows] == [one["id"] for one in found]
    english = client.get(ADDRESS, params={"lang": "en"}).json()
    assert [one["id"] for one in english] == [one["id"] for one in found]
    assert english[0]["title"] != found[0]["title"]


@pytest.mark.parametrize("wrong", [{"severity": "grave"}, {"jurisdiction": "x"}, {"limit": 0}, {"format": "pdf"}])
def test_wrong_requests_are_problems(client: httpx.Client, wrong: dict[str, str]) -> None:
    answer = client.get(ADDRESS, params=wrong)
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
