"""From the rows of the three tables to duties, matters and services.

An empty cell under a filled one stands for the merged cell above it where the form merges: number, duty, department,
matter, agency. Telephones, bases and cases are never carried to another record.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from dutygraph.model import Duty, Finding, Locator, Matter, Quote, Service, Share, Unread, WorkItem
from dutygraph.read.citations import parse_citations
from dutygraph.read.contacts import parse_annual_dates, parse_phones
from dutygraph.read.departments import split_departments
from dutygraph.read.folding import fold, is_broken
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
    """One data row: its cells by column key, and the cells of columns that nobody knows."""

    section: str
    number: int
    table: Table
    cells: tuple[Cell, ...]

    def cell(self, key: str) -> Cell:
        index = self.table.columns.get(key)
        return BLANK if index is None else self.cells[index]

    def at(self, key: str) -> Locator:
        index = self.table.columns[key]
        return self.cells[index].place.at(self.section, self.number, self.table.header[index].text)

    def quote(self, key: str) -> Quote | None:
        cell = self.cell(key)
        return Quote(cell.text, self.at(key)) if cell else None

    def strangers(self) -> Iterable[Quote]:
        """Filled cells of unknown columns; a cell merged over known columns is not strange."""
        known = [self.cells[index] for index in self.table.columns.values()]
        for index, cell in enumerate(self.cells):
            if cell and index not in self.table.columns.values() and not any(cell is other for other in known):
                column = self.table.header[index].text if index < len(self.table.header) else None
                yield Quote(cell.text, cell.place.at(self.section, self.number, column or None))


def assemble(tables: Sequence[Table]) -> Records:
    """The records of all tables, in the order of the source. Pure; never raises."""
    records = Records()
    rows: dict[str, list[_Row]] = {}
    for table in tables:
        if table.section is None:
            _keep_raw(table, records)
            continue
        known = rows.setdefault(table.section, [])
        for cells in table.rows:
            known.append(_Row(table.section, len(known) + 1, table, cells))
        _report_columns(table, records)
    for section, build in _BUILDERS.items():
        build(rows.get(section, []), records)
    for section_rows in rows.values():
        for row in section_rows:
            _keep_strangers(row, records)
    return records


# -- duties ----------------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Open:
    """A duty or matter being gathered from its rows."""

    no: str
    name: Quote
    cell: Cell
    parts: list[WorkItem] | list[Share] = field(default_factory=list)
    basis: Quote | None = None
    case: Quote | None = None
    more_bases: list[Quote] = field(default_factory=list)


class _Gatherer:
    """Decides row by row whether a duty or matter begins, goes on, or comes back after a page break."""

    def __init__(self, key: str, records: Records) -> None:
        self.key = key
        self.records = records
        self.all: list[_Open] = []
        self.current: _Open | None = None
        self.carries = False
        self.repeats: list[tuple[_Open, Locator]] = []

    def take(self, row: _Row) -> _Open | None:
        """The record that this row belongs to, or None when no row before it named one."""
        no, name = row.cell("no"), row.cell(self.key)
        current = self.current
        if current is not None and self._goes_on(no, name, current):
            self._continue_name(row, no, name, current)
            return current
        if not name and not no:
            return current
        known = self._returned(no.text, name.text)
        if known is not None:
            self.carries = True
            self.repeats.append((known, row.at(self.key)))
            self.current = known
        else:
            text = row.quote(self.key) or Quote("", row.at(self.key if self.key in row.table.columns else "no"))
            number = no.text or ("" if "no" in row.table.columns else str(len(self.all) + 1))
            self.current = _Open(number, text, name)
            self.all.append(self.current)
        return self.current

    def _goes_on(self, no: Cell, name: Cell, current: _Open) -> bool:
        if name is current.cell or not name:
            return not no or no.text == current.no
        if no and no.text != current.no:
            return False
        return name.text == current.name.text or (not no and (not current.name or is_broken(current.name.text)))

    def _continue_name(self, row: _Row, no: Cell, name: Cell, current: _Open) -> None:
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
    department: Cell = BLANK
    department_row: _Row | None = None
    for row in rows:
        before = gatherer.current
        duty = gatherer.take(row) if "duty" in row.table.columns else _unnamed(gatherer, row)
        if duty is not before:
            department, department_row = BLANK, None
        if row.cell("department"):
            department, department_row = row.cell("department"), row
        text = row.quote("item") if "item" in row.table.columns else row.quote("duty")
        if duty is None or text is None:
            _keep_row_rest(row, ("item", "department", "remark"), records)
            continue
        own = items.setdefault(id(duty), [])
        if own and is_broken(own[-1].text.text) and not row.cell("no") and not row.cell("duty"):
            own[-1] = _joined_item(own[-1], text, records)
            continue
        named = department_row.quote("department") if department_row is not None else None
        own.append(
            WorkItem(
                text,
                named,
                _departments(department),
                row.quote("remark"),
                parse_citations(text),
            )
        )
        if named is None and "department" in row.table.columns:
            records.findings.append(
                Finding("READ-DEPARTMENT", "warning", "no department is named for this work item", text.at, text.text)
            )
    gatherer.report()
    records.duties = [Duty(duty.no, duty.name, tuple(items.get(id(duty), ()))) for duty in gatherer.all]


def _unnamed(gatherer: _Gatherer, row: _Row) -> _Open:
    """The one nameless duty of a table that lists work items only."""
    if gatherer.current is None:
        gatherer.current = _Open("", Quote("", row.at("item")), BLANK)
        gatherer.all.append(gatherer.current)
    return gatherer.current


def _joined_item(item: WorkItem, rest: Quote, records: Records) -> WorkItem:
    whole = _join(item.text, rest, records)
    return WorkItem(whole, item.department, item.departments, item.remark, parse_citations(whole))


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
    for row in rows:
        before = gatherer.current
        matter = gatherer.take(row)
        if matter is not before:
            agency = None
        agency = row.quote("agency") or agency
        if matter is None:
            _keep_row_rest(row, ("agency", "share", "basis", "case", "remark"), records)
            continue
        _take_basis(matter, row, records)
        _take_share(shares.setdefault(id(matter), []), row, agency, records)
        _keep_row_rest(row, ("remark",), records, reported=False)
    gatherer.report()
    for open_matter in gatherer.all:
        cited = [quote for quote in (open_matter.basis, *open_matter.more_bases) if quote]
        records.matters.append(
            Matter(
                open_matter.no,
                open_matter.name,
                tuple(shares.get(id(open_matter), ())),
                open_matter.basis,
                tuple(citation for quote in cited for citation in parse_citations(quote)),
                open_matter.case,
            )
        )


def _take_share(shares: list[Share], row: _Row, agency: Quote | None, records: Records) -> None:
    text = row.quote("share")
    if text is None:
        if row.cell("agency"):
            quote = row.quote("agency")
            assert quote is not None
            shares.append(Share(quote, Quote("", quote.at)))
            records.findings.append(
                Finding("READ-SHARE", "warning", "the agency has no text in this matter", quote.at, quote.text)
            )
        return
    if shares and not row.cell("agency") and is_broken(shares[-1].text.text):
        shares[-1] = Share(shares[-1].agency, _join(shares[-1].text, text, records))
        return
    if agency is None:
        records.findings.append(
            Finding("READ-DEPARTMENT", "warning", "no agency is named for this share", text.at, text.text)
        )
    shares.append(Share(agency or Quote("", text.at), text))


def _take_basis(matter: _Open, row: _Row, records: Records) -> None:
    basis, case = row.quote("basis"), row.quote("case")
    if basis is not None and matter.basis is None:
        matter.basis = basis
    elif basis is not None and matter.basis is not None and basis.at != matter.basis.at:
        if is_broken(matter.basis.text):
            matter.basis = _join(matter.basis, basis, records)
        elif basis.text not in {matter.basis.text, *(other.text for other in matter.more_bases)}:
            matter.more_bases.append(basis)
            records.unread.append(
                Unread(basis, f"another basis of matter {matter.no}; its citations are in the matter")
            )
    if case is not None and matter.case is None:
        matter.case = case
    elif case is not None and matter.case is not None and case.at != matter.case.at and case.text != matter.case.text:
        if is_broken(matter.case.text):
            matter.case = _join(matter.case, case, records)
        else:
            records.unread.append(Unread(case, f"another case of matter {matter.no}"))


# -- services --------------------------------------------------------------------------------------------------------


def _build_services(rows: Sequence[_Row], records: Records) -> None:
    last: Cell = BLANK
    for row in rows:
        name = row.quote("service")
        if name is None or row.cell("service") is last:
            _go_on_with_service(row, records)
            continue
        last = row.cell("service")
        content, phone, department = row.quote("content"), row.quote("phone"), row.cell("department")
        dates = parse_annual_dates(name.text) or (parse_annual_dates(content.text) if content else ())
        no = row.cell("no").text or ("" if "no" in row.table.columns else str(len(records.services) + 1))
        records.services.append(
            Service(
                no,
                name,
                content,
                row.quote("department"),
                _departments(department),
                phone,
                parse_phones(phone.text) if phone else (),
                dates,
            )
        )
        if not department and "department" in row.table.columns:
            records.findings.append(
                Finding("READ-DEPARTMENT", "warning", "no department is named for this service", name.at, name.text)
            )
        _keep_row_rest(row, ("remark",), records, reported=False)


def _go_on_with_service(row: _Row, records: Records) -> None:
    """A row without a service of its own: the rest of a cell broken by a page, or cells to keep raw."""
    content = row.quote("content")
    if records.services and content is not None and records.services[-1].content is not None:
        last = records.services[-1]
        assert last.content is not None
        if content.at == last.content.at:
            return
        if is_broken(last.content.text):
            whole = _join(last.content, content, records)
            records.services[-1] = Service(
                last.no, last.name, whole, last.department, last.departments, last.phone, last.phones, last.annual_dates
            )
            _keep_row_rest(row, ("department", "phone", "remark"), records)
            return
    _keep_row_rest(row, ("no", "content", "department", "phone", "remark"), records)


# -- what no record holds --------------------------------------------------------------------------------------------


def _keep_row_rest(row: _Row, keys: Iterable[str], records: Records, *, reported: bool = True) -> None:
    for key in keys:
        quote = row.quote(key)
        if quote is None:
            continue
        reason = "a remark" if key == "remark" else "the row names nothing that this cell could belong to"
        records.unread.append(Unread(quote, reason))
        if reported:
            records.findings.append(Finding("READ-ROW", "warning", f"{reason}; kept raw", quote.at, quote.text))


def _keep_strangers(row: _Row, records: Records) -> None:
    for quote in row.strangers():
        records.unread.append(Unread(quote, f"unknown column {quote.at.column or ''}".strip()))


def _keep_raw(table: Table, records: Records) -> None:
    name = table.title or "、".join(cell.text for cell in table.header if cell)
    first = next((cell for cell in table.header if cell), BLANK)
    records.findings.append(
        Finding(
            "READ-SECTION", "warning",
            "no section of the form has a table with these columns; kept raw (name the columns under [lookups.columns] "
            "in register.toml if it is one)",
            first.place.at(table.title), name,
        )
    )  # fmt: skip
    for number, cells in enumerate([table.header, *table.rows]):
        for index, cell in enumerate(cells):
            if cell and not any(cell is other for other in cells[:index]):
                column = table.header[index].text if number and index < len(table.header) else None
                quote = Quote(cell.text, cell.place.at(table.title, number or None, column or None))
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
