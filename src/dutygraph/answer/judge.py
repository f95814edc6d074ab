"""Whether a draft is sure enough: answered, asked back, or not answered, and why."""

from __future__ import annotations

from dataclasses import replace

from dutygraph.answer.candidates import Candidate
from dutygraph.answer.context import Context, Draft
from dutygraph.answer.model import Nearest, unique

__all__ = ["judge", "vague"]

_KINDS = ("share", "item", "duty", "service", "regime", "regime-item", "matter")
_OUTRIGHT = ("share", "item", "duty")  # what says outright who is responsible
_SHORT = 16  # characters; a longer question has said enough
_OFFERED = 8


def vague(context: Context) -> tuple[str, ...] | None:
    """What to choose from when a question means nothing in particular; None when it is clear enough. A question with no
    content at all gets the matters of the registers; one that only says what to do (get a permit) what can be done."""
    if context.links.topics or _named(context) or _asks_of_the_whole(context):
        return None
    if not context.terms.all:
        return _matters(context)
    return _doable(context) if len(context.question.focus) <= _SHORT and _only_acts(context) else None


def _asks_of_the_whole(context: Context) -> bool:
    """Whether the question is about the register as a whole: what it lists, lacks, has most of."""
    intents = context.words.intents
    return any(
        intents[name].strong.search(context.question.focus) for name in ("list", "count", "compositional", "gap")
    )


def _only_acts(context: Context) -> bool:
    """Whether every term lies in words for doing something: there is no object."""
    spans = [
        found.span()
        for action in context.words.actions.values()
        for found in action.asked.finditer(context.question.text)
    ]
    return all(any(start <= term.start and term.end <= end for start, end in spans) for term in context.terms.all)


def _doable(context: Context) -> tuple[str, ...]:
    """What the best fitting records are about."""
    found = sorted(
        (
            candidate
            for code in context.codes
            for candidate in context.seeker.candidates(code, _KINDS)
            if candidate.action
        ),
        key=lambda candidate: (-candidate.score, candidate.statement.code, candidate.statement.order),
    )
    return unique(candidate.topic for candidate in found)[:_OFFERED]


def _named(context: Context) -> bool:
    return any(m.kind not in ("place", "concept") for m in context.links.mentions)


def _matters(context: Context) -> tuple[str, ...]:
    kind = "https://w3id.org/dutygraph/def#Matter"
    matters = (s for code in context.codes for s in context.facts.statements("registered", kind=kind, place_code=code))
    return unique(matter.title for matter in matters)[:_OFFERED]


def judge(context: Context, draft: Draft) -> Draft:
    """``draft`` as it is when it may be said; else with a reason and the nearest things, and nothing said."""
    if draft.reason is not None:
        return draft
    if _other_business(context, draft):
        return replace(draft, reason="out_of_scope", by_place={})
    floors = context.thresholds.floors
    elsewhere = [code for code in context.catalogue.codes if code not in context.codes]
    best_here = _best(context, context.codes)
    best_there = _best(context, elsewhere)
    if draft.by_place and draft.score >= floors.answer:
        known = best_here is not None and best_here.statement.kind in _OUTRIGHT and best_here.concept >= floors.known
        share = floors.absent_though_known if known else floors.absent
        if best_there is None or best_there.score * share <= max(draft.score, _score(best_here)):
            return draft
    if best_there is not None and best_there.score >= floors.answer:
        statement = best_there.statement
        label = f"{context.catalogue.place(statement.code)}：{best_there.topic}"
        return replace(draft, reason="not_in_register", by_place={}, nearest=(Nearest(label, statement.iri),))
    known = any(weight > 0.5 for _, weight in context.links.topics)
    return replace(draft, reason="not_in_register" if known and context.named else "out_of_scope", by_place={})


def _other_business(context: Context, draft: Draft) -> bool:
    """Whether the question is on public business that the records found do not speak of."""
    named = [found.group() for found in context.words.care["other_business"].finditer(context.question.text)]
    if not named:
        return False
    asked = [name for name in named if name in context.question.focus or named.count(name) > 1]
    said = " ".join(result.statement for content in draft.by_place.values() for result in content.results)
    return bool(asked) and not any(name in said for name in asked)


def _best(context: Context, codes: tuple[str, ...] | list[str]) -> Candidate | None:
    found = [candidates[0] for code in codes if (candidates := context.seeker.responsible(code))]
    return max(found, key=lambda c: (c.score, c.statement.code), default=None)


def _score(candidate: Candidate | None) -> float:
    return candidate.score if candidate else 0.0
