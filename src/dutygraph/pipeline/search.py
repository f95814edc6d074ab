"""From the filled store to the search index."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from dutygraph.pipeline.opening import open_templates
from dutygraph.retrieve import Passage, build_index
from dutygraph.store import bind, find_template, open_store, select

__all__ = ["fill_index"]


def fill_index(
    folder: Path, graph_version: str, encoder: str, last: Path | None, on_progress: Callable[[int, int], None]
) -> int:
    """Index every passage of the store in ``folder`` and return how many there are. ``last``: the index before."""
    templates = open_templates()
    store = open_store(folder / "store")
    try:
        passages = [
            Passage(
                iri=str(row["node"]),
                jurisdiction=str(row["code"]),
                kind=str(row["kind"]),
                label=str(row["context"]),
                text=str(row["text"]),
            )
            for row in select(store, bind(find_template(templates, "passages"))).dicts()
        ]
        terms = [str(term) for term in select(store, bind(find_template(templates, "terms"))).column("term")]
    finally:
        store.close()
    build_index(passages, terms, folder / "index", graph_version, encoder, last=last, on_progress=on_progress)
    return len(passages)
