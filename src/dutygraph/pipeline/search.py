"""From the filled store to the search index."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from dutygraph.errors import StoreUnavailable
from dutygraph.pipeline.home import current_build
from dutygraph.pipeline.opening import open_templates
from dutygraph.retrieve import Passage, build_index, with_parts
from dutygraph.settings import Settings
from dutygraph.store import Store, Template, bind, find_template, open_store, select

__all__ = ["fill_index", "read_passages"]

_LONG = ("duty", "item", "share")  # kinds of records whose cells say several things


def fill_index(
    folder: Path, graph_version: str, encoder: str, last: Path | None, on_progress: Callable[[int, int], None]
) -> int:
    """Index every passage of the store in ``folder`` and return how many there are. ``last``: the index before."""
    templates = open_templates()
    store = open_store(folder / "store")
    try:
        passages = _passages(store, templates)
        terms = [str(term) for term in select(store, bind(find_template(templates, "terms"))).column("term")]
    finally:
        store.close()
    build_index(passages, terms, folder / "index", graph_version, encoder, last=last, on_progress=on_progress)
    return len(passages)


def read_passages(settings: Settings) -> list[Passage]:
    """What the search of the live build finds. Raises StoreUnavailable when nothing has been built."""
    build = current_build(settings.home)
    if build is None:
        raise StoreUnavailable("nothing has been built here yet; run `dutygraph build`", path=settings.home)
    store = open_store(build.store)
    try:
        return _passages(store, open_templates())
    finally:
        store.close()


def _passages(store: Store, templates: Mapping[str, Template]) -> list[Passage]:
    """What is searched: the text of each record; of duties, work items and shares each of its sentences too."""
    whole = (
        Passage(
            iri=str(row["node"]),
            jurisdiction=str(row["code"]),
            kind=str(row["kind"]),
            label=str(row["context"]),
            text=str(row["text"]),
        )
        for row in select(store, bind(find_template(templates, "passages"))).dicts()
    )
    return [part for one in whole for part in (with_parts(one) if one.kind in _LONG else (one,))]
