"""/compare and /api/v1/compare: two registers side by side, what is equal, near or only in one of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any, Literal
from urllib.parse import urlencode

import orjson
from fastapi import APIRouter, Depends, Query, Request, Response
from starlette.exceptions import HTTPException

from dutygraph.analysis import Aligned, Comparison, Side, compare_registers, find_sheet, load_sheets
from dutygraph.analysis.comparison import STATES, Kind, State
from dutygraph.analysis.comparison_reports import WORDS
from dutygraph.errors import SettingsError
from dutygraph_api import web
from dutygraph_api.caching import fresh
from dutygraph_api.service import Live, live

__all__ = ["router"]

router = APIRouter(tags=["comparison"])

SHOWN = 120
"""Pairs of a page, parts included."""
Name = Annotated[str, Query(max_length=200, description="id of a register, or the code of a county that has one")]


@router.get("/api/v1/compare", summary="对照 · Two registers compared")
async def comparison(request: Request, build: Annotated[Live, Depends(live)], a: Name, b: Name) -> Response:
    """Counts by kind and state, and everything that is aligned: the JSON of `dutygraph compare --format json`."""
    headers = fresh(request, build, "compare")
    found = await _compare(build, a, b)
    return Response(orjson.dumps(found.as_json()), media_type="application/json", headers=headers)


@router.get("/compare", include_in_schema=False)
async def compare_page(
    request: Request,
    build: Annotated[Live, Depends(live)],
    *,
    a: Name = "",
    b: Name = "",
    kind: Kind = "matter",
    state: State | Literal[""] = "",
    offset: Annotated[int, Query(ge=0)] = 0,
) -> Response:
    """One kind of things, in one state or in all, with what differs marked; by default of the first two registers."""
    lang = web.language_of(request)
    headers = fresh(request, build, lang, vary=web.VARY)
    reports = build.opened.build.info["registers"]
    names = {name: f"{report['jurisdiction']}{report['agency']}" for name, report in reports.items()}
    first, second = (a or next(iter(names), "")), (b or next(iter(list(names)[1:]), ""))
    found = await _compare(build, first, second) if first and second else None
    context: dict[str, Any] = {"names": names, "kind": kind, "state": state, "found": found}
    if found:
        asked = [one for one in found.of_kind(kind) if state in ("", one.state)]
        starts = _page_starts(asked)
        page = max((number for number, start in enumerate(starts) if start <= offset), default=0)
        ends = [*starts[1:], len(asked)]
        places = {"left": found.left.place, "right": found.right.place}
        words = WORDS[lang]
        context |= {
            "kinds": words["kinds"],
            "states": {
                one: words["only"].format(places[one]) if one in places else words["states"][one] for one in STATES
            },
            "words": words,
            "counts": found.counts(),
            "shown": [_shown(build, one) for one in asked[starts[page] : ends[page]]],
            "earlier": starts[page - 1] if page else None,
            "later": ends[page] if ends[page] < len(asked) else None,
            "address": lambda **more: "/compare?" + urlencode({"a": first, "b": second, **more}),
        }
    return web.render(request, "compare.html", headers=headers, **context)


async def _compare(build: Live, a: str, b: str) -> Comparison:
    sheets = await build.once("sheets", lambda: load_sheets(build.opened.store, build.named_queries))
    try:
        left, right = find_sheet(sheets, a), find_sheet(sheets, b)
    except SettingsError as exc:
        raise HTTPException(404, str(exc)) from exc
    return await build.once(("compare", left.id, right.id), lambda: compare_registers(left, right))


def _page_starts(asked: Sequence[Aligned]) -> list[int]:
    """Where each page begins: a page has at least one thing, and more while all their parts stay within SHOWN."""
    starts, taken = [0], 0
    for number, one in enumerate(asked):
        pairs = 1 + len(one.parts)
        if number > starts[-1] and taken + pairs > SHOWN:
            starts.append(number)
            taken = 0
        taken += pairs
    return starts


def _shown(build: Live, one: Aligned) -> dict[str, Any]:
    """Something aligned, each side with the addresses of its cell and of its page."""
    return {
        "kind": one.kind,
        "state": one.state,
        "part": one.part,
        "left": _side(build, one.left),
        "right": _side(build, one.right),
        "parts": [_shown(build, part) for part in one.parts],
    }


def _side(build: Live, side: Side | None) -> dict[str, Any] | None:
    if side is None:
        return None
    cell = build.cell(side.evidence) if side.evidence else None
    return {
        "head": "、".join(
            dict.fromkeys(one for one in (side.owner, side.name) if one and not side.text.startswith(one))
        ),
        "pieces": side.pieces,
        "cell": web.local(cell) if cell else None,
    }
