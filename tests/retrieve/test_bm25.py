"""The word index on disk."""

from __future__ import annotations

import gc
import os
from pathlib import Path

import pytest

from dutygraph.errors import IndexUnavailable
from dutygraph.retrieve.bm25 import Bm25, write_bm25


def test_an_index_that_cannot_be_written_to_is_read_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_bm25([("matter", ["犬", "吠"]), ("duty", ["户", "口"])], tmp_path / "index")
    before = sorted(path.name for path in (tmp_path / "index").iterdir())
    found = Bm25(tmp_path / "index").search({"犬": 1.0}, None, 5)
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(temporary))
    # what a file system that is mounted for reading says, also to root
    monkeypatch.setattr(os, "access", lambda path, mode: mode != os.W_OK)
    locked = Bm25(tmp_path / "index")
    (links,) = temporary.iterdir()
    assert not [path for path in links.iterdir() if path.suffix == ".lock" and path.is_symlink()]
    assert locked.search({"犬": 1.0}, None, 5) == found == [(0, found[0][1])]
    del locked
    gc.collect()
    assert list(temporary.iterdir()) == []
    assert sorted(path.name for path in (tmp_path / "index").iterdir()) == before
    with pytest.raises(IndexUnavailable):
        Bm25(tmp_path / "nothing")
