"""/queries and /queries/{name}: the named queries as forms, with their results as tables."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Request, Response

from dutygraph.errors import TemplateError
from dutygraph.store import Rows, find_template
from dutygraph_api import web
from dutygraph_api.caching import fresh
from dutygraph_api.named import bound, offered
from dutygraph_api.running import run_query
from dutygraph_api.service import Live, live

__all__ = ["router"]

router = APIRouter(include_in_schema=False)

SHOWN = 500
"""Rows on a page; the CSV has them all."""
BESIDE = ("lang", "run")


@router.get("/queries")
async def queries(request: Request, build: Annotated[Live, Depends(live)]) -> Response:
    """The named queries by group."""
    headers = fresh(request, build, web.language_of(request), vary=web.VARY)
    groups: dict[str, list[object]] = {}
    for template in offered(build.named_queries).values():
        groups.setdefault(template.group, []).append(template)
    return web.render(request, "queries.html", headers=headers, groups=groups)


@router.get("/queries/{name}")
async def query(request: Request, name: str, build: Annotated[Live, Depends(live)]) -> Response:
    """The form of one query, and its rows once it was sent (or when it needs nothing)."""
    headers = fresh(request, build, web.language_of(request), vary=web.VARY)
    template = find_template(offered(build.named_queries), name)
    given = {key: value for key, value in request.query_params.multi_items() if key not in BESIDE and value}
    required = [one for one in template.parameters if not one.optional]
    wrong, sparql, rows = "", "", None
    if "run" in request.query_params or given or not required:
        try:
            sparql = bound(request, template, *BESIDE)
            rows = await run_query(request, build, sparql)
        except TemplateError as exc:
            wrong = str(exc)
    assert rows is None or isinstance(rows, Rows)
    return web.render(
        request,
        "query.html",
        400 if wrong else 200,
        headers,
        query=template,
        given=given,
        wrong=wrong,
        sparql=sparql,
        rows=rows,
        shown=list(rows.rows[:SHOWN]) if rows else [],
        csv=f"/api/v1/queries/{name}?{urlencode({**given, 'limit': 1000, 'format': 'csv'})}",
    )
