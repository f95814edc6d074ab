"""What is missing: bases, departments, rows, telephones, dates (GAP-03, 04, 06, 07, 08, 11, 12, 14)."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from dutygraph.analysis.draft import Context, Draft
from dutygraph.analysis.facts import Matter, Regime, Share, Sheet
from dutygraph.analysis.words import squeeze

__all__ = ["check_gaps"]


@dataclass(frozen=True, slots=True)
class _Place:
    """A service or regime that names a department."""

    node: str
    title: str
    cell: str


# 法制部门, 户籍室: a department called by what it does
_FUNCTION = re.compile(r"(?:部门|机构|科室|单位)$")
# Paragraphs that say who is inspected, and on what: departments in them do not act.
_PASSIVE = frozenset(("objects", "contents"))


def check_gaps(context: Context) -> Iterator[Draft]:
    for sheet in context.sheets:
        yield from _matters(sheet)
        yield from _bases(sheet)
        yield from _services(sheet)
        yield from _regimes(sheet)
        yield from _unknown_departments(sheet)
        if not sheet.date:
            yield Draft(
                "GAP-14", sheet, (sheet.iri,), (sheet.place, sheet.agency_name), (), {"title": sheet.title}, 1.0
            )


def _matters(sheet: Sheet) -> Iterator[Draft]:
    based = {citation.holder for citation in sheet.citations}
    for matter in sheet.matters:
        subject, labels, values = (matter.node,), (matter.title,), {"matter": matter.title}
        if not matter.basis and matter.node not in based:
            yield Draft("GAP-03", sheet, subject, labels, (matter.cell,), values, 1.0)
        if not matter.example:
            yield Draft("GAP-12", sheet, subject, labels, (matter.cell,), values, 1.0, kind="matter")
        yield from _agencies_without_row(sheet, matter)


def _agencies_without_row(sheet: Sheet, matter: Matter) -> Iterator[Draft]:
    rows = {share.kind for share in matter.shares} | {share.name for share in matter.shares}
    for share in matter.shares:
        for mention in share.mentions:
            if mention.kind in rows or mention.name in rows or not _acts(mention.name, share):
                continue
            values = {"matter": matter.title, "agency": mention.name, "row": share.name}
            labels = (matter.title, mention.name, share.name)
            yield Draft("GAP-07", sheet, (share.node,), labels, (share.cell,), values, about=mention.name)


def _acts(name: str, share: Share) -> bool:
    """Whether the agency is the subject of a sentence of the cell, not only named in one."""
    return re.search(rf"(?:^|[。；;：])\s*{re.escape(name)}(?![、和与])", share.text) is not None


def _bases(sheet: Sheet) -> Iterator[Draft]:
    matters = {matter.node: matter for matter in sheet.matters}
    for citation in sheet.citations:
        matter = matters.get(citation.holder)
        # a law has no number: its title, with 法 at the end, identifies it
        if matter is None or citation.number or citation.date or citation.title.endswith("法"):
            continue
        values = {"matter": matter.title, "title": citation.title}
        yield Draft("GAP-04", sheet, (citation.node,), (matter.title, citation.title), (citation.cell,), values, 1.0)


def _services(sheet: Sheet) -> Iterator[Draft]:
    for service in sheet.services:
        if not service.phones:
            values, cells = {"service": service.title}, (service.cell, service.unit_cell)
            labels = (service.title, service.written)
            yield Draft("GAP-12", sheet, (service.node,), labels, cells, values, 1.0, kind="service")


def _regimes(sheet: Sheet) -> Iterator[Draft]:
    for regime in sheet.regimes:
        subject, labels, values = (regime.node,), (regime.title,), {"regime": regime.title}
        if not regime.indicators:
            yield Draft("GAP-11", sheet, subject, labels, (regime.cell,), values, 1.0)
        named = any(True for _ in _departments_named(sheet, regime))
        if not named and not any(unit in sheet.units for unit in regime.units):
            yield Draft("GAP-08", sheet, subject, labels, (regime.cell,), values)


def _unknown_departments(sheet: Sheet) -> Iterator[Draft]:
    """One finding for each name that stands for no department, with every place that names it."""
    places: dict[str, list[_Place]] = defaultdict(list)
    for service in sheet.services:
        name = service.unit or service.written
        if name and name not in sheet.units:
            places[service.written].append(_Place(service.node, service.title, service.unit_cell))
    for regime in sheet.regimes:
        for name, cell in _departments_named(sheet, regime):
            if not _known(name, sheet):
                places[name].append(_Place(regime.node, regime.title, cell))
    for name in sorted(places, key=len):
        short = next(other for other in sorted(places, key=len) if name.endswith(other))
        if short != name:  # 公安派出所 is 派出所
            places[short] += places.pop(name)
    for name, found in places.items():
        titles = tuple(place.title for place in found)
        values = {"name": name, "where": "、".join(titles)}
        cells = tuple(place.cell for place in found)
        nodes = tuple(place.node for place in found)
        yield Draft("GAP-06", sheet, nodes, (name, *titles), cells, values, 0.9, about=name)


def _departments_named(sheet: Sheet, regime: Regime) -> Iterator[tuple[str, str]]:
    """The departments that act in a regime and are none of the register's, by their shortest name, each with a cell."""
    written = sorted((*regime.written, *(unit for unit in regime.units if unit not in sheet.units)), key=len)
    names = [name for i, name in enumerate(written) if not any(name.endswith(short) for short in written[:i])]
    others = [*names, *sheet.units, *(alias for of in sheet.aliases.values() for alias in of)]
    for name in names:
        for item in regime.items:
            text = squeeze(item.text)
            inside = any(f"{other}{name}" in text for other in others)  # 派出所户籍室: a room of 派出所
            if name in text and not inside and not (item.kinds and item.kinds <= _PASSIVE):
                yield name, item.cell
                break


def _known(name: str, sheet: Sheet) -> bool:
    """Whether a department of the register is meant: by its name, or by its function (法制部门: 法制大队)."""
    if name in sheet.units:
        return True
    function = _FUNCTION.sub("", name)
    return function != name and any(function in unit for unit in sheet.units)
