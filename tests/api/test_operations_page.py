"""docs/operations.md names every setting, problem, metric, tool and address that there is."""

from __future__ import annotations

import re
from pathlib import Path

import httpx
import pytest

import dutygraph.settings
from dutygraph_api.problems import PROBLEMS

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def page() -> str:
    return (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")


def test_every_setting(page: str) -> None:
    code = Path(str(dutygraph.settings.__file__)).read_text(encoding="utf-8")
    for name in set(re.findall(r"DUTYGRAPH_[A-Z_]+", code)):
        assert f"`{name}`" in page, name


def test_every_problem_with_its_status(page: str) -> None:
    service = (ROOT / "api" / "dutygraph_api").glob("*.py")
    kinds = {kind for path in service for kind in re.findall(r'kind="([a-z-]+)"', path.read_text(encoding="utf-8"))}
    for kind in kinds | {kind for _, _, kind, _ in PROBLEMS}:
        assert f"`{kind}`" in page, kind
    for _, status, kind, _ in PROBLEMS:
        assert re.search(rf"^\|.*`{kind}`.*\| {status} \|", page, re.MULTILINE), kind


def test_every_metric(page: str, client: httpx.Client) -> None:
    for name in re.findall(r"^# TYPE (\S+)", client.get("/metrics").text, re.MULTILINE):
        assert f"`{name}`" in page, name


def test_every_address(page: str, client: httpx.Client) -> None:
    paths = client.get("/api/v1/openapi.json").json()["paths"]
    for path in paths:
        shown = re.sub(r"^/api/v1/queries/.+", "/api/v1/queries/{name}", path).replace("{register_id}", "{id}")
        shown = "/id/…" if path.startswith("/id/") else shown
        assert f"`{shown}`" in page, path


def test_every_tool(page: str) -> None:
    code = (ROOT / "api" / "dutygraph_api" / "mcp.py").read_text(encoding="utf-8")
    registered = re.search(r"for tool in \((.+?)\)", code, re.DOTALL)
    assert registered is not None
    for name in re.findall(r"tools\.(\w+)", registered[1]):
        assert f"`{name}`" in page, name
