"""create_app: the whole service, thin over the library."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

from fastapi import FastAPI, Request, Response
from fastapi.staticfiles import StaticFiles
from starlette.middleware.gzip import GZipMiddleware

from dutygraph import __version__
from dutygraph.settings import Settings
from dutygraph_api import ask, pages, problems, sparql, status
from dutygraph_api.service import Service

__all__ = ["create_app"]

# The pages carry no script of others and load nothing from elsewhere; the browser is told to hold us to it.
SECURITY_HEADERS = {
    "Content-Security-Policy": "default-src 'self'; img-src 'self' data:; style-src 'self'; script-src 'self'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}


def create_app(settings: Settings) -> FastAPI:
    """The service on the last build of ``settings.home``. A newer build is taken up while it runs.

    Raises StoreUnavailable or IndexUnavailable, at start-up, when there is no build to serve.
    """

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        app.state.service = Service(settings)
        yield
        app.state.service.close()

    app = FastAPI(title="dutygraph", version=__version__, lifespan=lifespan, docs_url=None, redoc_url=None)
    problems.install(app)
    app.add_middleware(GZipMiddleware, minimum_size=1024)

    @app.middleware("http")
    async def harden(request: Request, call_next: Callable[[Request], Awaitable[Response]]) -> Response:
        response = await call_next(request)
        for name, value in SECURITY_HEADERS.items():
            response.headers.setdefault(name, value)
        return response

    app.include_router(ask.router)
    app.include_router(sparql.router)
    app.include_router(status.router)
    app.include_router(pages.router)
    app.mount("/static", StaticFiles(directory=Path(__file__).parent / "static"), name="static")
    return app
