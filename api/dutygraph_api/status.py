"""GET /healthz, /readyz, /metrics"""

from __future__ import annotations

from typing import Annotated

import orjson
from fastapi import APIRouter, Depends, Request, Response

from dutygraph_api.service import Live, Service, live

__all__ = ["router"]

router = APIRouter(tags=["status"])
UNCACHED = {"Cache-Control": "no-store"}


@router.get("/healthz", summary="Is the process alive?")
async def healthz() -> Response:
    """Alive."""
    return Response(b'{"status":"ok"}', media_type="application/json", headers=UNCACHED)


@router.get("/readyz", summary="Can it answer?")
async def readyz(build: Annotated[Live, Depends(live)]) -> Response:
    """The build it answers from, tried with a query; a problem document (503) when the store does not answer."""
    build.opened.store.query("ASK { ?register a <https://w3id.org/dutygraph/def#Register> }")
    body = {
        "status": "ready",
        "graph_version": build.graph_version,
        "registers": list(build.opened.build.info["registers"]),
    }
    return Response(orjson.dumps(body), media_type="application/json", headers=UNCACHED)


@router.get("/metrics", summary="Counts and latencies, for Prometheus")
async def metrics(request: Request, build: Annotated[Live, Depends(live)]) -> Response:
    """Requests, their latency, answers by status: numbers only, no questions."""
    service: Service = request.app.state.service
    text = service.metrics.text(build.graph_version)
    return Response(text, media_type="text/plain; version=0.0.4; charset=utf-8", headers=UNCACHED)
