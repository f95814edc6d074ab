"""The editor page of /sparql: a text area that works without script, its results as a table or as Turtle."""

from __future__ import annotations

from urllib.parse import urlencode

from fastapi import Request, Response

from dutygraph.errors import StoreError
from dutygraph.store import Rows, Triples, serialise
from dutygraph_api import web
from dutygraph_api.problems import problem_of
from dutygraph_api.running import run_stranger
from dutygraph_api.service import Live

__all__ = ["show"]

SHOWN = 500
"""Rows on the page; the links have them all."""
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


async def show(request: Request, build: Live, query: str) -> Response:
    """The page, with the result of ``query`` when there is one; a query that fails is shown with what is wrong."""
    result, wrong, status = None, "", 200
    if query.strip():
        try:
            result = await run_stranger(request, build, query)
        except StoreError as exc:
            wrong, (status, _, _) = str(exc), problem_of(exc)
    forms = ("ttl", "nt", "jsonld") if isinstance(result, Triples) else ("csv", "tsv", "json", "xml")
    return web.render(
        request,
        "sparql.html",
        status,
        query=query or START,
        wrong=wrong,
        rows=result if isinstance(result, Rows) else None,
        shown=list(result.rows[:SHOWN]) if isinstance(result, Rows) else [],
        turtle=serialise(result, "ttl").decode() if isinstance(result, Triples) else "",
        truth=result if isinstance(result, bool) else None,
        downloads=[(form, f"/sparql?{urlencode({'query': query, 'format': form})}") for form in forms] if query else [],
    )
