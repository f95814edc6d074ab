"""What the graph says, asked through the named queries of queries/ask/ and nothing else."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from itertools import groupby
from typing import Literal

from dutygraph.answer.corrections import Correction, read_corrections
from dutygraph.answer.model import Evidence, Law, Plan, unique
from dutygraph.answer.sentences import Sentence, sentences_of
from dutygraph.retrieve import normalise
from dutygraph.store import Plain, Store, Template, bind, find_template, select

__all__ = ["Citation", "Facts", "Kind", "Row", "Statement", "Unit"]

Kind = Literal["duty", "item", "share", "case", "matter", "service", "regime", "regime-item"]
Row = Mapping[str, Plain | None]

_KINDS: Mapping[str, Kind] = {
    "Duty": "duty",
    "WorkItem": "item",
    "Share": "share",
    "CaseExample": "case",
    "Matter": "matter",
    "ServiceItem": "service",
    "SupervisionRegime": "regime",
    "RegimeItem": "regime-item",
}
# Of several roles in one clause the first of these is meant; nearly every clause also says 负责.
_ROLES = (
    "lead", "approve", "joint", "assist", "participate", "guide", "supervise", "coordinate", "inform", "responsible",
)  # fmt: skip
_KEPT = 8_192  # statements kept in memory; one takes about 1 kB


@dataclass(frozen=True, slots=True)
class Unit:
    """A department with its IRI."""

    iri: str
    name: str


@dataclass(frozen=True, slots=True)
class Statement:
    """One record of a register: what it says, of whom, and the cell it stands in. ``part_title`` is the matter, duty or
    regime it belongs to; ``agency`` who acts (the register's own agency when the record names none). When it stands in
    the wrong row, that is as it was corrected, and ``row_agency`` the one of the row."""

    iri: str
    kind: Kind
    code: str
    text: str
    title: str
    number: str
    part: str
    part_title: str
    agency: str
    agency_iri: str
    own: bool
    departments: tuple[Unit, ...]
    phones: tuple[str, ...]
    heading: str
    sections: frozenset[str]
    order: int
    cell: Evidence
    correction: Correction | None = None
    row_agency: str = ""

    @property
    def dropped(self) -> bool:
        """Whether somebody found that it belongs to something else and answers nothing here."""
        return self.correction is not None and self.correction.dropped

    def __hash__(self) -> int:
        """By its IRI: hashing every field takes longer than what is kept for a record saves."""
        return hash(self.iri)

    @property
    def subject(self) -> str:
        """What it is about, in the words of the source."""
        if self.kind in ("matter", "service", "regime"):
            return self.title
        return self.part_title if self.kind != "duty" else ""

    @property
    def regime(self) -> str:
        """The IRI of the regime that it is or belongs to; empty for other records."""
        return {"regime": self.iri, "regime-item": self.part}.get(self.kind, "")

    @property
    def surroundings(self) -> str:
        """What stands around its text: title, subject, who acts, heading."""
        units = " ".join(unit.name for unit in self.departments)
        return " ".join(filter(None, (self.title, self.subject, self.agency, units, self.heading)))

    @property
    def words(self) -> str:
        """Everything it says, with its context: what a question is compared with."""
        return f"{self.surroundings} {self.text}".strip()


@dataclass(frozen=True, slots=True)
class Citation:
    """One act as one record cites it, and what was decided about that when it is miswritten."""

    law: Law
    as_written: str
    code: str
    cell: Evidence
    correction: Correction | None = None


class Facts:
    """The answers of the named queries, as values. Statements are kept, so no query is sent twice for one."""

    def __init__(self, store: Store, templates: dict[str, Template]) -> None:
        self._store = store
        self._templates = templates
        self._known: OrderedDict[str, Statement | None] = OrderedDict()
        self.statements = lru_cache(_KEPT // 8)(self._read_statements)
        self._roles: dict[str, tuple[tuple[str, str], ...]] = {}
        self.plain = lru_cache(_KEPT)(_plain)
        self.surroundings = lru_cache(_KEPT)(_surroundings)
        self.normalised = lru_cache(_KEPT)(normalise)
        self.sentences = lru_cache(_KEPT)(_sentences)
        self.citations = lru_cache(_KEPT // 8)(self._read_citations)

    def clauses(self, statement: Statement) -> tuple[tuple[str, str], ...]:
        """The sentences of the record's text: verbatim, and normalised."""
        return tuple((sentence.text, sentence.plain) for sentence in self.sentences(statement))

    def plan(self, name: str, **parameters: str) -> Plan:
        """The named query with these parameters, bound. Raises TemplateError."""
        sparql = bind(find_template(self._templates, name), parameters)
        return Plan(name, tuple(sorted(parameters.items())), sparql)

    def rows(self, name: str, **parameters: str | Sequence[str]) -> list[Row]:
        """The rows of the named query. Raises StoreError, TemplateError."""
        sparql = bind(find_template(self._templates, name), parameters)
        return list(select(self._store, sparql).dicts())

    def read(self, iris: Iterable[str], ahead: Iterable[str] = ()) -> dict[str, Statement]:
        """The records with these IRIs, as far as there are such records, in the given order. ``ahead``: those that are
        read with them when any has to be: a query costs as much as a dozen records."""
        wanted = list(dict.fromkeys(iris))
        missing = [iri for iri in wanted if iri not in self._known]
        if missing:
            missing = list(dict.fromkeys((*missing, *(iri for iri in ahead if iri not in self._known))))
            found = {s.iri: s for s in map(self._corrected, _from_rows(self.rows("statement", node=missing)))}
            for iri in missing:
                self._keep(iri, found.get(iri))
        known = {iri: self._known[iri] for iri in wanted}
        return {iri: statement for iri, statement in known.items() if statement is not None}

    def role(self, statement: Statement, clause: str) -> str | None:
        """The role that a sentence of the record states first (lead, approve, assist …), the most particular one: who
        is responsible for one thing and takes part in another is responsible. Where it states no more than that, what
        the form says of the record by its column. None when neither says anything."""
        pairs = self.roles(statement.iri)
        stated = [pair for pair in pairs if pair[0] and pair[0] in clause]
        said = min((role for text, role in stated if text == stated[0][0]), key=_ROLES.index, default=None)
        by_form = next((role for text, role in pairs if not text), None)
        return by_form or said if said in (None, "responsible") else said

    def learn_roles(self, iris: Iterable[str], ahead: Iterable[str] = ()) -> None:
        """Read the roles of these records with one query, for ``role`` to know; ``ahead`` as in ``read``."""
        missing = [iri for iri in iris if iri not in self._roles]
        if missing:
            missing = list(dict.fromkeys((*missing, *(iri for iri in ahead if iri not in self._roles))))
            found: dict[str, list[tuple[str, str]]] = {iri: [] for iri in missing}
            for row in self.rows("roles", node=missing):
                found[_text(row, "node")].append((_text(row, "text"), _text(row, "role").rpartition("/")[2]))
            self._roles.update((iri, tuple(roles)) for iri, roles in found.items())

    def roles(self, iri: str) -> tuple[tuple[str, str], ...]:
        """The clauses of a record in their order, each with a role that it states; an empty text with the role that the
        form gives the record."""
        if iri not in self._roles:
            self.learn_roles([iri])
        return self._roles[iri]

    @cached_property
    def _corrections(self) -> dict[str, Correction]:
        return read_corrections(self.rows("corrections"))

    def _corrected(self, statement: Statement) -> Statement:
        correction = self._corrections.get(statement.iri)
        if correction is None:
            return statement
        if not correction.agency:
            return replace(statement, correction=correction)
        agency, iri = correction.agency, correction.agency_iri
        own = statement.own and agency == statement.agency
        return replace(
            statement, agency=agency, agency_iri=iri, own=own, correction=correction, row_agency=statement.agency
        )

    def _keep(self, iri: str, statement: Statement | None) -> None:
        self._known[iri] = statement
        if len(self._known) > _KEPT:
            self._known.popitem(last=False)

    def _read_statements(self, name: str, **parameters: str) -> tuple[Statement, ...]:
        """The records that a query whose rows are statements gives, in the order of the source."""
        statements = tuple(map(self._corrected, _from_rows(self.rows(name, **parameters))))
        for statement in statements:
            self._keep(statement.iri, statement)
        return statements

    def _read_citations(self, node: str) -> tuple[Citation, ...]:
        """The acts that a record cites, in the order of the source."""
        rows = self.rows("citations", node=node)
        groups = groupby(rows, key=lambda row: row["citation"])
        return tuple(_citation(list(group), self._corrections.get(str(iri))) for iri, group in groups)


def _plain(statement: Statement) -> str:
    """Everything the record says, normalised."""
    return normalise(statement.words)


def _surroundings(statement: Statement) -> str:
    """What stands around the record's text, normalised, ending in a blank."""
    return normalise(statement.surroundings) + " "


def _sentences(statement: Statement) -> tuple[Sentence, ...]:
    """The sentences of the record's text."""
    return sentences_of(statement.text)


def _from_rows(rows: list[Row]) -> tuple[Statement, ...]:
    return tuple(_statement(list(group)) for _, group in groupby(rows, key=lambda row: row["node"]))


def _text(row: Row, name: str) -> str:
    value = row.get(name)
    return "" if value is None else str(value)


def _cell(row: Row) -> Evidence:
    return Evidence(
        document=_text(row, "document"),
        section=_text(row, "section"),
        locator=_text(row, "locator"),
        quote=_text(row, "quote"),
        iri=_text(row, "cell"),
    )


def _statement(rows: list[Row]) -> Statement:
    row = rows[0]
    units = dict.fromkeys((_text(r, "department"), _text(r, "departmentName")) for r in rows if r.get("department"))
    publisher = _text(row, "publisher")
    agency = _text(row, "agencyName") or publisher
    return Statement(
        iri=_text(row, "node"),
        kind=_KINDS[_text(row, "type").rpartition("#")[2]],
        code=_text(row, "code"),
        text=_text(row, "text"),
        title=_text(row, "title"),
        number=_text(row, "number"),
        part=_text(row, "part"),
        part_title=_text(row, "partTitle"),
        agency=agency,
        agency_iri=_text(row, "agency"),
        own=agency == publisher,
        departments=tuple(Unit(iri, name) for iri, name in units),
        phones=unique(_text(r, "phone") for r in rows),
        heading=_text(row, "heading"),
        sections=frozenset(_text(r, "sectionKind") for r in rows) - {""},
        order=int(_text(row, "order") or 0),
        cell=_cell(row),
    )


def _citation(rows: list[Row], correction: Correction | None) -> Citation:
    row = rows[0]
    return Citation(
        law=Law(_text(row, "title"), _text(row, "number") or None, unique(_text(r, "article") for r in rows)),
        as_written=_text(row, "asWritten"),
        code=_text(row, "code"),
        cell=_cell(row),
        correction=correction,
    )
