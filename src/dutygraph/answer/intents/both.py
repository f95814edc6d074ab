"""Two things that a question describes, one beside the other: each is looked for by its own description."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from dutygraph.answer.context import Context, Draft
from dutygraph.answer.interpret import read_intents
from dutygraph.answer.model import Content, Intent, together

__all__ = ["answer_sides", "merged", "sides_of"]

_OF_MANY = ("list", "count")  # no plain reading of one side: "what is different" sounds like these
_SHORTEST = 2  # characters that say what a side is


def answer_sides(context: Context, answering: Mapping[Intent, Callable[[Context], Draft]]) -> tuple[Draft, ...]:
    """What is found of each side by the best plain reading of the question with the other side left out; empty unless
    the question has two sides, and each is met by records of its own."""
    if context.reread is None:
        return ()
    for texts in sides_of(context):
        drafts = tuple(
            draft
            for text in texts
            if (draft := _best(context.reread(text), answering)) is not None
            and draft.score >= context.thresholds.floors.answer
        )
        if len(drafts) == len(texts) and _apart(drafts):
            return drafts
    return ()


def sides_of(context: Context) -> Iterator[tuple[str, str]]:
    """The question put twice, each time with one of its two sides left out."""
    text = context.question.text
    for found in context.words.modifiers["two_sides"].finditer(text):
        one, other = (name for name, said in found.groupdict().items() if said and name != "unit")
        if min(len(found[one].strip()), len(found[other].strip())) >= _SHORTEST:
            yield (
                f"{text[: found.end(one)]}{text[found.end() :]}",
                f"{text[: found.start(one)]}{text[found.start(other) :]}",
            )


def merged(drafts: tuple[Draft, ...]) -> dict[str, Content]:
    """What is said of each place, of all sides that it has."""
    codes = dict.fromkeys(code for draft in drafts for code in draft.by_place)
    return {code: together(tuple(d.by_place[code] for d in drafts if code in d.by_place)) for code in codes}


def _apart(drafts: tuple[Draft, ...]) -> bool:
    said = [
        {result.statement for content in draft.by_place.values() for result in content.results[:1]} for draft in drafts
    ]
    return all(said) and not set.intersection(*said)


def _best(context: Context, answering: Mapping[Intent, Callable[[Context], Draft]]) -> Draft | None:
    """The draft of the strongest plain reading that says anything."""
    for reading in read_intents(context.question, context.words, context.heard):
        if reading.intent in answering and reading.intent not in _OF_MANY:
            draft = answering[reading.intent](context)
            if draft.by_place:
                return draft
    return None
