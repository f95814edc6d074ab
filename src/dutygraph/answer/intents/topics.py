"""Whether a question is about something, or only asks for a kind of thing."""

from __future__ import annotations

from dutygraph.answer.candidates import Candidate
from dutygraph.answer.context import Context

__all__ = ["is_about"]


def is_about(context: Context, topic: Candidate) -> bool:
    """Whether the question is about this record, and not only says what kind of thing it wants a list of."""
    text = context.question.text
    kinds = [
        found.span()
        for table in (context.words.targets, context.words.nouns)
        for pattern in table.values()
        for found in pattern.finditer(text)
    ]
    rest = [t for t in context.terms.all if not any(start <= t.start and t.end <= end for start, end in kinds)]
    if not rest:
        return False
    said = context.facts.plain(topic.statement)
    covered = sum(term.text in said for term in rest) / len(rest)
    return max(covered, topic.concept) >= context.thresholds.floors.covered
