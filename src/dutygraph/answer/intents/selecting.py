"""Selecting the things of one place that meet the conditions of a question."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from dutygraph.answer.context import Context
from dutygraph.answer.facts import Statement
from dutygraph.answer.intents.linking import Linked, link_names
from dutygraph.answer.intents.numbers import Extreme, Number
from dutygraph.answer.intents.relations import Relations, Row, Sort, Thing
from dutygraph.answer.intents.said import Said, find_saying
from dutygraph.answer.intents.structure import Shared, Structure
from dutygraph.answer.model import unique
from dutygraph.answer.sentences import pairs_of
from dutygraph.retrieve import normalise

__all__ = ["OPTIONAL", "Selection", "select"]

# What a thing usually has, when the question does not say what is counted; the usual one first.
_USUAL: Final[Mapping[Sort, tuple[Sort, ...]]] = {
    "department": ("item", "service", "regime"),
    "agency": ("matter",),
    "matter": ("agency",),
    "regime": ("rule",),
    "duty": ("item",),
    "act": ("matter", "regime"),
    "service": ("phone",),
    "item": ("department",),
}
_FALLBACK: Final = ("matter", "item", "regime", "service", "agency", "department", "act", "phone", "case", "duty")
_ALIKE: Final = 0.5  # of the pairs of characters of two names that both have
_WITHIN: Final = 0.65  # of those of the shorter name, of which the longer one says more
_SHORTEST: Final = 4  # pairs; a shorter name stands within others by chance
OPTIONAL: Final = frozenset({"phone", "act", "case", "indicators", "penalties", "measures", "procedures", "contents"})
"""What a record may lack."""
_Holds = Callable[[int, Collection[int]], bool]  # of one size, beside all sizes


@dataclass(frozen=True, slots=True)
class Selection:
    """The things of one place that meet the conditions, with the rows that show it. ``sizes``: what was counted;
    ``each``: a number was asked for each of them."""

    sort: Sort
    rows: Mapping[Thing, tuple[Row, ...]]
    sizes: Mapping[Thing, int]
    each: bool = False

    @property
    def names(self) -> tuple[str, ...]:
        """The things, each once."""
        return unique(thing.name for thing in self.rows)


def select(context: Context, code: str, structure: Structure) -> Selection | None:
    """What meets the conditions in one place, and in the others or not as far as the question says so; None when no
    sort of thing fits the question there."""
    elsewhere = structure.elsewhere
    if elsewhere is not None and code in elsewhere.lacking:
        return None
    found = _select(context, code, structure)
    if found is None or elsewhere is None:
        return found
    others = elsewhere.lacking or tuple(other for other in context.codes if other != code)
    theirs = [other.rows for each in others if (other := _select(context, each, structure)) is not None]
    kept = {
        thing: rows
        for thing, rows in found.rows.items()
        if all(
            any(_same_thing(context, thing, other, exactly=elsewhere.exactly) for other in things) == elsewhere.common
            for things in theirs
        )
    }
    return Selection(found.sort, kept, found.sizes)


def _same_thing(context: Context, one: Thing, other: Thing, *, exactly: bool) -> bool:
    """Whether things of two places are the same: called the same, or nearly so, or by one everyday word."""
    if exactly:
        return one.name == other.name
    units = context.catalogue.units.values()
    pairs, others = (pairs_of(re.sub(r"\W", "", normalise(thing.name))) for thing in (one, other))
    shared, shorter = len(pairs & others), min(len(pairs), len(others))
    within = shorter >= _SHORTEST and shared >= _WITHIN * shorter
    alike = within or shared >= _ALIKE * len(pairs | others)
    return alike or any(one.key in several and other.key in several for several in units)


def _select(context: Context, code: str, structure: Structure) -> Selection | None:
    relations = Relations(context.facts, code)
    linked = link_names(context, code, structure)
    if linked is None:
        return None
    found: Selection | None = None
    sorts = structure.asked.sorts or _FALLBACK
    if "department" in sorts and any(
        one.own and not (one.named.excepted or one.named.denied) for choices in linked for one in choices
    ):
        sorts = tuple(sort for sort in sorts if sort != "agency")  # within the agency that is named
    for sort in sorted(sorts, key=lambda sort: _strain(relations, sort, structure, linked)):
        selection = _Selecting(context, relations, sort, structure, linked).run()
        if selection is not None and selection.rows:
            return _of_each(relations, selection, structure.asked.each, linked)
        found = found or selection
    return found


def _of_each(
    relations: Relations, selection: Selection, each: Sequence[Sort], linked: Sequence[Sequence[Linked]]
) -> Selection:
    """The same things counted for each thing of another sort, where the question asks for that; for those of them that
    it names, if it names any."""
    other = next((sort for sort in each if relations.related(sort, selection.sort)), None)
    if other is None:
        return selection
    named = {key for choices in linked for one in choices if one.sort == other for key in one.keys}
    rows: dict[Thing, list[Row]] = defaultdict(list)
    for row in relations.rows(other, selection.sort):
        if row.other in selection.rows and (not named or row.one.key in named):
            rows[row.one].append(row)
    sizes = {thing: len({row.other for row in several}) for thing, several in rows.items()}
    return Selection(other, {thing: tuple(several) for thing, several in rows.items()}, sizes, each=True)


def _strain(relations: Relations, sort: Sort, structure: Structure, linked: Sequence[Sequence[Linked]]) -> int:
    """How many names would not be read as the first thing they stand for, and how many nouns as the first sort they may
    mean, if this sort were asked for."""
    each = structure.asked.each
    counted = [n.sorts for n in structure.numbers] + [e.sorts for e in structure.extremes if e.sorts]
    return (
        (bool(each) and not relations.related(sort, each[0]))
        + sum(not relations.related(sort, first.sort) for first, *_ in linked if first.sort != sort and not first.own)
        + sum(not relations.related(sort, sorts[0]) for sorts in counted if sort not in sorts)
    )


class _Selecting:
    """One attempt to read the question with one sort of thing as what is asked for."""

    def __init__(
        self,
        context: Context,
        relations: Relations,
        sort: Sort,
        structure: Structure,
        linked: Sequence[tuple[Linked, ...]],
    ) -> None:
        self._context = context
        self._relations = relations
        self._sort = sort
        self._structure = structure
        self._linked = linked
        self._kept = {thing: _own(thing, records) for thing, records in relations.things(sort).items()}
        self._proof: dict[Thing, list[Row]] = defaultdict(list)
        self._sizes: dict[Thing, int] = {}

    def run(self) -> Selection | None:
        """The things kept; None when a condition has no meaning for this sort."""
        if not self._kept or not all(self._conditions()):
            return None
        rows = {thing: tuple(dict.fromkeys(self._proof[thing])) or own for thing, own in self._kept.items()}
        return Selection(self._sort, rows, self._sizes)

    def _conditions(self) -> Iterator[bool]:
        structure = self._structure
        self._keep_titled()
        yield self._link()
        for number in structure.numbers:
            yield self._by_size(number.sorts, _between(number))
        for column in structure.columns:
            yield self._column(column.sorts, present=column.present)
        for shared in structure.shared:
            yield self._shared(shared)
        for every in structure.every:
            yield self._every(every.sorts)
        if structure.said:
            yield self._says(structure.said)
        for extreme in structure.extremes:
            yield self._by_size(extreme.sorts, _furthest(extreme))

    def _keep_titled(self) -> None:
        """Keeps what is called as the question says: of several endings any, of the rest all."""
        titled = self._structure.titled
        endings = tuple(each.word for each in titled if each.ending)
        self._keep(
            thing
            for thing in self._kept
            if (not endings or thing.name.endswith(endings))
            and all((each.word in thing.name) != each.denied for each in titled if not each.ending)
        )

    def _groups(self, other: Sort) -> dict[Thing, dict[Thing, list[Row]]]:
        groups: dict[Thing, dict[Thing, list[Row]]] = {thing: {} for thing in self._kept}
        for row in self._relations.rows(self._sort, other):
            if row.one in groups:
                groups[row.one].setdefault(row.other, []).append(row)
        return groups

    def _related(self, sorts: Sequence[Sort]) -> Sort | None:
        """The first of these sorts that the asked kind has anything to do with."""
        wanted = sorts or _USUAL.get(self._sort, ())
        return next((s for s in wanted if s != self._sort and self._relations.related(self._sort, s)), None)

    def _keep(self, kept: Iterable[Thing]) -> None:
        left = set(kept)
        self._kept = {thing: own for thing, own in self._kept.items() if thing in left}

    def _by_size(self, sorts: Sequence[Sort], holds: _Holds) -> bool:
        other = self._related(sorts)
        if other is None:
            return False
        groups = self._groups(other)
        sizes = {thing: len(others) for thing, others in groups.items()}
        chosen = [thing for thing, size in sizes.items() if holds(size, sizes.values())]
        self._prove(groups, chosen)
        self._sizes = {thing: sizes[thing] for thing in chosen}
        self._keep(chosen)
        return True

    def _prove(self, groups: Mapping[Thing, Mapping[Thing, Sequence[Row]]], things: Iterable[Thing]) -> None:
        for thing in things:
            for rows in groups[thing].values():
                self._proof[thing] += rows

    def _column(self, sorts: Sequence[Sort], *, present: bool) -> bool:
        other = self._related(sorts)
        if other is None:
            return not present or self._sort in sorts or not set(sorts) & OPTIONAL
        groups = self._groups(other)
        chosen = [thing for thing, others in groups.items() if bool(others) == present]
        if set(sorts) & OPTIONAL:
            self._prove(groups, chosen)
        self._keep(chosen)
        return True

    def _shared(self, shared: Shared) -> bool:
        """Keeps what has a related thing in common with others."""
        other = self._related(shared.sorts)
        if other is None:
            return False
        groups = self._groups(other)
        owners: dict[Thing, list[Thing]] = defaultdict(list)
        for thing, others in groups.items():
            for each in others:
                owners[each].append(thing)
        kept = [several for several in owners.values() if len(several) > 1]
        kept = [several for several in kept if len(several) == shared.many] or kept
        chosen = list(dict.fromkeys(thing for several in kept for thing in several))
        self._prove(groups, chosen)
        self._keep(chosen)
        return True

    def _says(self, said: Sequence[Said]) -> bool:
        """Keeps what has texts that say this."""
        found = find_saying(self._context, self._relations.code, self._sort, said)
        if found is None:
            return False
        for thing, rows in found.items():
            self._proof[thing] += rows
        self._keep(found)
        return True

    def _every(self, sorts: Sequence[Sort]) -> bool:
        other = self._related(sorts)
        if other is None:
            return False
        groups, all_of_them = self._groups(other), set(self._relations.things(other))
        chosen = [thing for thing, others in groups.items() if set(others) >= all_of_them]
        self._prove(groups, chosen)
        self._keep(chosen)
        return True

    def _link(self) -> bool:
        """Keeps what is linked to the names: to all of them, or to any where "or" joins them; of what is asked for
        itself those that are named."""
        wanted: list[set[Thing]] = []
        chosen: set[Thing] = set()
        for choices in self._linked:
            one = self._readable(choices)
            if one is None:
                if not all(choice.own for choice in choices):
                    return False
                continue
            with_it = self._with(one)
            if one.named.denied or one.named.excepted:
                self._keep(self._kept.keys() - with_it)
            elif one.sort == self._sort:
                chosen |= with_it
            elif one.named.either and wanted:
                wanted[-1] |= with_it
            else:
                wanted.append(with_it)
        for with_it in (*wanted, *((chosen,) if chosen else ())):
            self._keep(with_it)
        self._keep_alone([one for choices in self._linked if (one := self._readable(choices)) and one.named.only])
        return True

    def _readable(self, choices: Sequence[Linked]) -> Linked | None:
        """What a name stands for: something of the asked kind itself, else something that it has to do with."""
        same = next((one for one in choices if one.sort == self._sort), None)
        return same or next((one for one in choices if self._relations.related(self._sort, one.sort)), None)

    def _with(self, one: Linked) -> set[Thing]:
        """The things linked to a name, or named by it."""
        if one.sort == self._sort:
            return {thing for thing in self._kept if thing.key in one.keys}
        groups = self._groups(one.sort)
        for thing, others in groups.items():
            for other, rows in others.items():
                if other.key in one.keys and not one.named.denied:
                    self._proof[thing] += rows
        return {thing for thing, others in groups.items() if any(other.key in one.keys for other in others)}

    def _keep_alone(self, named: Sequence[Linked]) -> None:
        """Keeps what is linked to nothing but these names."""
        keys = frozenset(key for one in named for key in one.keys)
        for sort in {one.sort for one in named} - {self._sort}:
            groups = self._groups(sort)
            self._keep(thing for thing in self._kept if all(other.key in keys for other in groups[thing]))


def _between(number: Number) -> _Holds:
    return lambda size, _: number.low <= size <= number.high


def _furthest(extreme: Extreme) -> _Holds:
    return lambda size, sizes: size == (max(sizes) if extreme.highest else min(sizes))


def _own(thing: Thing, records: Sequence[Statement]) -> tuple[Row, ...]:
    """The record that names a thing first, as the proof that there is such a thing."""
    return (Row(thing, thing, records[0]),)
