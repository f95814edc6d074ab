"""Spreadsheets (.xlsx): every sheet as a grid, merged cells carried, formulas kept as text.

The XML is read directly (ECMA-376 part 1, chapter 18) and only filled cells are held: libraries that build the whole
sheet can be made to fill memory by one cell far away or one merge over everything.
"""

from __future__ import annotations

import datetime
import posixpath
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from dutygraph.errors import UnreadableDocument
from dutygraph.model import Finding
from dutygraph.read.grid import BLANK, Block, Cell, Document, Grid, Place, make_cell
from dutygraph.read.safety import Archive, parse_xml
from dutygraph.read.spans import MAX_CELLS, TOO_MANY_CELLS

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

__all__ = ["column_letters", "read_xlsx"]

_S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_R_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?([1-9][0-9]{0,6})")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
# Built-in number formats (18.8.30): dates with a day, and percentages.
_DATE_FORMATS = frozenset({14, 15, 16, 17, 22, 27, 28, 29, 30, 31, 36, 50, 51, 52, 53, 54, 57, 58})
_PERCENT_FORMATS = frozenset({9, 10})
_EPOCH = datetime.date(1899, 12, 30)
_LAST_DAY = 2_958_465  # 9999-12-31


def read_xlsx(archive: Archive) -> Document:
    """The blocks of a workbook: one grid a sheet, named like it. Formulas are not evaluated: their text is the cell,
    and a finding names it.

    Raises UnreadableDocument when a part is damaged.
    """
    workbook = _Workbook(archive)
    blocks: list[Block] = []
    findings: list[Finding] = []
    for name, part in workbook.sheets():
        sheet = _Sheet(name, workbook)
        sheet.read(parse_xml(archive.read(part), archive.path, part))
        findings.extend(sheet.findings)
        rows = sheet.rows()
        if rows:
            blocks.append(Grid(rows, name))
    return Document(tuple(blocks), tuple(findings))


def column_letters(index: int) -> str:
    """0 → A, 25 → Z, 26 → AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _position(reference: str) -> tuple[int, int] | None:
    """Row and column from 0 of a reference like B7; None when it is none."""
    match = _REFERENCE.fullmatch(reference)
    if match is None:
        return None
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(match[2]) - 1, column - 1


class _Workbook:
    """The parts that all sheets share: their list, the shared texts, the number formats."""

    def __init__(self, archive: Archive) -> None:
        self.archive = archive
        self.texts = self._read_texts()
        self.formats = self._read_formats()

    def _part(self, name: str) -> Element | None:
        if name not in self.archive.names:
            return None
        return parse_xml(self.archive.read(name), self.archive.path, name)

    def sheets(self) -> Iterator[tuple[str, str]]:
        """Name and part of each worksheet in order; chart sheets have no cells."""
        root = self._part("xl/workbook.xml")
        relations = self._part("xl/_rels/workbook.xml.rels")
        targets = {} if relations is None else {
            relation.get("Id", ""): relation.get("Target", "") for relation in relations.iterchildren("*")
        }  # fmt: skip
        for sheet in root.iter(f"{_S}sheet") if root is not None else ():
            target = targets.get(sheet.get(_R_ID, ""), "")
            part = posixpath.normpath(target.lstrip("/") if target.startswith("/") else f"xl/{target}")
            if "worksheets/" in part:
                yield sheet.get("name", ""), part

    def _read_texts(self) -> list[str]:
        root = self._part("xl/sharedStrings.xml")
        return [] if root is None else [_rich_text(item) for item in root.iterchildren(f"{_S}si")]

    def _read_formats(self) -> list[str]:
        """What each cell style makes of a number: date, percent or number."""
        root = self._part("xl/styles.xml")
        if root is None:
            return []
        own = {
            _int(item.get("numFmtId"), -1): item.get("formatCode", "") for item in root.iterfind(f".//{_S}numFmts/*")
        }
        return [_format_kind(_int(style.get("numFmtId"), 0), own) for style in root.iterfind(f"{_S}cellXfs/{_S}xf")]

    def number(self, raw: str, style: str | None) -> str:
        """A number as a reader of the sheet sees it; integers without a decimal point."""
        try:
            value = float(raw)
        except ValueError:
            return raw
        index = _int(style, -1)
        kind = self.formats[index] if 0 <= index < len(self.formats) else "number"
        if kind == "date" and 1 <= value <= _LAST_DAY:
            return (_EPOCH + datetime.timedelta(days=int(value))).isoformat()
        if kind == "percent":
            return f"{value * 100:g}%"
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else raw


def _format_kind(number: int, own: Mapping[int, str]) -> str:
    code = re.sub(r'"[^"]*"|\[[^\]]*\]|\\.', "", own.get(number, "")).lower()
    if number in _DATE_FORMATS or ("d" in code and ("m" in code or "y" in code)):
        return "date"
    return "percent" if number in _PERCENT_FORMATS or code.endswith("%") else "number"


def _rich_text(item: Element) -> str:
    """The text of a shared or inline string, its runs joined; phonetic guides (rPh) are left out."""
    parts = [node.text or "" for node in item.iter(f"{_S}t") if next(node.iterancestors(f"{_S}rPh"), None) is None]
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), "".join(parts))


def _int(value: str | None, default: int) -> int:
    return int(value) if value and value.isascii() and value.isdecimal() and len(value) < 10 else default


@dataclass(slots=True)
class _Sheet:
    """The filled cells of one sheet by row and column."""

    name: str
    workbook: _Workbook
    cells: dict[int, dict[int, Cell]] = field(default_factory=dict)
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    def read(self, root: Element) -> None:
        row_number = -1
        for row in root.iterfind(f"{_S}sheetData/{_S}row"):
            row_number = _int(row.get("r"), row_number + 2) - 1
            column = -1
            for element in row.iterchildren(f"{_S}c"):
                position = _position(element.get("r", ""))
                column = position[1] if position else column + 1
                cell = self._cell(element, row_number, column)
                if cell:
                    self.cells.setdefault(row_number, {})[column] = cell
        for merge in root.iterfind(f"{_S}mergeCells/{_S}mergeCell"):
            first, _, last = merge.get("ref", "").partition(":")
            begin, end = _position(first), _position(last or first)
            if begin is not None and end is not None and begin[0] <= end[0] and begin[1] <= end[1]:
                self.merges.append((*begin, *end))

    def _cell(self, element: Element, row: int, column: int) -> Cell:
        place = Place(cell=f"{self.name}!{column_letters(column)}{row + 1}" if self.name else None)
        formula = element.find(f"{_S}f")
        if formula is not None:
            text = f"={formula.text or ''}"
            message = "a formula; it is not computed, its text stands for it"
            self.findings.append(Finding("READ-FORMULA", "warning", message, place.at(""), text))
        else:
            text = self._value(element)
        return make_cell(text.split("\n"), place)

    def _value(self, element: Element) -> str:
        kind = element.get("t", "n")
        if kind == "inlineStr":
            return _rich_text(element)
        value = element.find(f"{_S}v")
        raw = (value.text or "") if value is not None else ""
        if kind == "s":
            index = _int(raw, -1)
            return self.workbook.texts[index] if 0 <= index < len(self.workbook.texts) else ""
        if kind == "n" and raw:
            return self.workbook.number(raw, element.get("s"))
        return raw

    def rows(self) -> tuple[tuple[Cell, ...], ...]:
        """The filled rows, and the columns that any of them fills; merged cells in every place they cover."""
        used_rows = sorted(self.cells)
        used_columns = sorted({column for row in self.cells.values() for column in row})
        if len(used_rows) * len(used_columns) > MAX_CELLS:
            self._refuse()
        grid = [[self.cells[row].get(column, BLANK) for column in used_columns] for row in used_rows]
        covered = 0
        for top, left, bottom, right in self.merges:
            origin = self.cells.get(top, {}).get(left)
            if origin is None:
                continue
            for row in _covered(used_rows, top, bottom):
                for column in _covered(used_columns, left, right):
                    covered += 1
                    if not grid[row][column]:
                        grid[row][column] = origin
                if covered > MAX_CELLS:
                    self._refuse()
        return tuple(map(tuple, grid))

    def _refuse(self) -> None:
        path = self.workbook.archive.path
        raise UnreadableDocument(TOO_MANY_CELLS, path=path, place=self.name)


def _covered(used: Sequence[int], first: int, last: int) -> range:
    return range(bisect_left(used, first), bisect_right(used, last))
