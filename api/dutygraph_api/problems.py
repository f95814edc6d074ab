"""Errors as problem documents (RFC 9457)."""

from __future__ import annotations

import orjson
from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException

from dutygraph.errors import (
    DutygraphError,
    IndexUnavailable,
    QueryRefused,
    QuerySyntaxError,
    QueryTimeout,
    StoreError,
    TemplateError,
    UnknownTemplate,
)

__all__ = ["install", "problem"]

# The first class that fits decides; subclasses stand before their parents.
STATUS: tuple[tuple[type[DutygraphError], int, str], ...] = (
    (QuerySyntaxError, 400, "the query is not SPARQL"),
    (QueryRefused, 403, "the query is not allowed here"),
    (QueryTimeout, 503, "the query took too long"),
    (UnknownTemplate, 404, "there is no such query"),
    (TemplateError, 400, "a parameter is wrong"),
    (StoreError, 503, "the store is unavailable"),
    (IndexUnavailable, 503, "the index is unavailable"),
    (DutygraphError, 400, "bad request"),
)


def problem(status: int, title: str, detail: str, headers: dict[str, str] | None = None) -> Response:
    """A problem document."""
    body = orjson.dumps({"type": "about:blank", "title": title, "status": status, "detail": detail})
    return Response(body, status, headers, media_type="application/problem+json")


def install(app: FastAPI) -> None:
    """Answer every error of the app with a problem document."""

    async def on_dutygraph(request: Request, exc: Exception) -> Response:
        for kind, status, title in STATUS:
            if isinstance(exc, kind):
                return problem(status, title, str(exc))
        raise exc

    async def on_http(request: Request, exc: Exception) -> Response:
        assert isinstance(exc, HTTPException)
        return problem(
            exc.status_code, str(exc.detail), f"{request.method} {request.url.path}", dict(exc.headers or {})
        )

    async def on_validation(request: Request, exc: Exception) -> Response:
        assert isinstance(exc, RequestValidationError)
        first = exc.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        return problem(422, "the request does not fit", f"{place}: {first['msg']}")

    app.add_exception_handler(DutygraphError, on_dutygraph)
    app.add_exception_handler(HTTPException, on_http)
    app.add_exception_handler(RequestValidationError, on_validation)
