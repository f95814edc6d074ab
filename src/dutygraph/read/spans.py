"""Merged cells: from cells with row and column spans to a grid in which every place holds its cell."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from dutygraph.errors import UnreadableDocument
from dutygraph.read.grid import BLANK, Cell

__all__ = ["MAX_CELLS", "TOO_MANY_CELLS", "SpannedRow", "drop_covered_columns", "pad_rows", "spread"]

MAX_CELLS = 100_000
"""More cells than this in a file are a mistake or an attack; the registers of a whole province have some twenty
thousand."""

TOO_MANY_CELLS = f"has more than {MAX_CELLS:,} cells in its tables; split it"

SpannedRow = Sequence[tuple[Cell, int, int]]
"""The cells that begin in a row, each with its row span and column span (both from 1)."""


def spread(rows: Iterable[SpannedRow]) -> tuple[tuple[Cell, ...], ...]:
    """Lay out cells with spans as HTML does: a cell takes the next free place of its row.

    Raises UnreadableDocument for more than MAX_CELLS places.
    """
    grid: list[dict[int, Cell]] = []
    carried: dict[int, tuple[Cell, int]] = {}
    places = 0
    for spanned in rows:
        row = {column: cell for column, (cell, _) in carried.items()}
        carried = {column: (cell, left - 1) for column, (cell, left) in carried.items() if left > 1}
        column = 0
        for cell, down, across in spanned:
            while column in row:
                column += 1
            places += across
            if places + len(row) > MAX_CELLS:
                raise UnreadableDocument(TOO_MANY_CELLS)
            for covered in range(column, column + across):
                row[covered] = cell
                if down > 1:
                    carried[covered] = (cell, down - 1)
            column += across
        places += len(row)
        grid.append(row)
    width = max((max(row, default=-1) for row in grid), default=-1) + 1
    return drop_covered_columns(pad_rows([row.get(column, BLANK) for column in range(width)] for row in grid))


def pad_rows(rows: Iterable[Sequence[Cell]]) -> tuple[tuple[Cell, ...], ...]:
    """Rows of equal length. Raises UnreadableDocument for more than MAX_CELLS places."""
    held = [tuple(row) for row in rows]
    width = max(map(len, held), default=0)
    if width * len(held) > MAX_CELLS:
        raise UnreadableDocument(TOO_MANY_CELLS)
    return tuple(row + (BLANK,) * (width - len(row)) for row in held)


def drop_covered_columns(rows: Sequence[tuple[Cell, ...]]) -> tuple[tuple[Cell, ...], ...]:
    """Take out columns that hold nothing of their own: blank, or covered from the left in every row. Word splits a
    column in two where any row above or below had another border."""
    if not rows:
        return ()
    kept = [
        column
        for column in range(len(rows[0]))
        if any(row[column] and (column == 0 or row[column] is not row[column - 1]) for row in rows)
    ]
    return tuple(tuple(row[column] for column in kept) for row in rows)
