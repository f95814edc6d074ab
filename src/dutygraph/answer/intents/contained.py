"""Things that one sentence names side by side, when a question asks which ones, by whatever class word: of such rows in
the likeliest records, the one that the question is nearest to in meaning."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Final

from dutygraph.answer.candidates import Candidate
from dutygraph.answer.context import Context, once
from dutygraph.answer.enumerations import Row, rows_of
from dutygraph.answer.facts import Statement
from dutygraph.answer.intents.enumerated import Enumerated, noun_asked_for, of_named, so_many
from dutygraph.answer.intents.structure import read_structure
from dutygraph.answer.model import Intent, unique

__all__ = ["asks_for_parts", "find_contained"]

_KINDS: Final = ("share", "item", "service", "regime-item", "case")
_TOLD_WHOLE: Final = frozenset({"service", "regime-item", "case"})
_TRIED: Final = 12  # records of one place
_MOST: Final = 20  # rows of one place whose sentences are compared with the question
_PROBABLE: Final = 0.5  # of a cosine: what it counts that a record is the one meant
_CALLED: Final = 0.1  # of a cosine: what it counts that the row is called by the noun that is asked for
_LEAST: Final = 0.4  # a row less near to the question is one of something else
# What rules say of a thing takes more than one row of things; how likely that must be to be what is asked for.
_OF_RULES: Final[tuple[Intent, ...]] = ("procedure", "penalty", "indicator", "legal")
_RULE: Final = 0.6
_OF_REGISTERS: Final = frozenset({"department", "agency", "regime", "service", "act", "phone", "case", "duty"})


@dataclass(frozen=True, slots=True)
class _Held:
    """A row of things with the sentence it stands in."""

    candidate: Candidate
    row: Row
    sentence: str


@once
def asks_for_parts(context: Context) -> bool:
    """Whether the question asks which things of a kind there are, and not for things that registers are made of."""
    words, text = context.words, context.question.focus
    asked = words.modifiers["several_asked"].search(text)
    structure = read_structure(context)
    if asked is None or (structure is not None and _OF_REGISTERS & set(structure.asked.sorts)):
        return False
    if max(context.heard.likely[intent] for intent in _OF_RULES) >= _RULE:
        return False
    return not any(words.nouns[sort].search(text, *asked.span()) for sort in _OF_REGISTERS)


@once
def find_contained(context: Context, code: str) -> Enumerated | None:
    """The row of a place that the question is nearest to; None when no parts are asked for, or none is near."""
    if not asks_for_parts(context):
        return None
    held = list(_held(context, code))[:_MOST]
    nearness = context.seeker.nearness(unique(_told(each) for each in held))
    best: tuple[float, int, _Held] | None = None
    for each in held:
        near = nearness[_told(each)] if nearness is not None else each.candidate.coverage
        if near < _LEAST:
            continue
        value = near + _PROBABLE * each.candidate.score + _CALLED * noun_asked_for(context, each.row.noun)
        if best is None or (value, len(each.row.parts)) > best[:2]:
            best = value, len(each.row.parts), each
    if best is None:
        return None
    candidate, parts = best[2].candidate, best[2].row.parts
    statement = candidate.statement
    plan = context.facts.plan("statement", node=statement.iri)
    found = tuple((part, statement) for part in parts)
    whole = statement.text if statement.kind in _TOLD_WHOLE else best[2].sentence
    return Enumerated(candidate.topic, found, plan, candidate.score, whole)


def _held(context: Context, code: str) -> Iterator[_Held]:
    """The rows within the sentences of the likeliest records; of another length than the question says none."""
    number = so_many(context)
    floor = context.thresholds.floors.answer
    likely = (c for c in context.seeker.probable(code, _KINDS) if c.score >= floor)
    for candidate in islice((c for c in likely if _of_asked(context, c.statement)), _TRIED):
        for sentence, _ in context.facts.clauses(candidate.statement):
            for row in rows_of(sentence, loosely=True):
                if number in (None, len(row.parts)) and not _all_said(context, row):
                    yield _Held(candidate, row, sentence)


def _of_asked(context: Context, statement: Statement) -> bool:
    """Whether a record is of the units that the question names; where it names another agency than those that keep the
    registers, only shares are."""
    own = {register.agency_iri for register in context.catalogue.registers}
    others = set(context.agencies(statement.code)) - own
    return of_named(context, statement) and (not others or statement.kind == "share")


def _all_said(context: Context, row: Row) -> bool:
    """Whether the question names all things of the row itself, so that it cannot be asking for them."""
    return all(part in context.question.raw for part in row.parts)


def _told(held: _Held) -> str:
    """What is compared with the question: the things of a row, with what they are called and what is said of them."""
    return f"{held.candidate.statement.subject} {'、'.join(held.row.parts)} {held.row.noun}"
