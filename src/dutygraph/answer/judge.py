"""Whether a draft is sure enough: answered, asked back, or not answered, and why."""

from __future__ import annotations

from dataclasses import replace

from dutygraph.answer.candidates import Candidate
from dutygraph.answer.context import Context, Draft
from dutygraph.answer.model import Nearest

__all__ = ["judge", "vague"]

_KINDS = ("share", "item", "duty", "service", "regime", "regime-item", "matter")
_SHORT = 8  # characters; a question of no more than these and no asking words is only a topic


def vague(context: Context) -> tuple[str, ...] | None:
    """The matters to choose from when a question is too short to mean one of them; None when it is clear enough.
    Without any content at all, the matters of the registers."""
    if not context.terms.all and not context.links.topics and not _named(context):
        return _offered(context)
    if len(context.question.focus) > _SHORT or _named(context):
        return None
    subjects: dict[str, None] = {}
    for code in context.codes:
        found = context.seeker.candidates(code, _KINDS)
        near = [c for c in found if c.score >= context.thresholds.floors.near * found[0].score]
        subjects.update(dict.fromkeys(c.statement.subject or c.clause for c in near))
    several = len(subjects) >= context.thresholds.floors.subjects * len(context.codes)
    return tuple(subjects)[:8] if several else None


def _named(context: Context) -> bool:
    return any(m.kind not in ("place", "concept") for m in context.links.mentions)


def _offered(context: Context) -> tuple[str, ...]:
    kind = "https://w3id.org/dutygraph/def#Matter"
    matters = (s for code in context.codes for s in context.facts.statements("registered", kind=kind, place_code=code))
    return tuple(dict.fromkeys(matter.title for matter in matters))[:8]


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
        told = best_there is not None and best_there.score * floors.absent > max(draft.score, _score(best_here))
        known = best_here is not None and best_here.concept >= floors.known
        if known or not told:
            return draft
    if best_there is not None and best_there.score >= floors.answer:
        statement = best_there.statement
        label = f"{context.catalogue.place(statement.code)}：{statement.subject or statement.text}"
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
    found = [candidates[0] for code in codes if (candidates := context.responsible(code))]
    return max(found, key=lambda c: (c.score, c.statement.code), default=None)


def _score(candidate: Candidate | None) -> float:
    return candidate.score if candidate else 0.0
