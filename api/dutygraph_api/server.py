"""Running the service."""

from __future__ import annotations

from dutygraph.errors import SettingsError
from dutygraph.settings import Settings
from dutygraph_api.app import create_app

__all__ = ["serve"]


def serve(settings: Settings, *, host: str, port: int) -> None:
    """Serve until stopped (Ctrl-C, SIGTERM). Raises SettingsError when the address cannot be listened on, and what
    ``create_app`` raises."""
    import socket

    import uvicorn

    try:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        listener = socket.create_server((host, port), family=family, backlog=2048)
    except (OSError, OverflowError) as exc:
        raise SettingsError(f"cannot listen on {host} port {port}: {exc}; choose another --port") from exc
    with listener:
        print(f"http://{f'[{host}]' if ':' in host else host}:{listener.getsockname()[1]}/", flush=True)  # noqa: T201
        uvicorn.Server(uvicorn.Config(create_app(settings), log_level="warning")).run(sockets=[listener])
