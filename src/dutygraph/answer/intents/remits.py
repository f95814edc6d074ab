"""The remit of a department: all that it does, when the sentence that names it asks no more than that, whatever stands
around it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from dutygraph.answer.context import Context, once
from dutygraph.answer.facts import Statement
from dutygraph.answer.model import Plan

__all__ = ["Remit", "find_remits", "is_of_remit"]

_SENTENCE: Final = re.compile(r"[^。！？!?;；\n]+?(?:[。！？!?;；\n]|\.(?=\s)|$)")
_BEGUN: Final = 2  # characters of a name that may stand for it
_REMIT_WORDS: Final = ("glossed", "remit", "telling", "asking_for", "asking_after", "asking_all", "tables")


@dataclass(frozen=True, slots=True)
class Remit:
    """``things``: verbatim texts, each with the record it stands in; ``topic``: the unit; ``whole``: the sentence says
    nothing else."""

    topic: str
    things: tuple[tuple[str, Statement], ...]
    plan: Plan
    score: float
    whole: bool

    @property
    def records(self) -> tuple[Statement, ...]:
        """The records, each once."""
        return tuple(dict.fromkeys(record for _, record in self.things))


@once
def find_remits(context: Context) -> dict[str, Remit]:
    """The remit that is asked for, in each place that has the unit; empty when something else is asked."""
    for start, end in _asking(context):
        remits = {code: _of_department(context, code, start, end) for code in context.codes}
        found = {code: remit for code, remit in remits.items() if remit is not None}
        if found:
            return found
    return {}


def is_of_remit(context: Context) -> bool:
    """Whether the question asks for a remit as a list, and not how many things it has."""
    modifiers = context.words.modifiers
    listed = context.asks(modifiers["taken_apart"]) or not context.asks(modifiers["counting"])
    return listed and bool(find_remits(context))


def _asking(context: Context) -> Iterator[tuple[int, int]]:
    """The sentences of the part that asks which ask or tell to do something."""
    text, modifiers = context.question.text, context.words.modifiers
    for found in _SENTENCE.finditer(text):
        start, end = found.span()
        asks = any(modifiers[name].search(text, start, end) for name in ("asking_any", "telling", "remit"))
        if asks and context.question.in_focus(start, end):
            yield start, end


@once
def _units(context: Context, code: str) -> tuple[tuple[str, int, int], ...]:
    """The departments of a place that the question names, and where: by a name, or by how a name begins and "that lot".
    The word for any unit (an office) names none."""
    text, entities = context.question.text, context.catalogue.entities
    here = [entity for entity in entities.values() if entity.kind == "department" and entity.code == code]
    nouns = context.words.nouns["department"]
    named = [
        (m.target, m.start, m.end)
        for m in context.links.mentions
        if m.kind == "department" and entities[m.target].code == code and not nouns.fullmatch(text, m.start, m.end)
    ]
    if named:
        return tuple(named)
    nicknamed = []
    for found in context.words.modifiers["that_lot"].finditer(text):
        begun = {unit.iri: _begun(unit.label, text[: found.start()]) for unit in here}
        longest = max(begun.values(), default=0)
        nicknamed += [
            (iri, found.start() - length, found.end()) for iri, length in begun.items() if length == longest >= _BEGUN
        ]
    return tuple(nicknamed)


def _begun(label: str, head: str) -> int:
    """How many characters that a text ends with are the beginning of a name."""
    return next((n for n in range(len(label), 0, -1) if head.endswith(label[:n])), 0)


def _of_department(context: Context, code: str, start: int, end: int) -> Remit | None:
    """All work items of the one department that the question names, in the sentence that asks. What else that says must
    not be something that the items tell of, which would ask for these alone."""
    units = _units(context, code)
    if len({iri for iri, _, _ in units}) != 1 or not any(start <= first and last <= end for _, first, last in units):
        return None
    whole = _says_nothing_else(context, code, start, end)
    works = context.words.modifiers["works"].search(context.question.text, start, end)
    if not whole and (context.question.story or works is None):
        return None
    unit = context.catalogue.entities[units[0][0]]
    items = context.facts.statements("department-items", unit=unit.iri)
    if not items or (not whole and _tells_apart(context, items, start, end)):
        return None
    plan = context.facts.plan("department-items", unit=unit.iri)
    things = tuple((item.text, item) for item in items)
    if len(items) == 1 or context.asks(context.words.modifiers["taken_apart"]):
        things = tuple((text, item) for item in items for text, _ in context.facts.clauses(item))
    return Remit(unit.label, things, plan, 1.0, whole)


def _tells_apart(context: Context, items: Sequence[Statement], start: int, end: int) -> bool:
    """Whether the sentence has a word, beside the names of units and places, for a thing that registers know or that
    these items tell of."""
    known = set(_known(context, items[0].code, start, end))
    texts = [context.facts.normalised(item.text) for item in items]
    concepts = (m for m in context.links.mentions if m.kind not in ("department", "place", "agency"))
    if any(start <= m.start < end and not known.issuperset(range(m.start, m.end)) for m in concepts):
        return True
    left = (t for t in context.terms.all if start <= t.start < end and not known & set(range(t.start, t.end)))
    return any(term.text in text for term in left for text in texts)


def _says_nothing_else(context: Context, code: str, start: int, end: int) -> bool:
    """Whether a sentence is made of the names of departments and places, and of words for what a unit does."""
    words, text = context.words, context.question.text
    if not any(pattern.search(text, start, end) for pattern in _patterns(context)):
        return False
    if words.nouns["duty"].search(text, start, end):
        return False
    known = set(_known(context, code, start, end))
    concepts = (m for m in context.links.mentions if m.kind not in ("department", "place"))
    if any(start <= m.start < end and not known.issuperset(range(m.start, m.end)) for m in concepts):
        return False
    return all(known & set(range(t.start, t.end)) for t in context.terms.all if start <= t.start < end)


def _known(context: Context, code: str, start: int, end: int) -> Iterator[int]:
    """Where the sentence says names of departments and places, or words for what a unit does."""
    text = context.question.text
    for _, first, last in _units(context, code):
        yield from range(first, last)
    for mention in context.links.mentions:
        if mention.kind in ("department", "place"):
            yield from range(mention.start, mention.end)
    for pattern in (context.words.shells, *_patterns(context)):
        for found in pattern.finditer(text, start, end):
            yield from range(*found.span())


def _patterns(context: Context) -> tuple[re.Pattern[str], ...]:
    words = context.words
    return (
        *(words.modifiers[name] for name in _REMIT_WORDS),
        words.modifiers["works"],
        words.nouns["item"],
        words.targets["item"],
        words.intents["list"].strong,
        words.intents["count"].strong,
    )
