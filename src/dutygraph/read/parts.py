"""The parts of a document: paragraphs and tables in reading order, however the grids of its formats hold them.

A grid may hold several tables, forms and lines of prose; a table may go on in the next grid.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from dutygraph.read.folding import number_value, squeeze
from dutygraph.read.forms import read_forms
from dutygraph.read.grid import Block, Cell, Document, Grid, Paragraph, Place, distinct
from dutygraph.read.headers import (
    REGIMES,
    find_columns,
    find_department_line,
    is_number_column,
    is_particular,
    recognise_header,
    recognise_title,
)
from dutygraph.read.headings import is_heading
from dutygraph.read.tables import Lookups, Table, begin_table, join_header

__all__ = ["Part", "read_parts"]

Part = Paragraph | Table

_HEADING = re.compile(r"[一二三四五六七八九十]+[、.．]|第[一二三四五六七八九十]+[部章节]")
_NUMERAL = re.compile(r"[0-9０-９①-⑳〇零一二三四五六七八九十百]")
_TOTAL = re.compile(r"[合总小共]计[:：]?")
_FEWEST_REPEATS = 3
_FEWEST_HEADINGS = 2  # one heading's words may stand anywhere


def read_parts(document: Document, lookups: Lookups, furniture: list[Paragraph | Cell]) -> Iterator[Part | None]:
    """The paragraphs and tables; None where a sheet begins whose name is no title. A table is given as soon as it
    begins and filled as its rows are read. Cells that carry no record are added to the furniture."""
    parts = _Parts(lookups, furniture)
    for block in _blocks(document, furniture):
        if isinstance(block, Paragraph):
            if parts.take_title(block.text) or _HEADING.match(block.text):
                parts.table = None
            yield block
            continue
        if block.name and parts.take_title(block.name):
            parts.table = None
            yield Paragraph(block.name, Place(cell=block.name))
        elif block.name:
            yield None
        yield from parts.read_grid(block)


class _Parts:
    """What was read last: the title, and the table that may go on."""

    def __init__(self, lookups: Lookups, furniture: list[Paragraph | Cell]) -> None:
        self.lookups = lookups.columns
        self.furniture = furniture
        self.hint: str | None = None
        self.table: Table | None = None

    def take_title(self, text: str) -> bool:
        """Keep the section that a line is the title of; whether it is one."""
        title = recognise_title(text)
        self.hint = title or self.hint
        return title is not None

    def read_grid(self, grid: Grid) -> Iterator[Part]:
        """The parts of a grid."""
        behind = 0
        for index, row in enumerate(grid.rows):
            if index < behind or not any(row):
                continue
            forms, ordering, taken = read_forms(grid.rows, index, self.hint, self.lookups)
            if taken:
                self.furniture.extend(ordering)
                self.table, behind = None, index + taken
                yield from forms
            elif lines := _particulars(row):
                yield from lines
            elif (line := _prose_line(row, self.table)) is not None:
                self.table = None if self.take_title(line.text) else self.table
                yield line
            else:
                yield from self._row(row, begins=index == 0)

    def _row(self, row: tuple[Cell, ...], *, begins: bool) -> Iterator[Part]:
        """A row of a table: of its header, one that begins a table, one that goes on with it."""
        table = self.table
        if table is not None and join_header(table, row, self.hint, self.lookups):
            self.furniture.extend(cell for header in table.header_rows for cell in header)
            return
        words = [cell.text for cell in row]
        section = recognise_header(words, self.hint, self.lookups)
        if self.hint == REGIMES and table is None and section is None and (lines := _regime_lines(row)):
            yield from lines
        elif table is not None and any(words == [cell.text for cell in header] for header in table.header_rows):
            self.furniture.extend(row)
        elif section is not None or table is None or _is_foreign(row, table, begins=begins):
            self.table = begin_table(section, row, self.lookups)
            yield self.table
        else:
            table.rows.append(row)


def _blocks(document: Document, furniture: list[Paragraph | Cell]) -> Iterator[Block]:
    """The blocks of a document, a regime laid out in two columns as prose."""
    for block in document.blocks:
        prose = _regime_in_two_columns(block, furniture) if isinstance(block, Grid) else []
        yield from prose or (block,)


def _regime_in_two_columns(grid: Grid, furniture: list[Paragraph | Cell]) -> list[Paragraph]:
    """The prose of a table that has the headings of a regime on its left and their text on its right; none for any
    other table. A row over both columns is the title, and so is what stands beside 制度名称."""
    prose: list[Paragraph] = []
    labels: list[Cell] = []
    headings = 0
    for row in grid.rows:
        cells = [cell for _, cell in distinct(row)]
        if len(cells) == 2 and is_heading(cells[0].text):
            headings += 1
            prose.extend(_regime_lines(row))
        elif len(cells) == 2 and (kinds := find_columns(REGIMES, [cell.text for cell in cells], {})):
            labels.extend(cells if "element" in kinds else cells[:1])
            prose.extend(Paragraph(cell.text, cell.place) for cell in cells[1:] if "element" not in kinds)
        elif len(cells) == 1:
            prose.append(Paragraph(cells[0].text, cells[0].place))
        elif cells:
            return []
    if headings < _FEWEST_HEADINGS:
        return []
    furniture.extend(labels)
    return prose


def _prose_line(row: tuple[Cell, ...], table: Table | None) -> Paragraph | None:
    """The line of prose that a row is: its one cell, when it stands across the table, or what a row of totals says."""
    filled = [cell for _, cell in distinct(row)]
    if len(filled) >= _FEWEST_REPEATS and len({cell.text for cell in filled}) == 1:  # a merged cell written out
        return Paragraph(filled[0].text, filled[0].place)
    total = table is not None and _TOTAL.fullmatch(squeeze(filled[0].text)) is not None
    if total or (len(filled) == 1 and _is_prose(filled[0], row, table)):
        return Paragraph("".join(cell.text for cell in filled), filled[0].place)
    return None


def _is_prose(sole: Cell, row: tuple[Cell, ...], table: Table | None) -> bool:
    """Whether a row with one filled cell is a line of prose and not a row of the table."""
    if recognise_title(sole.text) is not None or find_department_line(sole.text) is not None or table is None:
        return True
    if sum(cell is sole for cell in row) > 1 and all(cell is sole or not cell for cell in row):
        return sum(cell is sole for cell in row) >= len(row) - 1
    return row[0] is sole and is_number_column(table.header[0].text) and number_value(sole.text) is None


def _particulars(row: tuple[Cell, ...]) -> list[Paragraph]:
    """The lines of a row of 填报单位：… and 填报人：…, each in a cell; none for any other row."""
    cells = [cell for _, cell in distinct(row)]
    if len(cells) < 2 or not all(
        find_department_line(cell.text) is not None or is_particular(cell.text) for cell in cells
    ):
        return []
    return [Paragraph(cell.text, cell.place) for cell in cells]


def _regime_lines(row: tuple[Cell, ...]) -> list[Paragraph]:
    """The prose of a row in two cells: a line with its number apart, or a heading with its text beside it."""
    cells = [cell for _, cell in distinct(row)]
    if len(cells) == 2 and is_heading(cells[0].text):
        lines = cells[1].lines or (cells[1].text,)
        return [Paragraph(cells[0].text, cells[0].place), *(Paragraph(line, cells[1].place) for line in lines)]
    if len(cells) == 2 and row[0] is cells[0] and number_value(cells[0].text) is not None:
        return [Paragraph(cells[0].text + cells[1].text, cells[0].place)]
    return []


def _is_foreign(row: tuple[Cell, ...], table: Table, *, begins: bool) -> bool:
    """Whether a row that no section knows begins a table of its own: it has another width, starts with a word for row
    numbers, or is the first of its grid and has a word where the table before it has its numbers."""
    if len(row) != len(table.header):
        return True
    if is_number_column(row[0].text) and not any(number_value(cell.text) is not None for cell in row):
        return True
    number = row[table.columns["no"]].text if begins and "no" in table.columns else ""
    return bool(number) and _NUMERAL.search(number) is None
