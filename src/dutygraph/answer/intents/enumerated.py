"""The row of things that a record or a regime sets out itself: the circumstances after a lead-in, the clauses of a
sentence, the things between enumeration commas; when a question asks for the parts of such a row."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from dutygraph.answer.candidates import Candidate
from dutygraph.answer.context import Context, once
from dutygraph.answer.enumerations import LEADS_IN, rows_of
from dutygraph.answer.facts import Statement
from dutygraph.answer.intents.structure import read_structure
from dutygraph.answer.model import Plan
from dutygraph.retrieve import normalise

__all__ = ["Enumerated", "find_enumerated", "find_tasks", "noun_asked_for", "of_named", "runs_of", "so_many"]

_KINDS: Final = ("share", "item", "service", "regime-item")
_TRIED: Final = 6  # records of one place in which a row is looked for
_DIGITS: Final = re.compile(r"\d+|[零一二三四五六七八九十]+")
_MANY: Final = {"两": 2, "俩": 2, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10}
_SO_MANY: Final = re.compile(r"(?:哪|这|那)([两俩二三四五六七八九十]|\d+)(?:样|种|类|条|项|个|点|步|块|方面|证)")
_ASKED: Final = re.compile(
    r"(?:哪|几|多少|什么|啥)(?:些|几|[两二三四五六七八九十])?(?:个|种|类|样|项|条|块|点|方面)?(?P<noun>[\u4e00-\u9fff]{2,6})"
)
_ASKED_AFTER: Final = re.compile(
    r"(?P<noun>[\u4e00-\u9fff]{2,6}?)(?<![的了里中都])(?:一共|总共|共)?[是有分](?:哪|几|多少)(?:几|些)?(?:种|类|样|步)(?=$|[?？,，。呢啊])"
)
_HELD: Final = re.compile(r"(?:开展|组织|举办)$")
_SHORTEST: Final = 2  # characters of a noun that a lead-in may repeat


@dataclass(frozen=True, slots=True)
class Enumerated:
    """``parts`` verbatim, each with the record it stands in; ``sentence`` the one that names them all, if one does."""

    topic: str
    parts: tuple[tuple[str, Statement], ...]
    plan: Plan
    score: float
    sentence: str = ""


@dataclass(frozen=True, slots=True)
class _Choice:
    """A row that may be meant: ``about`` is the text that says what it is a row of, ``called`` its class words."""

    about: str
    called: str
    parts: tuple[tuple[str, Statement], ...]
    regime: str = ""


@once
def find_enumerated(context: Context, code: str) -> Enumerated | None:
    """The row whose lead-in, heading or class word is what the question asks for, in the records of a place that fit
    the question; None when it asks for no such thing."""
    if context.asks(context.words.modifiers["citing"]):
        return None  # measures, rules that a register cites are acts
    best: tuple[tuple[int, int, int], Enumerated] | None = None
    for rank, candidate in enumerate(_fitting(context, code)):
        for choice in _choices(context, candidate.statement):
            fit, about = _fit(context, choice), _about(context, choice)
            if not fit or not (about or candidate.concept or candidate.coverage):
                continue  # likeness alone does not tell which row of which regime is meant
            value = (about, fit, -rank)
            if best is None or value > best[0]:
                plan = (
                    context.facts.plan("regime-items", regime=choice.regime)
                    if choice.regime
                    else context.facts.plan("statement", node=candidate.statement.iri)
                )
                best = value, Enumerated(candidate.topic, choice.parts, plan, candidate.score)
    return best[1] if best is not None else find_tasks(context, code)


@once
def find_tasks(context: Context, code: str) -> Enumerated | None:
    """What the agency that the question names has to do in a matter, sentence by sentence, when that is asked for."""
    floor = context.thresholds.floors.answer
    for candidate in context.seeker.candidates(code, ("share",)):
        statement = candidate.statement
        if candidate.score >= floor and (sentences := _sentences(context, statement)):
            plan = context.facts.plan("statement", node=statement.iri)
            return Enumerated(candidate.topic, tuple((s, statement) for s in sentences), plan, candidate.score)
    return None


def _fitting(context: Context, code: str) -> tuple[Candidate, ...]:
    """The records near the best one, of the units that the question names."""
    found = context.seeker.candidates(code, _KINDS)
    floors = context.thresholds.floors
    if not found or found[0].score < floors.answer:
        return ()
    of_them = [c for c in found if c.score >= floors.answer and of_named(context, c.statement)]
    return tuple(c for c in of_them[:_TRIED] if c.score >= floors.near * of_them[0].score)


def of_named(context: Context, statement: Statement) -> bool:
    """Whether a share or a work item is of a unit that the question names, if it names any."""
    if statement.kind == "share":
        agencies = context.agencies(statement.code)
        return not agencies or statement.agency_iri in agencies
    departments = context.departments(statement.code)
    return statement.kind != "item" or not departments or any(u.iri in departments for u in statement.departments)


def _sentences(context: Context, statement: Statement) -> tuple[str, ...]:
    """The sentences of an agency's part in a matter, where the question asks what, or how many kinds of things, it does
    there."""
    named = statement.kind == "share" and statement.agency_iri in context.agencies(statement.code)
    works = context.asks(context.words.modifiers["works"])
    if not named or not context.seeker.about_matter(statement):
        return ()
    found = tuple(text for text, _ in context.facts.clauses(statement))
    return found if works or (len(found) > 1 and context.asks(context.words.modifiers["kinds"])) else ()


def _choices(context: Context, statement: Statement) -> Iterator[_Choice]:
    """The rows of the regime that a record belongs to, and those within its text."""
    if statement.kind != "regime-item":
        yield from _within(statement, "")
        return
    items = context.facts.statements("regime-items", regime=statement.part)
    for lead, run in runs_of(items):
        about = f"{lead.text if lead else ''} {run[0].heading}"
        yield _Choice(about, about, tuple((item.text, item) for item in run), statement.part)
    size = Counter(item.heading for item in items)
    for item in items:  # what is all of a section goes by its heading
        if size[item.heading] == 1:
            yield from _within(item, item.heading)
    if size[statement.heading] > 1:
        yield from _within(statement, "")


def _within(statement: Statement, heading: str) -> Iterator[_Choice]:
    """The rows within a text."""
    for row in rows_of(statement.text):
        about = f"{row.lead} {heading} {'' if row.lead else ' '.join(row.parts)}"
        held = "活动" if _HELD.search(row.lead) else ""
        yield _Choice(about, f"{row.lead} {row.noun} {heading} {held}", tuple((part, statement) for part in row.parts))


def runs_of(items: tuple[Statement, ...]) -> Iterator[tuple[Statement | None, tuple[Statement, ...]]]:
    """The numbered items of each section that belong to one row, with the item that leads in to them, if any does. A
    row of another numbering within a row is a row of its own."""
    open_rows: dict[str, tuple[Statement | None, list[Statement]]] = {}
    heading, before = "", None
    for item in items:
        if item.heading != heading or not item.number:
            yield from _closed(open_rows)
            open_rows = {}
        if item.heading != heading:
            heading, before = item.heading, None
        if item.number:
            style = _DIGITS.sub("", item.number)
            if style in open_rows:  # back in an outer row: what was within it is closed
                inner = list(open_rows)[list(open_rows).index(style) + 1 :]
                yield from _closed({each: open_rows.pop(each) for each in inner})
            else:
                leads = before is not None and (not before.number or bool(LEADS_IN.search(before.text)))
                open_rows[style] = (before if leads else None, [])
            open_rows[style][1].append(item)
        before = item
    yield from _closed(open_rows)


def _closed(
    rows: dict[str, tuple[Statement | None, list[Statement]]],
) -> Iterator[tuple[Statement | None, tuple[Statement, ...]]]:
    yield from ((lead, tuple(run)) for lead, run in rows.values() if len(run) > 1)


def _fit(context: Context, choice: _Choice) -> int:
    """How much of what is asked for the row is called by: class words, the noun after the word that asks; how long."""
    asked, nouns = _asked_for(context)
    called = {word for word in asked if word in choice.called}
    if "对象" not in called:
        called -= {"单位"}  # elsewhere a unit is one that acts, and not one of a row
    structure = read_structure(context)
    if structure is not None and "service" in structure.asked.sorts:
        called -= {"活动"}  # the public services themselves are asked for
    said = any(end.endswith(each) for each in nouns for end in choice.called.split())
    if not called and not said:
        return 0
    number = so_many(context)
    if number is None:
        return len(called) + said
    return 1 + len(called) + said if number == len(choice.parts) else 0


@once
def _asked_for(context: Context) -> tuple[frozenset[str], tuple[str, ...]]:
    """The class words that are asked for, and what the noun beside the word that asks may end or begin with."""
    called = frozenset(word for word, pattern in context.words.rows.items() if context.asks(pattern))
    asked, before = _ASKED.search(context.question.focus), _ASKED_AFTER.search(context.question.focus)
    noun, last = asked["noun"] if asked else "", before["noun"] if before else ""
    nouns = [noun[:n] for n in range(len(noun), _SHORTEST - 1, -1)]
    return called, (*nouns, *(last[n:] for n in range(len(last) - _SHORTEST + 1)))


def noun_asked_for(context: Context, called: str) -> bool:
    """Whether what the things of a row are called ends with the noun that is asked for."""
    return bool(called) and any(called.endswith(noun) for noun in _asked_for(context)[1])


def so_many(context: Context) -> int | None:
    """How many parts the question says there are."""
    number = _SO_MANY.search(context.question.focus)
    if number is None:
        return None
    return int(number[1]) if number[1].isdigit() else _MANY[number[1]]


def _about(context: Context, choice: _Choice) -> int:
    """How many of the question's words the row says it is about."""
    text = normalise(choice.about)
    phrases = (
        (concept.label, *concept.official)
        for iri, _ in context.links.topics
        for concept in (context.catalogue.concepts[iri],)
    )
    return sum(term.text in text for term in context.terms.all) + sum(
        any(normalise(phrase) in text for phrase in several) for several in phrases
    )
