"""Tables that should answer to each other: duties and their items, shares and items, regimes and duties (GAP-01,
GAP-02, GAP-09, GAP-10, GAP-13)."""

from __future__ import annotations

from collections.abc import Iterator

from dutygraph.analysis.draft import Context, Draft
from dutygraph.analysis.facts import Clause, Duty, Item, Regime, Sheet
from dutygraph.analysis.words import bigrams, core, fold, share_run, unit_field

__all__ = ["check_coverage"]

# The share of what a text is about, by weight, that another must speak of: less is no trace of it, as much covers it.
_TRACE, _ELSEWHERE, _SHARE, _REGIME = 0.12, 0.2, 0.34, 0.45

_LONG_RUN = 4
_FIELD = 2  # characters that name a field or an act

_REGULATING = frozenset(("licensing", "filing", "inspection"))


def check_coverage(context: Context) -> Iterator[Draft]:
    for sheet in context.sheets:
        yield from _duties(context, sheet)
        yield from _shares(context, sheet)
        yield from _regimes(context, sheet)


def _duties(context: Context, sheet: Sheet) -> Iterator[Draft]:
    for duty in sheet.duties:
        items = [item for item in sheet.items if item.duty == duty.node]
        for clause in duty.clauses if items else ():
            if _has_item(context, sheet, clause, items):
                continue
            values = {"duty": duty.no, "clause": clause.text}
            cells = (duty.cell, items[0].cell)
            yield Draft("GAP-01", sheet, (clause.node,), (duty.no, clause.text), cells, values, 0.7)
        for item in items:
            if _has_duty(context, sheet, item, duty, items):
                continue
            values = {"duty": duty.no, "item": item.text, "unit": "、".join(item.units)}
            labels = (duty.no, *item.units, item.text)
            yield Draft("GAP-02", sheet, (item.node, duty.node), labels, (item.cell, duty.cell), values, 0.65)


def _has_item(context: Context, sheet: Sheet, clause: Clause, items: list[Item]) -> bool:
    text = clause.text
    if context.words.is_residual(text) or context.rarity.covered(text, *(item.text for item in items)) >= _TRACE:
        return True
    topics = context.lexicon.topics_in(fold(text))
    return any(context.touch(topics, sheet.topics_of(item.node)) for item in items)


def _has_duty(context: Context, sheet: Sheet, item: Item, duty: Duty, beside: list[Item]) -> bool:
    """Whether the duty it stands under speaks of the item, or another one does: then the row may only be elsewhere."""
    if context.words.is_residual(item.text) or context.rarity.covered(item.text, duty.text) >= _TRACE:
        return True
    if context.touch(sheet.topics_of(item.node), sheet.topics_of(duty.node)):
        return True
    if _same_field(item, duty) or _same_act(context, item, duty) or _is_field_of(duty, item, beside):
        return True
    return any(context.rarity.covered(item.text, other.text) >= _ELSEWHERE for other in sheet.duties)


def _same_field(item: Item, duty: Duty) -> bool:
    """Whether both speak of what the department is called after (消防大队: 消防)."""
    fields = (unit_field(unit)[:_FIELD] for unit in item.units)
    return any(len(field) == _FIELD and field in item.text and field in duty.text for field in fields)


def _same_act(context: Context, item: Item, duty: Duty) -> bool:
    """Whether the duty names the item's act, or the noun that a clause without a verb ends in (重要会议的保卫). Acts
    that every task has (管理, 检查) tell nothing."""
    acts = {clause.action or core(clause.object)[-_FIELD:] for clause in item.clauses}
    return any(len(act) >= _FIELD and act in duty.text and bigrams(act) for act in acts)


def _is_field_of(duty: Duty, item: Item, beside: list[Item]) -> bool:
    """A duty of a single clause, with one department's items under it, names the field of that department and lists
    nothing; a power over others (a licence, a punishment) still needs to be said."""
    one_department = len({other.units for other in beside}) == 1 < len(beside)
    ordinary = all(clause.powers <= {"other"} for clause in item.clauses)
    return len(duty.clauses) == 1 and one_department and ordinary


def _shares(context: Context, sheet: Sheet) -> Iterator[Draft]:
    for matter in sheet.matters:
        for share in matter.shares:
            if share.agency != sheet.agency or not sheet.items:
                continue
            topics = sheet.topics_of(share.node)
            if any(topics & sheet.topics_of(item.node) or share_run(matter.title, item.text) for item in sheet.items):
                continue
            if max(context.rarity.covered(share.text, item.text) for item in sheet.items) >= _SHARE:
                continue
            values = {"matter": matter.title, "agency": share.name}
            labels = (matter.title, share.name)
            yield Draft("GAP-13", sheet, (share.node,), labels, (share.cell, matter.cell), values, 0.75)


def _regimes(context: Context, sheet: Sheet) -> Iterator[Draft]:
    texts = [*(duty.text for duty in sheet.duties), *(item.text for item in sheet.items)]
    nodes = [*(duty.node for duty in sheet.duties), *(item.node for item in sheet.items)]
    for regime in sheet.regimes if texts else ():
        topics = sheet.topics_of(regime.node)
        if any(topics & sheet.topics_of(node) for node in nodes) or _spoken_of(context, regime, texts):
            continue
        values = {"regime": regime.title}
        yield Draft("GAP-09", sheet, (regime.node,), (regime.title,), (regime.cell,), values, 0.7)
    yield from _unregulated(context, sheet)


def _spoken_of(context: Context, regime: Regime, texts: list[str]) -> bool:
    """Whether a text names the thing in the regime's title, or a thing that its scope names."""
    scope = [item.text for item in regime.items if item.kinds & {"objects", "contents"}]
    if any(share_run(regime.title, text) or context.rarity.covered(regime.title, text) >= _REGIME for text in texts):
        return True
    return any(share_run(part, text, _LONG_RUN) for part in scope for text in texts)


def _unregulated(context: Context, sheet: Sheet) -> Iterator[Draft]:
    for item in sheet.items if sheet.regimes else ():
        powers = frozenset().union(*(clause.powers for clause in item.clauses)) & _REGULATING
        topics = sheet.topics_of(item.node)
        if not powers or any(topics & sheet.topics_of(regime.node) for regime in sheet.regimes):
            continue
        if max(context.rarity.covered(regime.title, item.text) for regime in sheet.regimes) >= _REGIME:
            continue
        values = {"item": item.text, "unit": "、".join(item.units)}
        yield Draft("GAP-10", sheet, (item.node,), (*item.units, item.text), (item.cell,), values, 0.6)
