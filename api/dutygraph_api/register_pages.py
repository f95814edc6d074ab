"""/registers and /registers/{id}: a register as the tables it was published in, each cell with an address."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response
from starlette.exceptions import HTTPException

from dutygraph.store import Iri
from dutygraph_api import web
from dutygraph_api.caching import fresh
from dutygraph_api.document import lay_out
from dutygraph_api.service import Live, live

__all__ = ["router"]

router = APIRouter(include_in_schema=False)

COUNTED = ("duties", "work_items", "departments", "matters", "shares", "services", "regimes", "regime_items")


@router.get("/registers")
async def registers(request: Request, build: Annotated[Live, Depends(live)]) -> Response:
    """The list of registers with what each holds."""
    headers = fresh(request, build, web.language_of(request), vary=web.VARY)
    reports = build.opened.build.info["registers"]
    return web.render(request, "registers.html", headers=headers, reports=reports, counted=COUNTED)


@router.get("/registers/{register_id}")
async def register(request: Request, register_id: str, build: Annotated[Live, Depends(live)]) -> Response:
    """One register. The cell named by the fragment of the address is highlighted."""
    report = build.opened.build.info["registers"].get(register_id)
    if report is None:
        raise HTTPException(404, "there is no such register")
    headers = fresh(request, build, web.language_of(request), vary=web.VARY)
    iri = Iri(f"{web.BASE}register/{register_id}")
    sections = lay_out(
        build.rows("register-cells", register=iri),
        build.rows("register-links", register=iri),
        {str(row["heading"]) for row in build.rows("register-headings", register=iri)},
    )
    return web.render(
        request, "register.html", headers=headers, register_id=register_id, report=report, sections=sections
    )
