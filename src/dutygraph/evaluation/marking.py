"""What every scorer takes and gives, and the rule for questions that name no place."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from statistics import fmean

from dutygraph.evaluation.citations import Documents
from dutygraph.evaluation.names import NameBook
from dutygraph.evaluation.questions import Gold, Question
from dutygraph.evaluation.views import Reply, View

__all__ = ["UNLABELLED", "Bench", "Mark", "Marker", "mark_places"]

# An answer that does not say which place it speaks of earns so much of its mark.
UNLABELLED = 0.8


@dataclass(frozen=True, slots=True)
class Bench:
    """What marking needs beside question and answer."""

    book: NameBook
    documents: Documents


@dataclass(frozen=True, slots=True)
class Mark:
    """The mark of one answer, 0 to 1, and why. ``first``, ``among_three`` (is the name asked for the first, among the
    first three) and ``set_f1`` are set for who; ``complete`` for lists."""

    score: float
    why: str
    first: float | None = None
    among_three: float | None = None
    set_f1: float | None = None
    complete: bool | None = None


Marker = Callable[[Gold, View], Mark]


def mark_places(question: Question, reply: Reply, one: Marker, *, every: bool) -> Mark:
    """The mark of a question, by ``one`` for each place.

    When the question names a place, what the answer says for it counts, and an answer for another place is worth
    nothing. When it names none and the gold is given by place, the labelled places are marked apart: all of the gold
    (``every``), or those the answer covers; a rule claimed for a place that has none counts as a place got wrong. What
    is not labelled earns ``UNLABELLED`` of its mark.
    """
    if not question.spans_places:
        view, why = reply.for_place(question.jurisdiction)
        return one(question.gold, view) if view else Mark(0.0, why)
    places, covered = question.gold.by_jurisdiction, reply.covered()
    if not covered:
        mark = one(question.gold, reply.whole)
        return Mark(UNLABELLED * mark.score, "no place given: " + mark.why, complete=mark.complete)
    marks: dict[str, Mark] = {}
    for code in sorted(places) if every else [code for code in covered if code in places]:
        view = reply.at(code)
        marks[code] = one(question.gold.at(code), view) if view else Mark(0.0, "nothing")
    for code in covered:
        if code not in places:
            marks[code] = Mark(0.0, "the register has no such rule")
    known = [mark.complete for mark in marks.values() if mark.complete is not None]
    return Mark(
        fmean(mark.score for mark in marks.values()),
        "; ".join(f"{code}: {mark.why}" for code, mark in marks.items()),
        complete=all(known) if known else None,
    )
