"""Who is responsible: the unit to be sent to first, then how the work is divided."""

from __future__ import annotations

from dutygraph.answer.candidates import Candidate
from dutygraph.answer.context import Context, Draft, content, result_of
from dutygraph.answer.model import Content, Result, unique
from dutygraph.answer.thresholds import Floors

__all__ = ["answer_who"]

_FEW = 2
_MOST = 4  # units named beside one another; more would be no direction


def answer_who(context: Context) -> Draft:
    """The records whose object and action fit best, for each place that has some."""
    leaders = {code: found[0] for code in context.codes if (found := context.seeker.responsible(code))}
    if not leaders:
        return Draft("who", 0.0)
    best = max(leaders.values(), key=lambda candidate: (candidate.score, candidate.statement.code))
    floors = context.thresholds.floors
    by_place = {
        code: _of_place(context, code, leader)
        for code, leader in sorted(leaders.items(), key=lambda pair: (-pair[1].score, pair[0]))
        if leader.score >= floors.answer and leader.score >= _share_needed(leader, floors) * best.score
    }
    statement = best.statement
    plan = context.facts.plan("statement", node=statement.iri)
    if statement.kind == "share":
        plan = context.facts.plan("shares", matter=statement.part)
    return Draft("who", best.score, best.topic, by_place, plan)


def _share_needed(leader: Candidate, floors: Floors) -> float:
    """Of the best place's score by a record of another place: more where nothing but likeness speaks for it."""
    return floors.sibling if leader.concept or leader.coverage else floors.alone


def _of_place(context: Context, code: str, leader: Candidate) -> Content:
    near = context.thresholds.floors.near * leader.score
    found = context.seeker.responsible(code)
    direct = [candidate for candidate in found if candidate.score >= near][:_MOST]
    direct += _same_hands(context, found, direct)
    inside = _department_inside(context, found, leader)
    if inside is not None:
        direct = [candidate for candidate in direct if candidate is not inside]
        direct.insert(1 if leader.statement.kind == "share" else 0, inside)
    if context.asks(context.words.modifiers["department"]):
        direct.sort(key=lambda candidate: not candidate.statement.departments)
    results = [_result(context, candidate) for candidate in direct]
    agency_first = context.asks(context.words.modifiers["agency"])
    names = unique(name for result in results for name in _names(result, agency_first=agency_first))
    results += _division(context, leader, {candidate.statement.iri for candidate in direct})
    return content(tuple(results), names)


def _same_hands(context: Context, found: tuple[Candidate, ...], direct: list[Candidate]) -> list[Candidate]:
    """What the same unit does about it under another heading: a thing may stand in two matters of one register."""
    leader = direct[0]
    return [
        candidate
        for candidate in found
        if candidate not in direct
        and candidate.concept >= context.thresholds.floors.hands
        and candidate.statement.kind == leader.statement.kind
        and candidate.statement.agency == leader.statement.agency
        and candidate.statement.departments == leader.statement.departments
        and candidate.statement.part != leader.statement.part
    ][:_FEW]


def _names(result: Result, *, agency_first: bool) -> tuple[str, ...]:
    departments = tuple(result.department.split("、")) if result.department else ()
    if agency_first or len(departments) > 2:  # a duty of many departments is the agency's own
        return (result.agency, *departments)
    return (*departments, result.agency)


def _department_inside(context: Context, found: tuple[Candidate, ...], leader: Candidate) -> Candidate | None:
    """For a record of the register's own agency that names no department, or a duty that names several, the department
    that does this, when the duty table says so."""
    statement = leader.statement
    if not statement.own:
        return None
    items = (c for c in found if c.statement.kind == "item")
    if statement.kind == "duty" and len(statement.departments) > 1:
        return next((c for c in items if c.statement.part == statement.iri), None)
    floor = context.thresholds.floors.inside * leader.score
    return None if statement.departments else next((c for c in items if c.score >= floor), None)


def _division(context: Context, leader: Candidate, said: set[str]) -> list[Result]:
    """The other shares of the leader's matter."""
    if leader.statement.kind != "share":
        return []
    shares = context.facts.statements("shares", matter=leader.statement.part)
    others = [share for share in shares if share.iri not in said and not share.dropped]
    return [_result(context, context.seeker.score(share)) for share in others]


def _result(context: Context, candidate: Candidate) -> Result:
    statement, clause = candidate.statement, candidate.clause
    return result_of(statement, clause, actor=candidate.actor, role=context.facts.role(statement, clause))
