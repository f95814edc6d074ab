"""Which telephone number, and whose a number is."""

from __future__ import annotations

import re

from dutygraph.answer.context import Context, Draft, content, result_of
from dutygraph.answer.facts import Statement
from dutygraph.answer.model import Nearest

__all__ = ["answer_phone", "numbers_in", "whose_number"]

_NUMBER = re.compile(r"(?<![0-9])[0-9]{7,8}(?:-[0-9]{2,6})?(?![0-9])")


def numbers_in(text: str) -> tuple[str, ...]:
    """The telephone numbers in a normalised text, of seven or eight digits, with extension."""
    return tuple(dict.fromkeys(_NUMBER.findall(text)))


def whose_number(context: Context) -> Draft | None:
    """The services that give the numbers named in the question; None when none is named, or none is known."""
    numbers = numbers_in(context.question.text)
    services = {s.iri: s for n in numbers for s in context.facts.statements("phone-services", dialled=n)}
    mine = [service for service in services.values() if service.code in context.codes]
    if not mine:
        return None
    by_place = {code: content(tuple(result_of(s) for s in mine if s.code == code)) for code in context.codes}
    plan = context.facts.plan("phone-services", dialled=numbers[0])
    return Draft("who", 1.0, "、".join(numbers), {code: found for code, found in by_place.items() if found}, plan)


def answer_phone(context: Context) -> Draft:
    """The numbers of the services that fit, or of those of the department that is named."""
    found: dict[str, tuple[Statement, ...]] = {}
    score = 0.0
    for code in context.codes:
        services, fit = _services(context, code)
        if services:
            found[code] = services
            score = max(score, fit)
    if not found:
        named = any(context.departments(code) for code in context.codes)
        return Draft("phone", 0.0, reason="not_recorded" if named else None)
    first = next(iter(found.values()))[0]
    plan = context.facts.plan("statement", node=first.iri)
    with_number = {code: tuple(s for s in services if s.phones) for code, services in found.items()}
    by_place = {code: content(tuple(result_of(s) for s in mine)) for code, mine in with_number.items() if mine}
    if not by_place:
        nearest = tuple(Nearest(_label(context, s), s.iri) for services in found.values() for s in services)
        return Draft("phone", score, first.title, plan=plan, reason="not_recorded", nearest=nearest)
    blank = tuple(Nearest(_label(context, s[0]), s[0].iri) for code, s in found.items() if code not in by_place)
    return Draft("phone", score, first.title, by_place, plan, nearest=blank)


def _services(context: Context, code: str) -> tuple[tuple[Statement, ...], float]:
    floors = context.thresholds.floors
    departments = context.departments(code)
    if len(departments) > 1:
        each = (
            service for unit in departments for service in context.facts.statements("department-services", unit=unit)
        )
        if several := tuple({service.iri: service for service in each}.values()):
            return several, 1.0
    own = [s for unit in departments for s in context.facts.statements("department-services", unit=unit)]
    found = context.seeker.answering(code, "phone")
    # The number of a department is not that of another one's service, unless the question also names what that is on.
    if departments and not (found and found[0].concept >= floors.meant):
        found = tuple(candidate for candidate in found if candidate.statement in own)
    fit = found[0].score if found else 0.0
    if fit >= floors.cell:
        return tuple(c.statement for c in found if c.rivals(found[0], floors.rival)), fit
    return (tuple(own), 0.8) if own else ((), 0.0)


def _label(context: Context, statement: Statement) -> str:
    return f"{context.catalogue.place(statement.code)}：{statement.title}"
