"""The same answers for language-model agents, over the Model Context Protocol: stdio, or streamable HTTP.

Every tool reads only, and every statement it returns stands beside the cell it is quoted from.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from typing import Annotated, Any, Literal

import orjson
from anyio.to_thread import run_sync
from mcp.server.mcpserver import MCPServer
from mcp.server.mcpserver.exceptions import ResourceNotFoundError, ToolError
from mcp.types import ToolAnnotations
from pydantic import Field

from dutygraph import __version__
from dutygraph.errors import DutygraphError
from dutygraph.settings import Settings
from dutygraph.store import Iri, Result, Rows, bind, check_query, find_template, serialise
from dutygraph_api.ask import MAX_QUESTION
from dutygraph_api.document import Section, lay_out
from dutygraph_api.findings import Wanted
from dutygraph_api.named import offered
from dutygraph_api.service import Live, Service
from dutygraph_api.web import BASE

__all__ = ["create_server", "serve_stdio"]

INSTRUCTIONS = """Duty registers of Chinese county agencies as a graph: who is responsible for what, under which law, \
at which telephone, inspected how often. Ask in Chinese or English, in everyday words. Quote the evidence of an \
answer; when the status is not "answered", say so and pass on the options instead of guessing. An empty result never \
means that nobody is responsible: it means that the registers read here do not say."""
READS = ToolAnnotations(read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False)
# by_jurisdiction says the same again by county; an agent pays for every word.
LEFT_OUT = ("by_jurisdiction", "elapsed_ms", "query")

Question = Annotated[str, Field(max_length=MAX_QUESTION, description="in everyday words, Chinese or English")]
What = Annotated[str, Field(max_length=500, description="a thing, place or situation, such as 旅馆 or barking dogs")]
County = Annotated[str | None, Field(pattern=r"^\d{6}$", description="six-digit code (GB/T 2260); all when left out")]
Kind = Literal["matter", "share", "item", "duty", "service", "regime", "regime-item", "case"]


def create_server(settings: Settings) -> MCPServer[None]:
    """The tools on the last build of ``settings.home``. Raises StoreUnavailable or IndexUnavailable."""
    tools = Tools(Service(settings))
    server: MCPServer[None] = MCPServer(
        "dutygraph", version=__version__, instructions=INSTRUCTIONS, log_level="WARNING"
    )
    for tool in (
        tools.ask, tools.find_responsible, tools.legal_basis, tools.search_matters,
        tools.findings,
        tools.list_queries, tools.run_query, tools.sparql,
    ):  # fmt: skip
        server.tool(annotations=READS)(tool)
    server.resource("dutygraph://registers", mime_type="application/json")(tools.registers)
    server.resource("dutygraph://registers/{register_id}", mime_type="text/markdown")(tools.register)
    return server


def serve_stdio(settings: Settings) -> None:
    """Serve one client over standard input and output until it closes them."""
    create_server(settings).run("stdio")


class Tools:
    """The tools; their docstrings and annotations are what an agent reads."""

    def __init__(self, service: Service) -> None:
        self._service = service

    async def ask(
        self, question: Question, jurisdiction: County = None, lang: Literal["zh", "en"] | None = None
    ) -> dict[str, Any]:
        """Answer a question from the duty registers: status, text, results (agency, department, role, laws, phones)
        and the evidence they rest on, word for word."""
        return await self._ask(question, jurisdiction, lang)

    async def find_responsible(self, what: What, jurisdiction: County = None) -> dict[str, Any]:
        """Who is responsible for something: agencies and departments with their role and the cell that says so."""
        return await self._ask(f"{what}归谁管？", jurisdiction, None)

    async def legal_basis(self, what: What, jurisdiction: County = None) -> dict[str, Any]:
        """The laws and articles that the registers cite for something."""
        return await self._ask(f"{what}的法律依据是什么？", jurisdiction, None)

    async def search_matters(
        self,
        text: What,
        jurisdiction: County = None,
        kinds: Annotated[list[Kind] | None, Field(description="only these kinds of statement")] = None,
        limit: Annotated[int, Field(ge=1, le=50)] = 10,
    ) -> dict[str, Any]:
        """Statements of the registers that are near in meaning, best first, each with its cell. Use it to see what
        there is; use ask for an answer."""
        live = self._service.live()
        with told():
            hits = live.opened.index.search(text, jurisdiction=jurisdiction, kinds=kinds, limit=limit)
            rows = live.rows("described", node=[Iri(hit.iri) for hit in hits]) if hits else []
        by_iri = {row["node"]: row for row in rows}
        found = [
            {
                "iri": hit.iri,
                "kind": hit.kind,
                "jurisdiction": hit.jurisdiction,
                "score": round(hit.score, 3),
                **_cited(by_iri[hit.iri]),
            }
            for hit in hits
            if hit.iri in by_iri
        ]
        return {"results": found, "graph_version": live.graph_version}

    async def findings(
        self,
        codes: Annotated[list[str] | None, Field(description="only these, such as MIS-01")] = None,
        jurisdiction: County = None,
        lang: Literal["zh", "en"] = "zh",
        limit: Annotated[int, Field(ge=1, le=200)] = 50,
    ) -> dict[str, Any]:
        """Overlapping, conflicting, missing or misplaced responsibilities: leads for people to judge, each with its
        cells, gravest first."""
        with told():
            found = Wanted(code=codes, jurisdiction=jurisdiction).among(await self._service.live().findings())
        return {"total": len(found), "findings": [one.as_json(lang) for one in found[:limit]]}

    async def list_queries(self) -> dict[str, Any]:
        """The named queries with their parameters; run one with run_query."""
        templates = offered(self._service.named_queries).values()
        listed = [
            {
                "name": one.name,
                "title": f"{one.title_zh} · {one.title_en}",
                "parameters": {
                    p.name: f"{p.description}; such as {p.example}{'; optional' * p.optional}" for p in one.parameters
                },
            }
            for one in templates
        ]
        return {"queries": listed}

    async def run_query(
        self,
        name: Annotated[str, Field(description="as list_queries gives it")],
        parameters: Annotated[dict[str, str] | None, Field(description="values by name")] = None,
        limit: Annotated[int, Field(ge=1, le=1000)] = 100,
    ) -> dict[str, Any]:
        """Run a named query; rows that state a fact name its document, locator and quote."""
        with told():
            sparql = bind(find_template(offered(self._service.named_queries), name), parameters)
            return _table(await self._query(self._service.live(), sparql), limit)

    async def sparql(
        self,
        query: Annotated[str, Field(description="SPARQL 1.1, read only; the ontology is in the graph")],
        limit: Annotated[int, Field(ge=1, le=1000)] = 100,
    ) -> dict[str, Any]:
        """Run a SPARQL query (SELECT, ASK, CONSTRUCT, DESCRIBE) within the limits of time and rows."""
        live = self._service.live()
        with told():
            await run_sync(partial(check_query, query, live.opened.store.graphs()))
            return _table(await self._query(live, query), limit)

    async def registers(self) -> str:
        """The registers that were read, with counts."""
        info = self._service.live().opened.build.info["registers"]
        shown = ("jurisdiction_code", "jurisdiction", "agency", "document", "counts")
        listed = [{"id": name, **{key: report[key] for key in shown}} for name, report in info.items()]
        return orjson.dumps(listed).decode()

    async def register(self, register_id: str) -> str:
        """One register in full, as published, each cell with its place."""
        live = self._service.live()
        report = live.opened.build.info["registers"].get(register_id)
        if report is None:
            raise ResourceNotFoundError(f"there is no register {register_id!r}")
        iri = Iri(f"{BASE}register/{register_id}")
        headings = {str(row["heading"]) for row in live.rows("register-headings", register=iri)}
        cells, links = live.rows("register-cells", register=iri), live.rows("register-links", register=iri)
        title = f"# {report['jurisdiction']}{report['agency']}\n"
        return "\n".join([title, *map(_markdown, lay_out(cells, links, headings))])

    async def _ask(self, question: str, jurisdiction: str | None, lang: str | None) -> dict[str, Any]:
        with told():
            answer = (await self._service.live().answer(question, jurisdiction, lang)).as_json()
        return {key: value for key, value in answer.items() if key not in LEFT_OUT}

    async def _query(self, live: Live, sparql: str) -> Result:
        settings = self._service.settings
        return await run_sync(
            partial(live.opened.store.query, sparql, rows=settings.query_rows, seconds=settings.query_seconds)
        )


@contextmanager
def told() -> Iterator[None]:
    """What goes wrong on purpose is told to the agent in the library's own words."""
    try:
        yield
    except DutygraphError as exc:
        raise ToolError(str(exc)) from exc


def _cited(row: Mapping[str, Any]) -> dict[str, Any]:
    evidence = {key: row[key] for key in ("document", "section", "locator", "quote")}
    return {
        "title": row["title"],
        "text": row["text"],
        "part_of": row["partOf"],
        "evidence": {**evidence, "iri": row["cell"]},
    }


def _table(result: Result, limit: int) -> dict[str, Any]:
    """A result as JSON can say it; ``truncated`` when not everything is here."""
    if isinstance(result, bool):
        return {"boolean": result}
    if not isinstance(result, Rows):
        return {"turtle": serialise(result, "ttl").decode(), "truncated": result.truncated}
    rows = [{key: _plain(value) for key, value in row.items()} for row in result.dicts()]
    return {"columns": list(result.variables), "rows": rows[:limit], "truncated": result.truncated or len(rows) > limit}


def _plain(value: object) -> object:
    return value if isinstance(value, str | int | float | bool | None) else float(str(value))


def _markdown(section: Section) -> str:
    lines: Sequence[str] = [
        f"- ({shown.cell.locator}) {column}：{shown.cell.text}"
        for line in section.lines
        for column, shown in line.cells
        if shown.cell
    ]
    paragraphs = [
        f"{'#' * (cell.heading + 2)} {cell.text}" if cell.heading else f"({cell.locator}) {cell.text}"
        for cell in section.paragraphs
    ]
    return "\n".join([f"\n## {section.title}\n", *lines, *paragraphs])
