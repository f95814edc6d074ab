"""Questions that mean nothing in particular, or nothing that is understood: they are asked back, with what to choose
from."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from dutygraph.answer.context import Context, Draft
from dutygraph.answer.model import unique
from dutygraph.answer.respell import is_pinyin
from dutygraph.answer.signs import read_signs

__all__ = ["ask_back", "doubted", "vague"]

_KINDS = ("share", "item", "duty", "service", "regime", "regime-item", "matter")
_SHORT = 16  # characters; a longer question has said enough
_OFFERED = 8
_DOUBTED = 4  # matters to choose from when it is not sure which of them is meant


def vague(context: Context) -> tuple[str, ...] | None:
    """What to choose from when a question means nothing in particular; None when it is clear enough. A question with no
    content at all gets the matters of the registers; one that only says what to do (get a permit) what can be done."""
    if _named(context) or _asks_of_the_whole(context):
        return None
    short = len(context.question.focus) <= _SHORT * context.question.width
    words = context.words
    asking = (*words.targets.values(), *(cue.strong for cue in words.intents.values()), words.care["vague"])
    if short and _only_within(context, asking, topics=True):
        return _matters(context)
    acts = (action.asked for action in context.words.actions.values())
    if short and not context.links.topics and _only_within(context, acts):
        return _offered(context)
    return _offered(context) if _sounds_vague(context) else None


def doubted(context: Context, draft: Draft) -> Draft | None:
    """The ``draft`` asked back instead of being declined: that no register has it can only be said of what is
    understood. With nothing but what to choose from when the question sounds as if it meant nothing in particular, of
    one that says nothing known even a little; of such a one with who was found to be responsible when that may well be
    it. None when it has to be declined."""
    floors, likely = context.thresholds.floors, context.heard.likely
    if _names_a_unit_or_record(context):
        return None
    floor = floors.vague if context.links.topics else floors.vague_though_unknown
    if likely["vague"] >= floor and likely["vague"] > likely["unrecorded"] and _heard(context):
        return replace(draft, reason="ambiguous", by_place={}, options=_offered(context))
    if context.links.topics:
        return None
    signs = read_signs(context, draft)
    if not draft.by_place or context.thresholds.within.probability(signs.named()) < floors.doubted:
        return None
    asked = ask_back(context, draft)
    return (
        asked
        if asked.reason is not None
        else replace(draft, reason="ambiguous", by_place={}, options=_offered(context))
    )


def _sounds_vague(context: Context) -> bool:
    """Whether a question sounds as if it meant nothing in particular; when it names a thing all the same, it has to
    sound more so, unless it says nothing else."""
    floors = context.thresholds.floors
    floor = floors.vague_though_named if context.links.topics and not _only_names(context) else floors.vague
    return context.heard.likely["vague"] >= floor and _heard(context)


def _heard(context: Context) -> bool:
    """Pinyin and long messages sound like nothing that was learned."""
    return not context.question.story and not is_pinyin(context.question.raw.lower())


def _only_names(context: Context) -> bool:
    """Whether all of a question is the name of one thing."""
    question = context.question
    return any(question.text[m.start : m.end] == question.focus for m in context.links.mentions)


def _asks_of_the_whole(context: Context) -> bool:
    """Whether the question is about the register as a whole: what it lists, lacks, has most of; and says of what."""
    intents = context.words.intents
    if not context.terms.all and not any(context.asks(target) for target in context.words.targets.values()):
        return False
    return any(
        intents[name].strong.search(context.question.focus) for name in ("list", "count", "compositional", "gap")
    )


def _only_within(context: Context, patterns: Iterable[re.Pattern[str]], *, topics: bool = False) -> bool:
    """Whether every term, if there are any, lies in what these patterns find: words for what is asked, or what is to be
    done, without an object. ``topics``: every concept, too."""
    spans = [found.span() for pattern in patterns for found in pattern.finditer(context.question.text)]
    content = [(term.start, term.end) for term in context.terms.all]
    if topics:
        content += [(m.start, m.end) for m in context.links.mentions if m.kind == "concept"]
    return all(any(start <= first and last <= end for start, end in spans) for first, last in content)


def _offered(context: Context) -> tuple[str, ...]:
    """What a question may be about that hardly says so: what can be done of what it says, else the nearest records,
    and then the matters of the registers."""
    doable = _doable(context)
    return doable if len(doable) > 1 else unique((*doable, *_nearest(context), *_matters(context)))[:_OFFERED]


def _nearest(context: Context) -> tuple[str, ...]:
    leaders = (c for code in context.codes for c in context.seeker.responsible(code)[:_DOUBTED])
    ranked = sorted(leaders, key=lambda c: (-c.score, c.statement.code, c.statement.order))
    return unique(candidate.topic for candidate in ranked)[:_DOUBTED]


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


def _names_a_unit_or_record(context: Context) -> bool:
    """Whether a department, matter, law … is named: anything but places, ideas and the agencies whose registers these
    are."""
    own = {register.agency_iri for register in context.catalogue.registers}
    return any(m.kind not in ("place", "concept") and m.target not in own for m in context.links.mentions)


def _matters(context: Context) -> tuple[str, ...]:
    kind = "https://w3id.org/dutygraph/def#Matter"
    matters = (s for code in context.codes for s in context.facts.statements("registered", kind=kind, place_code=code))
    return unique(matter.title for matter in matters)[:_OFFERED]


def ask_back(context: Context, draft: Draft) -> Draft:
    """The draft of who is responsible, when that is not sure, with the matters that the question may be about to choose
    from; as it is when there is nothing to choose or another thing is asked."""
    if draft.reason is not None or draft.intent not in ("who", "describe"):
        return draft
    topics = _nearest(context)
    return replace(draft, options=topics, reason="ambiguous") if len(topics) > 1 else draft
