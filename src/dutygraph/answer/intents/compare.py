"""How places differ: one question answered for each, side by side."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from dutygraph.answer.context import Context, Draft
from dutygraph.answer.intents.both import answer_sides, merged
from dutygraph.answer.intents.sets import answer_compositional
from dutygraph.answer.intents.sides import by_clauses, by_regimes, by_units, with_twins
from dutygraph.answer.intents.structure import read_structure
from dutygraph.answer.interpret import read_intents
from dutygraph.answer.model import Intent

__all__ = ["answer_compare"]


def answer_compare(context: Context, answering: Mapping[Intent, Callable[[Context], Draft]]) -> Draft:
    """What each of the units it names does; what one place has and another has not; else what the regimes of each place
    say; else the best other reading of the question, for all places it names, or for all when it names none. Nothing
    when it names one place, and no two units of it."""
    if context.asks(context.words.intents["phone"].strong):  # each has its own, and none is like the other
        return Draft("compare", 0.0)
    outright = _outright(context)
    if outright is not None:
        return outright
    described = _described(context, answering)
    if described is not None:
        return described
    if context.named and len(context.codes) < 2:
        return Draft("compare", 0.0)
    readings = read_intents(context.question, context.words, context.heard)
    drafts = [
        (reading.score, -rank, draft)
        for rank, reading in enumerate(readings)
        if reading.intent in answering
        # "what is different" sounds like asking for a list; without a kind of thing to list it is not
        and (reading.intent != "list" or any(map(context.asks, context.words.targets.values())))
        and (draft := answering[reading.intent](context)).by_place
        and draft.score >= context.thresholds.floors.answer
    ]
    if not drafts:
        return Draft("compare", 0.0)
    *_, best = max(drafts, key=lambda each: each[:2])
    return with_twins(context, replace(best, intent="compare", wanted=best.intent))


def _described(context: Context, answering: Mapping[Intent, Callable[[Context], Draft]]) -> Draft | None:
    """What is found of each of two things that the question describes; None when it is places that it compares."""
    if context.named and len(context.codes) > 1:
        return None
    drafts = answer_sides(context, answering)
    if not drafts:
        return None
    first, *_ = drafts
    return replace(first, intent="compare", wanted=first.intent, by_place=merged(drafts))


def _outright(context: Context) -> Draft | None:
    """What the question compares by name; None when it leaves that to its other reading."""
    sides = by_units(context)
    if sides is not None:
        return sides
    if len(context.codes) < 2:
        return by_clauses(context)
    structure = read_structure(context)
    if structure is not None and structure.elsewhere is not None and structure.asked.sorts:
        return replace(answer_compositional(context), intent="compare")
    rules = by_regimes(context)
    return with_twins(context, rules) if rules is not None else None
