"""GET /api/v1/queries and /api/v1/queries/{name}: the named queries, each an operation with its own parameters."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Annotated, Any
from urllib.parse import urlencode

import orjson
from fastapi import APIRouter, Depends, FastAPI, Query, Request, Response

from dutygraph.errors import BadParameter, UnknownTemplate
from dutygraph.store import Parameter, Rows, Template, bind, find_template, serialise
from dutygraph_api.caching import fresh
from dutygraph_api.formats import pick
from dutygraph_api.problems import problem
from dutygraph_api.running import run_query
from dutygraph_api.service import Live, live

__all__ = ["add_operations", "bound", "offered", "router"]

router = APIRouter(prefix="/api/v1", tags=["queries"])

GROUPS = ("analysis", "browse")
"""The groups that people ask for; the others serve answering and the build."""
MAX_LIMIT = 1000
TYPES = {
    "application/json": "rows",
    "text/csv; charset=utf-8": "csv",
    "text/tab-separated-values; charset=utf-8": "tsv",
    "application/sparql-results+json": "json",
    "application/sparql-results+xml": "xml",
}
"""Media type → form; ``rows`` is plain JSON with plain values."""
SCHEMAS: Mapping[str, dict[str, Any]] = {
    "string": {"type": "string"},
    "code": {"type": "string", "pattern": r"^[0-9A-Za-z][0-9A-Za-z._-]*$"},
    "iri": {"type": "string", "format": "iri"},
    "integer": {"type": "integer"},
}
PAGING = ("limit", "offset", "format")


def offered(templates: Mapping[str, Template]) -> dict[str, Template]:
    """The named queries that people ask for."""
    return {name: template for name, template in templates.items() if template.group in GROUPS}


def bound(request: Request, template: Template, *beside: str) -> str:
    """The query with the parameters of the request; those named ``beside`` are not its own, empty ones not given.
    Raises UnboundParameter, BadParameter."""
    given: dict[str, list[str]] = {}
    for name, value in request.query_params.multi_items():
        if name not in beside and value:
            given.setdefault(name, []).append(value)
    many = {parameter.name for parameter in template.parameters if parameter.many}
    for name, values in given.items():
        if len(values) > 1 and name not in many:
            raise BadParameter(f"{name} is given {len(values)} times; give it once", name=name)
    return bind(template, {name: values if name in many else values[0] for name, values in given.items()})


@router.get("/queries", summary="命名查询 · The named queries")
async def queries(request: Request, build: Annotated[Live, Depends(live)]) -> Response:
    """Each with its titles, parameters and an example."""
    headers = fresh(request, build, "queries")
    listed = [_entry(template) for template in offered(build.named_queries).values()]
    return Response(orjson.dumps({"queries": listed}), media_type="application/json", headers=headers)


def _entry(template: Template) -> dict[str, Any]:
    return {
        "name": template.name,
        "group": template.group,
        "title_zh": template.title_zh,
        "title_en": template.title_en,
        "description": template.description,
        "tags": list(template.tags),
        "example_question": template.example_question,
        "parameters": [
            {
                "name": one.name,
                "type": one.type,
                "description": one.description,
                "example": one.example,
                "optional": one.optional,
                "many": one.many,
            }
            for one in template.parameters
        ],
        "href": f"/api/v1/queries/{template.name}",
        "example": _example(template),
    }


def _example(template: Template) -> str:
    given = urlencode({one.name: one.example for one in template.parameters if not one.optional})
    return f"/api/v1/queries/{template.name}" + (f"?{given}" if given else "")


@router.get("/queries/{name}", include_in_schema=False)
async def query(
    request: Request,
    name: str,
    build: Annotated[Live, Depends(live)],
    *,
    limit: Annotated[int, Query(ge=1, le=MAX_LIMIT)] = 100,
    offset: Annotated[int, Query(ge=0)] = 0,
    format: str | None = None,  # noqa: A002
) -> Response:
    """Rows ``offset`` to ``offset + limit`` of a named query, as JSON, CSV, TSV or SPARQL results."""
    templates = offered(build.named_queries)
    template = find_template(templates, name)
    sparql = bound(request, template, *PAGING)
    chosen = pick(TYPES, request.headers.get("accept"), {"json": "rows"}.get(format or "", format))
    if chosen is None:
        return problem(406, "no such format", f"offered: {', '.join(TYPES)}")
    media_type, form = chosen
    headers = fresh(request, build, media_type)
    result = await run_query(request, build, sparql)
    if not isinstance(result, Rows):
        raise UnknownTemplate(f"the query {name} gives no table", name=name)
    page = Rows(result.variables, result.rows[offset : offset + limit], result.truncated)
    if offset + limit < len(result):
        following = request.url.include_query_params(offset=offset + limit, limit=limit)
        headers["Link"] = f'<{following.path}?{following.query}>; rel="next"'
    if result.truncated:
        headers["X-Dutygraph-Truncated"] = str(len(result))
    body = _plain(template, page, len(result), limit, offset) if form == "rows" else serialise(page, form)
    return Response(body, media_type=media_type, headers=headers)


def _plain(template: Template, page: Rows, total: int, limit: int, offset: int) -> bytes:
    body = {
        "name": template.name,
        "columns": page.variables,
        "rows": list(page.dicts()),
        "total": total,
        "limit": limit,
        "offset": offset,
        "truncated": page.truncated,
    }
    return orjson.dumps(body, default=_number)


def _number(value: object) -> float:
    """Decimals as JSON numbers."""
    if isinstance(value, Decimal):
        return float(value)
    raise TypeError(f"not JSON: {value!r}")


def add_operations(app: FastAPI, templates: Mapping[str, Template]) -> None:
    """Put each named query into the OpenAPI document as an operation of its own, typed from its header."""
    generate = app.openapi

    def openapi() -> dict[str, Any]:
        if app.openapi_schema is None:
            paths = generate()["paths"]
            for template in offered(templates).values():
                paths[f"/api/v1/queries/{template.name}"] = {"get": _operation(template)}
        return generate()

    app.openapi = openapi  # type: ignore[method-assign]  # the way FastAPI's own documentation extends the schema


def _operation(template: Template) -> dict[str, Any]:
    return {
        "tags": ["queries"],
        "summary": f"{template.title_zh} · {template.title_en}",
        "description": template.description,
        "operationId": f"query-{template.name}",
        "parameters": [*map(_openapi_parameter, template.parameters), *PAGING_PARAMETERS],
        "responses": {
            "200": {"description": "Rows", "content": {media_type: {} for media_type in TYPES}},
            "400": {"description": "A parameter is wrong", "content": {"application/problem+json": {}}},
        },
    }


def _openapi_parameter(one: Parameter) -> dict[str, Any]:
    schema = SCHEMAS[one.type]
    return {
        "name": one.name,
        "in": "query",
        "required": not one.optional,
        "description": one.description,
        "schema": {"type": "array", "items": schema} if one.many else schema,
        "example": [one.example] if one.many else int(one.example) if one.type == "integer" else one.example,
    }


PAGING_PARAMETERS = [
    {
        "name": "limit", "in": "query", "description": "rows of a page",
        "schema": {"type": "integer", "minimum": 1, "maximum": MAX_LIMIT, "default": 100},
    },
    {
        "name": "offset", "in": "query", "description": "rows before the page",
        "schema": {"type": "integer", "minimum": 0, "default": 0},
    },
    {
        "name": "format", "in": "query", "description": "instead of Accept",
        "schema": {"type": "string", "enum": ["json", "csv", "tsv", "xml"]},
    },
]  # fmt: skip
