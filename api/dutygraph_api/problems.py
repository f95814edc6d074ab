"""Errors as problem documents (RFC 9457); a browser that asks for a page gets a page that says the same."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

import orjson
from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException

from dutygraph.errors import (
    BadParameter,
    DutygraphError,
    IndexUnavailable,
    QueryRefused,
    QuerySyntaxError,
    QueryTimeout,
    StoreError,
    UnboundParameter,
    UnknownTemplate,
)
from dutygraph_api import web
from dutygraph_api.negotiate import choose

__all__ = ["PROBLEMS", "install", "problem", "problem_of"]

TYPES = "https://w3id.org/dutygraph/problem/"

# The first class that fits decides; subclasses stand before their parents.
PROBLEMS: tuple[tuple[type[DutygraphError], int, str, str], ...] = (
    (QuerySyntaxError, 400, "query-syntax", "the query is not SPARQL"),
    (QueryRefused, 403, "query-refused", "the query is not allowed here"),
    (QueryTimeout, 503, "query-timeout", "the query took too long"),
    (UnknownTemplate, 404, "unknown-query", "there is no such query"),
    (UnboundParameter, 400, "missing-parameter", "a parameter is missing"),
    (BadParameter, 400, "bad-parameter", "a parameter is wrong"),
    (StoreError, 503, "store-unavailable", "the store is unavailable"),
    (IndexUnavailable, 503, "index-unavailable", "the index is unavailable"),
    (DutygraphError, 500, "failed", "the service failed"),
)
"""Class, status, name of the type, title."""

SHOWN_CONTEXT = ("line", "column", "name")


def problem(
    status: int,
    title: str,
    detail: str,
    headers: Mapping[str, str] | None = None,
    *,
    kind: str | None = None,
    **members: Any,
) -> Response:
    """A problem document. Without a ``kind`` its type is about:blank and its title the status's own phrase."""
    body = {
        "type": TYPES + kind if kind else "about:blank",
        "title": title if kind else HTTPStatus(status).phrase,
        "status": status,
        "detail": detail if kind else f"{title}: {detail}",
        **members,
    }
    return Response(orjson.dumps(body), status, headers, media_type="application/problem+json")


def problem_of(error: DutygraphError) -> tuple[int, str, str]:
    """Status, name of the type and title of an error of the library."""
    return next((status, kind, title) for cls, status, kind, title in PROBLEMS if isinstance(error, cls))


def install(app: FastAPI) -> None:
    """Answer every error of the app with a problem document."""

    def answer(request: Request, status: int, title: str, detail: str, **more: Any) -> Response:
        machine = request.url.path.startswith(("/api/", "/sparql", "/openapi"))
        kinds = ("application/problem+json", "text/html")
        if not machine and choose(request.headers.get("accept"), kinds) == "text/html":
            return web.render(request, "problem.html", status, more.get("headers"), title=title, detail=detail)
        return problem(status, title, detail, more.pop("headers", None), **more)

    async def on_dutygraph(request: Request, exc: Exception) -> Response:
        assert isinstance(exc, DutygraphError)
        status, kind, title = problem_of(exc)
        shown = {key: exc.context[key] for key in SHOWN_CONTEXT if key in exc.context}
        headers = {"Retry-After": "10"} if status == 503 else None
        return answer(request, status, title, str(exc), headers=headers, kind=kind, **shown)

    async def on_http(request: Request, exc: Exception) -> Response:
        assert isinstance(exc, HTTPException)
        detail = f"{request.method} {request.url.path}"
        return answer(request, exc.status_code, str(exc.detail), detail, headers=exc.headers)

    async def on_validation(request: Request, exc: Exception) -> Response:
        assert isinstance(exc, RequestValidationError)
        places = [".".join(str(part) for part in error["loc"]) for error in exc.errors()]
        errors = [f"{place}: {error['msg']}" for place, error in zip(places, exc.errors(), strict=True)]
        return answer(request, 422, "the request does not fit", "; ".join(errors), kind="invalid-request")

    async def on_failure(request: Request, exc: Exception) -> Response:
        # What went wrong is for the log, which the server writes; the client learns no more than that it did.
        return problem(500, "the service failed", "the log says more", kind="failed")

    app.add_exception_handler(DutygraphError, on_dutygraph)
    app.add_exception_handler(HTTPException, on_http)
    app.add_exception_handler(RequestValidationError, on_validation)
    app.add_exception_handler(Exception, on_failure)
