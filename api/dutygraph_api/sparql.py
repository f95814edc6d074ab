"""/sparql: the SPARQL 1.1 Protocol, query operation (https://www.w3.org/TR/sparql11-protocol/).

Browsers, which ask for HTML, get the editor page and see results as a table; ``format=`` names a form for links.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated
from urllib.parse import parse_qs

import orjson
from fastapi import APIRouter, Depends, Request, Response

from dutygraph.store import GRAPH_FORMATS, RESULT_FORMATS, Result, Triples, serialise
from dutygraph_api import editor
from dutygraph_api.caching import fresh
from dutygraph_api.description import describe_service
from dutygraph_api.formats import GRAPH_TYPES, HTML, pick, types_of
from dutygraph_api.negotiate import choose
from dutygraph_api.problems import problem
from dutygraph_api.running import run_stranger
from dutygraph_api.service import Live, live

__all__ = ["router"]

router = APIRouter(tags=["SPARQL"])

FORM = "application/x-www-form-urlencoded"
DIRECT = "application/sparql-query"
OPENAPI = {
    "requestBody": {"content": {DIRECT: {"schema": {"type": "string"}}, FORM: {"schema": {"type": "object"}}}},
    "responses": {
        "200": {
            "description": "The result; the service description when there is no query",
            "content": {media_type: {} for media_type in (*RESULT_FORMATS.values(), *GRAPH_FORMATS.values())},
        }
    },
}
PARAMETERS = [
    {"name": name, "in": "query", "description": text, "schema": {"type": "string"}}
    for name, text in (
        ("query", "SPARQL 1.1 query; exactly one"),
        ("default-graph-uri", "a graph held here, as default graph; may be repeated"),
        ("named-graph-uri", "a graph held here, as named graph; may be repeated"),
        ("format", f"instead of Accept: {', '.join((*RESULT_FORMATS, *GRAPH_FORMATS))}"),
    )
]


@router.get("/sparql", summary="SPARQL 1.1 query", openapi_extra={**OPENAPI, "parameters": PARAMETERS})
async def sparql_get(request: Request, build: Annotated[Live, Depends(live)]) -> Response:
    """The result of ``query=``; without it the service description, or the editor page for browsers."""
    fields = parse_qs(request.url.query, keep_blank_values=True)
    form = fields.get("format", [None])[0]
    page = form is None and choose(request.headers.get("accept"), (*types_of(True), *GRAPH_TYPES, HTML)) == HTML
    if page:
        return await editor.show(request, build, fields)
    if "query" not in fields and "update" not in fields:
        return _description(request, build, form)
    return await _answer(request, build, fields)


@router.post("/sparql", summary="SPARQL 1.1 query", openapi_extra=OPENAPI)
async def sparql_post(request: Request, build: Annotated[Live, Depends(live)]) -> Response:
    """The query as a form field, or as the body itself (application/sparql-query)."""
    try:
        text = (await request.body()).decode("utf-8")
    except UnicodeDecodeError as exc:
        return problem(400, "the request is not UTF-8", str(exc), kind="bad-request")
    media_type = request.headers.get("content-type", "").split(";")[0].strip().lower()
    if media_type == FORM:
        return await _answer(request, build, parse_qs(text, keep_blank_values=True))
    if media_type == DIRECT:
        return await _answer(request, build, {**parse_qs(request.url.query, keep_blank_values=True), "query": [text]})
    return problem(415, "wrong media type", f"send {FORM} or {DIRECT}")


def _description(request: Request, build: Live, form: str | None) -> Response:
    chosen = pick(GRAPH_TYPES, request.headers.get("accept"), form)
    if chosen is None:
        return _not_acceptable(GRAPH_FORMATS.values())
    media_type, form = chosen
    headers = fresh(request, build, media_type)
    endpoint = str(request.url.replace(query="", fragment=""))
    triples = describe_service(endpoint, sorted(build.opened.store.graphs()))
    return Response(serialise(triples, form), media_type=media_type, headers=headers)


async def _answer(request: Request, build: Live, fields: dict[str, list[str]]) -> Response:
    if "update" in fields:
        return problem(
            403, "the query is not allowed here", "updates are not; only queries are answered", kind="query-refused"
        )
    queries = fields.get("query", [])
    if len(queries) != 1:
        detail = f"give exactly one parameter query=…, not {len(queries)}"
        return problem(400, "one query is needed", detail, kind="bad-request")
    result = await run_stranger(
        request, build, queries[0], fields.get("default-graph-uri", []), fields.get("named-graph-uri", [])
    )
    types = types_of(result)
    chosen = pick(types, request.headers.get("accept"), fields.get("format", [None])[0])
    if chosen is None:
        return _not_acceptable(GRAPH_FORMATS.values() if isinstance(result, Triples) else RESULT_FORMATS.values())
    media_type, form = chosen
    headers = {"Vary": "Accept", "Cache-Control": "no-cache"}
    if _truncated(result):
        headers["X-Dutygraph-Truncated"] = str(len(result))  # type: ignore[arg-type]  # a truth value is never cut
    return Response(_body(result, form), media_type=media_type, headers=headers)


def _body(result: Result, form: str) -> bytes:
    body = serialise(result, form)
    if form == "json" and _truncated(result):
        # SPARQL 1.1 Query Results JSON, 3: further members may stand beside "head" and "results"
        body = orjson.dumps({**orjson.loads(body), "truncated": True})
    return body


def _truncated(result: Result) -> bool:
    return not isinstance(result, bool) and result.truncated


def _not_acceptable(offered: Iterable[str]) -> Response:
    return problem(406, "no such format", f"offered: {', '.join(offered)}")
