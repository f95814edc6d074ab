"""What every format becomes before it is understood: paragraphs and grids of cells, each with its place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from dutygraph.model import Finding, Locator
from dutygraph.read.folding import fold

__all__ = ["BLANK", "Block", "Cell", "Document", "Grid", "Paragraph", "Place", "distinct", "make_cell"]


@dataclass(frozen=True, slots=True)
class Place:
    """Where words start: ``line`` in text (1-based), ``cell`` in sheets and tables (``B7``, ``table 2 row 3 column
    4``)."""

    line: int | None = None
    cell: str | None = None

    def at(self, section: str, row: int | None = None, column: str | None = None) -> Locator:
        """The locator of this place within a section."""
        return Locator(section=section, row=row, column=column, line=self.line, cell=self.cell)


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell, its text folded; ``lines`` are the lines or paragraphs it was written in, when more than one. A merged
    cell is the same object wherever it reaches: compare with ``is``."""

    text: str
    place: Place = field(default_factory=Place)
    lines: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.text)


BLANK = Cell("")


def make_cell(lines: Sequence[str], place: Place) -> Cell:
    """A cell from the lines it is written in; blank lines are dropped."""
    filled = tuple(folded for line in lines if (folded := fold(line)))
    return Cell(fold("\n".join(filled)), place, filled if len(filled) > 1 else ())


def distinct(row: Sequence[Cell]) -> list[tuple[int, Cell]]:
    """The filled cells of a row with their columns, a merged cell once."""
    seen: set[int] = set()
    found = []
    for column, cell in enumerate(row):
        if cell and id(cell) not in seen:
            seen.add(id(cell))
            found.append((column, cell))
    return found


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A line or paragraph outside tables, folded."""

    text: str
    place: Place


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: rows of equal length. ``name`` is that of the sheet, when it has one."""

    rows: tuple[tuple[Cell, ...], ...]
    name: str | None = None


Block = Paragraph | Grid


@dataclass(frozen=True, slots=True)
class Document:
    """A file as blocks in reading order, with what was noticed on the way."""

    blocks: tuple[Block, ...]
    findings: tuple[Finding, ...] = ()
