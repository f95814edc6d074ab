"""The page of a thing: its properties, and tables of everything that hangs on it."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from fastapi import Request, Response

from dutygraph.store import Iri, Plain
from dutygraph_api import schema_org, web
from dutygraph_api.service import Live, Table

__all__ = ["SECTIONS", "show_thing", "tabulate"]

SECTIONS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "matter": ("matter-shares", "citations", "cases"),
        "agency": ("agency-matters", "agency-departments", "agency-duties", "agency-services", "agency-regimes"),
        "department": ("unit-items", "unit-services", "unit-regimes"),
        "duty": ("duty-items", "citations"),
        "item": ("citations",),
        "regime": ("regime-indicators", "regime-penalties", "citations", "regime-items"),
        "law": ("law-citations",),
        "place": ("place-registers", "place-agencies"),
        "concept": ("concept-things",),
    }
)
"""Kind, the first segment of the IRI → the queries whose rows are its tables."""

HIDDEN = frozenset(
    ("hasShare", "hasCitation", "hasCase", "hasItem", "hasIndicator", "hasPenalty", "hasClause", "denotes", "order",
     "hasSelector")
)  # fmt: skip
"""Properties whose values the tables show, or that serve machines only (local names)."""
NAMES = ("prefLabel", "title", "citedTitle", "document", "description", "registerId", "locator")
"""Properties that name a thing, best first (local names)."""


def show_thing(request: Request, build: Live, iri: str, headers: Mapping[str, str]) -> Response:
    """The page about a minted IRI that the graph knows."""
    lang = web.language_of(request)
    kind = iri.removeprefix(web.BASE).split("/")[0]
    properties = build.rows("properties", node=Iri(iri))
    tables = [tabulate(build, name, lang, rows) for name in SECTIONS.get(kind, ()) if (rows := _rows(build, name, iri))]
    title = _title(properties, lang) or iri.rsplit("/", 1)[-1]
    return web.render(
        request,
        "thing.html",
        headers=headers,
        iri=iri,
        kind=kind,
        title=title,
        about=schema_org.describe(build, iri, kind, title),
        properties=_grouped(properties, lang),
        tables=tables,
    )


def _rows(build: Live, name: str, iri: str) -> Table:
    return build.rows(name, node=Iri(iri))


def tabulate(build: Live, name: str, lang: str, rows: Table) -> dict[str, Any]:
    """The rows of a page query as a table: ``x`` with ``xLabel`` is a link, columns without any value are left out."""
    template = build.page_queries[name]
    columns = [key for key in rows[0] if not key.endswith("Label") and any(_label(row, key) for row in rows)]
    return {
        "title": template.title_en if lang == "en" else template.title_zh,
        "columns": columns,
        "rows": [{key: {"value": row[key], "label": _label(row, key)} for key in columns} for row in rows],
    }


def _label(row: Mapping[str, Plain | None], key: str) -> Plain | None:
    return row.get(f"{key}Label") or row[key]


def _title(properties: Table, lang: str) -> str | None:
    """The name of a thing, in English when it is asked for and there is one."""
    by_name: dict[str, list[str]] = {}
    for row in properties:
        by_name.setdefault(_local_name(str(row["property"])), []).append(str(row["value"]))
    for name in NAMES:
        if values := by_name.get(name):
            wanted = [value for value in values if value.isascii() == (lang == "en")]
            return (wanted or values)[0]
    return None


def _grouped(properties: Table, lang: str) -> list[dict[str, Any]]:
    """Each property with its values, all by name; one that has no name in either language goes by its local name."""
    grouped: dict[str, dict[str, Any]] = {}
    for row in properties:
        name = _local_name(str(row["property"]))
        if name in HIDDEN:
            continue
        label = _in(row, "property", lang) or web.words()[lang].get(f"term_{name}", name)
        value = {"value": row["value"], "label": _in(row, "value", lang) or row["value"]}
        grouped.setdefault(str(row["property"]), {"label": label, "values": []})["values"].append(value)
    return list(grouped.values())


def _in(row: Mapping[str, Plain | None], key: str, lang: str) -> Plain | None:
    other = "zh" if lang == "en" else "en"
    return row[f"{key}_{lang}"] or row[f"{key}_{other}"]


def _local_name(iri: str) -> str:
    return iri.replace("#", "/").rsplit("/", 1)[-1]
