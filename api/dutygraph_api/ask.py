"""POST /api/v1/ask"""

from __future__ import annotations

from typing import Annotated, Literal

import orjson
from fastapi import APIRouter, Depends, Response
from pydantic import BaseModel, Field

from dutygraph_api.service import Live, live

__all__ = ["router"]

router = APIRouter(prefix="/api/v1", tags=["answers"])


class Question(BaseModel):
    """A question, in everyday words."""

    question: str = Field(max_length=20_000, examples=["邻居家的狗整天叫，归谁管？"])
    id: str | None = Field(None, max_length=200)
    jurisdiction: str | None = Field(None, pattern=r"^\d{6}$", description="six-digit county code (GB/T 2260)")
    lang: Literal["zh", "en"] | None = None


@router.post("/ask", summary="提问 · Answer a question, with the cell it comes from")
async def ask(question: Question, build: Annotated[Live, Depends(live)]) -> Response:
    """The Answer of the contract, the same bytes as `dutygraph ask --format json`."""
    answer = build.answerer.ask(
        question.question, jurisdiction=question.jurisdiction, lang=question.lang, id=question.id
    )
    return Response(orjson.dumps(answer.as_json()), media_type="application/json")
