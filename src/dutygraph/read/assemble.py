"""From the rows of the tables to duties, matters, services and regimes.

An empty cell under a filled one stands for the merged cell above it where the form merges: number, duty, department,
matter, agency; not in a department column that writes its words again in every row, there it names none. Telephones,
bases and cases are never carried to another record.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import pairwise

from dutygraph.model import Citation, Duty, Finding, Matter, Quote, Service, Share, Unread, WorkItem
from dutygraph.read.citations import parse_citations
from dutygraph.read.contacts import parse_annual_dates, parse_phones
from dutygraph.read.departments import split_departments
from dutygraph.read.folding import fold, is_broken
from dutygraph.read.gather import Gatherer, Open
from dutygraph.read.grid import BLANK, distinct
from dutygraph.read.headers import DUTIES, MATTERS, REGIMES, SERVICES
from dutygraph.read.lists import holds_lists, split_list
from dutygraph.read.regime_tables import build_regimes
from dutygraph.read.roles import with_role
from dutygraph.read.rows import Records, Row, is_searchable, join, keep_rest, read_rows
from dutygraph.read.tables import Table

__all__ = ["assemble"]


def assemble(tables: Sequence[Table]) -> Records:
    """The records of all tables, in the order of the source. Pure; never raises."""
    records = Records()
    for table in tables:
        if table.section is None:
            _keep_raw(table, records)
        elif table.rows:  # the upper row of a header in two rows has none
            _report_columns(table, records)
    for section, build in _BUILDERS.items():
        rows = read_rows(table for table in tables if table.section == section)
        build(rows, records)
        for row in rows:
            for quote in row.strangers():
                records.unread.append(Unread(quote, f"unknown column {quote.at.column or ''}".strip()))
    return records


# -- duties ----------------------------------------------------------------------------------------------------------


def _build_duties(rows: Sequence[Row], records: Records) -> None:
    gatherer = Gatherer("duty", records)
    items: dict[int, list[WorkItem]] = {}
    department: Row | None = None
    carries = not _writes_every_row(rows, "department")
    lists = holds_lists([row.cell("item") for row in rows if row.own("item")])
    for row in rows:
        before = gatherer.current
        duty = gatherer.take(row) if row.has_column("duty") else _unnamed(gatherer, row)
        own = items.setdefault(id(duty), [])
        if row.quote("department") is not None:
            department = row
        elif duty is not before or not carries:
            department = None
        # A register that lists duties only: each is its own single item, or its department would be lost.
        text = row.own("item") if row.has_column("item") else row.own("duty")
        if duty is None or (text is None and not own):
            keep_rest(row, ("item", "department", "remark"), records)
        elif text is None:
            _share_item(own, row, records)
        elif own and is_broken(own[-1].text.text) and not row.own("no") and not row.own("duty"):
            whole = join(own[-1].text, text, records)
            own[-1] = replace(own[-1], text=whole, citations=_citations(whole, records))
        else:
            listed = split_list(row.cell("item")) if lists and row.has_column("item") else ()
            own.extend(_work_item(Quote(words, text.at), department, row, records) for words in listed or (text.text,))
    gatherer.report()
    records.duties = [Duty(duty.no, duty.name, tuple(items.get(id(duty), ()))) for duty in gatherer.all]


def _writes_every_row(rows: Sequence[Row], kind: str) -> bool:
    """Whether a column says in each row what it says (by writing it again, or by a merged cell), so that a blank is
    one: within a duty, more cells repeat the one above than are blank."""
    repeats = blanks = 0
    for above, below in pairwise(rows):
        if not below.cell("duty") or below.cell("duty").text == above.cell("duty").text:
            repeats += bool(below.cell(kind)) and below.cell(kind).text == above.cell(kind).text
            blanks += not below.cell(kind)
    return repeats > blanks


def _work_item(text: Quote, department: Row | None, row: Row, records: Records) -> WorkItem:
    if department is None and row.has_column("department"):
        records.findings.append(
            Finding("READ-DEPARTMENT", "warning", "no department is named for this work item", text.at, text.text)
        )
    quote, names = (department.quote("department"), _departments(department, records)) if department else (None, ())
    return WorkItem(text, quote, names, row.own("remark"), _citations(text, records))


def _share_item(items: list[WorkItem], row: Row, records: Records) -> None:
    """A row that names only a department: one more for the work item above, whose cell is merged over both."""
    named = row.own("department")
    if named is not None:
        names = dict.fromkeys([*items[-1].departments, *_departments(row, records)])
        items[-1] = replace(items[-1], departments=tuple(names))
        records.findings.append(
            Finding("READ-MERGED", "info", "one more department of the work item above", named.at, named.text)
        )
    keep_rest(row, ("remark",), records, reported=False)


def _unnamed(gatherer: Gatherer, row: Row) -> Open:
    """The one nameless duty of a table that lists work items only."""
    if gatherer.current is None:
        gatherer.current = Open("", Quote("", row.at("item")), BLANK)
        gatherer.all.append(gatherer.current)
    return gatherer.current


def _departments(row: Row, records: Records) -> tuple[str, ...]:
    """The single names in a department cell. Lines are given as blanks: a name may be broken over two of them."""
    cell, quote = row.cell("department"), row.quote("department")
    if quote is None or not is_searchable(quote, records):
        return ()
    return tuple(fold(name) for name in split_departments(" ".join(cell.lines) or cell.text))


def _citations(quote: Quote, records: Records) -> tuple[Citation, ...]:
    return parse_citations(quote) if is_searchable(quote, records) else ()


def _annual_dates(quote: Quote | None, records: Records) -> tuple[str, ...]:
    return parse_annual_dates(quote.text) if quote and is_searchable(quote, records) else ()


# -- matters ---------------------------------------------------------------------------------------------------------


def _build_matters(rows: Sequence[Row], records: Records) -> None:
    gatherer = Gatherer("matter", records)
    shares: dict[int, list[Share]] = {}
    agency: Quote | None = None
    for row in rows:
        before = gatherer.current
        matter = gatherer.take(row)
        if matter is None:
            keep_rest(row, ("agency", "share", "basis", "case", "remark"), records)
            continue
        named = row.quote("agency")
        if named is not None or matter is not before or (agency and agency.at.column != row.at("agency").column):
            agency = named
        matter.basis = _take_once(matter.basis, row.own("basis"), matter, records)
        matter.case = _take_once(matter.case, row.own("case"), matter, records)
        _take_share(shares.setdefault(id(matter), []), row, agency, records)
        keep_rest(row, ("remark",), records, reported=False)
    gatherer.report()
    for one in gatherer.all:
        cited = [quote for quote in (one.basis, *one.others) if quote is not None]
        citations = tuple(citation for quote in cited for citation in _citations(quote, records))
        of_one = tuple(map(with_role, shares.get(id(one), ())))
        records.matters.append(Matter(one.no, one.name, of_one, one.basis, citations, one.case))


def _take_once(kept: Quote | None, new: Quote | None, matter: Open, records: Records) -> Quote | None:
    """A matter has one basis and one case. The rest of a broken cell is joined; another text is kept raw (and what it
    cites still belongs to the matter)."""
    if kept is None or new is None:
        return kept or new
    if is_broken(kept.text):
        return join(kept, new, records)
    if new.text != kept.text and all(new.text != other.text for other in matter.others):
        if new.at.column == kept.at.column and matter.basis is kept:
            matter.others.append(new)
        records.unread.append(Unread(new, f"one more text of {new.at.column} for matter {matter.no}"))
    return kept


def _take_share(shares: list[Share], row: Row, agency: Quote | None, records: Records) -> None:
    text, named = row.quote("share"), row.own("agency")
    if text is None and named is None:
        return
    if text is None and shares:
        text = shares[-1].text
        message = "no text of its own; read as merged with the cell above"
        records.findings.append(
            Finding("READ-MERGED", "info", message, row.at("agency"), agency.text if agency else "")
        )
    if text is None:
        text = Quote("", row.at("share"))
        message = "the agency has no text in this matter"
        records.findings.append(
            Finding("READ-SHARE", "warning", message, row.at("agency"), agency.text if agency else "")
        )
    if shares and named is None and is_broken(shares[-1].text.text):
        shares[-1] = Share(shares[-1].agency, join(shares[-1].text, text, records))
        return
    if agency is None:
        message = "no agency is named for this share"
        records.findings.append(Finding("READ-DEPARTMENT", "warning", message, text.at, text.text))
    shares.append(Share(agency or Quote("", row.at("agency")), text))


# -- services --------------------------------------------------------------------------------------------------------


def _build_services(rows: Sequence[Row], records: Records) -> None:
    for row in rows:
        name = row.own("service")
        if name is None:
            _go_on_with_service(row, records)
            continue
        content, phone = row.quote("content"), row.quote("phone")
        no = row.cell("no").text or ("" if row.has_column("no") else str(len(records.services) + 1))
        records.services.append(
            Service(
                no=no,
                name=name,
                content=content,
                department=row.quote("department"),
                departments=_departments(row, records),
                phone=phone,
                phones=parse_phones(phone.text) if phone and is_searchable(phone, records) else (),
                annual_dates=_annual_dates(name, records) or _annual_dates(content, records),
            )
        )
        if row.quote("department") is None and row.has_column("department"):
            records.findings.append(
                Finding("READ-DEPARTMENT", "warning", "no department is named for this service", name.at, name.text)
            )
        keep_rest(row, ("remark",), records, reported=False)


def _go_on_with_service(row: Row, records: Records) -> None:
    """A row without a service of its own: the rest of a content cell broken by a page, or cells to keep raw."""
    content, last = row.own("content"), records.services[-1] if records.services else None
    if last is not None and last.content is not None and content is not None and is_broken(last.content.text):
        records.services[-1] = replace(last, content=join(last.content, content, records))
        keep_rest(row, ("no", "department", "phone", "remark"), records)
    else:
        keep_rest(row, ("no", "content", "department", "phone", "remark"), records)


# -- what no record holds --------------------------------------------------------------------------------------------


def _keep_raw(table: Table, records: Records) -> None:
    name = "、".join(cell.text for cell in table.header if cell)
    first = next((cell for cell in table.header if cell), BLANK)
    records.findings.append(
        Finding(
            "READ-SECTION", "warning",
            "no section of the form has a table with these columns; kept raw (name the columns under [lookups.columns] "
            "in register.toml if it is one)",
            first.place.at(name[:40]), name,
        )
    )  # fmt: skip
    for number, cells in enumerate([table.header, *table.rows]):
        for index, cell in distinct(cells):
            column = table.header[index].text if number else None
            quote = Quote(cell.text, cell.place.at(name[:40], number or None, column or None))
            records.unread.append(Unread(quote, "a table of no known section"))


def _report_columns(table: Table, records: Records) -> None:
    assert table.section is not None
    known = {index for columns in (table.columns, *table.pairs) for index in columns.values()}
    for index, cell in enumerate(table.header):
        merged = any(cell is table.header[other] for other in known)
        if index not in known and not merged and (cell or any(row[index] for row in table.rows)):
            records.findings.append(
                Finding(
                    "READ-HEADER", "warning",
                    "unknown column, kept raw; name what it is under [lookups.columns] in register.toml",
                    cell.place.at(table.section, None, cell.text or None), cell.text,
                )
            )  # fmt: skip
    for key in _WANTED[table.section]:
        if key not in table.columns:
            at = table.header[0].place.at(table.section)
            records.findings.append(Finding("READ-COLUMN", "warning", f"no column for: {key}", at))


_WANTED: dict[str, tuple[str, ...]] = {
    DUTIES: ("duty", "item", "department"),
    MATTERS: ("matter", "agency", "share", "basis"),
    SERVICES: ("service", "content", "department", "phone"),
    REGIMES: ("regime",),
}
_BUILDERS: dict[str, Callable[[Sequence[Row], Records], None]] = {
    DUTIES: _build_duties,
    MATTERS: _build_matters,
    SERVICES: _build_services,
    REGIMES: build_regimes,
}
