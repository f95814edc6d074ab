"""/departments: the departments of each agency with the number of their work items, drawn and as a table."""

from __future__ import annotations

from itertools import groupby
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request, Response
from starlette.exceptions import HTTPException

from dutygraph.store import Iri
from dutygraph_api import web
from dutygraph_api.caching import fresh
from dutygraph_api.chart import draw_departments
from dutygraph_api.service import Live, live

__all__ = ["router"]

router = APIRouter(include_in_schema=False)


@router.get("/departments")
async def departments(
    request: Request,
    build: Annotated[Live, Depends(live)],
    jurisdiction: Annotated[str, Query(pattern=r"^(\d{6})?$")] = "",
) -> Response:
    """The agencies of one county, by default the first, that have departments."""
    lang = web.language_of(request)
    headers = fresh(request, build, lang, vary=web.VARY)
    places = build.places
    code = jurisdiction or next(iter(places), "")
    if code not in places:
        raise HTTPException(404, "there is no register of this county")
    rows = build.rows("departments", node=Iri(f"{web.BASE}place/{code}"))
    agencies = []
    for (iri, label), group in groupby(rows, key=lambda row: (str(row["agency"]), str(row["agencyLabel"]))):
        units = list(group)
        counted = [(str(unit["departmentLabel"]), int(str(unit["items"]))) for unit in units]
        title = f"{places[code]}{label}: {web.words()[lang]['departments_chart']}"
        agencies.append({"iri": iri, "label": label, "chart": draw_departments(label, counted, title), "units": units})
    return web.render(request, "departments.html", headers=headers, agencies=agencies, places=places, jurisdiction=code)
