"""The things of a register that a comparison aligns, each with its words, its owner and its cell."""

from __future__ import annotations

from collections.abc import Iterator

from dutygraph.analysis.aligning import Entry
from dutygraph.analysis.facts import Matter, Regime, Service, Sheet

__all__ = [
    "bases",
    "contents",
    "duties",
    "items",
    "matters",
    "names",
    "phones",
    "regime_items",
    "regimes",
    "services",
    "shares",
    "texts",
    "unit_node",
    "units",
]


def matters(sheet: Sheet) -> list[Entry]:
    return [Entry(one.node, one.title, one.title, one.cell, topics=sheet.topics_of(one.node)) for one in sheet.matters]


def shares(matter: Matter | None) -> list[Entry]:
    found = matter.shares if matter else ()
    return [Entry(one.node, one.name, one.text, one.cell, one.name, one.kind) for one in found]


def bases(sheet: Sheet, matter: Matter | None) -> list[Entry]:
    """The cell of the legal bases, as the register writes it; none when it is blank."""
    if matter is None or matter.basis not in sheet.cells:
        return []
    words = sheet.cells[matter.basis].quote
    return [Entry(matter.basis, words, words, matter.basis)]


def regimes(sheet: Sheet) -> list[Entry]:
    return [
        Entry(one.node, one.title, one.title, one.cell, "、".join(one.units), topics=sheet.topics_of(one.node))
        for one in sheet.regimes
    ]


def regime_items(regime: Regime | None) -> list[Entry]:
    found = regime.items if regime else ()
    return [Entry(one.node, one.heading or one.text, one.text, one.cell) for one in found]


def units(sheet: Sheet) -> list[Entry]:
    """The departments that have work items."""
    work: dict[str, list[str]] = {}
    for item in sheet.items:
        for unit in item.units:
            work.setdefault(unit, []).append(item.text)
    return [
        Entry(unit_node(sheet, unit), unit, unit, cell, work=" ".join(work[unit])) for unit, cell in sheet.units.items()
    ]


def unit_node(sheet: Sheet, name: str) -> str:
    """What stands for a department: its agency and its name."""
    return f"{sheet.agency}/{name}"


def services(sheet: Sheet) -> list[Entry]:
    return [Entry(one.node, one.title, one.title, one.cell, one.unit or one.written) for one in sheet.services]


def contents(service: Service | None) -> list[Entry]:
    """What a service consists of."""
    if service is None or not service.content:
        return []
    return [Entry(service.content_cell, service.content, service.content, service.content_cell)]


def phones(service: Service | None) -> list[Entry]:
    """The telephone numbers in one, since they belong to one service."""
    if service is None or not service.phones:
        return []
    numbers = "、".join(service.phones)
    return [Entry(service.phone_cell, numbers, numbers, service.phone_cell)]


def duties(sheet: Sheet) -> list[Entry]:
    return [
        Entry(one.node, one.text, one.text, one.cell, clauses=tuple(clause.text for clause in one.clauses))
        for one in sheet.duties
    ]


def items(sheet: Sheet) -> list[Entry]:
    return [
        Entry(
            one.node,
            one.text,
            one.text,
            one.cell,
            "、".join(one.units),
            clauses=tuple(clause.text for clause in one.clauses),
        )
        for one in sheet.items
    ]


def names(sheet: Sheet) -> Iterator[str]:
    """What tells which pairs of characters are rare in names."""
    for made in (matters, regimes, services, units):
        yield from (entry.name for entry in made(sheet))


def texts(sheet: Sheet) -> Iterator[str]:
    """What tells which pairs of characters are rare."""
    for made in (matters, regimes, services, duties, items):
        yield from (entry.text for entry in made(sheet))
    yield from (share.text for matter in sheet.matters for share in matter.shares)
    yield from (item.text for regime in sheet.regimes for item in regime.items)
