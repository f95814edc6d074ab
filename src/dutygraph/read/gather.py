"""Which rows belong to one duty or matter: it begins, goes on, or comes back after a page break."""

from __future__ import annotations

from dataclasses import dataclass, field

from dutygraph.model import Finding, Locator, Quote
from dutygraph.read.folding import fold, is_broken, number_value
from dutygraph.read.grid import Cell
from dutygraph.read.rows import Records, Row
from dutygraph.read.tables import leading_number

__all__ = ["Gatherer", "Open"]


@dataclass(slots=True)
class Open:
    """A duty or matter being gathered from its rows."""

    no: str
    name: Quote
    cell: Cell
    basis: Quote | None = None
    case: Quote | None = None
    others: list[Quote] = field(default_factory=list)


class Gatherer:
    """Decides row by row whether a duty or matter begins, goes on, or comes back after a page break."""

    def __init__(self, key: str, records: Records) -> None:
        self.key = key
        self.records = records
        self.all: list[Open] = []
        self.by_words: dict[tuple[str, str], Open] = {}
        self.current: Open | None = None
        self.carries = False
        self.repeats: list[tuple[Open, Locator]] = []

    def take(self, row: Row) -> Open | None:
        """The record that this row belongs to, or None when no row before it named one."""
        no, name = row.cell("no"), row.cell(self.key)
        current = self.current
        if row.further:  # what it repeats is its own row
            return current
        if current is not None and self._goes_on(row, current):
            self._continue_name(row, name, current)
            return current
        if not name and not no:
            return current
        known = self.by_words.get((no.text, name.text)) if name else None
        if known is not None:
            self.carries = True
            self.repeats.append((known, row.at(self.key)))
            self.current = known
        else:
            text = row.quote(self.key) or Quote("", row.at(self.key))
            number = no.text or ("" if row.has_column("no") else _counted_number(row, len(self.all) + 1))
            self.current = Open(number, text, name)
            self.all.append(self.current)
            self.by_words.setdefault((no.text, name.text), self.current)
        return self.current

    def _goes_on(self, row: Row, current: Open) -> bool:
        no, name = row.cell("no"), row.cell(self.key)
        if no and no.text != current.no:
            return False
        if not name or name is current.cell or name.text == current.name.text:
            return True
        # Another text under the number above: the rest of it, unless what stands there is a whole sentence.
        whole = current.name.text.endswith(("。", "；", ";", ".")) and not is_broken(current.name.text)
        return not no and row.has_column("no") and not whole and not _leaves_room(current, row)

    def _continue_name(self, row: Row, name: Cell, current: Open) -> None:
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

    def report(self) -> None:
        """Name what stands twice. Where every row repeats its merged cells, as in sheets without merges, that is the
        writer's way and no finding."""
        if not self.carries:
            return
        for no, (quote, at) in {id(one): (one.no, (one.name, at)) for one, at in self.repeats}.values():
            message = f"{no or self.key} stands twice, as over a page break; its rows are read as one"
            self.records.findings.append(Finding("NUM-01", "info", message, at, quote.text))


def _counted_number(row: Row, position: int) -> str:
    """The number of a record that has none of its own: what those of its parts begin with (2.1), or its place."""
    return leading_number(row.cell("item_no").text) or str(position)


def _leaves_room(current: Open, row: Row) -> bool:
    """Whether the next number skips one: then the row without a number is a record of its own."""
    number = number_value(current.no)
    return number is None or (row.next_number is not None and row.next_number > number + 1)
