"""Oxigraph inside this process, on disk: filled once by the build, then only read."""

from __future__ import annotations

import weakref
from collections.abc import Sequence
from pathlib import Path

from dutygraph.errors import StoreError, StoreUnavailable
from dutygraph.store.engine import evaluate, open_folder
from dutygraph.store.protocol import Result
from dutygraph.store.workers import Workers

__all__ = ["EmbeddedStore", "fill_store", "open_store"]


def fill_store(folder: Path, nquads: Path) -> int:
    """Make a new store in ``folder`` from an N-Quads file and return its number of quads.

    The store is bulk-loaded, flushed and compacted: one filled by transactions and left unflushed takes seconds to
    open. Raises StoreUnavailable when the folder holds a store already or cannot be written, StoreError when the file
    is not N-Quads.
    """
    import pyoxigraph as ox

    if (folder / "CURRENT").exists():
        raise StoreUnavailable("holds a store already; fill a new folder", path=folder)
    try:
        store = ox.Store(str(folder))
        store.bulk_load(path=str(nquads), format=ox.RdfFormat.N_QUADS)
        store.flush()
        store.optimize()
        return len(store)
    except SyntaxError as exc:
        raise StoreError(f"not N-Quads: {exc}", path=nquads) from exc
    except (OSError, RuntimeError) as exc:
        raise StoreUnavailable(f"the store cannot be filled: {exc}", path=folder) from exc


def open_store(folder: Path) -> EmbeddedStore:
    """Open a filled store for reading; many processes may. Raises StoreUnavailable when it is missing or damaged."""
    return EmbeddedStore(folder)


class EmbeddedStore:
    """A read-only store in a folder. Safe to use from many threads.

    A query without a time limit runs in this process, at full speed; that is for the templates that ship. A query with
    one runs in a worker process over the same folder, and is ended by ending the process.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._store = open_folder(folder)
        self._graphs = frozenset(graph.value for graph in self._store.named_graphs())
        self._workers = Workers(folder)
        self._closed = False
        # a store that is merely forgotten must not leave processes behind
        self._finalizer = weakref.finalize(self, self._workers.close)

    def query(
        self,
        sparql: str,
        *,
        rows: int | None = None,
        seconds: float | None = None,
        default_graphs: Sequence[str] = (),
        named_graphs: Sequence[str] = (),
    ) -> Result:
        """See ``Store.query``."""
        if self._closed:
            raise StoreUnavailable("the store is closed", path=self._folder)
        if seconds is None:
            return evaluate(self._store, sparql, rows, default_graphs, named_graphs)
        return self._workers.run(sparql, rows, seconds, default_graphs, named_graphs)

    def graphs(self) -> frozenset[str]:
        """See ``Store.graphs``."""
        if self._closed:
            raise StoreUnavailable("the store is closed", path=self._folder)
        return self._graphs

    def close(self) -> None:
        """See ``Store.close``."""
        self._closed = True
        self._finalizer()
