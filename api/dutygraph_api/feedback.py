"""POST /feedback: a reader says that an answer is wrong. What is kept is said in ``dutygraph.pipeline.feedback``."""

from __future__ import annotations

from datetime import datetime
from hashlib import blake2b
from typing import Annotated, Any, Literal
from urllib.parse import urlencode

import orjson
from anyio.to_thread import run_sync
from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException

from dutygraph.pipeline import Feedback, keep_feedback
from dutygraph_api.forms import fields_of
from dutygraph_api.service import Service

__all__ = ["MAX_NOTE", "id_of", "router"]

router = APIRouter(include_in_schema=False)

MAX_NOTE = 1000
"""Characters of a note."""
MAX_KEPT_QUESTION = 2000
"""Characters of a question that are kept."""


class Said(BaseModel):
    """The fields of the form under an answer."""

    q: str = Field(min_length=1)
    note: str = ""
    answer: Annotated[str, Field(pattern=r"^[0-9a-f]{16}$")]
    graph_version: Annotated[str, Field(pattern=r"^sha256:[0-9a-f]{64}$")]
    jurisdiction: Annotated[str, Field(pattern=r"^(\d{6})?$")] = ""
    lang: Literal["zh", "en"] = "zh"


def id_of(answer: dict[str, Any]) -> str:
    """What an answer is known by: equal answers to the same question on the same graph share it."""
    lasting = {key: value for key, value in answer.items() if key not in ("id", "elapsed_ms")}
    return blake2b(orjson.dumps(lasting, option=orjson.OPT_SORT_KEYS), digest_size=8).hexdigest()


@router.post("/feedback")
async def feedback(request: Request) -> Response:
    """Keep it and show the answer again, with thanks."""
    service: Service = request.app.state.service
    said = await fields_of(request, Said)
    if seconds := service.feedback_throttle.wait(request.client.host if request.client else ""):
        raise HTTPException(429, "too much at once; try again later", {"Retry-After": str(seconds)})
    entry = Feedback(
        question=said.q[:MAX_KEPT_QUESTION],
        answer=said.answer,
        # A form sends line ends as CR LF, and counts its maxlength with LF.
        note=said.note.replace("\r\n", "\n")[:MAX_NOTE].strip(),
        date=datetime.now().astimezone().date(),
        graph_version=said.graph_version,
    )
    if not await run_sync(keep_feedback, service.settings.home, entry):
        raise HTTPException(503, "no more can be kept; tell whoever runs this service")
    shown = {"lang": said.lang, "q": said.q, "jurisdiction": said.jurisdiction, "said": "1"}
    address = "/?" + urlencode({key: value for key, value in shown.items() if value}) + "#feedback"
    return Response(status_code=303, headers={"Location": address, "Cache-Control": "no-store"})
