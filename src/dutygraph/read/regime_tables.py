"""Supervision regimes laid out as a table: a row for each section of a regime, or a column for each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from dutygraph.model import Quote, Regime, RegimeSection, Unread
from dutygraph.read.departments import split_departments
from dutygraph.read.headings import section_kinds
from dutygraph.read.regime_sections import parse_section, sort_by_kind
from dutygraph.read.rows import Records, Row, is_searchable, keep_rest

__all__ = ["build_regimes"]

_NO_SECTIONS = frozenset({"no", "regime", "remark"})


@dataclass(slots=True)
class _Draft:
    """A regime while its rows are read: its sections by heading, each with its paragraphs."""

    no: str
    title: Quote
    preamble: list[Quote] = field(default_factory=list)
    sections: dict[str, tuple[Quote, list[Quote]]] = field(default_factory=dict)
    departments: dict[str, None] = field(default_factory=dict)

    def add(self, heading: Quote | None, paragraphs: Sequence[Quote], *, is_basis: bool = False) -> None:
        """Add what stands under a heading. The basis and the aim of a regime are its preamble, as in prose; so is a
        text that stands before any heading, and one without a heading goes on with the section above."""
        if heading is not None and (is_basis or section_kinds(heading.text) == ("basis",)):
            self.preamble.extend(_under(heading, paragraph) for paragraph in paragraphs)
        elif heading is not None:
            self.sections.setdefault(heading.text, (heading, []))[1].extend(paragraphs)
        elif self.sections:
            next(reversed(self.sections.values()))[1].extend(paragraphs)
        else:
            self.preamble.extend(paragraphs)


def build_regimes(rows: Sequence[Row], records: Records) -> None:
    """Add the regimes of the rows to the records. A regime goes on until another is named."""
    drafts: list[_Draft] = []
    for row in rows:
        title = row.own("regime")
        if title is not None and not (drafts and drafts[-1].title.text == title.text):
            drafts.append(_Draft(row.cell("no").text, title))
        if not drafts:
            keep_rest(row, row.columns, records)
            continue
        kinds = row.columns.keys() - _NO_SECTIONS
        if row.has_column("element"):
            drafts[-1].add(row.quote("element"), list(_paragraphs(row, "text", records)))
            kinds -= {"element", "text"}
        for kind in sorted(kinds, key=row.columns.__getitem__):
            _add_column(drafts[-1], row, kind, records)
        keep_rest(row, ("remark",), records, reported=False)
    records.regimes.extend(_regime(draft, records) for draft in drafts)


def _add_column(draft: _Draft, row: Row, kind: str, records: Records) -> None:
    """Add a cell whose column is a section: the header word is its heading."""
    paragraphs = list(_paragraphs(row, kind, records))
    if not paragraphs:
        return
    header = row.table.header[row.columns[kind]]
    draft.add(Quote(header.text, row.at(kind)), paragraphs, is_basis=kind == "basis")
    if kind == "department":
        cell = row.cell(kind)
        draft.departments.update(dict.fromkeys(split_departments(" ".join(cell.lines) or cell.text)))


def _paragraphs(row: Row, kind: str, records: Records) -> Iterator[Quote]:
    """The lines of a cell that begins in the row; those too long to be searched are kept raw."""
    if row.own(kind) is None:
        return
    cell = row.cell(kind)
    for line in cell.lines or (cell.text,):
        quote = Quote(line, row.at(kind))
        if is_searchable(quote, records):
            yield quote
        else:
            records.unread.append(Unread(quote, "too long for a paragraph of a regime"))


def _under(heading: Quote, paragraph: Quote) -> Quote:
    return replace(paragraph, at=replace(paragraph.at, column=heading.text))


def _regime(draft: _Draft, records: Records) -> Regime:
    sections: tuple[RegimeSection, ...] = tuple(
        parse_section(heading, paragraphs, records.findings) for heading, paragraphs in draft.sections.values()
    )
    regime = sort_by_kind(Regime(draft.no, draft.title, tuple(draft.preamble), sections))
    return replace(regime, departments=tuple(dict.fromkeys([*draft.departments, *regime.departments])))
