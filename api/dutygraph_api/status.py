"""GET /healthz, /readyz"""

from __future__ import annotations

from typing import Annotated

import orjson
from fastapi import APIRouter, Depends, Response

from dutygraph_api.service import Live, live

__all__ = ["router"]

router = APIRouter(tags=["status"])


@router.get("/healthz", summary="Is the process alive?")
async def healthz() -> Response:
    """Alive."""
    return Response(b'{"status":"ok"}', media_type="application/json")


@router.get("/readyz", summary="Can it answer?")
async def readyz(build: Annotated[Live, Depends(live)]) -> Response:
    """The build it answers from; a problem document (503) when there is none."""
    body = {
        "status": "ready",
        "graph_version": build.opened.build.graph_version,
        "registers": list(build.opened.build.info["registers"]),
    }
    return Response(orjson.dumps(body), media_type="application/json")
