"""Across registers: what a sibling has, sets or divides otherwise (GAP-05, DIV-01, DIV-02), and registers of one county
that disagree (CON-04)."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations, pairwise, product

from dutygraph.analysis.draft import Context, Draft, level_of
from dutygraph.analysis.facts import Clause, Indicator, Matter, Share, Sheet
from dutygraph.analysis.misplaced import opening_subject
from dutygraph.analysis.pairs import compare, holds
from dutygraph.analysis.words import bigrams, fold, load_words, unit_field

__all__ = ["check_siblings"]

_SAME_NAME = 0.6


@dataclass(frozen=True, slots=True)
class _Thing:
    """A matter, regime or department: what a register has."""

    kind: str
    name: str
    node: str
    cell: str
    topics: frozenset[str]


def check_siblings(context: Context) -> Iterator[Draft]:
    for group in _groups(context.sheets, lambda sheet: f"{sheet.kind} {level_of(sheet.code)}"):
        yield from _missing(context, group)
    for group in _groups(context.sheets, lambda sheet: sheet.kind):
        for one, two in _neighbours(group):
            yield from _divided_otherwise(context, one, two, "DIV-02")
            yield from _indicators(one, two)
    for group in _groups(context.sheets, lambda sheet: sheet.code):
        for one, two in combinations(group, 2):
            yield from _divided_otherwise(context, one, two, "CON-04")


def _groups(sheets: Iterable[Sheet], key: Callable[[Sheet], str]) -> Iterator[list[Sheet]]:
    groups: dict[str, list[Sheet]] = defaultdict(list)
    for sheet in sheets:
        groups[key(sheet)].append(sheet)
    yield from groups.values()


def _neighbours(group: list[Sheet]) -> Iterator[tuple[Sheet, Sheet]]:
    """One register a place, each with the next: a difference in the group shows without comparing all with all."""
    yield from pairwise({sheet.code: sheet for sheet in group}.values())


def _things(sheet: Sheet) -> Iterator[_Thing]:
    for matter in sheet.matters:
        yield _Thing("matter", matter.title, matter.node, matter.cell, sheet.topics_of(matter.node))
    for regime in sheet.regimes:
        yield _Thing("regime", regime.title, regime.node, regime.cell, frozenset())
    for unit, cell in sheet.units.items():
        yield _Thing("department", unit, f"{sheet.agency}/{unit}", cell, frozenset())


def _missing(context: Context, group: list[Sheet]) -> Iterator[Draft]:
    """What at least a share of the siblings has and one of the group has not."""
    things = {sheet.iri: list(_things(sheet)) for sheet in group}
    having: dict[tuple[str, str], dict[str, tuple[Sheet, _Thing]]] = defaultdict(dict)
    for sheet in group:
        for thing in things[sheet.iri]:
            having[thing.kind, _key(thing.name)].setdefault(sheet.code, (sheet, thing))
    places = {sheet.code for sheet in group}
    for sheet in group:
        own = things[sheet.iri]
        keys = {(thing.kind, _key(thing.name)) for thing in own}
        least = max(1.0, context.siblings * (len(places) - 1))
        for key, found in having.items():
            if key in keys or len(found) < least or sheet.code in found:
                continue
            sibling, thing = next(iter(found.values()))
            if any(_same(thing, mine) for mine in own):
                continue
            values = {"name": thing.name, "sibling": sibling.place, "count": str(len(found))}
            labels = (thing.name, sibling.place)
            yield Draft("GAP-05", sheet, (sheet.iri, thing.node), labels, (thing.cell,), values, 0.7, kind=thing.kind)


@lru_cache(maxsize=10_000)
def _key(name: str) -> str:
    return fold(name).replace("侦察", "侦查")


def _same(one: _Thing, two: _Thing) -> bool:
    if one.kind != two.kind:
        return False
    a, b = _key(one.name), _key(two.name)
    if a == b or one.topics & two.topics:
        return True
    if one.kind == "department":
        return _same_department(a, b)
    left, right = bigrams(a), bigrams(b)
    return bool(left and right) and len(left & right) / max(len(left), len(right)) >= _SAME_NAME


def _same_department(a: str, b: str) -> bool:
    """经侦大队 and 经济犯罪侦查大队, 巡特警大队 and 巡警特警大队: one name's characters stand in the other's."""
    short, long = sorted((unit_field(a), unit_field(b)), key=len)
    rest = iter(long)
    return len(short) > 1 and all(character in rest for character in short)


def _indicators(one: Sheet, two: Sheet) -> Iterator[Draft]:
    for left in one.regimes:
        for right in two.regimes:
            if _key(left.title) != _key(right.title):
                continue
            for mine, theirs in _aligned(left.indicators, right.indicators):
                if mine.value != theirs.value:
                    values = {
                        "regime": left.title,
                        "left": _number(mine),
                        "right": _number(theirs),
                        "place": one.place,
                        "sibling": two.place,
                    }
                    labels = (left.title, one.place, two.place)
                    cells = (mine.cell, theirs.cell)
                    yield Draft("DIV-01", one, (mine.node, theirs.node), labels, cells, values, 0.9)


def _aligned(left: Iterable[Indicator], right: Iterable[Indicator]) -> Iterator[tuple[Indicator, Indicator]]:
    """The indicators that say the same but for their numbers and the names of their level, in their order."""
    mine, theirs = _by_skeleton(left), _by_skeleton(right)
    for skeleton, indicators in mine.items():
        yield from zip(indicators, theirs.get(skeleton, ()), strict=False)


def _by_skeleton(indicators: Iterable[Indicator]) -> dict[tuple[str, ...], list[Indicator]]:
    groups: dict[tuple[str, ...], list[Indicator]] = defaultdict(list)
    for one in indicators:
        text = re.sub(r"\d+", "#", load_words().form.sub("", fold(one.text)))
        groups[one.kind, one.unit, one.period, one.comparator, text].append(one)
    return groups


def _number(indicator: Indicator) -> str:
    return f"{indicator.value:g}{indicator.unit}"


def _divided_otherwise(context: Context, one: Sheet, two: Sheet, code: str) -> Iterator[Draft]:
    for left, right in product(one.matters, two.matters):
        if _key(left.title) == _key(right.title):
            yield from _tasks(context, (one, left), (two, right), code)


def _tasks(context: Context, one: tuple[Sheet, Matter], two: tuple[Sheet, Matter], code: str) -> Iterator[Draft]:
    (sheet, left), (other, right) = one, two
    for mine, theirs in product(left.shares, right.shares):
        if mine.kind == theirs.kind:
            continue
        task = next(
            (a for a, b in product(_own(mine), _own(theirs)) if _one_task(context, a, b)),
            None,
        )
        if task is None or _also(context, task, right, mine.kind):
            continue
        values = {
            "matter": left.title,
            "task": task.text,
            "one": mine.name,
            "two": theirs.name,
            "place": sheet.place,
            "sibling": other.place,
        }
        labels = (left.title, mine.name, theirs.name)
        yield Draft(code, sheet, (mine.node, theirs.node), labels, (mine.cell, theirs.cell), values, 0.75)


def _own(share: Share) -> Iterator[Clause]:
    """The clauses that do not begin with another agency."""
    others = [mention.name for mention in share.mentions if mention.kind != share.kind]
    if opening_subject(share) is None:
        yield from (c for c in share.clauses if not any(c.text.startswith(name) for name in others))


def _one_task(context: Context, one: Clause, two: Clause) -> bool:
    if not (holds(one) and holds(two)) or context.words.act(one.action) != context.words.act(two.action):
        return False
    pair = compare(one, two, context.words)
    return pair is not None and not pair.division


def _also(context: Context, task: Clause, matter: Matter, kind: str) -> bool:
    """Whether the same kind of agency has the task in the other place too: then it is shared, not moved."""
    same = [share for share in matter.shares if share.kind == kind]
    return any(_one_task(context, task, clause) for share in same for clause in share.clauses)
