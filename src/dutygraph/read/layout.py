"""From blocks to sections: which table is which, where rows begin and end, what is title, heading or contents list.

The same for every format. Tables are known by their header words, regimes by their title or their inner headings; the
order of sections and the titles between them do not matter.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from dutygraph.model import Finding
from dutygraph.read.folding import squeeze
from dutygraph.read.grid import Cell, Document, Paragraph
from dutygraph.read.headers import REGIMES, find_department_line, is_particular, recognise_title
from dutygraph.read.headings import is_heading
from dutygraph.read.parts import read_parts
from dutygraph.read.tables import Lookups, Table, counts_parts

__all__ = ["Layout", "contents_entries", "lay_out"]

_PAGE_NUMBER = re.compile(r"[-—–－\s]*(?:第\s*)?\d{1,4}\s*(?:页)?(?:\s*[/共]\s*(?:共)?\s*\d{1,4}\s*页?)?[-—–－\s]*")
_CONTINUED = re.compile(r"[（(]?(?:续表?|接上[页表])[0-9一二三四五六七八九十]*[）)]?")
_CAPTION = re.compile(r"(?:附?表|表格)[0-9一二三四五六七八九十]+[:：]?")
_REGIME_HEADING = re.compile(
    r"[一二三四五六七八九十]+[、.．](?:监督检查|监管检查|检查|监管|监督)(?:的)?(?:对象|内容|方式|措施|程序)\S{0,8}"
)
_REGIME_TITLE = re.compile(r"[（(][一二三四五六七八九十]+[）)]\S{2,}")
_HEADING = re.compile(r"[一二三四五六七八九十]+[、.．]|第[一二三四五六七八九十]+[部章节]")
_CONTENTS_WORD = re.compile(r"目录|目次")
_FEWEST_HEADINGS = 2  # one heading's words may stand anywhere
_LEADER = re.compile(r"[.．…·\s]*\d{0,4}$")


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
    for part in read_parts(document, lookups, layout.furniture):
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
        elif is_particular(part.text) or any(
            form.fullmatch(part.text) for form in (_PAGE_NUMBER, _CONTINUED, _CAPTION)
        ):
            layout.furniture.append(part)
        else:
            waiting.append(part)
    _place(layout, waiting, section)
    for table in filter(counts_parts, layout.tables):
        table.columns["item_no"] = table.columns.pop("no")
        layout.furniture.extend(row[table.columns["item_no"]] for row in table.rows)
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
