"""GET /api/v1/registers: what has been read, and what the reading noticed."""

from __future__ import annotations

from typing import Annotated, Any

import orjson
from fastapi import APIRouter, Depends, Request, Response
from starlette.exceptions import HTTPException

from dutygraph_api.caching import fresh
from dutygraph_api.service import Live, live

__all__ = ["router"]

router = APIRouter(prefix="/api/v1", tags=["registers"])


@router.get("/registers", summary="登记表 · The registers")
async def registers(request: Request, build: Annotated[Live, Depends(live)]) -> Response:
    """Each with its county, agency, source file and counts."""
    headers = fresh(request, build, "registers")
    listed = [_entry(build, register_id) for register_id in build.opened.build.info["registers"]]
    body = {"graph_version": build.graph_version, "registers": listed}
    return Response(orjson.dumps(body), media_type="application/json", headers=headers)


@router.get("/registers/{register_id}", summary="一份登记表 · One register")
async def register(request: Request, register_id: str, build: Annotated[Live, Depends(live)]) -> Response:
    """The same, with what the reader noticed in it."""
    if register_id not in build.opened.build.info["registers"]:
        raise HTTPException(404, "there is no such register")
    headers = fresh(request, build, "register")
    findings = build.opened.build.info["registers"][register_id]["findings"]
    body = {**_entry(build, register_id), "findings": findings}
    return Response(orjson.dumps(body), media_type="application/json", headers=headers)


def _entry(build: Live, register_id: str) -> dict[str, Any]:
    report = build.opened.build.info["registers"][register_id]
    shown = ("jurisdiction_code", "jurisdiction", "agency", "document", "sha256", "counts")
    return {
        "id": register_id,
        "iri": f"https://w3id.org/dutygraph/id/register/{register_id}",
        **{key: report[key] for key in shown},
        "page": f"/registers/{register_id}",
    }
