"""Records with the reasons for them, as calibration learns from them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from dutygraph.answer.candidates import Candidate
from dutygraph.answer.context import Context
from dutygraph.answer.model import Intent
from dutygraph.answer.traits import KINDS

__all__ = ["Weighed", "weigh"]


@dataclass(frozen=True, slots=True)
class Weighed:
    """A record that may answer: its ``kind``, ``subject`` (the title of its matter, regime or service), and title and
    ``text`` in one; the ``units`` it names; and by name the ``reasons`` for it, each about 0 … 1."""

    iri: str
    kind: str
    subject: str
    text: str
    units: tuple[str, ...]
    reasons: Mapping[str, float]


def weigh(context: Context, code: str, intent: Intent) -> tuple[Weighed, ...]:
    """The records of one place, the best first."""
    seeker = context.seeker
    if intent in KINDS:
        return tuple(_weighed(each, seeker.reasons_in(each, intent)) for each in seeker.answering(code, intent))
    story = context.question.story
    named = ((each, seeker.reasons(each).named(each.statement.kind, story=story)) for each in seeker.responsible(code))
    return tuple(_weighed(each, reasons) for each, reasons in named)


def _weighed(candidate: Candidate, reasons: Mapping[str, float]) -> Weighed:
    statement = candidate.statement
    if candidate.actor:
        units: tuple[str, ...] = (candidate.actor,)
    else:
        units = tuple(unit.name for unit in statement.departments) or (statement.agency,)
    text = f"{statement.title} {statement.text}"
    return Weighed(statement.iri, statement.kind, statement.subject, text, units, reasons)
