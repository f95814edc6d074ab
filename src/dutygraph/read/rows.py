"""The data rows of a section by kind of column, and what the records made of them are gathered in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from dutygraph.model import Duty, Finding, Locator, Matter, Quote, Regime, Service, Unread
from dutygraph.read.folding import fold, number_value
from dutygraph.read.grid import BLANK, Cell, distinct
from dutygraph.read.tables import Table

__all__ = ["LONGEST_SEARCHED", "Records", "Row", "is_searchable", "join", "keep_rest", "read_rows"]

# The longest cell of a real register has 700 characters. The parsers look ahead and back, so their time grows faster
# than the text.
LONGEST_SEARCHED = 10_000
_PAIR = ("agency", "share")


@dataclass(slots=True)
class Records:
    """The records of the tables, what was kept raw, and what was noticed."""

    duties: list[Duty] = field(default_factory=list)
    matters: list[Matter] = field(default_factory=list)
    services: list[Service] = field(default_factory=list)
    regimes: list[Regime] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


@dataclass(slots=True)
class Row:
    """One data row by kind of column. ``number`` is that of the entry it belongs to. ``quotes`` holds merged cells with
    the place where they begin, ``begun`` the kinds whose cell begins in this row, ``next_number`` the first number that
    is written after this row. ``columns`` are the table's own, or those of a further pair of agency and share: a row of
    such a table gives a row for each pair, the first of which answers for the cells of unknown columns."""

    table: Table
    cells: tuple[Cell, ...]
    number: int
    columns: dict[str, int]
    further: bool = False
    quotes: dict[str, Quote] = field(default_factory=dict)
    begun: set[str] = field(default_factory=set)
    next_number: int | None = None

    def has_column(self, kind: str) -> bool:
        return kind in self.columns

    def cell(self, kind: str) -> Cell:
        index = self.columns.get(kind)
        return BLANK if index is None else self.cells[index]

    def at(self, kind: str) -> Locator:
        """The place of the row's cell of this kind, or of its first cell where there is no such column."""
        index = self.columns.get(kind, 0)
        return self.cells[index].place.at(self.table.section or "", self.number, self.table.header[index].text or None)

    def quote(self, kind: str) -> Quote | None:
        """The filled cell of this kind, merged from above or not."""
        return self.quotes.get(kind)

    def own(self, kind: str) -> Quote | None:
        """The filled cell of this kind that begins in this row."""
        return self.quotes.get(kind) if kind in self.begun else None

    def strangers(self) -> Iterable[Quote]:
        """Filled cells of unknown columns; a cell merged over known columns is not strange."""
        if self.further:
            return
        columns = [self.table.columns, *self.table.pairs]
        known = {id(self.cells[index]) for indexes in columns for index in indexes.values()}
        for index, cell in distinct(self.cells):
            if id(cell) not in known:
                column = self.table.header[index].text or None
                yield Quote(cell.text, cell.place.at(self.table.section or "", self.number, column))


def read_rows(tables: Iterable[Table]) -> list[Row]:
    """The data rows of the tables of one section, in order."""
    rows: list[Row] = []
    begun: dict[int, Quote] = {}
    entries = _Entries()
    for table in tables:
        for index, cells in enumerate(table.rows):
            number = entries.number_of(table, cells)
            above = table.rows[index - 1] if index else None
            for row in (Row(table, cells, number, *columns) for columns in _column_sets(table, cells, above)):
                for kind in row.columns:
                    cell = row.cell(kind)
                    if cell and id(cell) not in begun:
                        begun[id(cell)] = Quote(cell.text, row.at(kind))
                        row.begun.add(kind)
                    if cell:
                        row.quotes[kind] = begun[id(cell)]
                rows.append(row)
    following: int | None = None
    for row in reversed(rows):
        row.next_number = following
        following = number_value(row.cell("no").text) or following
    return rows


def _column_sets(
    table: Table, cells: tuple[Cell, ...], above: tuple[Cell, ...] | None
) -> Iterator[tuple[dict[str, int], bool]]:
    """The columns to read a row by: the table's own, and once more for each further pair that says something here. A
    pair whose cells are those of the row above (merged over both, or written again) says nothing new."""
    if not table.pairs:
        yield table.columns, False
        return
    shared = {kind: index for kind, index in table.columns.items() if kind not in _PAIR}
    own = {kind: table.columns[kind] for kind in _PAIR if kind in table.columns}
    telling = [pair for pair in (own, *table.pairs) if _says_something(pair, shared, cells, above)]
    for index, pair in enumerate(telling or [{}]):
        yield shared | pair, index > 0


def _says_something(
    pair: Mapping[str, int], shared: Mapping[str, int], cells: tuple[Cell, ...], above: tuple[Cell, ...] | None
) -> bool:
    said = [index for index in pair.values() if cells[index]]
    heads = [shared[kind] for kind in ("no", "matter") if kind in shared]
    if above is None or any(cells[index] and cells[index].text != above[index].text for index in heads):
        return bool(said)
    return any(cells[index].text != above[index].text for index in said)


class _Entries:
    """Counts the entries of a section: a row that a person would call the third is the third numbered one, however
    many rows its merged cells span, and though it stands again after a page break."""

    def __init__(self) -> None:
        self._count = 0
        self._last = ""
        self._seen: set[int] = set()

    def number_of(self, table: Table, cells: tuple[Cell, ...]) -> int:
        """The number of the entry that the next row belongs to, from 1."""
        numbered = "no" in table.columns and any(row[table.columns["no"]].text for row in table.rows)
        heads = ("no",) if numbered else ("duty", "matter", "service", "regime")
        for index in (table.columns[kind] for kind in heads if kind in table.columns):
            head = cells[index]
            if head.text and id(head) not in self._seen:
                self._seen.add(id(head))
                if head.text != self._last:
                    self._count += 1
                self._last = head.text
        return max(self._count, 1)


def is_searchable(quote: Quote, records: Records) -> bool:
    """Whether a text is short enough to be searched for values (citations, names, numbers). What is longer is no cell
    of the form; it is kept whole, and a finding says that nothing was looked for in it."""
    if len(quote.text) <= LONGEST_SEARCHED:
        return True
    message = f"longer than {LONGEST_SEARCHED} characters; kept whole, not searched for citations and other values"
    records.findings.append(Finding("READ-LONG", "warning", message, quote.at, quote.text[:60]))
    return False


def join(first: Quote, rest: Quote, records: Records) -> Quote:
    """A cell and the rest of it that stands in the next row, with a finding that says so."""
    records.findings.append(
        Finding("READ-MERGED", "info", "the cell goes on in the next row; the two are joined", first.at, rest.text)
    )
    return Quote(fold(f"{first.text}\n{rest.text}"), first.at)


def keep_rest(row: Row, keys: Iterable[str], records: Records, *, reported: bool = True) -> None:
    """Keep the cells of these kinds raw that begin in the row; remarks are expected and need no finding."""
    for key in keys:
        quote = row.own(key)
        if quote is None:
            continue
        reason = "a remark" if key == "remark" else "the row names nothing that this cell could belong to"
        records.unread.append(Unread(quote, reason))
        if reported:
            records.findings.append(Finding("READ-ROW", "warning", f"{reason}; kept raw", quote.at, quote.text))
