"""The pages: server-rendered, without script."""

from __future__ import annotations

import functools
import re
import tomllib
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlencode

import jinja2
from fastapi import APIRouter, Depends, Query, Request, Response

from dutygraph_api.service import Live, live

__all__ = ["router"]

router = APIRouter(include_in_schema=False)

HERE = Path(__file__).parent
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


@functools.cache
def _environment() -> jinja2.Environment:
    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(HERE / "templates"), autoescape=True, undefined=jinja2.StrictUndefined,
        trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip


@functools.cache
def _texts() -> dict[str, dict[str, str]]:
    return tomllib.loads((HERE / "texts.toml").read_text(encoding="utf-8"))


def language_of(request: Request, chosen: str | None) -> str:
    """The asked language; else Chinese, unless the browser prefers English over it."""
    if chosen:
        return chosen
    accepted = request.headers.get("accept-language", "").lower()
    english, chinese = accepted.find("en"), accepted.find("zh")
    return "en" if english >= 0 and (chinese < 0 or english < chinese) else "zh"


def split_first_sentence(text: str) -> tuple[str, str]:
    """The first sentence, and what follows it."""
    found = re.match(r"(.+?(?:[。！？\n]|[.!?](?=\s|$)))\s*(.*)", text, re.DOTALL)
    return (found[1].strip(), found[2]) if found else (text, "")


@router.get("/")
async def ask_page(
    request: Request,
    build: Annotated[Live, Depends(live)],
    q: Annotated[str | None, Query(max_length=20_000)] = None,
    jurisdiction: Annotated[str | None, Query(pattern=r"^(\d{6})?$")] = None,
    lang: Literal["zh", "en"] | None = None,
) -> Response:
    """The question box, and the answer with its cells."""
    spoken = language_of(request, lang)
    answer = build.answerer.ask(q, jurisdiction=jurisdiction or None, lang=lang).as_json() if q and q.strip() else None
    first, rest = split_first_sentence(answer["text"]) if answer else ("", "")
    places = {
        report["jurisdiction_code"]: report["jurisdiction"] for report in build.opened.build.info["registers"].values()
    }
    asked = {"q": q or "", "jurisdiction": jurisdiction or "", "lang": "en" if spoken == "zh" else "zh"}
    page = (
        _environment()
        .get_template("ask.html")
        .render(
            lang=spoken,
            t=lambda key: _texts()[spoken].get(key, key),
            other_language="/?" + urlencode({key: value for key, value in asked.items() if value}),
            question=q,
            jurisdiction=jurisdiction,
            places=places,
            examples=EXAMPLES[spoken],
            answer=answer,
            first_sentence=first,
            rest=rest,
        )
    )
    return Response(
        page, media_type="text/html; charset=utf-8", headers={"Vary": "Accept-Language", "Cache-Control": "no-cache"}
    )
