"""Whether a draft is sure enough: answered, asked back, or not answered, and why."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from dutygraph.answer.candidates import Candidate
from dutygraph.answer.context import Context, Draft
from dutygraph.answer.model import Intent, Nearest, unique
from dutygraph.answer.respell import is_pinyin
from dutygraph.answer.signs import best_record, read_signs

__all__ = ["OF_ONE_THING", "ask_back", "judge", "vague"]

_KINDS = ("share", "item", "duty", "service", "regime", "regime-item", "matter")
_OUTRIGHT = ("share", "item", "duty")  # what says outright who is responsible
_SHORTEST_UNIT = 3  # characters
OF_ONE_THING: tuple[Intent, ...] = ("who", "describe", "legal", "phone", "indicator", "penalty", "procedure")
"""Asking for these, a question is about one thing, and not about a register as a whole."""
_SHORT = 16  # characters; a longer question has said enough
_OFFERED = 8
_DOUBTED = 4  # matters to choose from when it is not sure which of them is meant


def vague(context: Context) -> tuple[str, ...] | None:
    """What to choose from when a question means nothing in particular; None when it is clear enough. A question with no
    content at all gets the matters of the registers; one that only says what to do (get a permit) what can be done."""
    if _named(context) or _asks_of_the_whole(context):
        return None
    short = len(context.question.focus) <= _SHORT * (1 if context.question.lang == "zh" else 3)
    words = context.words
    asking = (*words.targets.values(), *(cue.strong for cue in words.intents.values()), words.care["vague"])
    if short and _only_within(context, asking, topics=True):
        return _matters(context)
    acts = (action.asked for action in context.words.actions.values())
    if short and not context.links.topics and _only_within(context, acts):
        return _doable(context)
    return _doable(context) or _matters(context) if _sounds_vague(context) else None


def _sounds_vague(context: Context) -> bool:
    """Whether a question sounds as if it meant nothing in particular; when it names a thing all the same, it has to
    sound more so. Pinyin and long messages sound like nothing that was learned."""
    floors = context.thresholds.floors
    floor = floors.vague_though_named if context.links.topics else floors.vague
    unheard = context.question.story or is_pinyin(context.question.raw.lower())
    return context.heard.likely["vague"] >= floor and not unheard


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
    # Asked whether a thing is there at all, that it is not is an answer.
    if draft.reason is not None or draft.wanted == "listed":
        return draft
    if _other_business(context, draft):
        return replace(draft, reason="out_of_scope", by_place={})
    lacking = _unit_elsewhere(context)
    if lacking is not None:
        return replace(draft, reason="not_in_register", by_place={}, nearest=(lacking,))
    floors = context.thresholds.floors
    elsewhere = [code for code in context.catalogue.codes if code not in context.codes]
    best_here = best_record(context, context.codes, draft.intent)
    best_there = best_record(context, elsewhere, draft.intent)
    one_thing = draft.intent in OF_ONE_THING
    if draft.by_place and (
        _is_within(context, draft) if one_thing else _is_there(context, draft, best_here, best_there)
    ):
        return draft
    if best_there is not None and best_there.score >= floors.answer and best_there.score > _score(best_here):
        statement = best_there.statement
        label = f"{context.catalogue.place(statement.code)}：{best_there.topic}"
        return replace(draft, reason="not_in_register", by_place={}, nearest=(Nearest(label, statement.iri),))
    known = any(weight > 0.5 for _, weight in context.links.topics)
    return replace(draft, reason="not_in_register" if known and context.named else "out_of_scope", by_place={})


def ask_back(context: Context, draft: Draft) -> Draft:
    """The draft of who is responsible, when that is not sure, with the matters that the question may be about to choose
    from; as it is when there is nothing to choose or another thing is asked."""
    if draft.reason is not None or draft.intent not in ("who", "describe"):
        return draft
    leaders = (c for code in context.codes for c in context.seeker.responsible(code)[:_DOUBTED])
    topics = unique(c.topic for c in sorted(leaders, key=lambda c: (-c.score, c.statement.code, c.statement.order)))
    return replace(draft, options=topics[:_DOUBTED], reason="ambiguous") if len(topics) > 1 else draft


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
