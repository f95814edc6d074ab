"""Running the service, or its tools for agents, on a port."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dutygraph.errors import SettingsError
from dutygraph.settings import Settings

if TYPE_CHECKING:
    from starlette.types import ASGIApp

__all__ = ["serve", "serve_mcp"]


def serve(settings: Settings, *, host: str, port: int) -> None:
    """Serve pages, API and SPARQL until stopped (Ctrl-C, SIGTERM). Raises SettingsError when the address cannot be
    listened on, and what ``create_app`` raises."""
    from dutygraph_api.app import create_app

    _listen(create_app(settings), host, port, "/")


def serve_mcp(settings: Settings, *, host: str, port: int) -> None:
    """Serve the tools for agents over streamable HTTP. Raises as ``serve`` does."""
    from dutygraph_api.mcp import create_server

    # Without sessions any process can answer any request. The SDK refuses foreign Host and Origin headers on loopback.
    app = create_server(settings).streamable_http_app(stateless_http=True, json_response=True, host=host)
    _listen(app, host, port, "/mcp")


def _listen(app: ASGIApp, host: str, port: int, path: str) -> None:
    import socket

    import uvicorn

    try:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        listener = socket.create_server((host, port), family=family, backlog=2048)
    except (OSError, OverflowError) as exc:
        raise SettingsError(f"cannot listen on {host} port {port}: {exc}; choose another --port") from exc
    with listener:
        name = f"[{host}]" if ":" in host else host
        print(f"http://{name}:{listener.getsockname()[1]}{path}", flush=True)  # noqa: T201
        uvicorn.Server(uvicorn.Config(app, log_level="warning")).run(sockets=[listener])
