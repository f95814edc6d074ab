"""Tables as delimited text (.csv, .tsv; RFC 4180): one grid, several tables below each other."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dutygraph.read.grid import Cell, Document, Grid, Place, make_cell
from dutygraph.read.sheet import column_letters
from dutygraph.read.spans import drop_covered_columns, pad_rows

__all__ = ["read_delimited"]

_DELIMITERS = ",\t;"


def read_delimited(text: str) -> Document:
    """The blocks of delimited text. Rows may differ in length; a quotation mark that is never closed reaches to
    the end of the file. Raises UnreadableDocument for a table of more than MAX_CELLS cells."""
    kept = drop_covered_columns(pad_rows(_records(text, _find_delimiter(text))))
    return Document((Grid(kept),) if kept else ())


def _find_delimiter(text: str) -> str:
    """The delimiter that most lines have outside quotation marks."""
    bare = re.sub(r'"[^"]*"', "", text[:100_000])
    lines = bare.splitlines()
    return max(_DELIMITERS, key=lambda sign: (sum(sign in line for line in lines), bare.count(sign)))


def _records(text: str, delimiter: str) -> Iterator[list[Cell]]:
    """The records, cell by cell, each with its reference as a sheet would have it."""
    field = re.compile(rf'"((?:[^"]|"")*)(?:"|\Z)([^{delimiter}\n]*)|([^{delimiter}\n]*)')
    record: list[Cell] = []
    number = 1
    position = 0
    while position <= len(text):
        match = field.match(text, position)
        assert match is not None  # the last alternative matches an empty field
        content = match[3] if match[1] is None else match[1].replace('""', '"') + match[2]
        place = Place(cell=f"{column_letters(len(record))}{number}")
        record.append(make_cell(content.split("\n"), place))
        position = match.end()
        if text[position : position + 1] != delimiter:
            yield record
            record = []
            number += 1
        position += 1
