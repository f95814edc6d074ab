"""What a register leaves blank or has filled in, and whether it lists a thing at all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from dutygraph.answer.candidates import Candidate
from dutygraph.answer.context import Context, Draft, cited, content, result_of
from dutygraph.answer.facts import Statement
from dutygraph.answer.intents.oddities import answer_oddity
from dutygraph.answer.intents.presence import answer_presence
from dutygraph.answer.intents.relations import Relations
from dutygraph.answer.intents.selecting import OPTIONAL
from dutygraph.answer.intents.sets import planned
from dutygraph.answer.intents.structure import read_structure
from dutygraph.answer.intents.topics import is_about
from dutygraph.answer.model import Content, Count, Result, unique

__all__ = ["answer_gap"]

_DG: Final = "https://w3id.org/dutygraph/def#"
_CLASSES: Final = {
    "service": "ServiceItem",
    "regime": "SupervisionRegime",
    "matter": "Matter",
    "item": "WorkItem",
}
# The records that have a field, the usual one first.
_OWNERS: Final[Mapping[str, tuple[str, ...]]] = {
    "phone": ("service",),
    "law": ("matter", "regime"),
    "case": ("matter",),
    "indicators": ("regime",),
    "penalties": ("regime",),
    "department": ("item", "regime", "service"),
}
_LISTED: Final = ("regime", "matter", "service", "item", "share", "duty", "regime-item")
_PARTS: Final = {"matter": "share", "regime": "regime-item"}
_UNITS: Final = ("department", "agency")
_CERTAIN: Final = 0.8  # of a concept: the record is about the very thing


def answer_gap(context: Context) -> Draft:
    """What is odd by itself; which records lack a field, or have it; whether one record has it; whether the register
    lists a thing at all; and telephone numbers of more than one exchange."""
    oddity = answer_oddity(context)
    if oddity is not None:
        return oddity
    presence = answer_presence(context)
    if presence is not None:
        return presence
    field = _field(context)
    if field is None:
        return _listed(context)
    selected = _selected(context)
    if selected is not None:
        return selected
    kind = next((k for k in _OWNERS[field] if context.asks(context.words.targets[k])), _OWNERS[field][0])
    found: dict[str, Content] = {}
    denied, topic = [], ""
    for code in context.codes:
        records = context.facts.statements("registered", kind=_DG + _CLASSES[kind], place_code=code)
        if not records:
            continue
        one = _the_one_asked_about(context, code, kind)
        if one is not None:
            topic = one.title or one.subject
            blank = _is_blank(context, one, field)
            found[code] = content((result_of(one),)) if blank else _filled(context, one, field)
            denied.append(blank)
        elif field == "phone" and context.asks(context.words.modifiers["odd"]):
            found[code] = _exchanges(records)
        else:
            lacking = _wants_blanks(context)
            kept = tuple(record for record in records if _is_blank(context, record, field) == lacking)
            denied.append((lacking and len(kept) == len(records)) or not kept)
            found[code] = _listing(field, kept)
    if not found:
        return Draft("gap", 0.0)
    plan = context.facts.plan("registered", kind=_DG + _CLASSES[kind], place_code=next(iter(found)))
    return Draft("gap", 1.0, topic, found, plan, wanted=field, denied=bool(denied) and all(denied))


def _selected(context: Context) -> Draft | None:
    """What has the column or lacks it, where the question says what kind of thing it asks for."""
    intents, modifiers = context.words.intents, context.words.modifiers
    if context.asks(modifiers["whether"]) and not any(context.asks(intents[name].strong) for name in ("list", "count")):
        return None
    structure = read_structure(context)
    if structure is None or not any(set(column.sorts) & OPTIONAL for column in structure.columns):
        return None
    return planned(context, "gap")


def _field(context: Context) -> str | None:
    """The column that is asked about; none when the question is whether a thing is listed at all."""
    if context.asks(context.words.modifiers["listed"]):
        return None
    return next((name for name, pattern in context.words.fields.items() if context.asks(pattern)), None)


def _wants_blanks(context: Context) -> bool:
    """Whether the records without the field are asked for, and not those with it. The "or not" of a question that can
    be answered by yes or no denies nothing."""
    modifiers = context.words.modifiers
    return bool(modifiers["left_blank"].search(modifiers["whether"].sub(" ", context.question.focus)))


def _listing(field: str, records: tuple[Statement, ...]) -> Content:
    things = unique(record.title or record.text for record in records)
    results = tuple(result_of(record) for record in records)
    return content(results, items=things, count=len(things), counts=(Count(field, len(things)),))


def _filled(context: Context, record: Statement, field: str) -> Content:
    """What the field of one record says."""
    result: Result = result_of(record)
    if field == "law":
        result = cited(record, context.facts.citations(record.iri))
        return content((result,), laws=result.laws)
    if field == "phone":
        return content((replace(result, values=record.phones),), values=record.phones)
    if field == "case":
        return content(tuple(result_of(case) for case in _cases(context, record)))
    return content((result,))


def _the_one_asked_about(context: Context, code: str, kind: str) -> Statement | None:
    """The single record whose cell is asked about; none when the question is about all of them."""
    intents = context.words.intents
    if any(context.asks(intents[several].strong) for several in ("list", "count")):
        return None
    if context.asks(context.words.modifiers["any_row"]):
        return None
    found = context.seeker.candidates(code, (kind,))
    if not found and kind in _PARTS and context.asks(context.words.modifiers["of_one"]):
        parts = context.seeker.candidates(code, (_PARTS[kind],))[:1]
        return next(iter(context.facts.read(part.statement.part for part in parts).values()), None)
    leader = found[0] if found else None
    if leader is None or not is_about(context, leader):
        return None
    return leader.statement if leader.concept + leader.coverage >= 1 else None


def _is_blank(context: Context, record: Statement, field: str) -> bool:
    if field == "phone":
        return not record.phones
    if field == "law":
        return not context.facts.citations(record.iri)
    if field == "department":
        return not record.departments
    if field == "case":
        return not _cases(context, record)
    items = context.facts.statements("regime-items", regime=record.iri)
    return all(field not in item.sections for item in items)


def _cases(context: Context, matter: Statement) -> tuple[Statement, ...]:
    cases = context.facts.statements("registered", kind=_DG + "CaseExample", place_code=matter.code)
    return tuple(case for case in cases if case.part == matter.iri)


def _listed(context: Context) -> Draft:
    """Whether the register lists the thing that is asked about: the record, or the denial beside what it does list."""
    if not context.asks(context.words.modifiers["listed"]) or not context.named:
        return Draft("gap", 0.0)
    found: dict[str, Content] = {}
    denied = []
    for code in context.codes:
        there, proof = _unit_listed(context, code) or _record_listed(context, code)
        denied.append(not there)
        found[code] = proof
    kind = _DG + ("WorkItem" if context.asks(context.words.modifiers["unit"]) else "Matter")
    plan = context.facts.plan("registered", kind=kind, place_code=context.codes[0])
    return Draft("gap", 1.0, "", found, plan, wanted="listed", denied=all(denied))


def _unit_listed(context: Context, code: str) -> tuple[bool, Content] | None:
    """Whether the place has the agency or department that is named, with its records; else all that it has. None when
    the question names no unit."""
    own = {register.agency_iri for register in context.catalogue.registers}
    named = [iri for sort in _UNITS for iri in context.links.of_kind(sort) if iri not in own]
    if not named and not context.asks(context.words.modifiers["unit"]):
        return None
    sort = context.catalogue.entities[named[0]].kind if named else "department"
    units = Relations(context.facts, code).things(sort)
    there = {unit: records for unit, records in units.items() if unit.key in named}
    shown = there or {unit: records[:1] for unit, records in units.items()}
    results = tuple(result_of(record) for records in shown.values() for record in records)
    return bool(there), content(results, tuple(unit.name for unit in there))


def _record_listed(context: Context, code: str) -> tuple[bool, Content]:
    """Whether a record is about the thing; else all records of the kind, when the question says which kind."""
    kinds = tuple(k for k in ("regime", "matter", "service") if context.asks(context.words.targets[k])) or _LISTED
    there = next((c for c in context.seeker.candidates(code, kinds) if _is_this(context, c)), None)
    if there is None:
        return False, _all_of(context, code, kinds)
    return True, content((result_of(there.statement, there.clause),))


def _is_this(context: Context, candidate: Candidate) -> bool:
    """Whether a record is about the very thing: by its concept, or because it says every term that names it."""
    if candidate.concept >= _CERTAIN:
        return True
    text = context.question.text
    kinds = [found.span() for pattern in context.words.targets.values() for found in pattern.finditer(text)]
    terms = [t.text for t in context.terms.all if not any(a < t.end and t.start < b for a, b in kinds)]
    said = context.facts.plain(candidate.statement)
    return bool(terms) and all(term in said for term in terms)


def _all_of(context: Context, code: str, kinds: tuple[str, ...]) -> Content:
    """The records of the one kind that was asked for, as the proof that the thing is not among them."""
    if kinds[0] not in _CLASSES or len(kinds) > 1:
        return Content()
    records = context.facts.statements("registered", kind=_DG + _CLASSES[kinds[0]], place_code=code)
    return content(tuple(result_of(record) for record in records))


def _exchanges(services: tuple[Statement, ...]) -> Content:
    """The main numbers, without extension, each with the units that give it."""
    groups: dict[str, list[Statement]] = {}
    for service in services:
        for number in unique(phone.partition("-")[0] for phone in service.phones):
            groups.setdefault(number, []).append(service)
    results = tuple(result_of(service) for several in groups.values() for service in several)
    return content(results, items=tuple(groups), count=len(groups))
