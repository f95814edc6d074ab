"""How places differ: one question answered for each, side by side."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from dutygraph.answer.context import Context, Draft
from dutygraph.answer.interpret import read_intents
from dutygraph.answer.model import Intent

__all__ = ["answer_compare"]


def answer_compare(context: Context, answering: Mapping[Intent, Callable[[Context], Draft]]) -> Draft:
    """The best other reading of the question, for all places it names, or for all when it names none. Nothing when it
    names one: what differs is then inside that place."""
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
    return replace(best, intent="compare", wanted=best.intent)
