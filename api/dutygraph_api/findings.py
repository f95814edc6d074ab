"""GET /api/v1/findings and the page /findings: overlapping, conflicting, missing, misplaced responsibilities."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Annotated, Literal
from urllib.parse import urlencode

import orjson
from fastapi import APIRouter, Depends, Query, Request, Response

from dutygraph.analysis import LEVELS, Finding, codes
from dutygraph_api import reviews, web
from dutygraph_api.caching import fresh
from dutygraph_api.formats import pick
from dutygraph_api.problems import problem
from dutygraph_api.reviewing import may_sign_in, reviewer
from dutygraph_api.service import Live, live

__all__ = ["Wanted", "page_router", "router"]

router = APIRouter(prefix="/api/v1", tags=["findings"])
page_router = APIRouter(include_in_schema=False)

TYPES = {"application/json": "json", "text/csv; charset=utf-8": "csv"}
COLUMNS = ("id", "code", "severity", "status", "jurisdiction", "title", "explanation", "suggestion", "score")
SHOWN = 50
"""Findings of a page."""

Codes = Annotated[list[str] | None, Query(description="only these codes, such as MIS-01; may be repeated")]
County = Annotated[str | None, Query(pattern=r"^(\d{6})?$", description="six-digit code (GB/T 2260)")]
Level = Annotated[Literal["violation", "warning", "info", ""] | None, Query()]
Decision = Annotated[Literal["candidate", "confirmed", "dismissed", ""] | None, Query()]


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which findings are asked for; what is left out, or empty, asks for all."""

    code: Codes = None
    jurisdiction: County = None
    severity: Level = None
    status: Decision = None

    def among(self, findings: Iterable[Finding]) -> list[Finding]:
        """Those of ``findings`` that are asked for, in their order."""
        wanted = {one for one in self.code or () if one}
        return [
            one
            for one in findings
            if (not wanted or one.code in wanted)
            and self.jurisdiction in (None, "", one.jurisdiction)
            and self.severity in (None, "", one.severity)
            and self.status in (None, "", one.status)
        ]


@router.get("/findings", summary="发现 · What a person should look at in the registers")
async def findings(
    request: Request,
    wanted: Annotated[Wanted, Depends()],
    build: Annotated[Live, Depends(live)],
    *,
    lang: Literal["zh", "en"] = "zh",
    limit: Annotated[int, Query(ge=1, le=10_000)] = 1000,
    offset: Annotated[int, Query(ge=0)] = 0,
    format: Literal["json", "csv"] | None = None,  # noqa: A002
) -> Response:
    """The findings, gravest first, as JSON or CSV. X-Total-Count says how many there are beside those of the page."""
    chosen = pick(TYPES, request.headers.get("accept"), format)
    if chosen is None:
        return problem(406, "no such format", f"offered: {', '.join(TYPES)}")
    media_type, form = chosen
    headers = fresh(request, build, media_type, reviews.version(build.home))
    found = wanted.among(await build.findings())
    page = found[offset : offset + limit]
    headers["X-Total-Count"] = str(len(found))
    if offset + limit < len(found):
        following = request.url.include_query_params(offset=offset + limit, limit=limit)
        headers["Link"] = f'<{following.path}?{following.query}>; rel="next"'
    body = _csv(page, lang) if form == "csv" else orjson.dumps([one.as_json(lang) for one in page])
    return Response(body, media_type=media_type, headers=headers)


def _csv(page: Iterable[Finding], lang: str) -> str:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow((*COLUMNS, "locator", "quote"))
    for one in page:
        row = one.as_json(lang)
        cell = row["evidence"][0] if row["evidence"] else {"locator": "", "quote": ""}
        writer.writerow((*(row[key] for key in COLUMNS), cell["locator"], cell["quote"]))
    return out.getvalue()


@page_router.get("/findings")
async def findings_page(
    request: Request,
    wanted: Annotated[Wanted, Depends()],
    build: Annotated[Live, Depends(live)],
    offset: Annotated[int, Query(ge=0)] = 0,
) -> Response:
    """The findings with filters, their cells side by side."""
    lang = web.language_of(request)
    name = reviewer(request)
    if name is None:
        headers = fresh(request, build, lang, reviews.version(build.home), vary=f"{web.VARY}, Cookie")
    else:
        headers = {"Cache-Control": "private, no-store"}
    everything = await build.findings()
    found = wanted.among(everything)
    shown = [_shown(build, one, lang) for one in found[offset : offset + SHOWN]]
    given = [
        (key, value) for key, value in request.query_params.multi_items() if key not in ("lang", "offset") and value
    ]
    return web.render(
        request,
        "findings.html",
        headers=headers,
        wanted=wanted,
        levels=LEVELS,
        codes=[code for code in codes() if any(one.code == code for one in everything)],
        places=build.places,
        total=len(found),
        shown=shown,
        reviewer=name,
        may_sign_in=may_sign_in(request),
        back=urlencode(request.query_params.multi_items()),
        earlier=_address(given, offset - SHOWN) if offset else None,
        later=_address(given, offset + SHOWN) if offset + SHOWN < len(found) else None,
        csv="/api/v1/findings?" + urlencode([*given, ("lang", lang), ("format", "csv")]),
    )


def _address(given: list[tuple[str, str]], offset: int) -> str:
    return "/findings?" + urlencode([*given, ("offset", str(max(0, offset)))])


def _shown(build: Live, finding: Finding, lang: str) -> dict[str, object]:
    """A finding with the addresses of its cells."""
    shown = finding.as_json(lang)
    shown["evidence"] = [{**cell.as_json(), "iri": build.cell(cell)} for cell in finding.evidence]
    shown["names"] = list(zip(finding.subjects, finding.labels, strict=False))
    return shown
