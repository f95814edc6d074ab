"""Web pages: their tables with rowspan and colspan, and the text between them.

What a page has around its text (navigation, lists of links, the publisher's imprint) is no text of the register: it is
set aside and reported.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from dutygraph.errors import UnreadableDocument
from dutygraph.model import Finding
from dutygraph.read.folding import fold
from dutygraph.read.grid import Block, Cell, Document, Grid, Paragraph, Place, make_cell
from dutygraph.read.headers import is_imprint
from dutygraph.read.spans import SpannedRow, spread

if TYPE_CHECKING:
    from lxml.html import HtmlElement

__all__ = ["read_html"]

_SILENT = frozenset({"script", "style", "head", "template", "noscript", "svg", "select", "iframe", "object"})
_INLINE = frozenset(
    {"a", "abbr", "b", "big", "cite", "code", "em", "font", "i", "ins", "kbd", "label", "mark", "o:p", "q", "s",
     "small", "span", "strike", "strong", "sub", "sup", "tt", "u", "var", "wbr", "bdi", "bdo", "time", "data", "ruby"}
)  # fmt: skip
# Elements, roles and the usual class names of what stands around the text.
_AROUND = frozenset({"nav", "footer", "aside", "button"})
_AROUND_ROLES = frozenset({"navigation", "contentinfo", "search", "complementary", "menu", "menubar"})
_AROUND_CLASS = re.compile(
    r"(?:(?:top|main|sub|side|left|right|bottom)[-_]?)?(?:nav(?:bar|igation)?|menu|bar|foot(?:er)?)"
    r"|(?:bread)?crumbs?|copyright|pag(?:er|ination)|share|toolbar"
)
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_BETWEEN_LINKS = re.compile(r"\W*")
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
    _number_lists(root)
    reader = _Reader()
    reader.read(root)
    reader.end_paragraph()
    return Document(tuple(reader.blocks), tuple(reader.findings))


class _Reader:
    """Walks the page once: tables become grids, everything else paragraphs."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.findings: list[Finding] = []
        self.pending: list[str] = []
        self.beside_links: list[str] = []
        self.open_links = 0
        self.in_heading = False
        self.tables = 0
        self.paragraphs = 0

    def read(self, root: HtmlElement) -> None:
        # An explicit stack: pages nest deeper than Python recurses.
        stack: list[tuple[HtmlElement, bool]] = [(root, True)]
        while stack:
            element, entering = stack.pop()
            tag = element.tag
            if not isinstance(tag, str):
                self._add(element.tail)
                continue
            inline = tag in _INLINE
            if entering:
                if not inline:
                    self.end_paragraph()
                if tag in _SILENT:
                    self._add(element.tail)
                    continue
                if _is_around(element):
                    self._set_aside(fold(" ".join(_lines(element))))
                    self._add(element.tail)
                    continue
                self.open_links += _leads_away(element)
                self.in_heading |= tag in _HEADINGS
                if tag == "table" and element.find(".//table") is None:
                    self._table(element)
                    self._add(element.tail)
                    continue
                self._add(element.text)
                stack.append((element, False))
                stack.extend((child, True) for child in reversed(list(element)))
            else:
                self.open_links -= _leads_away(element)
                if not inline:
                    self.end_paragraph()
                self._add(element.tail)

    def _add(self, text: str | None) -> None:
        self.pending.append(text or "")
        if not self.open_links:
            self.beside_links.append(text or "")

    def end_paragraph(self) -> None:
        text = fold("".join(self.pending))
        only_links = _BETWEEN_LINKS.fullmatch("".join(self.beside_links)) and not self.in_heading
        self.pending, self.beside_links, self.in_heading = [], [], False
        if not text:
            return
        self.paragraphs += 1
        if (only_links and not _BETWEEN_LINKS.fullmatch(text)) or is_imprint(text):
            self._set_aside(text)
        else:
            self.blocks.append(Paragraph(text, Place(cell=f"paragraph {self.paragraphs}")))

    def _set_aside(self, text: str) -> None:
        if text:
            place = Place(cell=f"paragraph {self.paragraphs}")
            self.findings.append(Finding("READ-MARGIN", "info", "text around the page; not read", place.at(""), text))

    def _table(self, table: HtmlElement) -> None:
        self.tables += 1
        for caption in table.iterchildren("caption"):
            self._add(caption.text_content())
            self.end_paragraph()
        rows = list(table.iter("tr"))
        if _is_list_of_links(rows):
            self._set_aside(fold(" ".join(line for row in rows for line in _lines(row))))
            return
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


def _is_around(element: HtmlElement) -> bool:
    """Whether an element is the page's navigation or imprint: by what it is or is called, and without tables."""
    named = [*(element.get("class") or "").lower().split(), (element.get("id") or "").lower()]
    around = (
        element.tag in _AROUND
        or (element.get("role") or "").lower() in _AROUND_ROLES
        or any(_AROUND_CLASS.fullmatch(name) for name in named)
    )
    return around and element.tag not in ("html", "body") and element.find(".//table") is None


def _is_list_of_links(rows: Sequence[HtmlElement]) -> bool:
    """Whether all cells of a table, but for a heading in its first row, hold links to elsewhere and nothing else."""
    cells = [cell for row in rows for cell in row.iterchildren("td", "th") if fold(cell.text_content())]
    linked = [_is_linked(cell) for cell in cells]
    return any(linked) and all(linked[1:])


def _is_linked(cell: HtmlElement) -> bool:
    links = [link for link in cell.iter("a") if _leads_away(link)]
    return fold(cell.text_content()) == fold("".join(link.text_content() for link in links))


def _leads_away(element: HtmlElement) -> bool:
    """Whether an element is a link to another page."""
    return element.tag == "a" and not (element.get("href") or "#").startswith("#")


def _number_lists(root: HtmlElement) -> None:
    """Write into the items of numbered lists the numbers that a browser shows before them."""
    for numbered in root.iter("ol"):
        start = numbered.get("start", "")
        first = int(start) if start.isascii() and start.isdecimal() and len(start) < 6 else 1
        if numbered.get("type", "1") == "1":
            for number, item in enumerate(numbered.iterchildren("li"), start=first):
                item.text = f"{number}.{item.text or ''}"


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
