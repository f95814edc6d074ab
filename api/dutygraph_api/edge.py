"""What holds for every request, as plain ASGI: headers that harden, a limit on bodies, a count of everything."""

from __future__ import annotations

import time

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dutygraph_api.metrics import Metrics
from dutygraph_api.problems import problem

__all__ = ["MAX_BODY", "BodyLimit", "Counting", "Hardening", "HeadAsGet", "policy"]

MAX_BODY = 1_000_000
"""Bytes of a request's body."""


# The pages load nothing from elsewhere and carry no script in themselves; the browser is told to hold us to it.
def policy(nonce: str = "") -> str:
    """The Content-Security-Policy. With a ``nonce``, of a page with a code editor: style elements that carry it are
    taken too, and style attributes, which the browser itself puts into text that is being edited."""
    styles = f"'self' 'nonce-{nonce}'; style-src-attr 'unsafe-inline'" if nonce else "'self'"
    return (
        f"default-src 'none'; img-src 'self'; style-src {styles}; script-src 'self'; connect-src 'self'; "
        "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    )


SECURITY_HEADERS = {
    "Content-Security-Policy": policy(),
    "X-Content-Type-Options": "nosniff",
    # Not "no-referrer": under that, a form would not say that it comes from here.
    "Referrer-Policy": "same-origin",
}


class Hardening:
    """Adds the security headers to every response."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def hardened(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in SECURITY_HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        await self._app(scope, receive, hardened if scope["type"] == "http" else send)


class HeadAsGet:
    """Answers HEAD as GET without the body (RFC 9110, 9.3.2), which the router by itself refuses."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] != "HEAD":
            await self._app(scope, receive, send)
            return

        async def bare(message: Message) -> None:
            await send({**message, "body": b""} if message["type"] == "http.response.body" else message)

        await self._app({**scope, "method": "GET"}, receive, bare)


class BodyLimit:
    """Answers 413 to a body over MAX_BODY: at once when its length is announced, else when it gets there."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        announced = Headers(scope=scope).get("content-length", "")
        if announced.isdigit() and int(announced) > MAX_BODY:
            refusal = problem(413, "the request is too large", f"at most {MAX_BODY} bytes")
            await refusal(scope, receive, send)
            return
        taken = 0

        async def counted() -> Message:
            nonlocal taken
            message = await receive()
            taken += len(message.get("body", b""))
            if taken > MAX_BODY:
                raise HTTPException(413, "the request is too large")
            return message

        await self._app(scope, counted, send)


class Counting:
    """Counts each request with its route, status and seconds."""

    def __init__(self, app: ASGIApp, metrics: Metrics) -> None:
        self._app = app
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started, status = time.perf_counter(), 500

        async def noted(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self._app(scope, receive, noted)
        finally:
            route = getattr(scope.get("route"), "path", "other")
            self._metrics.count_request(scope["method"], route, status, time.perf_counter() - started)
