"""The cells of a register laid out again as the tables and paragraphs they were read from.

A cell that the source carries down (a duty beside its work items) belongs to every row whose statement names it, and
spans those rows. A cell that is merely missing stays empty: nothing is said to stand where it does not.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any
from urllib.parse import quote

__all__ = ["Cell", "Line", "Section", "Shown", "lay_out"]


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell. ``anchor`` is the fragment of its address, ``thing`` the IRI of what it is about, if anything."""

    iri: str
    section: str
    row: int | None
    column: str
    locator: str
    text: str
    order: tuple[Any, ...]
    thing: str | None = None
    heading: int = 0

    @property
    def anchor(self) -> str:
        return quote(self.iri.rsplit("/", 1)[-1], safe="~")


@dataclass(frozen=True, slots=True)
class Shown:
    """What begins at a place of a table and over how many rows it reaches; ``cell`` is None where nothing stands."""

    cell: Cell | None
    rows: int


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a table; a column that a cell of an earlier row spans is left out."""

    cells: tuple[tuple[str, Shown], ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the document: a table when it has columns, then the paragraphs beside it."""

    title: str
    columns: tuple[str, ...]
    lines: tuple[Line, ...]
    paragraphs: tuple[Cell, ...]

    @property
    def anchor(self) -> str:
        return "section-" + quote(self.title)


def lay_out(
    cells: Iterable[Mapping[str, Any]], links: Iterable[Mapping[str, Any]], headings: Collection[str]
) -> list[Section]:
    """The sections in the order of the source, from the rows of the queries ``register-cells``, ``register-links``."""
    carried: dict[str, set[str]] = {}
    things: dict[str, str] = {}
    for link in links:
        if link["shown"]:
            carried.setdefault(link["main"], set()).add(link["shown"])
        if link["thing"]:
            things.setdefault(link["main"], link["thing"])
    known = {cell.iri: cell for cell in (_cell(row, things, headings) for row in cells)}
    ordered = sorted(known.values(), key=lambda cell: cell.order)
    titles = list(dict.fromkeys(cell.section for cell in ordered))
    return [_section(title, [c for c in ordered if c.section == title], known, carried) for title in titles]


def _cell(row: Mapping[str, Any], things: Mapping[str, str], headings: Collection[str]) -> Cell:
    thing = things.get(row["cell"])
    heading = 1 if row["row"] is None and thing else 2 if row["row"] is None and row["text"] in headings else 0
    return Cell(
        row["cell"], row["section"], row["row"], row["column"] or "", row["locator"], row["text"],
        _order(row), thing, heading,
    )  # fmt: skip


def _order(row: Mapping[str, Any]) -> tuple[Any, ...]:
    """By line where the source has lines, else by the numbers in the locator (sheet cells, table rows)."""
    line = re.match(r"line=(\d+)", row["line"] or "")
    # B7 stands in row 7: a sheet is read row by row
    pieces = re.split(r"(\d+)", re.sub(r"([A-Z]+)(\d+)\Z", r"\2\1", row["locator"]))
    natural = tuple((int(piece), "") if piece.isdigit() else (0, piece) for piece in pieces)
    return (int(line[1]) if line else 0, natural)


def _section(
    title: str, cells: Sequence[Cell], known: Mapping[str, Cell], carried: Mapping[str, Collection[str]]
) -> Section:
    rows = _rows([cell for cell in cells if cell.row is not None])
    for row in rows:
        for cell in list(row.values()):
            for iri in carried.get(cell.iri, ()):
                above = known.get(iri)
                if above is not None and above.section == title:
                    row.setdefault(above.column, above)
    columns = _columns(rows)
    spans = {column: _spans([row.get(column) for row in rows]) for column in columns}
    lines = tuple(
        Line(tuple((column, shown) for column in columns if (shown := spans[column][at]) is not None))
        for at in range(len(rows))
    )
    return Section(title, columns, lines, tuple(cell for cell in cells if cell.row is None))


def _rows(cells: Sequence[Cell]) -> list[dict[str, Cell]]:
    """The rows of a table by column. The graph numbers entries, and an entry may have several rows: one begins where a
    column comes again."""
    rows: list[dict[str, Cell]] = []
    entry: int | None = None
    for cell in sorted(cells, key=lambda cell: (cell.row or 0, cell.order)):
        if not rows or cell.row != entry or cell.column in rows[-1]:
            rows.append({})
            entry = cell.row
        rows[-1][cell.column] = cell
    return rows


def _columns(rows: Sequence[Mapping[str, Cell]]) -> tuple[str, ...]:
    """The columns as they stand in the fullest row, then those that only others have."""
    fullest = sorted(rows, key=len, reverse=True)
    ordered = [sorted(row, key=lambda column, row=row: row[column].order) for row in fullest]  # type: ignore[misc]
    return tuple(dict.fromkeys(column for row in ordered for column in row))


def _spans(column: Sequence[Cell | None]) -> list[Shown | None]:
    """One entry a row: what begins there and over how many rows it reaches; None where it goes on."""
    shown: list[Shown | None] = []
    for cell, run in groupby(column, key=lambda cell: cell):
        length = len(list(run))
        shown += [Shown(None, 1)] * length if cell is None else [Shown(cell, length), *[None] * (length - 1)]
    return shown
