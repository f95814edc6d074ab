"""create_app: the whole service, thin over the library."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles
from starlette.middleware.cors import CORSMiddleware
from starlette.middleware.gzip import GZipMiddleware

from dutygraph import __version__
from dutygraph.settings import Settings
from dutygraph_api import (
    ask,
    caching,
    compare,
    departments,
    feedback,
    findings,
    linked,
    matrix,
    named,
    pages,
    problems,
    query_pages,
    register_pages,
    registers,
    reviewing,
    sparql,
    status,
    vocabulary,
)  # fmt: skip
from dutygraph_api.edge import BodyLimit, Counting, Hardening, HeadAsGet
from dutygraph_api.running import limiter
from dutygraph_api.service import Service

__all__ = ["create_app"]


def create_app(settings: Settings) -> FastAPI:
    """The service on the last build of ``settings.home``. A newer build is taken up while it runs.

    Raises StoreUnavailable or IndexUnavailable when there is no build to serve.
    """
    service = Service(settings)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        app.state.query_places = limiter()
        yield
        service.close()

    app = FastAPI(
        title="dutygraph",
        version=__version__,
        summary="职责登记表：谁负责、依据什么 · who is responsible for what, with the cell that says so",
        lifespan=lifespan,
        openapi_url="/api/v1/openapi.json",
        docs_url=None,  # its page loads scripts from elsewhere
        redoc_url=None,
    )
    app.state.service = service
    problems.install(app)
    caching.install(app)
    # The last one added sees a request first.
    app.add_middleware(BodyLimit)
    app.add_middleware(HeadAsGet)
    app.add_middleware(
        CORSMiddleware,
        allow_origins=["*"],
        allow_methods=["GET", "POST"],
        allow_headers=["Accept", "Content-Type", "If-None-Match"],
        expose_headers=["ETag", "Link", "X-Dutygraph-Truncated"],
    )
    app.add_middleware(GZipMiddleware, minimum_size=1024, compresslevel=5)
    app.add_middleware(Hardening)
    app.add_middleware(Counting, metrics=service.metrics)
    app.include_router(findings.page_router)
    for module in (
        findings,
        ask,
        reviewing,
        feedback,
        named,
        registers,
        sparql,
        vocabulary,
        status,
        pages,
        register_pages,
        matrix,
        departments,
        compare,
        query_pages,
        linked,
    ):
        app.include_router(module.router)
    named.add_operations(app, service.named_queries)
    app.mount("/static", StaticFiles(directory=Path(__file__).parent / "static"), name="static")
    return app
