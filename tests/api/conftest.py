"""A real server on a free loopback port, and clients of it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from typing import Any

import httpx
import pytest
import uvicorn

from dutygraph.settings import Settings
from dutygraph_api.app import create_app


@contextmanager
def serving(settings: Settings) -> Iterator[str]:
    """The base address of a service, running in a thread of this process until the block ends."""
    server = uvicorn.Server(uvicorn.Config(create_app(settings), port=0, log_level="warning", ws="none"))
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        while not server.started:
            assert thread.is_alive(), "the server did not start"
            thread.join(0.02)
        port = server.servers[0].sockets[0].getsockname()[1]
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join()


@pytest.fixture
def serve() -> Callable[[Settings], AbstractContextManager[str]]:
    """``with serve(settings) as address``."""
    return serving


@pytest.fixture(scope="session")
def server(settings: Settings) -> Iterator[str]:
    """The address of a service on the real registers."""
    with serving(settings) as address:
        yield address


@pytest.fixture
def client(server: str) -> Iterator[httpx.Client]:
    """A client of that service, which follows no redirects."""
    with httpx.Client(base_url=server, timeout=60) as one:
        yield one


@pytest.fixture
def serve_with(settings: Settings) -> Callable[..., AbstractContextManager[httpx.Client]]:
    """A service with other settings: ``with serve_with(query_rows=3) as client``."""

    @contextmanager
    def start(**changes: Any) -> Iterator[httpx.Client]:
        with serving(replace(settings, **changes)) as address, httpx.Client(base_url=address, timeout=60) as one:
            yield one

    return start
