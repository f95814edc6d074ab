"""By how much one unit has more than another: the difference of two numbers that records say, or of two counts."""

from __future__ import annotations

import re
from typing import Final

from dutygraph.answer.context import Context, Draft, content, result_of
from dutygraph.answer.facts import Statement
from dutygraph.answer.model import Count, unique

__all__ = ["answer_difference"]

_MEASURED: Final = re.compile(r"(?:几|多少)(种|类|次|人|名|家)|\b(kinds?|types?|sorts?)\b")
_ASKED: Final = 2  # units between which there is a difference


def answer_difference(context: Context) -> Draft | None:
    """By how much the two departments differ that the question names; a refusal where it asks for a difference of
    something else in one place. None where it asks for none."""
    if not context.asks(context.words.modifiers["difference"]) or len(context.codes) != 1:
        return None
    refused = Draft("count", 1.0, reason="not_recorded")
    departments = context.departments(context.codes[0])
    if len(departments) != _ASKED:
        return refused
    sizes = [_size(context, unit) for unit in departments]
    if any(size is None for size in sizes):
        return refused
    (first, shown), (second, others) = (size for size in sizes if size is not None)
    difference = abs(first - second)
    labels = [context.catalogue.entities[unit].label for unit in departments]
    counts = (Count(labels[0], first), Count(labels[1], second))
    results = tuple(dict.fromkeys(result_of(record, text) for record, text in (*shown, *others)))
    found = content(results, unique(labels), count=difference, counts=counts, values=(str(difference),))
    plan = context.facts.plan("department-items", unit=departments[0])
    return Draft("count", 1.0, "、".join(labels), {context.codes[0]: found}, plan, wanted="number")


def _size(context: Context, unit: str) -> tuple[int, tuple[tuple[Statement, str], ...]] | None:
    """How much a department has of what is asked for, with what shows it: the one number with that measure that its
    work items say, or how many work items it has; None where neither is asked for or said."""
    items = context.facts.statements("department-items", unit=unit)
    measured = _MEASURED.search(context.question.focus)
    if measured is None:
        asked = context.words.nouns["item"].search(context.question.text)
        return (len(items), tuple((item, item.text) for item in items)) if asked else None
    measure = measured.group(1) or "种"
    said = [
        (int(found.group(1)), (item, text))
        for item in items
        for text, _ in context.facts.clauses(item)
        for found in re.finditer(rf"(\d+)\s*{measure}", text)
    ]
    return (said[0][0], (said[0][1],)) if len(said) == 1 else None
