"""Web pages: their tables with rowspan and colspan, and the text between them."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from dutygraph.errors import UnreadableDocument
from dutygraph.read.folding import fold
from dutygraph.read.grid import Block, Cell, Document, Grid, Paragraph, Place, make_cell
from dutygraph.read.spans import SpannedRow, spread

if TYPE_CHECKING:
    from lxml.html import HtmlElement

__all__ = ["read_html"]

_SILENT = frozenset({"script", "style", "head", "template", "noscript", "svg", "select", "iframe", "object"})
_INLINE = frozenset(
    {"a", "abbr", "b", "big", "cite", "code", "em", "font", "i", "ins", "kbd", "label", "mark", "o:p", "q", "s",
     "small", "span", "strike", "strong", "sub", "sup", "tt", "u", "var", "wbr", "bdi", "bdo", "time", "data", "ruby"}
)  # fmt: skip
_XML_DECLARATION = re.compile(r"\A\s*<\?xml[^>]*\?>")
# The limits of the HTML standard (4.9.11).
_MAX_COLSPAN, _MAX_ROWSPAN = 1000, 65534


def read_html(text: str, path: Path) -> Document:
    """The blocks of a web page. Scripts and styles are no content. Raises UnreadableDocument when there is no page."""
    from lxml import etree, html

    parser = html.HTMLParser(no_network=True, remove_comments=True, remove_pis=True, huge_tree=False)
    try:
        root = html.document_fromstring(_XML_DECLARATION.sub("", text), parser=parser)
    except (etree.LxmlError, ValueError, AssertionError) as exc:
        raise UnreadableDocument(f"is no readable web page ({exc})", path=path) from exc
    reader = _Reader()
    reader.read(root)
    reader.end_paragraph()
    return Document(tuple(reader.blocks))


class _Reader:
    """Walks the page once: tables become grids, everything else paragraphs."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.pending: list[str] = []
        self.tables = 0
        self.paragraphs = 0

    def read(self, root: HtmlElement) -> None:
        # An explicit stack: pages nest deeper than Python recurses.
        stack: list[tuple[HtmlElement, bool]] = [(root, True)]
        while stack:
            element, entering = stack.pop()
            tag = element.tag
            if not isinstance(tag, str):
                self.pending.append(element.tail or "")
                continue
            inline = tag in _INLINE
            if entering:
                if not inline:
                    self.end_paragraph()
                if tag in _SILENT:
                    self.pending.append(element.tail or "")
                    continue
                if tag == "table" and element.find(".//table") is None:
                    self._table(element)
                    self.pending.append(element.tail or "")
                    continue
                self.pending.append(element.text or "")
                stack.append((element, False))
                stack.extend((child, True) for child in reversed(list(element)))
            else:
                if not inline:
                    self.end_paragraph()
                self.pending.append(element.tail or "")

    def end_paragraph(self) -> None:
        text = fold("".join(self.pending))
        self.pending = []
        if text:
            self.paragraphs += 1
            self.blocks.append(Paragraph(text, Place(cell=f"paragraph {self.paragraphs}")))

    def _table(self, table: HtmlElement) -> None:
        self.tables += 1
        for caption in table.iterchildren("caption"):
            self.pending.append(caption.text_content())
            self.end_paragraph()
        rows = list(table.iter("tr"))
        grid = spread(self._row(row, number, len(rows)) for number, row in enumerate(rows, start=1))
        if grid:
            self.blocks.append(Grid(grid))

    def _row(self, row: HtmlElement, number: int, rows: int) -> SpannedRow:
        cells: list[tuple[Cell, int, int]] = []
        for column, element in enumerate(row.iterchildren("td", "th"), start=1):
            place = Place(cell=f"table {self.tables} row {number} column {column}")
            # rowspan="0" reaches to the end of the table
            down = _span(element, "rowspan", _MAX_ROWSPAN) or rows
            across = _span(element, "colspan", _MAX_COLSPAN) or 1
            cells.append((make_cell(_lines(element), place), min(down, rows - number + 1), across))
        return cells


def _lines(cell: HtmlElement) -> list[str]:
    """The lines of a cell, broken at <br> and at blocks; line ends of the page's own source are blanks."""
    pieces: list[str] = []
    stack: list[tuple[HtmlElement, bool]] = [(cell, True)]
    while stack:
        element, entering = stack.pop()
        silent = not isinstance(element.tag, str) or element.tag in _SILENT
        if not silent and element.tag not in _INLINE:
            pieces.append("\n")
        if entering and not silent:
            pieces.append((element.text or "").replace("\n", " "))
            stack.append((element, False))
            stack.extend((child, True) for child in reversed(list(element)))
        elif element is not cell:
            pieces.append((element.tail or "").replace("\n", " "))
    return "".join(pieces).split("\n")


def _span(element: HtmlElement, name: str, limit: int) -> int:
    value = (element.get(name) or "1").strip()
    return min(int(value), limit) if value.isascii() and value.isdecimal() and len(value) < 10 else 1
