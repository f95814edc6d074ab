"""/sparql: the SPARQL 1.1 Protocol, query operation (https://www.w3.org/TR/sparql11-protocol/)."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import parse_qs

from fastapi import APIRouter, Depends, Request, Response
from starlette.concurrency import run_in_threadpool

from dutygraph.store import GRAPH_FORMATS, RESULT_FORMATS, Triples, check_query, serialise
from dutygraph_api.negotiate import choose
from dutygraph_api.problems import problem
from dutygraph_api.service import Live, live

__all__ = ["router"]

router = APIRouter(tags=["SPARQL"])

MAX_BODY = 1_000_000  # bytes of a request
CORS = {"Access-Control-Allow-Origin": "*"}


@router.api_route("/sparql", methods=["GET", "POST"], summary="SPARQL 1.1 query")
async def sparql(request: Request, build: Annotated[Live, Depends(live)]) -> Response:
    """GET with ``query=``, POST as a form, or POST of ``application/sparql-query``."""
    found = await _read(request)
    if isinstance(found, Response):
        return found
    query, default_graphs, named_graphs = found
    settings = request.app.state.service.settings
    store = build.opened.store
    # The check parses where it must, and the query is waited for: both away from the event loop.
    await run_in_threadpool(check_query, query, store.graphs(), (*default_graphs, *named_graphs))
    result = await run_in_threadpool(
        store.query, query, rows=settings.query_rows, seconds=settings.query_seconds,
        default_graphs=default_graphs, named_graphs=named_graphs,
    )  # fmt: skip
    formats = GRAPH_FORMATS if isinstance(result, Triples) else RESULT_FORMATS
    media_type = choose(request.headers.get("accept"), list(formats.values()))
    if media_type is None:
        return problem(406, "no such format", f"offered: {', '.join(formats.values())}", CORS)
    form = next(name for name, offered in formats.items() if offered == media_type)
    headers = {**CORS, "Vary": "Accept"}
    if getattr(result, "truncated", False):
        # A cut answer says so: RFC 9110 has no status for it that clients would read as success.
        headers["X-Dutygraph-Truncated"] = f"only the first {settings.query_rows} rows"
    return Response(await run_in_threadpool(serialise, result, form), media_type=media_type, headers=headers)


@router.options("/sparql", include_in_schema=False)
async def preflight() -> Response:
    """Any page may query."""
    allowed = {
        "Access-Control-Allow-Methods": "GET, POST, OPTIONS",
        "Access-Control-Allow-Headers": "Accept, Content-Type",
    }
    return Response(status_code=204, headers={**CORS, **allowed})


async def _read(request: Request) -> tuple[str, list[str], list[str]] | Response:
    """The query and its dataset out of the request, or a problem."""
    fields = parse_qs(request.url.query, keep_blank_values=True)
    if request.method == "POST":
        body = b""
        async for chunk in request.stream():
            body += chunk
            if len(body) > MAX_BODY:
                return problem(413, "the request is too large", f"at most {MAX_BODY} bytes", CORS)
        try:
            text = body.decode("utf-8")
        except UnicodeDecodeError as exc:
            return problem(400, "the request is not UTF-8", str(exc), CORS)
        media_type = request.headers.get("content-type", "").split(";")[0].strip().lower()
        if media_type == "application/sparql-query":
            fields["query"] = [text]
        elif media_type == "application/x-www-form-urlencoded":
            fields = parse_qs(text, keep_blank_values=True)
        else:
            detail = "send application/x-www-form-urlencoded or application/sparql-query"
            return problem(415, "the request has the wrong media type", detail, CORS)
    if "update" in fields:
        return problem(403, "updates are not allowed here", "this endpoint answers queries only", CORS)
    if len(fields.get("query", [])) != 1:
        return problem(400, "one query is needed", "give exactly one parameter query=…", CORS)
    return fields["query"][0], fields.get("default-graph-uri", []), fields.get("named-graph-uri", [])
