"""What only the store on disk does: being filled, being absent, being damaged, surviving a broken query."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path

import pytest

from dutygraph.errors import QueryTimeout, StoreError, StoreUnavailable
from dutygraph.store import EmbeddedStore, fill_store, open_store
from dutygraph.store.workers import Workers


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "graph.nq").write_text('<http://e/a> <http://e/b> "c" .\n')
    fill_store(tmp_path / "store", tmp_path / "graph.nq")
    return tmp_path / "store"


def test_there_is_no_store_yet(tmp_path: Path) -> None:
    with pytest.raises(StoreUnavailable, match="dutygraph build"):
        open_store(tmp_path / "none")
    assert not (tmp_path / "none").exists()


def test_a_filled_folder_is_not_filled_again(folder: Path) -> None:
    with pytest.raises(StoreUnavailable, match="holds a store already"):
        fill_store(folder, folder.parent / "graph.nq")


def test_what_is_loaded_must_be_nquads(tmp_path: Path) -> None:
    (tmp_path / "bad.nq").write_text("<http://e/a> <http://e/b> oops .\n")
    with pytest.raises(StoreError, match=r"bad\.nq: not N-Quads"):
        fill_store(tmp_path / "store", tmp_path / "bad.nq")
    with pytest.raises(StoreUnavailable):
        fill_store(tmp_path / "other", tmp_path / "missing.nq")


def test_a_damaged_store_says_so(folder: Path) -> None:
    (folder / "CURRENT").write_text("junk")
    with pytest.raises(StoreUnavailable, match="cannot be opened"):
        open_store(folder)


def test_many_readers_share_a_folder(folder: Path) -> None:
    one, two = open_store(folder), open_store(folder)
    assert one.query("ASK { ?s ?p ?o }") == two.query("ASK { ?s ?p ?o }", seconds=10)
    one.close()
    assert two.query("ASK { ?s ?p ?o }") is True
    two.close()
    two.close()


def test_a_query_that_breaks_its_process_breaks_nothing_else(folder: Path) -> None:
    store = open_store(folder)
    with pytest.raises(StoreError, match="broke its process"):
        store.query("SELECT * " + "{" * 100_000 + "}" * 100_000, seconds=30)
    assert store.query("ASK {}", seconds=30) is True
    store.close()


def test_memory_is_bounded(folder: Path) -> None:
    workers = Workers(folder, size=1, megabytes=400)
    eightfold = ", ".join(["?x{0}"] * 8)
    steps = " ".join(f"BIND(CONCAT({eightfold.format(n)}) AS ?x{n + 1})" for n in range(10))
    with pytest.raises(StoreError, match="400 MB"):
        workers.run(f'SELECT (STRLEN(?x10) AS ?n) {{ BIND("0123456789" AS ?x0) {steps} }}', 10, 30, (), ())
    assert workers.run("ASK {}", 10, 30, (), ()) is True
    workers.close()


def test_an_answer_has_a_largest_size(folder: Path) -> None:
    store = open_store(folder)
    tenfold = ", ".join(["?x{0}"] * 10)
    steps = " ".join(f"BIND(CONCAT({tenfold.format(n)}) AS ?x{n + 1})" for n in range(7))
    query = f'SELECT ?x7 {{ BIND("0123456789" AS ?x0) {steps} }}'
    with pytest.raises(StoreError, match="larger than 64 MB"):
        store.query(query, rows=1, seconds=30)
    assert store.query("ASK {}", seconds=30) is True
    store.close()


def test_a_process_killed_from_outside_is_replaced(folder: Path) -> None:
    store = open_store(folder)
    assert store.query("ASK {}", seconds=10) is True
    for process in _children(folder):
        os.kill(process, signal.SIGKILL)
    while _children(folder):
        time.sleep(0.01)
    assert store.query("ASK {}", seconds=10) is True
    store.close()
    assert _children(folder) == []


def test_a_forgotten_store_leaves_no_process_behind(folder: Path) -> None:
    store: EmbeddedStore | None = open_store(folder)
    assert store is not None
    assert store.query("ASK {}", seconds=10) is True
    assert len(_children(folder)) == 1
    del store
    assert _children(folder) == []


def test_waiting_for_a_free_process_counts(folder: Path) -> None:
    workers = Workers(folder, size=1)
    held = workers._idle.get()
    with pytest.raises(QueryTimeout, match="busy"):
        workers.run("ASK {}", None, 0.05, (), ())
    workers._idle.put(held)
    workers.close()
    with pytest.raises(StoreUnavailable, match="closed"):
        workers.run("ASK {}", None, 1, (), ())


def _children(folder: Path) -> list[int]:
    """Process ids of the query processes over a folder."""
    found = []
    for command in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            words = command.read_bytes().split(b"\0")
        except OSError:
            continue
        if b"dutygraph.store.worker" in words and str(folder).encode() in words:
            found.append(int(command.parent.name))
    return found
