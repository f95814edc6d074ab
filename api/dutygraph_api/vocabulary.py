"""GET /api/v1/terms: the prefixes, classes and properties of the graph, for completion in editors."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal

import orjson
from fastapi import APIRouter, Depends, Request, Response

from dutygraph.store import Plain
from dutygraph.store.results import PREFIXES
from dutygraph_api.caching import fresh
from dutygraph_api.service import Live, live

__all__ = ["router"]

router = APIRouter(prefix="/api/v1", tags=["SPARQL"])


@router.get("/terms", summary="术语 · Prefixes, classes and properties of the graph")
async def terms(request: Request, build: Annotated[Live, Depends(live)], lang: Literal["zh", "en"] = "zh") -> Response:
    """``prefixes`` (name → IRI) and ``terms`` (as written with a prefix, kind, label, text), those of other
    vocabularies as far as the graph uses them."""
    headers = fresh(request, build, "terms")
    rows = await build.once("used-terms", lambda: build.select("used-terms"))
    listed = [entry for row in rows if (entry := _entry(row, lang))]
    body = orjson.dumps({"prefixes": dict(PREFIXES), "terms": listed})
    return Response(body, media_type="application/json", headers=headers)


def _entry(row: Mapping[str, Plain | None], lang: str) -> dict[str, Any] | None:
    """None for what cannot be written with a prefix of ours."""
    iri = str(row["term"])
    for prefix, namespace in PREFIXES.items():
        local = iri.removeprefix(namespace)
        if local != iri and local.replace("-", "_").isidentifier():
            return {
                "name": f"{prefix}:{local}",
                "kind": row["kind"],
                "label": row[f"label_{lang}"] or "",
                "text": row[f"text_{lang}"] or "",
            }
    return None
