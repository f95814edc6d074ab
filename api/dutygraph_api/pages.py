"""/: the question box and the answer with its cells."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Query, Request, Response

from dutygraph_api import web
from dutygraph_api.ask import MAX_QUESTION, answer_question
from dutygraph_api.caching import fresh
from dutygraph_api.feedback import MAX_NOTE, id_of
from dutygraph_api.marking import marked
from dutygraph_api.service import Live, live

__all__ = ["headlines", "router"]

router = APIRouter(include_in_schema=False)

EXAMPLES = {
    "zh": (
        "邻居家的狗整天叫，归谁管？",
        "开旅馆找谁审批？",
        "收养孩子要找哪些部门？",
        "网吧多久检查一次？",
        "禁毒宣传日的电话是多少？",
    ),
    "en": (
        "Who handles barking dogs?",
        "Who approves a hotel?",
        "Which law governs fireworks?",
        "How often are internet cafés inspected?",
    ),
}


@router.get("/")
async def ask_page(
    request: Request,
    build: Annotated[Live, Depends(live)],
    q: Annotated[str, Query(max_length=MAX_QUESTION)] = "",
    jurisdiction: Annotated[str, Query(pattern=r"^(\d{6})?$")] = "",
    lang: Literal["zh", "en"] | None = None,
    *,
    said: bool = False,
) -> Response:
    """The question box, and the answer with its cells; thanks when the reader ``said`` that it is wrong."""
    headers = fresh(request, build, web.language_of(request), vary=web.VARY)
    answer: dict[str, Any] | None = None
    if q.strip():
        found = await answer_question(request, build, q, jurisdiction=jurisdiction or None, lang=lang)
        answer = found.as_json()
    if answer:
        answer["id"] = id_of(answer)
        answer["heads"] = headlines(answer["text"], has_table=bool(answer["results"]))
        for number, cell in enumerate(answer["evidence"]):
            cell["pieces"] = marked(cell["quote"], _answering_words(answer["results"], number, cell["quote"]))
    return web.render(
        request,
        "ask.html",
        headers=headers,
        question=q,
        jurisdiction=jurisdiction,
        places=build.places,
        suggestions=build.rows("suggestions"),
        examples=EXAMPLES[web.language_of(request)],
        answer=answer,
        said=said,
        max_note=MAX_NOTE,
    )


def headlines(text: str, *, has_table: bool) -> list[str]:
    """The lines of an answer, its first sentence apart. What it lists with a dot is left to the table, if there is one;
    the other lines (one for each county, and what a county does not say) are never left out."""
    found = re.match(r"(.+?(?:[。！？\n]|[.!?](?=\s|$)))\s*(.*)", text, re.DOTALL)
    lines = [found[1].strip(), *found[2].splitlines()] if found else [text]
    return [line for line in lines if line.strip() and not (has_table and line.startswith("·"))]


def _answering_words(results: Iterable[dict[str, Any]], number: int, quote: str) -> list[str]:
    """The words of a cell that answer: the statement when it is a part of the cell, names, numbers, statutes."""
    words: list[str] = []
    for result in results:
        if number in result["evidence"]:
            department = result["department"]
            words += [department] if isinstance(department, str) else department or []
            words += [result["agency"] or "", result["subject"] or "", result["statement"] or ""]
            words += [*result["phones"], *result["values"], *(law["title"] for law in result["laws"])]
    return [word for word in words if word and word != quote]
