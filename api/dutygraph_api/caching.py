"""Conditional requests (RFC 9110, 13.1.2): what is shown depends on the graph, the program and the form chosen."""

from __future__ import annotations

from hashlib import blake2b

from fastapi import FastAPI, Request, Response

from dutygraph import __version__
from dutygraph_api.service import Live

__all__ = ["NotModified", "fresh", "install"]


class NotModified(Exception):
    """The client has the newest representation already."""

    def __init__(self, headers: dict[str, str]) -> None:
        super().__init__("not modified")
        self.headers = headers


def fresh(request: Request, build: Live, *variant: str, vary: str = "Accept") -> dict[str, str]:
    """ETag, Cache-Control and Vary of a representation of the graph; ``variant`` names the one chosen (media type,
    language). Raises NotModified when the request carries that ETag: call it before the work."""
    parts = (build.graph_version, __version__, request.url.path, request.url.query, *variant)
    digest = blake2b("\n".join(parts).encode("utf-8", "surrogateescape"), digest_size=9).hexdigest()
    tag = f'W/"{digest}"'
    # no-cache means: keep it, but ask first. A new build shows at once, and asking costs no query.
    headers = {"ETag": tag, "Cache-Control": "public, no-cache", "Vary": vary}
    known = {one.strip() for one in request.headers.get("if-none-match", "").split(",")}
    if tag in known or tag.removeprefix("W/") in known:
        raise NotModified(headers)
    return headers


def install(app: FastAPI) -> None:
    """Answer NotModified with 304."""

    async def on_not_modified(request: Request, exc: Exception) -> Response:
        assert isinstance(exc, NotModified)
        return Response(status_code=304, headers=exc.headers)

    app.add_exception_handler(NotModified, on_not_modified)
