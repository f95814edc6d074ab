"""The editor page of /sparql: a text area that works without script, its result as a table, a chart or a graph.

The script in ``static/editor`` (bundled from ``api/browser`` at set-up) makes the text area a code editor and draws the
graph. A page without it has everything else.
"""

from __future__ import annotations

import functools
import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from fastapi import Request, Response

from dutygraph.errors import StoreError
from dutygraph.store import Result, Rows, Template, Triples, bind, find_template, serialise
from dutygraph_api import web
from dutygraph_api.chart import draw_bars
from dutygraph_api.edge import policy
from dutygraph_api.named import offered
from dutygraph_api.problems import problem_of
from dutygraph_api.running import run_stranger
from dutygraph_api.service import Live
from dutygraph_api.views import bars_of, network_of

__all__ = ["show"]

SHOWN = 500
"""Rows on the page; the links have them all."""
SHOWN_TRIPLES = 2000
START = """PREFIX dg: <https://w3id.org/dutygraph/def#>
PREFIX dct: <http://purl.org/dc/terms/>
PREFIX cv: <http://data.europa.eu/m8g/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>

SELECT ?county ?matter (COUNT(DISTINCT ?agency) AS ?agencies)
WHERE {
  ?m a dg:Matter ; dct:title ?matter ; dct:spatial/skos:notation ?county ; dg:hasShare/cv:hasParticipant ?agency .
}
GROUP BY ?county ?matter
ORDER BY DESC(?agencies)
"""


@functools.cache
def _has_script() -> bool:
    return (Path(__file__).parent / "static" / "editor" / "editor.js").is_file()


async def show(request: Request, build: Live, fields: Mapping[str, list[str]]) -> Response:
    """The page, with the result of ``query=`` when there is one, in the ``view=`` asked for; a query that fails is
    shown with what is wrong. ``saved=`` puts a named query with its example into the editor. Raises UnknownTemplate."""
    query, saved, view = (fields.get(name, [""])[0] for name in ("query", "saved", "view"))
    templates = offered(build.named_queries)
    result, wrong, status = None, "", 200
    if query.strip():
        try:
            result = await run_stranger(request, build, query)
        except StoreError as exc:
            wrong, (status, _, _) = str(exc), problem_of(exc)
    elif saved:
        query = _example(find_template(templates, saved))
    nonce = secrets.token_urlsafe(16)
    return web.render(
        request,
        "sparql.html",
        status,
        # The editor writes its styles into the page; the browser takes them by this word only.
        headers={"Content-Security-Policy": policy(nonce)},
        nonce=nonce,
        has_script=_has_script(),
        query=query or START,
        saved=saved,
        templates=templates,
        wrong=wrong,
        **_shown(result, query, view),
    )


def _example(template: Template) -> str:
    """The text of a named query, bound to the examples of its parameters, without the header that describes it."""
    required = [one for one in template.parameters if not one.optional]
    text = bind(template, {one.name: [one.example] if one.many else one.example for one in required})
    return "".join(line for line in text.splitlines(keepends=True) if not line.startswith("#+"))


def _shown(result: Result | None, query: str, view: str) -> dict[str, Any]:
    """The result as the page shows it, and the other ways in which it could."""
    bars = bars_of(result) if result is not None else []
    network = network_of(result) if result is not None and _has_script() else None
    views = {"table": True, "chart": bool(bars), "graph": network is not None}
    chosen = view if views.get(view) else "table"
    forms = ("ttl", "nt", "jsonld") if isinstance(result, Triples) else ("csv", "tsv", "json", "xml")
    return {
        "view": chosen,
        "views": [
            (name, "/sparql?" + urlencode({"query": query, "view": name}))
            for name, possible in views.items()
            if possible
        ],
        "chart": draw_bars(bars, "") if chosen == "chart" else "",
        "bars": bars,
        "network": network if chosen == "graph" else None,
        "rows": result if isinstance(result, Rows) else None,
        "shown": list(result.rows[:SHOWN]) if isinstance(result, Rows) else [],
        "turtle": _turtle(result) if isinstance(result, Triples) else "",
        "triples": len(result) if isinstance(result, Triples) else 0,
        "truth": result if isinstance(result, bool) else None,
        "truncated": not isinstance(result, bool) and result is not None and result.truncated,
        "downloads": [
            (form, "/sparql?" + urlencode({"query": query, "format": form}))
            for form in (forms if result is not None else ())
        ],
    }


def _turtle(result: Triples) -> str:
    return serialise(Triples(result.triples[:SHOWN_TRIPLES]), "ttl").decode()
