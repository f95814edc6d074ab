"""/id/…, /def and sitemap.xml: every minted IRI answers, as a page for people and as RDF for machines.

The IRIs start with https://w3id.org/dutygraph/, which redirects to wherever the service runs; the paths after it are
the same here. Which representation is sent follows Accept, or a suffix: .ttl, .nt, .jsonld.
"""

from __future__ import annotations

from typing import Annotated
from urllib.parse import quote
from xml.sax.saxutils import escape

from fastapi import APIRouter, Depends, Request, Response
from starlette.exceptions import HTTPException

from dutygraph.store import Iri, Triples, bind, serialise
from dutygraph_api import web
from dutygraph_api.caching import fresh
from dutygraph_api.formats import GRAPH_TYPES, HTML
from dutygraph_api.negotiate import choose
from dutygraph_api.problems import problem
from dutygraph_api.service import Live, live
from dutygraph_api.things import show_thing

__all__ = ["router"]

router = APIRouter(tags=["linked data"])

SUFFIXES = {".ttl": "text/turtle", ".nt": "application/n-triples", ".jsonld": "application/ld+json"}
OFFERED = (HTML, *GRAPH_TYPES)


@router.get("/id/{path:path}", summary="What is known about a thing")
async def thing(request: Request, path: str, build: Annotated[Live, Depends(live)]) -> Response:
    """The page about ``https://w3id.org/dutygraph/id/{path}``, or its triples."""
    # The path as it was sent: %XX that belongs to the IRI must stay apart from %XX that only carries it.
    sent = request.scope["raw_path"].decode("ascii", "surrogateescape").partition("/id/")[2]
    stem, media_type = _form(request, sent)
    iri = web.BASE + web.to_iri(stem)
    if media_type is None:
        return _not_acceptable()
    headers = fresh(request, build, media_type, web.language_of(request), vary=web.VARY)
    if build.opened.store.query(bind(build.page_queries["exists"], node=Iri(iri))) is not True:
        raise HTTPException(404, f"nothing is known about <{iri}>")
    if media_type == HTML:
        elsewhere = web.local(iri) or ""
        if not elsewhere.startswith("/id/"):
            return Response(status_code=303, headers={"Location": elsewhere, "Vary": web.VARY})
        return show_thing(request, build, iri, {**headers, "Link": _alternates(stem)})
    return _triples(build, bind(build.page_queries["about"], node=Iri(iri)), media_type, headers)


@router.get("/def", summary="The ontology")
@router.get("/def.ttl", include_in_schema=False)
@router.get("/def.nt", include_in_schema=False)
@router.get("/def.jsonld", include_in_schema=False)
async def ontology(request: Request, build: Annotated[Live, Depends(live)]) -> Response:
    """Its terms as a page, or its triples."""
    _, media_type = _form(request, request.url.path)
    if media_type is None:
        return _not_acceptable()
    headers = fresh(request, build, media_type, web.language_of(request), vary=web.VARY)
    if media_type != HTML:
        return _triples(build, bind(build.page_queries["ontology-graph"]), media_type, headers)
    terms = build.rows("ontology")
    return web.render(request, "ontology.html", headers=headers, terms=terms)


@router.get("/sitemap.xml", include_in_schema=False)
async def sitemap(request: Request, build: Annotated[Live, Depends(live)]) -> Response:
    """The pages, for crawlers (https://www.sitemaps.org/protocol.html)."""
    headers = fresh(request, build, "sitemap", vary="Host")
    pages = ["/", "/registers", "/matrix", "/departments", "/compare", "/queries", "/def"]
    pages += [address for row in build.rows("minted") if (address := web.local(str(row["thing"])))]
    base = str(request.base_url).rstrip("/")
    urls = "".join(f"<url><loc>{escape(base + page)}</loc></url>" for page in pages)
    body = f'<?xml version="1.0" encoding="UTF-8"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{urls}</urlset>'
    return Response(body, media_type="application/xml", headers=headers)


def _form(request: Request, path: str) -> tuple[str, str | None]:
    """The path without its suffix, and the media type to send; None when nothing offered is acceptable."""
    for suffix, media_type in SUFFIXES.items():
        if path.endswith(suffix):
            return path.removesuffix(suffix), media_type
    return path, choose(request.headers.get("accept"), OFFERED)


def _triples(build: Live, query: str, media_type: str, headers: dict[str, str]) -> Response:
    result = build.opened.store.query(query)
    assert isinstance(result, Triples)
    return Response(serialise(result, GRAPH_TYPES[media_type]), media_type=media_type, headers=headers)


def _alternates(stem: str) -> str:
    address = "/id/" + quote(stem, safe="/%:@!$&'()*+,;=~")
    return ", ".join(
        f'<{address}{suffix}>; rel="alternate"; type="{media_type}"' for suffix, media_type in SUFFIXES.items()
    )


def _not_acceptable() -> Response:
    return problem(406, "no such format", f"offered: {', '.join(dict.fromkeys(OFFERED))}")
