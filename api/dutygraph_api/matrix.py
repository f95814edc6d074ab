"""/matrix: who has a part in which matter, a heat map for each county.

It is a table, not a drawing: each mark is a link to the cell it stands for, a screen reader says row and column, the
browser prints it, and it scrolls on a phone with its headings fixed. A drawn picture would need all of that again. The
shade is one hue growing darker, with the number printed in it, so neither print nor colour-blindness loses anything.
"""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request, Response
from starlette.exceptions import HTTPException

from dutygraph.store import Iri
from dutygraph_api import web
from dutygraph_api.caching import fresh
from dutygraph_api.service import Live, Table, live

__all__ = ["router"]

router = APIRouter(include_in_schema=False)

DARKEST = 4
"""Shades beside that of a single task."""


@router.get("/matrix")
async def matrix(
    request: Request,
    build: Annotated[Live, Depends(live)],
    jurisdiction: Annotated[str, Query(pattern=r"^(\d{6})?$")] = "",
) -> Response:
    """The matters of one county, or of each, against the agencies that share them."""
    headers = fresh(request, build, web.language_of(request), vary=web.VARY)
    places = build.places
    if jurisdiction and jurisdiction not in places:
        raise HTTPException(404, "there is no register of this county")
    codes = [jurisdiction] if jurisdiction else list(places)
    grids = [(places[code], _grid(build.rows("matrix", node=Iri(f"{web.BASE}place/{code}")))) for code in codes]
    return web.render(request, "matrix.html", headers=headers, grids=grids, places=places, jurisdiction=jurisdiction)


def _grid(rows: Table) -> dict[str, Any]:
    """Agencies as rows, those with a part in most matters first; matters as columns, in the order of the register."""
    matters = {str(row["matter"]): str(row["matterLabel"]) for row in rows}
    agencies: dict[str, dict[str, Any]] = {}
    for row in rows:
        agency = agencies.setdefault(str(row["agency"]), {"label": str(row["agencyLabel"]), "cells": {}})
        cell = agency["cells"].setdefault(str(row["matter"]), {"iri": row["cell"], "tasks": 0, "roles": []})
        # A share that was not taken apart into clauses is one task.
        cell["tasks"] += max(1, int(str(row["clauses"])))
        cell["roles"] += [role for role in str(row["roles"]).split() if role not in cell["roles"]]
    for agency in agencies.values():
        for cell in agency["cells"].values():
            cell["shade"] = min(cell["tasks"], DARKEST + 1)
    ranked = sorted(agencies.items(), key=lambda item: (-len(item[1]["cells"]), item[1]["label"]))
    return {"matters": matters, "agencies": dict(ranked)}
