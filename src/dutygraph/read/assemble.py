"""From the rows of the three tables to duties, matters and services.

An empty cell under a filled one stands for the merged cell above it where the form merges: number, duty, department,
matter, agency. Telephones, bases and cases are never carried to another record.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain

from dutygraph.model import Duty, Finding, Locator, Matter, Quote, Service, Share, Unread, WorkItem
from dutygraph.read.citations import parse_citations
from dutygraph.read.contacts import parse_annual_dates, parse_phones
from dutygraph.read.departments import split_departments
from dutygraph.read.folding import fold, is_broken, number_value
from dutygraph.read.grid import BLANK, Cell
from dutygraph.read.headers import DUTIES, MATTERS, SERVICES
from dutygraph.read.layout import Table

__all__ = ["Records", "assemble"]


@dataclass(slots=True)
class Records:
    """The records of the tables, what was kept raw, and what was noticed."""

    duties: list[Duty] = field(default_factory=list)
    matters: list[Matter] = field(default_factory=list)
    services: list[Service] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


@dataclass(slots=True)
class _Row:
    """One data row by kind of column. ``quotes`` holds merged cells with the place where they begin, ``begun`` the
    kinds whose cell begins in this row."""

    table: Table
    cells: tuple[Cell, ...]
    number: int
    quotes: dict[str, Quote] = field(default_factory=dict)
    begun: set[str] = field(default_factory=set)

    def has_column(self, kind: str) -> bool:
        return kind in self.table.columns

    def cell(self, kind: str) -> Cell:
        index = self.table.columns.get(kind)
        return BLANK if index is None else self.cells[index]

    def at(self, kind: str) -> Locator:
        """The place of the row's cell of this kind, or of its first cell where there is no such column."""
        index = self.table.columns.get(kind, 0)
        return self.cells[index].place.at(self.table.section or "", self.number, self.table.header[index].text or None)

    def quote(self, kind: str) -> Quote | None:
        """The filled cell of this kind, merged from above or not."""
        return self.quotes.get(kind)

    def own(self, kind: str) -> Quote | None:
        """The filled cell of this kind that begins in this row."""
        return self.quotes.get(kind) if kind in self.begun else None

    def strangers(self) -> Iterable[Quote]:
        """Filled cells of unknown columns; a cell merged over known columns is not strange."""
        known = [self.cells[index] for index in self.table.columns.values()]
        for index, cell in enumerate(self.cells):
            if cell and not any(cell is other for other in known) and not any(cell is c for c in self.cells[:index]):
                column = self.table.header[index].text or None
                yield Quote(cell.text, cell.place.at(self.table.section or "", self.number, column))


def _rows(table: Table) -> Iterable[_Row]:
    begun: dict[int, Quote] = {}
    for number, cells in enumerate(table.rows, start=table.first_row):
        row = _Row(table, cells, number)
        for kind in table.columns:
            cell = row.cell(kind)
            if cell and id(cell) not in begun:
                begun[id(cell)] = Quote(cell.text, row.at(kind))
                row.begun.add(kind)
            if cell:
                row.quotes[kind] = begun[id(cell)]
        yield row


def assemble(tables: Sequence[Table]) -> Records:
    """The records of all tables, in the order of the source. Pure; never raises."""
    records = Records()
    rows: dict[str, list[_Row]] = {}
    for table in tables:
        if table.section is None:
            _keep_raw(table, records)
        else:
            rows.setdefault(table.section, []).extend(_rows(table))
            if table.rows:  # the upper row of a header in two rows has none
                _report_columns(table, records)
    for section, build in _BUILDERS.items():
        build(rows.get(section, []), records)
    for row in chain.from_iterable(rows.values()):
        for quote in row.strangers():
            records.unread.append(Unread(quote, f"unknown column {quote.at.column or ''}".strip()))
    return records


# -- duties ----------------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Open:
    """A duty or matter being gathered from its rows."""

    no: str
    name: Quote
    cell: Cell
    basis: Quote | None = None
    case: Quote | None = None
    others: list[Quote] = field(default_factory=list)


class _Gatherer:
    """Decides row by row whether a duty or matter begins, goes on, or comes back after a page break."""

    def __init__(self, key: str, records: Records) -> None:
        self.key = key
        self.records = records
        self.all: list[_Open] = []
        self.current: _Open | None = None
        self.next_number: int | None = None
        self.carries = False
        self.repeats: list[tuple[_Open, Locator]] = []

    def take(self, row: _Row, following: Sequence[_Row]) -> _Open | None:
        """The record that this row belongs to, or None when no row before it named one. ``following`` are the rows
        after it."""
        no, name = row.cell("no"), row.cell(self.key)
        current = self.current
        numbers = (number_value(later.cell("no").text) for later in following)
        self.next_number = next((number for number in numbers if number is not None), None)
        if current is not None and self._goes_on(row, current):
            self._continue_name(row, name, current)
            return current
        if not name and not no:
            return current
        known = self._returned(no.text, name.text)
        if known is not None:
            self.carries = True
            self.repeats.append((known, row.at(self.key)))
            self.current = known
        else:
            text = row.quote(self.key) or Quote("", row.at(self.key))
            number = no.text or ("" if row.has_column("no") else str(len(self.all) + 1))
            self.current = _Open(number, text, name)
            self.all.append(self.current)
        return self.current

    def _goes_on(self, row: _Row, current: _Open) -> bool:
        no, name = row.cell("no"), row.cell(self.key)
        if no and no.text != current.no:
            return False
        if not name or name is current.cell or name.text == current.name.text:
            return True
        # Another text under the number above: the rest of it, unless what stands there is a whole sentence.
        whole = current.name.text.endswith(("。", "；", ";", ".")) and not is_broken(current.name.text)
        return not no and row.has_column("no") and not whole and not self._leaves_room(current)

    def _leaves_room(self, current: _Open) -> bool:
        """Whether the next number skips one: then the row without a number is a record of its own."""
        at, following = number_value(current.no), self.next_number
        return at is None or (following is not None and following > at + 1)

    def _continue_name(self, row: _Row, name: Cell, current: _Open) -> None:
        if not name or name is current.cell:
            self.carries = True
            return
        if name.text == current.name.text:
            self.repeats.append((current, row.at(self.key)))
            return
        place = current.name.at if current.name else row.at(self.key)
        self.records.findings.append(
            Finding("READ-MERGED", "info", "the cell goes on in the next row; the two are joined", place, name.text)
        )
        current.name = Quote(fold(f"{current.name.text}\n{name.text}"), place)

    def _returned(self, no: str, name: str) -> _Open | None:
        return next((one for one in self.all if name and (one.no, one.name.text) == (no, name)), None)

    def report(self) -> None:
        """Name what stands twice. Where every row repeats its merged cells, as in sheets without merges, that is the
        writer's way and no finding."""
        if not self.carries:
            return
        for no, (quote, at) in {id(one): (one.no, (one.name, at)) for one, at in self.repeats}.values():
            message = f"{no or self.key} stands twice, as over a page break; its rows are read as one"
            self.records.findings.append(Finding("NUM-01", "info", message, at, quote.text))


def _build_duties(rows: Sequence[_Row], records: Records) -> None:
    gatherer = _Gatherer("duty", records)
    items: dict[int, list[WorkItem]] = {}
    department: tuple[Quote, Cell] | None = None
    for index, row in enumerate(rows):
        before = gatherer.current
        duty = gatherer.take(row, rows[index + 1 :]) if row.has_column("duty") else _unnamed(gatherer, row)
        own = items.setdefault(id(duty), [])
        named = row.quote("department")
        if named is not None:
            department = (named, row.cell("department"))
        elif duty is not before:
            department = None
        # A register that lists duties only: each is its own single item, or its department would be lost.
        text = row.own("item") if row.has_column("item") else row.own("duty")
        if duty is None or (text is None and not own):
            _keep_row_rest(row, ("item", "department", "remark"), records)
        elif text is None:
            _share_item(own, row, records)
        elif own and is_broken(own[-1].text.text) and not row.own("no") and not row.own("duty"):
            whole = _join(own[-1].text, text, records)
            own[-1] = replace(own[-1], text=whole, citations=parse_citations(whole))
        else:
            own.append(_work_item(text, department, row, records))
    gatherer.report()
    records.duties = [Duty(duty.no, duty.name, tuple(items.get(id(duty), ()))) for duty in gatherer.all]


def _work_item(text: Quote, department: tuple[Quote, Cell] | None, row: _Row, records: Records) -> WorkItem:
    if department is None and row.has_column("department"):
        records.findings.append(
            Finding("READ-DEPARTMENT", "warning", "no department is named for this work item", text.at, text.text)
        )
    quote, names = (department[0], _departments(department[1])) if department else (None, ())
    return WorkItem(text, quote, names, row.own("remark"), parse_citations(text))


def _share_item(items: list[WorkItem], row: _Row, records: Records) -> None:
    """A row that names only a department: one more for the work item above, whose cell is merged over both."""
    named = row.own("department")
    if named is not None:
        names = dict.fromkeys([*items[-1].departments, *_departments(row.cell("department"))])
        items[-1] = replace(items[-1], departments=tuple(names))
        records.findings.append(
            Finding("READ-MERGED", "info", "one more department of the work item above", named.at, named.text)
        )
    _keep_row_rest(row, ("remark",), records, reported=False)


def _unnamed(gatherer: _Gatherer, row: _Row) -> _Open:
    """The one nameless duty of a table that lists work items only."""
    if gatherer.current is None:
        gatherer.current = _Open("", Quote("", row.at("item")), BLANK)
        gatherer.all.append(gatherer.current)
    return gatherer.current


def _join(first: Quote, rest: Quote, records: Records) -> Quote:
    records.findings.append(
        Finding("READ-MERGED", "info", "the cell goes on in the next row; the two are joined", first.at, rest.text)
    )
    return Quote(fold(f"{first.text}\n{rest.text}"), first.at)


def _departments(cell: Cell) -> tuple[str, ...]:
    """The single names in a department cell. Lines are given as blanks: a name may be broken over two of them."""
    return tuple(fold(name) for name in split_departments(" ".join(cell.lines) or cell.text)) if cell else ()


# -- matters ---------------------------------------------------------------------------------------------------------


def _build_matters(rows: Sequence[_Row], records: Records) -> None:
    gatherer = _Gatherer("matter", records)
    shares: dict[int, list[Share]] = {}
    agency: Quote | None = None
    for index, row in enumerate(rows):
        before = gatherer.current
        matter = gatherer.take(row, rows[index + 1 :])
        if matter is None:
            _keep_row_rest(row, ("agency", "share", "basis", "case", "remark"), records)
            continue
        named = row.quote("agency")
        agency = named if named is not None or matter is not before else agency
        matter.basis = _take_once(matter.basis, row.own("basis"), matter, records)
        matter.case = _take_once(matter.case, row.own("case"), matter, records)
        _take_share(shares.setdefault(id(matter), []), row, agency, records)
        _keep_row_rest(row, ("remark",), records, reported=False)
    gatherer.report()
    for one in gatherer.all:
        cited = [quote for quote in (one.basis, *one.others) if quote is not None]
        citations = tuple(citation for quote in cited for citation in parse_citations(quote))
        records.matters.append(Matter(one.no, one.name, tuple(shares.get(id(one), ())), one.basis, citations, one.case))


def _take_once(kept: Quote | None, new: Quote | None, matter: _Open, records: Records) -> Quote | None:
    """A matter has one basis and one case. The rest of a broken cell is joined; another text is kept raw (and what it
    cites still belongs to the matter)."""
    if kept is None or new is None:
        return kept or new
    if is_broken(kept.text):
        return _join(kept, new, records)
    if new.text != kept.text and all(new.text != other.text for other in matter.others):
        if new.at.column == kept.at.column and matter.basis is kept:
            matter.others.append(new)
        records.unread.append(Unread(new, f"one more text of {new.at.column} for matter {matter.no}"))
    return kept


def _take_share(shares: list[Share], row: _Row, agency: Quote | None, records: Records) -> None:
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
        shares[-1] = Share(shares[-1].agency, _join(shares[-1].text, text, records))
        return
    if agency is None:
        message = "no agency is named for this share"
        records.findings.append(Finding("READ-DEPARTMENT", "warning", message, text.at, text.text))
    shares.append(Share(agency or Quote("", row.at("agency")), text))


# -- services --------------------------------------------------------------------------------------------------------


def _build_services(rows: Sequence[_Row], records: Records) -> None:
    for row in rows:
        name = row.own("service")
        if name is None:
            _go_on_with_service(row, records)
            continue
        content, phone, department = row.quote("content"), row.quote("phone"), row.cell("department")
        no = row.cell("no").text or ("" if row.has_column("no") else str(len(records.services) + 1))
        records.services.append(
            Service(
                no=no,
                name=name,
                content=content,
                department=row.quote("department"),
                departments=_departments(department),
                phone=phone,
                phones=parse_phones(phone.text) if phone else (),
                annual_dates=parse_annual_dates(name.text) or (parse_annual_dates(content.text) if content else ()),
            )
        )
        if not department and row.has_column("department"):
            records.findings.append(
                Finding("READ-DEPARTMENT", "warning", "no department is named for this service", name.at, name.text)
            )
        _keep_row_rest(row, ("remark",), records, reported=False)


def _go_on_with_service(row: _Row, records: Records) -> None:
    """A row without a service of its own: the rest of a content cell broken by a page, or cells to keep raw."""
    content, last = row.own("content"), records.services[-1] if records.services else None
    if last is not None and last.content is not None and content is not None and is_broken(last.content.text):
        records.services[-1] = replace(last, content=_join(last.content, content, records))
        _keep_row_rest(row, ("no", "department", "phone", "remark"), records)
    else:
        _keep_row_rest(row, ("no", "content", "department", "phone", "remark"), records)


# -- what no record holds --------------------------------------------------------------------------------------------


def _keep_row_rest(row: _Row, keys: Iterable[str], records: Records, *, reported: bool = True) -> None:
    for key in keys:
        quote = row.own(key)
        if quote is None:
            continue
        reason = "a remark" if key == "remark" else "the row names nothing that this cell could belong to"
        records.unread.append(Unread(quote, reason))
        if reported:
            records.findings.append(Finding("READ-ROW", "warning", f"{reason}; kept raw", quote.at, quote.text))


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
        for index, cell in enumerate(cells):
            if cell and not any(cell is other for other in cells[:index]):
                column = table.header[index].text if number and index < len(table.header) else None
                quote = Quote(cell.text, cell.place.at(name[:40], number or None, column or None))
                records.unread.append(Unread(quote, "a table of no known section"))


def _report_columns(table: Table, records: Records) -> None:
    assert table.section is not None
    known = set(table.columns.values())
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
}
_BUILDERS: dict[str, Callable[[Sequence[_Row], Records], None]] = {
    DUTIES: _build_duties,
    MATTERS: _build_matters,
    SERVICES: _build_services,
}
