"""How sure an answer is."""

from __future__ import annotations

from dutygraph.answer.context import Context, Draft
from dutygraph.answer.judge import OF_ONE_THING
from dutygraph.answer.model import Intent
from dutygraph.answer.signs import read_signs

__all__ = ["confidence_in"]

_OF_UNITS: tuple[Intent, ...] = ("who", "describe")


def confidence_in(context: Context, draft: Draft) -> float:
    """0 … 1. Of a question about one thing, the calibrated probability that the registers answer it; when it asks who
    is responsible, times that of the record found first being the right one. Of a question about a register as a whole
    (a list, a count, a comparison), how well it could be met, which is no probability. 0 when nothing is answered."""
    if draft.reason is not None:
        return 0.0
    if draft.intent not in OF_ONE_THING:
        return min(1.0, draft.score)
    signs, learned = read_signs(context, draft), context.thresholds
    within = learned.within.probability(signs.named())
    return within * learned.first.probability({"score": signs.score}) if draft.intent in _OF_UNITS else within
