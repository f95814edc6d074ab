"""The same register reads to the same records from every format."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Any

import pytest

from dutygraph.model import Locator
from dutygraph.read.document import read_whole
from dutygraph.read.registers import find_register_folders, find_source, read_metadata
from dutygraph.resources import data_dir
from read.writers import WRITERS

FOLDERS = find_register_folders(data_dir())


def without_places(value: Any) -> Any:
    """Records as plain values, without locators."""
    if isinstance(value, Locator):
        return None
    if dataclasses.is_dataclass(value):
        return {f.name: without_places(getattr(value, f.name)) for f in dataclasses.fields(value)}
    if isinstance(value, tuple):
        return [without_places(item) for item in value]
    return value


@pytest.mark.parametrize("name", WRITERS)
@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_every_format_reads_to_the_records_of_the_text(folder: Path, name: str, tmp_path: Path) -> None:
    meta = read_metadata(folder)
    original = read_whole(find_source(folder), meta)
    suffix, write = WRITERS[name]
    copy = tmp_path / f"source{suffix}"
    copy.write_bytes(write(original.document.blocks))
    again = read_whole(copy, meta).register
    for records in ("duties", "matters", "services", "regimes", "unread"):
        assert without_places(getattr(again, records)) == without_places(getattr(original.register, records)), records
    codes = [(f.code, f.message, f.quote) for f in original.register.findings if f.code != "READ-MERGED"]
    assert [(f.code, f.message, f.quote) for f in again.findings if f.code != "READ-MERGED"] == codes
    assert again.source.format == suffix[1:]
    assert all(duty.text.at.cell for duty in again.duties)
