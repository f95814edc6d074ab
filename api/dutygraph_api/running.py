"""Queries that strangers send or choose: away from the event loop, within the limits of the settings."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from anyio import CapacityLimiter
from anyio.to_thread import run_sync
from fastapi import Request

from dutygraph.errors import QueryTimeout
from dutygraph.store import Result, check_query
from dutygraph_api.service import Live, Service

__all__ = ["limiter", "run_query", "run_stranger"]

T = TypeVar("T")

AT_ONCE = 16
"""Queries that wait or run at once; each holds a thread, the processes behind them are fewer."""
WAITING = 64
"""Queries that may queue for that; one more is told to come back later."""


async def run_stranger(
    request: Request, build: Live, query: str, default_graphs: Sequence[str] = (), named_graphs: Sequence[str] = ()
) -> Result:
    """Check and run a query that somebody wrote. Raises what ``check_query`` and ``Store.query`` raise."""
    store = build.opened.store

    def checked() -> Result:
        check_query(query, store.graphs(), (*default_graphs, *named_graphs))
        return _run(request, build, query, default_graphs, named_graphs)

    return await _away(request, checked)


async def run_query(request: Request, build: Live, query: str) -> Result:
    """Run a query of ours, within the same limits. Raises what ``Store.query`` raises."""
    return await _away(request, lambda: _run(request, build, query))


def _run(
    request: Request, build: Live, query: str, default_graphs: Sequence[str] = (), named_graphs: Sequence[str] = ()
) -> Result:
    service: Service = request.app.state.service
    return build.opened.store.query(
        query,
        rows=service.settings.query_rows,
        seconds=service.settings.query_seconds,
        default_graphs=default_graphs,
        named_graphs=named_graphs,
    )


def limiter() -> CapacityLimiter:
    """The places for queries of one service. They are its own: static files and others use the general threads."""
    return CapacityLimiter(AT_ONCE)


async def _away(request: Request, work: Callable[[], T]) -> T:
    places: CapacityLimiter = request.app.state.query_places
    if places.statistics().tasks_waiting >= WAITING:
        raise QueryTimeout("too many queries are waiting; try again later")
    return await run_sync(work, limiter=places)
