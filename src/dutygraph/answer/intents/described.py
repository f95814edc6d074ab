"""Lists of what a question describes in everyday words: the agencies that share one thing, the work of the department
that does one thing. Which matter or department that is, what was learned of records says."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from dutygraph.answer.candidates import Candidate
from dutygraph.answer.context import Context
from dutygraph.answer.facts import Statement
from dutygraph.answer.intents.structure import Structure, read_structure
from dutygraph.answer.model import Plan

__all__ = ["Described", "find_described"]


@dataclass(frozen=True, slots=True)
class Described:
    """``things``: agencies or work items, as ``target`` says, each with its record; ``topic``: the matter or the
    department that they are of."""

    target: str
    topic: str
    things: tuple[tuple[str, Statement], ...]
    plan: Plan
    score: float


def find_described(context: Context, code: str) -> Described | None:
    """What the question describes in one place; None when it describes nothing, or says more than that."""
    structure = read_structure(context)
    if structure is None or _says_more(context, structure):
        return None
    modifiers = context.words.modifiers
    if context.asks(modifiers["described_unit"]):
        return _work_of_unit(context, code)
    if context.asks(modifiers["sharing"]) and "agency" in structure.asked.sorts:
        return _agencies_sharing(context, code)
    return None


def _says_more(context: Context, structure: Structure) -> bool:
    """Whether there are conditions that such a list does not meet: numbers, most, other places, units by name."""
    own = {register.agency_iri for register in context.catalogue.registers}
    named = any(
        mention.kind != "concept" and mention.target not in own for name in structure.named for mention in name.mentions
    )
    excepted = any(name.excepted or name.denied for name in structure.named)
    absent = any(not column.present for column in structure.columns)
    several = structure.numbers or structure.extremes or structure.every or structure.elsewhere or structure.shared
    return bool(named or excepted or absent or several or structure.titled or structure.asked.each)


def _agencies_sharing(context: Context, code: str) -> Described | None:
    """The agencies of the matter whose shares fit best, all shares taken together, unless something that only one unit
    does fits far better."""
    floors = context.thresholds.floors
    acting = context.seeker.responsible(code)
    shares = [candidate for candidate in acting if candidate.statement.kind == "share"]
    if not shares or shares[0].score < floors.answer or not shares[0].rivals(acting[0], floors.sibling):
        return None
    matter = _likeliest((share.statement.part, share) for share in shares)
    leader = next(share for share in shares if share.statement.part == matter)
    things = tuple((share.agency, share) for share in context.facts.statements("shares", matter=matter))
    plan = context.facts.plan("shares", matter=matter)
    return Described("agency", leader.statement.subject, things, plan, leader.score)


def _work_of_unit(context: Context, code: str) -> Described | None:
    """The work items of the department whose items fit best, taken together."""
    items = [c for c in context.seeker.probable(code, ("item",)) if len(c.statement.departments) == 1]
    if not items or items[0].score < context.thresholds.floors.answer:
        return None
    likeliest = _likeliest((item.statement.departments[0].iri, item) for item in items)
    leader = next(item for item in items if item.statement.departments[0].iri == likeliest)
    work = context.facts.statements("department-items", unit=likeliest)
    plan = context.facts.plan("department-items", unit=likeliest)
    name = leader.statement.departments[0].name
    return Described("item", name, tuple((item.text, item) for item in work), plan, leader.score)


def _likeliest(candidates: Iterable[tuple[str, Candidate]]) -> str:
    """Of what the candidates belong to, that with the highest probabilities together."""
    together: dict[str, float] = defaultdict(float)
    for belongs, candidate in candidates:
        together[belongs] += candidate.score
    return max(together, key=lambda each: (together[each], each))
