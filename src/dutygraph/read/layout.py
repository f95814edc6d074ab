"""From blocks to sections: which table is which, where rows begin and end, what is title, heading or contents list.

The same for every format. Tables are known by their header words, regimes by their title or their inner headings; the
order of sections and the titles between them do not matter.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from dutygraph.model import Finding
from dutygraph.read.folding import number_value, squeeze
from dutygraph.read.grid import Block, Cell, Document, Grid, Paragraph, Place, distinct
from dutygraph.read.headers import (
    REGIMES,
    find_columns,
    find_department_line,
    is_number_column,
    recognise_header,
    recognise_title,
)
from dutygraph.read.headings import is_heading

__all__ = ["Layout", "Lookups", "Table", "contents_entries", "lay_out"]

_PAGE_NUMBER = re.compile(r"[-—–－\s]*(?:第\s*)?\d{1,4}\s*(?:页)?(?:\s*[/共]\s*(?:共)?\s*\d{1,4}\s*页?)?[-—–－\s]*")
_CONTINUED = re.compile(r"[（(]?(?:续表?|接上[页表])[0-9一二三四五六七八九十]*[）)]?")
_REGIME_HEADING = re.compile(
    r"[一二三四五六七八九十]+[、.．](?:监督检查|监管检查|检查|监管|监督)(?:的)?(?:对象|内容|方式|措施|程序)\S{0,8}"
)
_REGIME_TITLE = re.compile(r"[（(][一二三四五六七八九十]+[）)]\S{2,}")
_HEADING = re.compile(r"[一二三四五六七八九十]+[、.．]|第[一二三四五六七八九十]+[部章节]")
_CONTENTS_WORD = re.compile(r"目录|目次")
_FEWEST_HEADINGS = 2  # one heading's words may stand anywhere
_NUMERAL = re.compile(r"[0-9０-９①-⑳〇零一二三四五六七八九十百]")
_TOTAL = re.compile(r"[合总小共]计[:：]?")
_LEADER = re.compile(r"[.．…·\s]*\d{0,4}$")


@dataclass(frozen=True, slots=True)
class Lookups:
    """What register.toml adds to the vocabulary: header word → kind of column, title → section."""

    columns: Mapping[str, str] = field(default_factory=dict)
    sections: Mapping[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Table:
    """A table with its header row. ``section`` is None when its header words are not those of a known section."""

    section: str | None
    header: tuple[Cell, ...]
    columns: dict[str, int]
    rows: list[tuple[Cell, ...]] = field(default_factory=list)


@dataclass(slots=True)
class Layout:
    """The sections of a document. ``furniture`` is what was understood and carries no record: titles, header rows,
    agency lines, lists of contents, page numbers. ``loose`` are paragraphs that belong to no section."""

    tables: list[Table] = field(default_factory=list)
    regimes: list[Paragraph] = field(default_factory=list)
    contents: list[Paragraph] = field(default_factory=list)
    loose: list[tuple[str, Paragraph]] = field(default_factory=list)
    furniture: list[Paragraph | Cell] = field(default_factory=list)
    titles: dict[str, str] = field(default_factory=dict)
    agencies: list[str] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def lay_out(document: Document, lookups: Lookups) -> Layout:
    """Find the sections of a document. Pure; never raises."""
    layout = Layout()
    section: str | None = None
    waiting: list[Paragraph] = []
    for part in _parts(document, lookups, layout):
        if part is None:  # prose does not go on from one sheet to the next
            _place(layout, waiting, section)
            waiting, section = [], None
            continue
        if isinstance(part, Table):
            _place(layout, waiting, section)
            waiting, section = [], part.section or section
            layout.tables.append(part)
            if part.section:
                layout.furniture.extend(part.header)
            continue
        title = lookups.sections.get(squeeze(part.text)) or recognise_title(part.text)
        agency = find_department_line(part.text)
        if title is not None:
            _place(layout, waiting, section)
            waiting, section = [], title
            layout.titles.setdefault(title, part.text)
            layout.furniture.append(part)
        elif agency is not None:
            layout.agencies.append(agency)
            layout.furniture.append(part)
        elif _PAGE_NUMBER.fullmatch(part.text) or _CONTINUED.fullmatch(part.text):
            layout.furniture.append(part)
        else:
            waiting.append(part)
    _place(layout, waiting, section)
    layout.regimes, layout.contents = _without_contents(layout.regimes)
    layout.furniture.extend(layout.contents)
    return layout


def _place(layout: Layout, paragraphs: list[Paragraph], section: str | None) -> None:
    """Hand paragraphs to the regimes, when that is the section or they look it, else keep them as loose."""
    if section == REGIMES:
        layout.regimes.extend(paragraphs)
        return
    start = _regimes_start(paragraphs)
    loose, regimes = paragraphs[:start], paragraphs[start:]
    layout.regimes.extend(regimes)
    loose = _without_front_contents(loose, layout)
    layout.loose.extend((section or "", paragraph) for paragraph in loose)


def _regimes_start(paragraphs: list[Paragraph]) -> int:
    """Where untitled regimes begin: at the numbered line before the first heading of inspections; where headings have
    no numbers, two of them tell, and what no regime claims comes back."""
    for index, paragraph in enumerate(paragraphs):
        if _REGIME_HEADING.fullmatch(squeeze(paragraph.text)):
            numbered = (i for i in range(index) if _REGIME_TITLE.match(paragraphs[i].text))
            return next(numbered, index)
    headings = sum(is_heading(paragraph.text) for paragraph in paragraphs)
    return 0 if headings >= _FEWEST_HEADINGS else len(paragraphs)


def _without_front_contents(paragraphs: list[Paragraph], layout: Layout) -> list[Paragraph]:
    """Take a list of contents (目录 and the lines after it) out of the paragraphs before the first section."""
    for index, paragraph in enumerate(paragraphs):
        if _CONTENTS_WORD.fullmatch(squeeze(paragraph.text)):
            end = index + 1
            while end < len(paragraphs) and _is_contents_line(paragraphs[end].text):
                end += 1
            layout.furniture.extend(paragraphs[index:end])
            return paragraphs[:index] + paragraphs[end:]
    return paragraphs


def _is_contents_line(text: str) -> bool:
    return len(text) < 80 and not text.endswith(("。", "；", ";", "：", ":"))


def _without_contents(paragraphs: list[Paragraph]) -> tuple[list[Paragraph], list[Paragraph]]:
    """Split a leading list of contents from the regimes: numbered titles, without any text between them, up to where
    the first number comes again."""
    first = next((i for i, p in enumerate(paragraphs) if not _CONTENTS_WORD.fullmatch(squeeze(p.text))), 0)
    marker = _REGIME_TITLE.match(paragraphs[first].text) if paragraphs else None
    if marker is None:
        return paragraphs, []
    number = paragraphs[first].text.partition("）" if "）" in paragraphs[first].text else ")")[0]
    for index in range(first + 1, len(paragraphs)):
        text = paragraphs[index].text
        if text.startswith(number) and index > first + 1:
            return paragraphs[index:], paragraphs[:index]
        if not _is_contents_line(text) or _REGIME_HEADING.fullmatch(squeeze(text)):
            break
    return paragraphs[first:], paragraphs[:first]


def contents_entries(contents: Iterable[Paragraph]) -> list[tuple[Paragraph, str]]:
    """The entries of a list of contents, wrapped lines joined, without leaders and page numbers."""
    entries: list[tuple[Paragraph, str]] = []
    for paragraph in contents:
        text = _LEADER.sub("", squeeze(paragraph.text))
        if _REGIME_TITLE.match(text):
            entries.append((paragraph, text))
        elif entries and not _CONTENTS_WORD.fullmatch(text) and not _HEADING.match(text):
            entries[-1] = (entries[-1][0], entries[-1][1] + text)
    return entries


def _parts(document: Document, lookups: Lookups, layout: Layout) -> Iterator[Paragraph | Table | None]:
    """Paragraphs and tables in reading order; None where a sheet begins whose name is no title. A grid may hold several
    tables and prose rows; a table may go on in the next grid."""
    hint: str | None = None
    table: Table | None = None
    for block in _blocks(document, layout):
        if isinstance(block, Paragraph):
            title = recognise_title(block.text)
            hint = title or hint
            if title or _HEADING.match(block.text):
                table = None
            yield block
            continue
        title = recognise_title(block.name) if block.name else None
        if title:
            hint, table = title, None
            yield Paragraph(block.name or "", Place(cell=block.name))
        elif block.name:
            yield None
        for row in block.rows:
            if not any(row):
                continue
            line = _prose_line(row, table)
            if line is not None:
                title = recognise_title(line.text)
                hint = title or hint
                table = None if title else table
                yield line
                continue
            words = [cell.text for cell in row]
            section = recognise_header(words, hint, lookups.columns)
            if hint == REGIMES and table is None and section is None and (lines := _regime_lines(row)):
                yield from lines
                continue
            if table is not None and words == [cell.text for cell in table.header]:
                layout.furniture.extend(row)
            elif section is not None or table is None or _is_foreign(row, table, begins=row is block.rows[0]):
                columns = find_columns(section, words, lookups.columns) if section else {}
                table = Table(section, row, columns)
                yield table
            else:
                table.rows.append(row)


def _blocks(document: Document, layout: Layout) -> Iterator[Block]:
    """The blocks of a document, a regime laid out in two columns as prose."""
    for block in document.blocks:
        prose = _regime_in_two_columns(block, layout) if isinstance(block, Grid) else []
        yield from prose or (block,)


def _regime_in_two_columns(grid: Grid, layout: Layout) -> list[Paragraph]:
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
    layout.furniture.extend(labels)
    return prose


def _prose_line(row: tuple[Cell, ...], table: Table | None) -> Paragraph | None:
    """The line of prose that a row is: its one cell, when it stands across the table, or what a row of totals says."""
    filled = [cell for _, cell in distinct(row)]
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
