"""Word documents (.docx): paragraphs and tables of the body, with merged cells and automatic numbers.

The XML is read directly (ECMA-376 part 1, chapter 17): python-docx hides merges, content controls and list numbers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from dutygraph.errors import UnreadableDocument
from dutygraph.model import Finding, Locator
from dutygraph.read.folding import fold
from dutygraph.read.grid import BLANK, Block, Cell, Document, Grid, Paragraph, Place, make_cell
from dutygraph.read.safety import Archive, parse_xml
from dutygraph.read.spans import MAX_CELLS, TOO_MANY_CELLS, drop_covered_columns, pad_rows
from dutygraph.read.word_numbers import WordNumbers

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

__all__ = ["read_docx"]

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_WRAPPERS = frozenset(
    f"{_W}{name}" for name in ("sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag", "hyperlink", "body")
)
_SKIPPED = frozenset(
    {_FALLBACK, *(f"{_W}{name}" for name in ("del", "moveFrom", "pPr", "rPr", "instrText", "delText"))}
)
_BREAKS = {f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}tab": " ", f"{_W}ptab": " ", f"{_W}noBreakHyphen": "-"}
_MARGINS = re.compile(r"word/(header|footer|footnotes|endnotes|comments)\d*\.xml")
_MARGIN_NAMES = {"header": "页眉", "footer": "页脚", "footnotes": "脚注", "endnotes": "尾注", "comments": "批注"}


def read_docx(archive: Archive) -> Document:
    """The blocks of a Word document. Text boxes, headers, footers and notes are left out and named in findings.

    Raises UnreadableDocument when a part is damaged.
    """
    body = parse_xml(archive.read("word/document.xml"), archive.path, "word/document.xml").find(f"{_W}body")
    if body is None:
        raise UnreadableDocument("has no body; save it again", path=archive.path, place="word/document.xml")
    reader = _Reader(WordNumbers.from_archive(archive))
    reader.read(body)
    findings = [*reader.findings, *_read_margins(archive)]
    return Document(tuple(reader.blocks), tuple(findings))


def _read_margins(archive: Archive) -> Iterator[Finding]:
    for name in sorted(archive.names):
        match = _MARGINS.fullmatch(name)
        if match is None:
            continue
        root = parse_xml(archive.read(name), archive.path, name)
        text = fold("".join(node.text or "" for node in root.iter(f"{_W}t")))
        # A footer that is only a page number says nothing.
        if text and not re.fullmatch(r"[-—–\s第]*\d*[页/共\d\s—–-]*", text):
            at = Locator(_MARGIN_NAMES[match[1]], cell=name.removeprefix("word/"))
            yield Finding("READ-MARGIN", "info", "text beside the pages; not read", at, text)


@dataclass(slots=True)
class _Reader:
    """Walks the body once, in reading order."""

    numbers: WordNumbers
    blocks: list[Block] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    tables: int = 0
    paragraphs: int = 0

    def read(self, parent: Element) -> None:
        for element in _children(parent):
            if element.tag == f"{_W}p":
                self.paragraphs += 1
                place = Place(cell=f"paragraph {self.paragraphs}")
                for line in self._paragraph(element, place).split("\n"):
                    if text := fold(line):
                        self.blocks.append(Paragraph(text, place))
            elif element.tag == f"{_W}tbl":
                self._table(element)

    def _paragraph(self, paragraph: Element, place: Place) -> str:
        """Its number, when Word counts it, and its text; line breaks inside it stay."""
        boxes: list[Element] = []
        text = "".join(_texts(paragraph, boxes))
        for box in boxes:
            words = fold("".join(node.text or "" for node in box.iter(f"{_W}t")))
            if words:
                self.findings.append(
                    Finding("READ-TEXTBOX", "warning", "a text box; not read, move its text into the body",
                            place.at(""), words)
                )  # fmt: skip
        number = self.numbers.next_number(paragraph)
        return f"{number}{text}" if number and text.strip() else number or text

    def _table(self, table: Element) -> None:
        rows = [row for row in _children(table) if row.tag == f"{_W}tr"]
        cells = [[cell for cell in _children(row) if cell.tag == f"{_W}tc"] for row in rows]
        if all(len(row) == 1 for row in cells) and table.find(f".//{_W}tc//{_W}tbl") is not None:
            for (only,) in cells:  # a frame around other tables
                self.read(only)
            return
        self.tables += 1
        grid: list[list[Cell]] = []
        width = 0
        for number, (row, inner) in enumerate(zip(rows, cells, strict=True), start=1):
            grid.append(self._row(row, inner, number, grid[-1] if grid else []))
            width = max(width, len(grid[-1]))
            if width * number > MAX_CELLS:
                raise UnreadableDocument(TOO_MANY_CELLS)
        if kept := drop_covered_columns(pad_rows(grid)):
            self.blocks.append(Grid(kept))

    def _row(self, row: Element, cells: list[Element], number: int, above: list[Cell]) -> list[Cell]:
        made: list[Cell] = [BLANK] * _count(row, f"{_W}trPr/{_W}gridBefore", 0)
        for element in cells:
            span = _count(element, f"{_W}tcPr/{_W}gridSpan", 1)
            merge = element.find(f"{_W}tcPr/{_W}vMerge")
            column = len(made)
            place = Place(cell=f"table {self.tables} row {number} column {column + 1}")
            lines = [line for text in self._cell_paragraphs(element, place) for line in text.split("\n")]
            cell = make_cell(lines, place)
            goes_on = merge is not None and merge.get(f"{_W}val", "continue") == "continue" and column < len(above)
            if goes_on and not cell:
                cell = above[column]
            made.extend([cell] * span)
        return made

    def _cell_paragraphs(self, cell: Element, place: Place) -> Iterator[str]:
        nested = False
        for element in cell.iter(f"{_W}p", f"{_W}tbl"):
            if element.tag == f"{_W}tbl":
                nested = True
            elif not any(outer.tag.endswith("}txbxContent") for outer in element.iterancestors() if outer is not cell):
                yield self._paragraph(element, place)
        if nested:
            self.findings.append(
                Finding("READ-MERGED", "info", "a table inside the cell; read as its text", place.at(""))
            )


def _children(parent: Element) -> Iterator[Element]:
    """The children, those inside content controls and accepted changes included."""
    for child in parent.iterchildren("*"):
        if child.tag in _WRAPPERS:
            yield from _children(child)
        else:
            yield child


def _texts(element: Element, boxes: list[Element]) -> Iterator[str]:
    """Text of a paragraph in order, without deleted text; text boxes are set aside."""
    for child in element.iterchildren("*"):
        if child.tag in _SKIPPED or child.tag == f"{_W}p":
            continue
        if child.tag == f"{_W}txbxContent":
            boxes.append(child)
        elif child.tag == f"{_W}t":
            yield child.text or ""
        elif child.tag in _BREAKS:
            yield _BREAKS[child.tag]
        else:
            yield from _texts(child, boxes)


def _count(element: Element, path: str, default: int) -> int:
    """A count such as gridSpan, kept within what Word itself allows (63 columns)."""
    found = element.find(path)
    value = found.get(f"{_W}val", "") if found is not None else ""
    return min(int(value), 63) if value.isascii() and value.isdecimal() and int(value) > 0 else default
