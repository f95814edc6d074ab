"""Whether a draft is sure enough: answered, asked back, or not answered, and why."""

from __future__ import annotations

from dataclasses import replace

from dutygraph.answer.candidates import Candidate
from dutygraph.answer.context import Context, Draft
from dutygraph.answer.model import Intent, Nearest
from dutygraph.answer.signs import best_record, read_signs
from dutygraph.answer.unclear import doubted

__all__ = ["OF_ONE_THING", "judge"]

_OUTRIGHT = ("share", "item", "duty")  # what says outright who is responsible
_SHORTEST_UNIT = 3  # characters
OF_ONE_THING: tuple[Intent, ...] = ("who", "describe", "legal", "phone", "indicator", "penalty", "procedure")
"""Asking for these, a question is about one thing, and not about a register as a whole."""


def judge(context: Context, draft: Draft) -> Draft:
    """``draft`` as it is when it may be said; else with a reason and the nearest things, and nothing said."""
    # Asked whether a thing is there at all, that it is not is an answer.
    if draft.reason is not None or draft.wanted in ("listed", "said"):
        return draft
    if _other_business(context, draft):
        return replace(draft, reason="out_of_scope", by_place={})
    lacking = _unit_elsewhere(context)
    if lacking is not None and not _speaks_of(draft, lacking.label.rpartition("：")[2]):
        return replace(draft, reason="not_in_register", by_place={}, nearest=(lacking,))
    elsewhere = [code for code in context.catalogue.codes if code not in context.codes]
    best_here = best_record(context, context.codes, draft.intent)
    best_there = best_record(context, elsewhere, draft.intent)
    one_thing = draft.intent in OF_ONE_THING
    if draft.by_place and (
        _is_within(context, draft) if one_thing else _is_there(context, draft, best_here, best_there)
    ):
        return draft
    return doubted(context, draft) or _declined(context, draft, best_here, best_there)


def _declined(context: Context, draft: Draft, here: Candidate | None, there: Candidate | None) -> Draft:
    """``draft`` with nothing said, and why: the best record of the asked places is ``here``, of others ``there``."""
    if there is not None and there.score >= context.thresholds.floors.answer and there.score > _score(here):
        statement = there.statement
        label = f"{context.catalogue.place(statement.code)}：{there.topic}"
        return replace(draft, reason="not_in_register", by_place={}, nearest=(Nearest(label, statement.iri),))
    known = any(weight > 0.5 for _, weight in context.links.topics)
    return replace(draft, reason="not_in_register" if known and context.named else "out_of_scope", by_place={})


def _is_within(context: Context, draft: Draft) -> bool:
    """Whether the registers probably answer this, by all the signs there are."""
    probability = context.thresholds.within.probability(read_signs(context, draft).named())
    return probability >= context.thresholds.floors.within


def _is_there(context: Context, draft: Draft, here: Candidate | None, there: Candidate | None) -> bool:
    """Whether what a draft about many records says is about the asked places, whose best record is ``here``, and not
    far better met elsewhere, by ``there``."""
    floors = context.thresholds.floors
    if draft.score < floors.answer:
        return False
    known = here is not None and here.statement.kind in _OUTRIGHT and here.concept >= floors.known
    share = floors.absent_though_known if known else floors.absent
    return there is None or there.score * share <= max(draft.score, _score(here))


def _unit_elsewhere(context: Context) -> Nearest | None:
    """The agency or department of another place that the question names, when the asked place has none so called and
    names no other."""
    if not context.named or context.question.story:
        return None
    entities = context.catalogue.entities
    text = context.question.text
    units = [
        entities[m.target]
        for m in context.links.mentions
        if m.kind in ("agency", "department") and m.weight == 1.0 and _is_a_name(text[m.start : m.end])
    ]
    own = {register.agency for register in context.catalogue.registers}
    named = [unit for unit in units if unit.label not in own]
    if not named or any(unit.code in context.codes for unit in named):
        return None
    return Nearest(f"{context.catalogue.place(named[0].code or '')}：{named[0].label}", named[0].iri)


def _speaks_of(draft: Draft, unit: str) -> bool:
    """Whether what is found names a unit: it is spoken of then, and not asked after."""
    return any(unit in result.statement for content in draft.by_place.values() for result in content.results)


def _is_a_name(words: str) -> bool:
    """Three characters or two English words; "office" alone names no unit."""
    return " " in words if words.isascii() else len(words) >= _SHORTEST_UNIT


def _other_business(context: Context, draft: Draft) -> bool:
    """Whether the question is on public business that the records found do not speak of."""
    named = [found.group() for found in context.words.care["other_business"].finditer(context.question.text)]
    if not named:
        return False
    asked = [name for name in named if name in context.question.focus or named.count(name) > 1]
    said = " ".join(result.statement for content in draft.by_place.values() for result in content.results)
    return bool(asked) and not any(name in said for name in asked)


def _score(candidate: Candidate | None) -> float:
    return candidate.score if candidate else 0.0
