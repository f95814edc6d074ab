"""Every non-blank line or cell of a source is in a record, kept raw, named in a finding, or furniture of the form."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from dutygraph.read.document import Reading, read_whole
from dutygraph.read.folding import squeeze
from dutygraph.read.grid import Cell, Grid, Paragraph
from dutygraph.read.lists import split_list
from dutygraph.read.quotes import iterate_quotes
from dutygraph.read.registers import find_register_folders, find_source, read_metadata
from dutygraph.resources import data_dir
from read.writers import WRITERS

FOLDERS = find_register_folders(data_dir())


def accounted(reading: Reading) -> str:
    """All words that the reading gives back, blanks taken out; regime items with the number before them, and what names
    the column of a text."""
    register = reading.register
    words = [f"{quote.at.column or ''}\n{quote.text}" for quote in iterate_quotes(register)]
    words += [duty.no for duty in register.duties]
    words += [matter.no for matter in register.matters]
    words += [service.no for service in register.services]
    words += [regime.no + regime.title.text for regime in register.regimes]
    for regime in register.regimes:
        for section in regime.sections:
            items = "".join(item.no + item.text.text for item in section.items)
            words.append(section.heading.text + items)  # a heading and its text may be one paragraph
    words += [piece.text for piece in reading.layout.furniture]
    words += [finding.quote for finding in register.findings]
    return "\n".join(squeeze(word) for word in words)


def is_accounted(piece: Cell | Paragraph, words: str) -> bool:
    """Whether a piece is given back: whole, or line by line without numbers where a cell holds a list of records."""
    if squeeze(piece.text) in words:
        return True
    entries = split_list(piece) if isinstance(piece, Cell) else ()
    return len(entries) > 1 and all(squeeze(entry) in words for entry in entries)


def source_words(reading: Reading) -> Iterator[Cell | Paragraph]:
    for block in reading.document.blocks:
        if isinstance(block, Grid):
            yield from (cell for row in block.rows for cell in row if cell)
        else:
            yield block


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_every_line_of_the_text_is_accounted_for(folder: Path) -> None:
    source = find_source(folder)
    words = accounted(read_whole(source, read_metadata(folder)))
    lines = enumerate(source.read_text(encoding="utf-8").split("\n"), start=1)
    lost = [(number, line) for number, line in lines if squeeze(line) and squeeze(line) not in words]
    assert lost == []


@pytest.mark.parametrize("name", WRITERS)
@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_every_cell_is_accounted_for(folder: Path, name: str, tmp_path: Path) -> None:
    suffix, write = WRITERS[name]
    copy = tmp_path / f"source{suffix}"
    copy.write_bytes(write(read_whole(find_source(folder)).document.blocks))
    reading = read_whole(copy)
    words = accounted(reading)
    pieces = list(source_words(reading))
    assert len(pieces) > 500
    assert [piece for piece in pieces if not is_accounted(piece, words)] == []
