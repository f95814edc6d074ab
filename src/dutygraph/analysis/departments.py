"""Inside one agency: two departments with one task, one task twice, and powers that differ between the tables (DUP-02,
DUP-03, CON-03)."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, product

from dutygraph.analysis.draft import Context, Draft
from dutygraph.analysis.facts import Item, Sheet
from dutygraph.analysis.pairs import compare, holds
from dutygraph.analysis.words import bigrams, fold

__all__ = ["check_departments"]

_SHORTEST_CLAUSE = 8  # characters: shorter ones (提出对策措施) recur without meaning anything
_SHORTEST_THING, _LONG_THING = 4, 5
_CONTRASTING = (frozenset(("licensing",)), frozenset(("filing",)))


def check_departments(context: Context) -> Iterator[Draft]:
    for sheet in context.sheets:
        for one, two in combinations(sheet.items, 2):
            if set(one.units) & set(two.units):
                yield from _twice(context, sheet, one, two)
            elif one.units and two.units:
                yield from _shared(context, sheet, one, two)
        yield from _powers_between_tables(context, sheet)


def _shared(context: Context, sheet: Sheet, one: Item, two: Item) -> Iterator[Draft]:
    for left, right in product(one.clauses, two.clauses):
        if not (holds(left) and holds(right)):
            continue
        pair = compare(left, right, context.words, listed=True)
        if pair is None or pair.division or len("".join(pair.things)) < _SHORTEST_THING:
            continue
        thing = "、".join(pair.things)
        values = {"one": one.units[0], "two": two.units[0], "thing": thing, "left": left.text, "right": right.text}
        labels = (one.units[0], two.units[0], thing)
        cells = (one.cell, two.cell, one.unit_cell, two.unit_cell)
        score = 0.9 if pair.equal else 0.7
        yield Draft("DUP-02", sheet, (one.node, two.node), labels, cells, values, score)
        return


def _twice(context: Context, sheet: Sheet, one: Item, two: Item) -> Iterator[Draft]:
    for left, right in product(one.clauses, two.clauses):
        short, long = sorted((left, right), key=lambda clause: len(clause.text))
        if len(fold(short.text)) < _SHORTEST_CLAUSE or context.words.act(left.action) != context.words.act(
            right.action
        ):
            continue
        if bigrams(short.text) and bigrams(short.text) <= bigrams(long.text):
            values = {"one": one.units[0], "left": short.text, "right": long.text}
            yield Draft("DUP-03", sheet, (one.node, two.node), (one.units[0],), (one.cell, two.cell), values, 0.9)
            return


def _powers_between_tables(context: Context, sheet: Sheet) -> Iterator[Draft]:
    for matter in sheet.matters:
        for share in matter.shares:
            if share.agency != sheet.agency:
                continue
            for item in sheet.items:
                for left, right in product(item.clauses, share.clauses):
                    if not _contrast(left.powers, right.powers):
                        continue
                    pair = compare(left, right, context.words)
                    if pair is None or pair.division in ("stage", "area") or len("".join(pair.things)) < _LONG_THING:
                        continue
                    values = {
                        "matter": matter.title,
                        "thing": "、".join(pair.things),
                        "left": left.text,
                        "right": right.text,
                    }
                    labels = (matter.title, *pair.things)
                    yield Draft("CON-03", sheet, (item.node, share.node), labels, (item.cell, share.cell), values, 0.8)


def _contrast(one: frozenset[str], two: frozenset[str]) -> bool:
    licence, filing = _CONTRASTING
    return (licence <= one and filing <= two and not licence & two) or (
        licence <= two and filing <= one and not licence & one
    )
