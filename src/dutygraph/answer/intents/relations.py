"""The registers of one place as relations: which department has which items, which agency a part in which matter …"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from dutygraph.answer.facts import Citation, Facts, Statement

__all__ = ["CLASSES", "Relations", "Row", "Sort", "Thing", "plain_title"]

Sort = str
"""What a thing is: one of the records (duty, item, share, case, matter, service, regime, rule), a unit (department,
agency), a phone, an act, or what a rule belongs to in its regime (indicators, penalties, measures …)."""

_DG: Final = "https://w3id.org/dutygraph/def#"
CLASSES: Final[Mapping[Sort, str]] = {
    "duty": _DG + "Duty",
    "item": _DG + "WorkItem",
    "share": _DG + "Share",
    "case": _DG + "CaseExample",
    "matter": _DG + "Matter",
    "service": _DG + "ServiceItem",
    "regime": _DG + "SupervisionRegime",
    "rule": _DG + "RegimeItem",
}
# The sorts of things that a record of a sort carries, beside itself.
_CARRIED: Final[Mapping[Sort, frozenset[Sort]]] = {
    "item": frozenset({"department", "duty", "act"}),
    "share": frozenset({"agency", "matter"}),
    "service": frozenset({"department", "phone"}),
    "regime": frozenset({"department", "act"}),
    "rule": frozenset(
        {"regime", "act", "objects", "contents", "indicators", "methods", "procedures", "measures", "penalties"}
    ),
    "matter": frozenset({"act"}),
    "case": frozenset({"matter"}),
    "duty": frozenset(),
}
_PARTS: Final[Mapping[Sort, Sort]] = {"item": "duty", "share": "matter", "case": "matter", "rule": "regime"}
_BETWEEN: Final = ("matter", "regime", "item", "service")  # over which two sorts may be joined
_STATE: Final = "中华人民共和国"


@dataclass(frozen=True, slots=True)
class Thing:
    """Something of a register with what it is known by: an IRI, a number, a title."""

    sort: Sort
    key: str
    name: str


def plain_title(title: str) -> str:
    """The title of an act without the name of the state, which may be left out."""
    return title.removeprefix(_STATE)


@dataclass(frozen=True, slots=True)
class Row:
    """Two things that belong together, and the record that says so; ``citation`` where that is what says it."""

    one: Thing
    other: Thing
    statement: Statement
    citation: Citation | None = None


class Relations:
    """The relations of the place ``code``, each read when it is first asked for."""

    def __init__(self, facts: Facts, code: str) -> None:
        self._facts = facts
        self.code = code
        self._rows: dict[tuple[Sort, Sort], tuple[Row, ...]] = {}

    def records(self, sort: Sort) -> tuple[Statement, ...]:
        """All records of a sort, in the order of the source."""
        return self._facts.statements("registered", kind=CLASSES[sort], place_code=self.code)

    def rows(self, one: Sort, other: Sort) -> tuple[Row, ...]:
        """All pairs of things of two sorts that a record names together; where none does, over one thing between."""
        if (one, other) not in self._rows:
            direct = tuple(self._direct(one, other))
            self._rows[one, other] = direct or tuple(self._joined(one, other))
        return self._rows[one, other]

    def related(self, one: Sort, other: Sort) -> bool:
        """Whether any record names things of these two sorts together."""
        return bool(self.rows(one, other))

    def things(self, sort: Sort) -> dict[Thing, tuple[Statement, ...]]:
        """All things of a sort with the records that name them."""
        found: dict[Thing, list[Statement]] = defaultdict(list)
        for record in self._carriers(sort):
            for statement in self.records(record):
                for thing, _ in self._carried(record, statement, sort):
                    found[thing].append(statement)
            if found and sort not in ("department", "act"):
                break
        return {thing: tuple(statements) for thing, statements in found.items()}

    def _carriers(self, sort: Sort) -> Iterator[Sort]:
        if sort in CLASSES:
            yield sort
        else:
            yield from (record for record, carried in _CARRIED.items() if sort in carried)

    def _direct(self, one: Sort, other: Sort) -> Iterator[Row]:
        for record, carried in _CARRIED.items():
            if not {one, other} <= carried | {record}:
                continue
            for statement in self.records(record):
                for first, cited in self._carried(record, statement, one):
                    for second, also in self._carried(record, statement, other):
                        yield Row(first, second, statement, cited or also)

    def _joined(self, one: Sort, other: Sort) -> Iterator[Row]:
        for between in _BETWEEN:
            if between in (one, other):
                continue
            left, right = tuple(self._direct(one, between)), tuple(self._direct(between, other))
            if not (left and right):
                continue
            beyond: dict[Thing, list[Row]] = defaultdict(list)
            for row in right:
                beyond[row.one].append(row)
            yield from (
                Row(row.one, far.other, far.statement if far.citation else row.statement, far.citation)
                for row in left
                for far in beyond[row.other]
            )
            return

    def _carried(self, record: Sort, statement: Statement, sort: Sort) -> Iterable[tuple[Thing, Citation | None]]:
        """The things of a sort that a record names; an act with the citation that names it."""
        if sort == "act":
            return [(_act(citation), citation) for citation in self._facts.citations(statement.iri)]
        return [(Thing(sort, key, name), None) for key, name in _carried(record, statement, sort)]


def _carried(record: Sort, statement: Statement, sort: Sort) -> list[tuple[str, str]]:
    """Key and name of what a record names, acts aside."""
    if sort == "department":
        return [(unit.iri, unit.name) for unit in statement.departments]
    if sort == "agency":
        return [(statement.agency_iri, statement.agency)]
    if sort == "phone":
        return [(phone, phone) for phone in statement.phones]
    if sort == _PARTS.get(record):
        return [(statement.part, statement.part_title)]
    named = sort == record or sort in statement.sections
    return [(statement.iri, statement.title or statement.text)] if named else []


def _act(citation: Citation) -> Thing:
    title = plain_title(citation.law.title)
    return Thing("act", title, title)
