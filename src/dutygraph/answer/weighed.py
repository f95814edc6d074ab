"""Records with the reasons for them, as calibration learns from them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from dutygraph.answer.candidates import Candidate
from dutygraph.answer.context import Context

__all__ = ["Weighed", "weigh"]


@dataclass(frozen=True, slots=True)
class Weighed:
    """A record that may say who is responsible: its title and ``text``, the ``units`` it names, and by name the
    ``reasons`` for it, each about 0 … 1."""

    iri: str
    text: str
    units: tuple[str, ...]
    reasons: Mapping[str, float]


def weigh(context: Context, code: str) -> tuple[Weighed, ...]:
    """The records of one place, the best first."""
    return tuple(_weighed(context, candidate) for candidate in context.seeker.responsible(code))


def _weighed(context: Context, candidate: Candidate) -> Weighed:
    statement = candidate.statement
    if candidate.actor:
        units: tuple[str, ...] = (candidate.actor,)
    else:
        units = tuple(unit.name for unit in statement.departments) or (statement.agency,)
    reasons = context.seeker.reasons(candidate).named(statement.kind, story=context.question.story)
    return Weighed(statement.iri, f"{statement.title} {statement.text}", units, reasons)
