"""Who else does the same: the departments, or the agencies, whose records fit one question equally well."""

from __future__ import annotations

from dutygraph.answer.context import Context, Draft, content, result_of
from dutygraph.answer.model import Content, unique

__all__ = ["answer_overlap"]


def answer_overlap(context: Context) -> Draft:
    """The records of different units near the best one. Lawful division of work is shown, not judged."""
    by_place: dict[str, Content] = {}
    best = None
    for code in context.codes:
        found = [
            c for c in context.seeker.candidates(code, ("item", "share")) if c.score >= context.thresholds.floors.answer
        ]
        if not found:
            continue
        kind = found[0].statement.kind
        alike = [
            c
            for c in found
            if c.statement.kind == kind and c.score >= context.thresholds.floors.overlap * found[0].score
        ]
        units = unique(
            name for c in alike for name in ([u.name for u in c.statement.departments] or [c.statement.agency])
        )
        best = max(filter(None, (best, found[0])), key=lambda c: (c.score, c.statement.code))
        by_place[code] = content(tuple(result_of(c.statement, c.clause) for c in alike), units, items=units)
    if best is None:
        return Draft("overlap", 0.0)
    statement = best.statement
    plan = context.facts.plan("statement", node=statement.iri)
    return Draft("overlap", best.score, best.topic, by_place, plan)
