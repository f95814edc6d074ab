"""Between agencies: duplication, overlap, conflict and lawful partition (DUP-01, OVL-01, CON-01, CON-02, PART-01,
DUP-04)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import combinations, product

from dutygraph.analysis.draft import Context, Draft
from dutygraph.analysis.facts import Clause, Matter, Share, Sheet
from dutygraph.analysis.leads import leads_implicitly
from dutygraph.analysis.misplaced import opening_subject
from dutygraph.analysis.pairs import EXCLUSIVE, Pair, compare, holds

__all__ = ["check_overlaps"]


@dataclass(frozen=True, slots=True)
class _Meeting:
    """Two clauses of two agencies that meet on a thing."""

    left: Clause
    right: Clause
    pair: Pair


@dataclass(frozen=True, slots=True)
class _Partition:
    """Two shares whose work is divided, and by what."""

    one: Share
    two: Share
    meeting: _Meeting
    division: str


_DIVISIONS = {
    "stage": ("环节", "stage"),
    "area": ("区域或职责范围", "area or remit"),
    "aspect": ("方面", "aspect"),
    "power": ("权力种类", "kind of power"),
    "act": ("动作", "act"),
    "lead": ("统一监管与具体监管", "overall charge and a part of it"),
}


def check_overlaps(context: Context, foreign: frozenset[str]) -> Iterator[Draft]:
    """``foreign``: shares that stand in a row where they do not belong; they divide nothing."""
    for sheet in context.sheets:
        for matter in sheet.matters:
            shares = [_as_written(share) for share in matter.shares if share.node not in foreign]
            partitions: list[_Partition] = []
            for one, two in combinations(shares, 2):
                if one.name != two.name and one.kind != two.kind:
                    yield from _within(context, (sheet, matter), (one, two), partitions)
            if partitions:
                yield _partition(sheet, matter, partitions)
        yield from _across(context, sheet, foreign)


def _as_written(share: Share) -> Share:
    """The share with the agency that its text begins with, when that is another than the row's."""
    subject = opening_subject(share)
    return share if subject is None else replace(share, name=subject.name, kind=subject.kind)


def _within(
    context: Context, where: tuple[Sheet, Matter], shares: tuple[Share, Share], partitions: list[_Partition]
) -> Iterator[Draft]:
    """What stands between two agencies of a matter; what only divides their work is put to the ``partitions``."""
    matter, (one, two) = where[1], shares
    meetings = list(_meetings(context, one.clauses, two.clauses, matter.title))
    undivided = [meeting for meeting in meetings if not meeting.pair.division]
    equal = [m for m in undivided if m.pair.equal]
    exclusive = [m for m in equal if m.pair.powers & EXCLUSIVE]
    leading = any(leads_implicitly(c, matter, context.words) for share in shares for c in share.clauses)
    related = [m for m in undivided if m.pair.powers] if not leading else []
    for code, found in (("CON-01", exclusive), ("DUP-01", equal), ("OVL-01", related)):
        if found:
            yield _draft(code, where, shares, found[0])
            return
    divided = [meeting for meeting in meetings if meeting.pair.division or leading]
    if divided:
        partitions.append(_Partition(one, two, divided[0], divided[0].pair.division or "lead"))


def _partition(sheet: Sheet, matter: Matter, partitions: list[_Partition]) -> Draft:
    """How all the agencies of a matter divide it, each with the clause that shows it."""
    clauses: dict[str, tuple[Share, Clause]] = {}
    for found in partitions:
        clauses.setdefault(found.one.node, (found.one, found.meeting.left))
        clauses.setdefault(found.two.node, (found.two, found.meeting.right))
    names = tuple(dict.fromkeys(share.name for share, _ in clauses.values()))
    kinds = dict.fromkeys(found.division for found in partitions)
    values = {
        "matter": matter.title,
        "agencies": "、".join(names),
        "parts": "；".join(f"{share.name}：“{clause.text}”" for share, clause in clauses.values()),
        "by_zh": "、".join(_DIVISIONS[kind][0] for kind in kinds),
        "by_en": ", ".join(_DIVISIONS[kind][1] for kind in kinds),
    }
    cells = tuple(share.cell for share, _ in clauses.values())
    return Draft("PART-01", sheet, (matter.node, *clauses), (matter.title, *names), cells, values, 0.75)


def _meetings(context: Context, left: Iterable[Clause], right: Iterable[Clause], title: str = "") -> Iterator[_Meeting]:
    for one, two in product(filter(holds, left), filter(holds, right)):
        pair = compare(one, two, context.words, title)
        if pair is not None:
            yield _Meeting(one, two, pair)


def _draft(code: str, where: tuple[Sheet, Matter], shares: tuple[Share, Share], meeting: _Meeting) -> Draft:
    (sheet, matter), (one, two) = where, shares
    values = {
        "matter": matter.title,
        "one": one.name,
        "two": two.name,
        "thing": "、".join(meeting.pair.things),
        "left": meeting.left.text,
        "right": meeting.right.text,
    }
    labels = (matter.title, one.name, two.name)
    score = 0.95 if meeting.pair.equal else 0.75
    return Draft(code, sheet, (one.node, two.node), labels, (one.cell, two.cell), values, score)


def _across(context: Context, sheet: Sheet, foreign: frozenset[str]) -> Iterator[Draft]:
    """One agency, one thing, two matters; and one exclusive power with two agencies in two matters."""
    for first, second in combinations(sheet.matters, 2):
        for one, two in product(first.shares, second.shares):
            if one.node in foreign or two.node in foreign:
                continue
            if one.name == two.name and sheet.topics_of(one.node) & sheet.topics_of(two.node):
                yield _two_matters("DUP-04", sheet, (first, one), (second, two), {})
            elif one.name != two.name:
                yield from _conflict(context, sheet, (first, one), (second, two))


def _conflict(context: Context, sheet: Sheet, one: tuple[Matter, Share], two: tuple[Matter, Share]) -> Iterator[Draft]:
    for left, right in product(filter(holds, one[1].clauses), filter(holds, two[1].clauses)):
        if not left.powers & right.powers & EXCLUSIVE:
            continue
        pair = compare(left, right, context.words, listed=True)
        if pair is not None and pair.equal:
            yield _two_matters("CON-02", sheet, one, two, {"thing": "、".join(pair.things)})
            return


def _two_matters(
    code: str, sheet: Sheet, one: tuple[Matter, Share], two: tuple[Matter, Share], more: dict[str, str]
) -> Draft:
    (first, left), (second, right) = one, two
    values = {"first": first.title, "second": second.title, "one": left.name, "two": right.name, **more}
    labels = tuple(dict.fromkeys((left.name, right.name, first.title, second.title)))
    return Draft(code, sheet, (left.node, right.node), labels, (left.cell, right.cell), values, 0.7)
