"""The tools for agents, called by the SDK's own client over stdio, as an agent's host starts them."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import anyio
import orjson
import pytest
from mcp import Client, MCPError, StdioServerParameters

from dutygraph.cli import main

DOGS = "养狗"


def run_apart(session: Callable[[], Awaitable[Any]]) -> Any:
    """Run in a thread of its own: the browser tests, in the same process, leave an event loop in the main one."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(anyio.run, session).result()


@pytest.fixture(scope="module")
def talk(home: Path) -> Callable[[Callable[[Client], Awaitable[Any]]], Any]:
    """Start `dutygraph mcp`, talk to it, and return what the talk returns."""
    command = StdioServerParameters(command=sys.executable, args=["-m", "dutygraph.cli", "mcp", "--home", str(home)])

    def run(what: Callable[[Client], Awaitable[Any]]) -> Any:
        async def session() -> Any:
            with anyio.fail_after(120):
                async with Client(command) as client:
                    return await what(client)

        return run_apart(session)

    return run


def test_tools_and_resources_over_stdio(talk: Callable[..., Any]) -> None:
    async def all_of_them(client: Client) -> dict[str, Any]:
        async def call(tool: str, /, **arguments: Any) -> Any:
            result = await client.call_tool(tool, arguments)
            return result.content[0].text if result.is_error else result.structured_content

        resource = await client.read_resource("dutygraph://registers")
        document = await client.read_resource("dutygraph://registers/130524-gongan")
        with pytest.raises(MCPError, match="no register"):
            await client.read_resource("dutygraph://registers/999999-x")
        return {
            "tools": (await client.list_tools()).tools,
            "ask": await call("ask", question="开旅馆找谁审批？", jurisdiction="130524"),
            "responsible": await call("find_responsible", what=DOGS),
            "basis": await call("legal_basis", what="烟花爆竹"),
            "search": await call("search_matters", text="网吧", limit=3, kinds=["matter", "regime"]),
            "findings": await call("findings", jurisdiction="130524", limit=2),
            "queries": await call("list_queries"),
            "rows": await call("run_query", name="matter-list", parameters={"jurisdiction": "130524"}, limit=2),
            "sparql": await call("sparql", query="ASK { ?s ?p ?o }"),
            "turtle": await call("sparql", query="CONSTRUCT { ?s a ?t } { ?s a ?t } LIMIT 2"),
            "update": await call("sparql", query="DROP ALL"),
            "service": await call("sparql", query="SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }"),
            "wrong": await call("run_query", name="matter-lists"),
            "registers": orjson.loads(resource.contents[0].text),
            "document": document.contents[0].text,
        }

    said = talk(all_of_them)
    assert {tool.name for tool in said["tools"]} >= {
        "ask", "find_responsible", "legal_basis", "search_matters", "list_queries", "run_query", "sparql",
    }  # fmt: skip
    assert all(tool.description and tool.annotations.read_only_hint for tool in said["tools"])
    for answer in (said["ask"], said["responsible"], said["basis"]):
        assert answer["status"] == "answered"
        assert all(result["evidence"] for result in answer["results"])
        assert all(cell["quote"] and cell["locator"] for cell in answer["evidence"])
    assert said["basis"]["laws"]
    assert 0 < len(said["search"]["results"]) <= 3
    assert all(hit["evidence"]["quote"] for hit in said["search"]["results"])
    assert len(said["findings"]["findings"]) == 2 < said["findings"]["total"]
    assert {query["name"] for query in said["queries"]["queries"]} >= {"matter-list", "matter-shares"}
    assert (len(said["rows"]["rows"]), said["rows"]["truncated"]) == (2, True)
    assert said["sparql"] == {"boolean": True}
    assert " a " in said["turtle"]["turtle"]
    assert "update" in said["update"]
    assert "SERVICE" in said["service"]
    assert "did you mean matter-list" in said["wrong"]
    assert {register["id"] for register in said["registers"]} >= {"130408-gongan", "130524-gongan"}
    assert "## " in said["document"]


def test_the_same_tools_over_http(home: Path) -> None:
    command = [sys.executable, "-m", "dutygraph.cli", "mcp", "--http", "--port", "0", "--home", str(home)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        address = process.stdout.readline().strip()

        async def session() -> Any:
            with anyio.fail_after(60):
                async with Client(address) as client:
                    return await client.call_tool("sparql", {"query": "ASK { ?s ?p ?o }"})

        try:
            assert run_apart(session).structured_content == {"boolean": True}
        finally:
            process.terminate()


def test_without_the_sdk_one_line_says_what_to_install(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in [name for name in sys.modules if name in ("mcp", "dutygraph_api.mcp") or name.startswith("mcp.")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "mcp.server.mcpserver", None)
    assert main(["mcp", "--home", str(home)]) == 2
    assert "pip install 'dutygraph[mcp]'" in capsys.readouterr().err
