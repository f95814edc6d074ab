"""Which things meet the conditions: linked to what is named, with exactly so many, with the most, without any."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import partial
from typing import Final

from dutygraph.answer.context import Context, Draft, cited, content, result_of
from dutygraph.answer.intents.numbers import read_quantity
from dutygraph.answer.intents.relations import CLASSES, Row
from dutygraph.answer.intents.selecting import OPTIONAL, Selection, select
from dutygraph.answer.intents.structure import Structure, read_structure
from dutygraph.answer.intents.topics import is_about
from dutygraph.answer.model import Content, Count, Intent, Result, unique

__all__ = ["answer_compositional", "is_structured", "planned"]

_MISCOUNTED: Final = 0.5  # the score of two things where the question says that there are three
_SOME: Final = 0.6  # of all things of a kind; words that more of them say tell nothing apart
_SELDOM: Final = frozenset({"service", "regime"})


def answer_compositional(context: Context) -> Draft:
    """Joins, numbers, superlatives, blanks over the relations of a place."""
    structure = read_structure(context)
    if structure is None or structure.unread:
        return Draft("compositional", 0.0)
    worded = None
    if not context.asks(context.words.intents["overlap"].strong):
        worded = partial(_worded, context, structure, "compositional")
    if worded and context.asks(context.words.modifiers["in_words"]) and (draft := worded()) is not None:
        return draft
    several = len({column.sorts for column in structure.columns}) > 1
    if (several or _conditions(structure)) and _firm(structure):
        draft = _draft(context, structure, "compositional")
        if any(content.items for content in draft.by_place.values()) or not structure.phrases:
            return draft
    return (worded and worded()) or Draft("compositional", 0.0)


def is_structured(context: Context) -> bool:
    """Whether the question plainly asks for things of a kind that have so many of another, or say what it quotes."""
    structure = read_structure(context)
    if structure is None or structure.unread or not structure.asked.sorts or structure.asked.counted:
        return False
    return bool(structure.numbers) or any(said.quote for said in structure.said)


def _worded(context: Context, structure: Structure, intent: Intent) -> Draft | None:
    """The things whose texts say what the question says of them, where that tells some of them from others."""
    worded = structure.worded()
    if not worded.said or not worded.asked.sorts:
        return None
    draft = _draft(context, worded, intent)
    everything = {code: select(context, code, replace(worded, said=())) for code in draft.by_place}
    found = any(content.items for content in draft.by_place.values()) and all(
        (whole := everything[code]) is not None and len(content.items) <= _SOME * len(whole.rows)
        for code, content in draft.by_place.items()
    )
    return draft if found else None


def planned(context: Context, intent: Intent) -> Draft | None:
    """The list or the number that the question asks for, as far as it can be put to the relations; None where it is
    about a topic that only search can find."""
    structure = read_structure(context)
    if structure is None or not _firm(structure):
        return None
    everything = not _conditions(structure)
    modifiers = context.words.modifiers
    partly = not context.asks(modifiers["whole_table"]) and _is_about_something(context)
    if everything and (context.asks(modifiers["asking_who"]) or partly):
        return _worded(context, structure, intent)
    draft = _draft(context, structure, intent)
    if draft.wanted == "department" and _needs_search(structure):
        return None
    if draft.wanted not in ("agency", "matter") and context.asks(context.words.intents["overlap"].strong):
        return None
    empty = not any(content.items for content in draft.by_place.values())
    if empty and (worded := _worded(context, structure, intent)) is not None:
        return worded
    return None if not draft.by_place or (empty and not _conditions(structure)) else draft


def _firm(structure: Structure) -> bool:
    """Whether it says what it asks for, by a noun or by what it names; an everyday word alone does not."""
    if structure.unread:
        return False
    named = [name.mentions[0].kind != "concept" for name in structure.named if not name.excepted]
    return bool(structure.asked.sorts) or (bool(named) and all(named))


def _is_about_something(context: Context) -> bool:
    """Whether a record says what the question is about, so that not all things of a kind are meant."""
    found = (
        context.seeker.candidates(code, ("share", "item", "matter", "regime", "service"))[:1] for code in context.codes
    )
    return any(is_about(context, candidate) for several in found for candidate in several)


def _needs_search(structure: Structure) -> bool:
    """Whether it asks which departments do what one everyday word says: their records say that in many words."""
    plain = [name.mentions[0].kind == "concept" for name in structure.named if not name.excepted]
    more = structure.numbers or structure.extremes or structure.every or structure.elsewhere
    return plain == [True] and not more


def _conditions(structure: Structure) -> bool:
    """Whether it asks for more than all things of a kind."""
    return bool(
        structure.numbers
        or structure.extremes
        or structure.every
        or structure.named
        or structure.elsewhere
        or structure.said
        or structure.shared
        or structure.titled
        or structure.asked.each
        or (structure.asked.counted and structure.columns)
        or any(set(column.sorts) & OPTIONAL or not column.present for column in structure.columns)
        # not every department has one: those that do are asked for
        or ("department" in structure.asked.sorts and any(set(c.sorts) & _SELDOM for c in structure.columns))
    )


def _draft(context: Context, structure: Structure, intent: Intent) -> Draft:
    """The selection of each place as a draft; nothing where the question cannot be put to the relations."""
    found = {code: one for code in context.codes if (one := select(context, code, structure)) is not None}
    if not found:
        return Draft(intent, 0.0)
    by_place = {code: _content(one) for code, one in found.items()}
    first = next(iter(found))
    sort = found[first].sort
    kind = CLASSES.get(sort) or CLASSES["share" if sort == "agency" else "service" if sort == "phone" else "item"]
    plan = context.facts.plan("registered", kind=kind, place_code=first)
    denied = not any(one.rows for one in found.values())
    many = read_quantity(context.question.text) if not (structure.numbers or structure.asked.counted) else None
    fitting = many is None or any(len(one.names) == many for one in found.values())
    score = 1.0 if fitting else _MISCOUNTED
    denied = denied and intent != "count"
    return Draft(intent, score, _topic(structure, context), by_place, plan, wanted=sort, denied=denied)


def _topic(structure: Structure, context: Context) -> str:
    entities = context.catalogue.entities
    meant = (named for named in structure.named if not (named.denied or named.excepted))
    labels = (entities[m.target].label for named in meant for m in named.mentions[:1] if m.target in entities)
    return "、".join(unique(labels))


def _content(selection: Selection) -> Content:
    items = selection.names
    results = _each_once(_result(row) for rows in selection.rows.values() for row in rows)
    counts = tuple(Count(thing.name, size) for thing, size in selection.sizes.items() if thing in selection.rows)
    names = items if selection.sort in ("department", "agency") else ()
    return content(results, names, items=items, count=None if selection.each else len(items), counts=counts)


def _each_once(results: Iterable[Result]) -> tuple[Result, ...]:
    """Each result once."""
    return tuple(dict.fromkeys(results))


def _result(row: Row) -> Result:
    return cited(row.statement, (row.citation,)) if row.citation else result_of(row.statement)
