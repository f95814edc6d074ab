"""Signing in to review findings, and the buttons that confirm or dismiss one.

There are no accounts: who knows the token of ``DUTYGRAPH_REVIEW_TOKEN`` may review, under the name they give, until a
signed cookie runs out. Without the setting there is nothing to sign in to.
"""

from __future__ import annotations

import hmac
from datetime import datetime
from typing import Annotated
from urllib.parse import parse_qsl, urlencode

from anyio.to_thread import run_sync
from fastapi import APIRouter, Depends, Request, Response
from itsdangerous import BadSignature, URLSafeTimedSerializer
from pydantic import BaseModel, Field, StringConstraints
from starlette.exceptions import HTTPException

from dutygraph.analysis import load_sheets
from dutygraph_api import reviews, web
from dutygraph_api.forms import fields_of
from dutygraph_api.service import Live, Service, live

__all__ = ["may_sign_in", "reviewer", "router"]

router = APIRouter(include_in_schema=False)

COOKIE = "dutygraph_review"
SECONDS = 12 * 3600
"""How long a sign-in lasts."""
FILTERS = frozenset(("code", "jurisdiction", "severity", "status", "offset", "lang"))
UNCACHED = {"Cache-Control": "no-store"}
Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500)]


class SignIn(BaseModel):
    """The fields of the sign-in form."""

    token: str = Field(max_length=500)
    name: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=60)]


class Review(BaseModel):
    """The fields of the form under a finding; ``back``: the filters of the page it stands on."""

    decision: reviews.Decision
    reason: Line
    back: str = Field("", max_length=2000)


def may_sign_in(request: Request) -> bool:
    """Whether findings can be reviewed here at all."""
    service: Service = request.app.state.service
    return bool(service.settings.review_token)


def reviewer(request: Request) -> str | None:
    """The name of who is signed in, None when nobody is."""
    cookie = request.cookies.get(COOKIE)
    if cookie is None or not may_sign_in(request):
        return None
    try:
        return str(_signer(request).loads(cookie, max_age=SECONDS))
    except BadSignature:
        return None


def _signer(request: Request) -> URLSafeTimedSerializer:
    service: Service = request.app.state.service
    return URLSafeTimedSerializer(service.settings.review_token, salt="review of findings")


@router.get("/findings/sign-in")
async def sign_in_page(request: Request) -> Response:
    """The form that asks for token and name."""
    if not may_sign_in(request):
        raise HTTPException(404, "reviewing is not set up here")
    return web.render(request, "sign-in.html", headers=UNCACHED, wrong=False)


@router.post("/findings/sign-in")
async def sign_in(request: Request) -> Response:
    """Sign in and go to the findings."""
    service: Service = request.app.state.service
    if not may_sign_in(request):
        raise HTTPException(404, "reviewing is not set up here")
    if seconds := service.sign_in_throttle.wait(request.client.host if request.client else ""):
        raise HTTPException(429, "too much at once; try again later", {"Retry-After": str(seconds)})
    given = await fields_of(request, SignIn)
    if not hmac.compare_digest(given.token.encode(), service.settings.review_token.encode()):
        return web.render(request, "sign-in.html", 403, UNCACHED, wrong=True)
    answer = _see_findings(request.url.query)
    answer.set_cookie(
        COOKIE, str(_signer(request).dumps(given.name)), max_age=SECONDS, path="/findings", httponly=True,
        samesite="strict", secure=request.url.scheme == "https",
    )  # fmt: skip
    return answer


@router.post("/findings/sign-out")
async def sign_out(request: Request) -> Response:
    """Sign out."""
    answer = _see_findings(request.url.query)
    answer.delete_cookie(COOKIE, path="/findings", httponly=True, samesite="strict")
    return answer


@router.post("/findings/{finding_id}/review")
async def review(request: Request, finding_id: str, build: Annotated[Live, Depends(live)]) -> Response:
    """Write the decision down and show the finding again."""
    author = reviewer(request)
    if author is None:
        raise HTTPException(403, "sign in to review findings")
    said = await fields_of(request, Review)
    finding = next((one for one in await build.findings() if one.id == finding_id), None)
    if finding is None:
        raise HTTPException(404, "there is no such finding")
    sheets = await build.once("sheets", lambda: load_sheets(build.opened.store, build.named_queries))
    sheet = next(one for one in sheets if one.id == finding.register)
    today = datetime.now().astimezone().date()
    entry = reviews.decide(finding, sheet, said.decision, reason=said.reason, author=author, on=today)
    if entry is None:
        raise HTTPException(409, "this finding has no cell of its own; write the decision into data/corrections")
    await run_sync(reviews.keep, build.home, entry)
    return _see_findings(said.back, finding_id)


def _see_findings(query: str, finding: str = "") -> Response:
    kept = [(key, value) for key, value in parse_qsl(query) if key in FILTERS]
    address = "/findings" + (f"?{urlencode(kept)}" if kept else "") + (f"#{finding}" if finding else "")
    return Response(status_code=303, headers={"Location": address, **UNCACHED})
