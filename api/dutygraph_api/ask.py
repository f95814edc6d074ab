"""POST /api/v1/ask, and GET /api/v1/suggestions while the question is being typed."""

from __future__ import annotations

from typing import Annotated, Literal

import orjson
from fastapi import APIRouter, Depends, Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from dutygraph.answer import Answer
from dutygraph_api.caching import fresh
from dutygraph_api.service import Live, Service, live
from dutygraph_api.suggesting import read_names, suggest

__all__ = ["MAX_QUESTION", "answer_question", "router"]

router = APIRouter(prefix="/api/v1", tags=["answers"])

MAX_QUESTION = 20_000
"""Characters of a question."""


class Question(BaseModel):
    """A question, in everyday words."""

    model_config = ConfigDict(extra="forbid")

    question: str = Field(max_length=MAX_QUESTION, examples=["开旅馆找谁审批？"])
    id: str | None = Field(None, max_length=200, description="comes back in the answer")
    jurisdiction: str | None = Field(None, pattern=r"^\d{6}$", description="six-digit county code (GB/T 2260)")
    lang: Literal["zh", "en"] | None = Field(None, description="of the answer; by default the question's own")


async def answer_question(
    request: Request,
    build: Live,
    question: str,
    *,
    jurisdiction: str | None,
    lang: str | None,
    id: str | None = None,  # noqa: A002
) -> Answer:
    """The answer, counted."""
    service: Service = request.app.state.service
    answer = await build.answer(question, jurisdiction, lang, id)
    service.metrics.count_answer(answer.status, answer.intent)
    return answer


@router.post("/ask", summary="提问 · Answer a question, with the cell it comes from")
async def ask(request: Request, question: Question, build: Annotated[Live, Depends(live)]) -> Response:
    """The Answer of the contract: the JSON of `dutygraph ask --format json`."""
    answer = await answer_question(
        request,
        build,
        question.question,
        jurisdiction=question.jurisdiction,
        lang=question.lang,
        id=question.id,
    )
    return Response(orjson.dumps(answer.as_json()), media_type="application/json")


@router.get("/suggestions", summary="提示 · What could be meant by what is typed so far")
async def suggestions(
    request: Request,
    build: Annotated[Live, Depends(live)],
    q: Annotated[str, Query(max_length=200, description="what is typed so far", examples=["狗叫"])],
    jurisdiction: Annotated[str, Query(pattern=r"^(\d{6})?$", description="six-digit county code; empty: any")] = "",
    limit: Annotated[int, Query(ge=1, le=50)] = 8,
) -> Response:
    """Matters, services, regimes, departments and everyday concepts that are said so: their name, how it is said, and
    the kind."""
    headers = fresh(request, build, "suggestions")
    names = await build.once("names", lambda: read_names(build.select("names")))
    found = suggest(names, q, jurisdiction, limit) if q.strip() else []
    listed = [{"name": one.name, "said": one.said, "kind": one.kind} for one in found]
    return Response(orjson.dumps({"suggestions": listed}), media_type="application/json", headers=headers)
