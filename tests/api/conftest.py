"""A real server on a free loopback port, and clients of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from typing import Any

import httpx
import pytest

from dutygraph.settings import Settings
from serving import serving


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
