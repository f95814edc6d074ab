"""Health, metrics, a newer build, and what holds for every answer."""

from __future__ import annotations

import re
import shutil
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import httpx
import orjson
import pytest
from prometheus_client.parser import text_string_to_metric_families

from dutygraph.errors import StoreUnavailable
from dutygraph.pipeline import current_name
from dutygraph.settings import Settings
from dutygraph_api.app import create_app


def test_health_and_readiness(client: httpx.Client, home: Path) -> None:
    assert client.get("/healthz").json() == {"status": "ok"}
    ready = client.get("/readyz").json()
    build = orjson.loads((home / "builds" / str(current_name(home)) / "build.json").read_bytes())
    assert ready["graph_version"] == build["graph_version"]
    assert ready["registers"] == list(build["registers"])


def test_metrics_count_requests_and_answers(client: httpx.Client) -> None:
    def sample(name: str, **labels: str) -> float:
        families = text_string_to_metric_families(client.get("/metrics").text)
        found = [one for family in families for one in family.samples if one.name == name]
        return sum(one.value for one in found if labels.items() <= one.labels.items())

    before = sample("dutygraph_answers_total"), sample("dutygraph_http_requests_total", route="/api/v1/ask")
    assert client.post("/api/v1/ask", json={"question": "户口"}).status_code == 200
    after = sample("dutygraph_answers_total"), sample("dutygraph_http_requests_total", route="/api/v1/ask")
    assert after == (before[0] + 1, before[1] + 1)
    count = sample("dutygraph_http_request_duration_seconds_count", route="/api/v1/ask")
    assert count == sample("dutygraph_http_request_duration_seconds_bucket", route="/api/v1/ask", le="+Inf")


def test_head_is_get_without_the_body(client: httpx.Client) -> None:
    for path in ("/", "/healthz", "/api/v1/registers", "/static/page.css"):
        got, head = client.get(path), client.head(path)
        assert (head.status_code, head.content) == (200, b"")
        assert head.headers["content-type"] == got.headers["content-type"]


def test_large_answers_are_compressed(client: httpx.Client) -> None:
    answer = client.get("/registers/130524-gongan", headers={"Accept-Encoding": "gzip"})
    assert answer.headers["content-encoding"] == "gzip"
    assert int(answer.headers.get("content-length", "0")) < len(answer.content) / 3


def test_every_answer_is_hardened(client: httpx.Client) -> None:
    for path in ("/", "/nowhere", "/api/v1/queries", "/static/page.css", "/healthz"):
        headers = client.get(path).headers
        assert headers["x-content-type-options"] == "nosniff"
        assert "frame-ancestors 'none'" in headers["content-security-policy"]


def test_nothing_to_serve_is_said_at_once(tmp_path: Path) -> None:
    with pytest.raises(StoreUnavailable, match="dutygraph build"):
        create_app(Settings(home=tmp_path))


def test_a_newer_build_is_taken_up(
    home: Path, tmp_path: Path, serve: Callable[[Settings], AbstractContextManager[str]]
) -> None:
    name = str(current_name(home))
    shutil.copytree(home / "builds" / name, tmp_path / "builds" / "first")
    shutil.copytree(home / "builds" / name, tmp_path / "builds" / "second")
    changed = tmp_path / "builds" / "second" / "build.json"
    info = orjson.loads(changed.read_bytes())
    newer = "sha256:" + "0" * 64
    changed.write_bytes(orjson.dumps({**info, "graph_version": newer}))
    (tmp_path / "current").write_text("first\n", encoding="utf-8")
    with serve(Settings(home=tmp_path, encoder="none")) as address:
        first = httpx.get(f"{address}/readyz").json()["graph_version"]
        assert first == info["graph_version"]
        (tmp_path / "current").write_text("broken\n", encoding="utf-8")
        assert httpx.get(f"{address}/readyz").json()["graph_version"] == first
        (tmp_path / "current").write_text("second\n", encoding="utf-8")
        deadline = time.monotonic() + 60
        while (version := httpx.get(f"{address}/readyz").json()["graph_version"]) != newer:
            assert time.monotonic() < deadline, version
            time.sleep(0.05)


def test_the_openapi_document_names_what_is_served(client: httpx.Client) -> None:
    document = client.get("/api/v1/openapi.json").json()
    assert {"/api/v1/ask", "/sparql", "/api/v1/registers", "/healthz"} <= set(document["paths"])
    assert all(re.match(r"/[a-z]", path) for path in document["paths"])
