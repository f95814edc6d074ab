"""What the graph holds of the registers, as records that can be compared."""

from __future__ import annotations

from dataclasses import dataclass, field

from dutygraph.analysis.finding import Evidence

__all__ = [
    "Citation",
    "Clause",
    "Duty",
    "Indicator",
    "Item",
    "Lexicon",
    "Matter",
    "Mention",
    "Regime",
    "RegimeItem",
    "Score",
    "Service",
    "Share",
    "Sheet",
]


@dataclass(frozen=True, slots=True)
class Clause:
    """A piece of a text as the graph has it; ``""`` where it has nothing."""

    node: str
    text: str
    action: str
    object: str
    stage: str
    qualifier: str
    roles: frozenset[str]
    powers: frozenset[str]


@dataclass(frozen=True, slots=True)
class Duty:
    node: str
    no: str
    text: str
    cell: str
    clauses: tuple[Clause, ...]


@dataclass(frozen=True, slots=True)
class Item:
    """A work item with the names of its departments."""

    node: str
    duty: str
    text: str
    cell: str
    units: tuple[str, ...]
    unit_cell: str
    clauses: tuple[Clause, ...]


@dataclass(frozen=True, slots=True)
class Mention:
    """An agency that a share's text speaks of. ``kind`` is its agency type."""

    name: str
    kind: str


@dataclass(frozen=True, slots=True)
class Share:
    """An agency's part of a matter. ``kind`` is the agency type, its name where the type is unknown; ``role`` what the
    form says by a column or a note, else empty."""

    node: str
    agency: str
    name: str
    kind: str
    text: str
    cell: str
    agency_cell: str
    clauses: tuple[Clause, ...]
    mentions: tuple[Mention, ...]
    role: str = ""

    @property
    def roles(self) -> frozenset[str]:
        """What the form and the clauses say."""
        return frozenset((self.role,) if self.role else ()).union(*(clause.roles for clause in self.clauses))


@dataclass(frozen=True, slots=True)
class Matter:
    node: str
    title: str
    cell: str
    basis: str
    example: str
    shares: tuple[Share, ...]


@dataclass(frozen=True, slots=True)
class Service:
    """``written`` is the department as the register writes it, ``unit`` the one it was resolved to. ``cell`` is that of
    the title."""

    node: str
    title: str
    cell: str
    written: str
    unit: str
    unit_cell: str
    phones: tuple[str, ...]
    phone_cell: str
    content: str
    content_cell: str


@dataclass(frozen=True, slots=True)
class RegimeItem:
    node: str
    heading: str
    text: str
    kinds: frozenset[str]
    cell: str


@dataclass(frozen=True, slots=True)
class Indicator:
    node: str
    item: str
    kind: str
    text: str
    comparator: str
    value: float
    unit: str
    period: str
    cell: str


@dataclass(frozen=True, slots=True)
class Regime:
    """``units`` are departments of the register, ``written`` names that stand for none of them. ``penalties``: the
    items that set an amount or days."""

    node: str
    title: str
    cell: str
    units: tuple[str, ...]
    written: tuple[str, ...]
    items: tuple[RegimeItem, ...]
    indicators: tuple[Indicator, ...]
    penalties: frozenset[str]


@dataclass(frozen=True, slots=True)
class Citation:
    """``law`` is the act it resolves to, ``now`` the one in that act's place."""

    node: str
    holder: str
    title: str
    written: str
    number: str
    date: str
    articles: tuple[str, ...]
    status: str
    law: str
    now: str
    cell: str


@dataclass(frozen=True, slots=True)
class Lexicon:
    """``phrases``: how registers write a concept; ``near``: the concepts next to it."""

    phrases: dict[str, tuple[str, ...]]
    near: dict[str, frozenset[str]]

    def topics_in(self, text: str) -> frozenset[str]:
        """The concepts whose words stand in a folded text."""
        return frozenset(
            concept for concept, phrases in self.phrases.items() if any(phrase in text for phrase in phrases)
        )

    def around(self, topics: frozenset[str]) -> frozenset[str]:
        """The concepts and those near them."""
        return topics.union(*(self.near.get(topic, frozenset()) for topic in topics))


@dataclass(frozen=True, slots=True)
class Score:
    """A quality measurement: ``counted`` of ``out_of`` things have what the metric asks for; ``value`` is 0 to 1."""

    metric: str
    zh: str
    en: str
    value: float
    counted: int
    out_of: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """One register. ``cells`` are those of all registers loaded; ``topics`` the lexicon's concepts by node; the last of
    the ``scores`` is the whole one."""

    iri: str
    id: str
    code: str
    place: str
    title: str
    date: str
    agency: str
    agency_name: str
    kind: str
    document: str
    duties: tuple[Duty, ...]
    items: tuple[Item, ...]
    matters: tuple[Matter, ...]
    services: tuple[Service, ...]
    regimes: tuple[Regime, ...]
    citations: tuple[Citation, ...]
    aliases: dict[str, tuple[str, ...]]
    scores: tuple[Score, ...]
    cells: dict[str, Evidence] = field(repr=False)
    topics: dict[str, frozenset[str]] = field(repr=False)

    @property
    def units(self) -> dict[str, str]:
        """The departments that have a row of their own, each with the cell of its first item."""
        found: dict[str, str] = {}
        for item in self.items:
            for unit in item.units:
                found.setdefault(unit, item.unit_cell)
        return found

    def topics_of(self, node: str) -> frozenset[str]:
        return self.topics.get(node, frozenset())
