"""What there is: the tasks of a department, the agencies of a matter, the matters of an agency, all of a kind; and how
many they are."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from dutygraph.answer.candidates import Candidate
from dutygraph.answer.context import Context, Draft, content, result_of
from dutygraph.answer.facts import Statement
from dutygraph.answer.intents.contained import find_contained
from dutygraph.answer.intents.described import find_described
from dutygraph.answer.intents.differences import answer_difference
from dutygraph.answer.intents.enumerated import Enumerated, find_enumerated, find_tasks, so_many
from dutygraph.answer.intents.named import UNITS
from dutygraph.answer.intents.regime import section_named
from dutygraph.answer.intents.remits import find_remits
from dutygraph.answer.intents.sets import planned
from dutygraph.answer.intents.structure import read_structure
from dutygraph.answer.model import Content, Count, Intent, Plan, unique
from dutygraph.retrieve import normalise

__all__ = ["Listing", "answer_count", "answer_list", "find_listing", "is_listed", "is_of_named"]

_MEASURE = re.compile(
    r"(?:几|多少)(种|类|次|人|名|家)|(种|类|次|人|户|家)数|how many (?:\w+ ){0,2}(?:kinds|types|sorts)"
    r"|(?:kinds|types|sorts) of .{1,60}how many"
)
_EXCEPT = re.compile(
    r"除(?:了|开|去)?(.{1,16}?)(?:以外|之外|另外|外|[,，]|还|也)"
    r"|(?:other than|except(?: for)?|apart from|besides|aside from)\s+([^,?.]+)"
)
_ROUGHLY = re.compile(r"[十百千好前后]几|几[十百千]")
_NUMBER = re.compile(r"([0-9]+)\s*(种|类|个|项|名|家|次|人)")


@dataclass(frozen=True, slots=True)
class Listing:
    """A list in one place: its things in the words of the source, each with the record it stands in. ``whole``: all
    there are of something, and not only what is near the best record."""

    target: str
    topic: str
    things: tuple[tuple[str, Statement], ...]
    plan: Plan
    score: float
    whole: bool = True

    @property
    def items(self) -> tuple[str, ...]:
        """The things, each once."""
        return unique(thing for thing, _ in self.things)


def is_listed(context: Context) -> bool:
    """Whether the question asks for what an agency has to do in a matter, or which things of a kind a record names,
    however else it sounds."""
    if context.asks(context.words.modifiers["works"]) and any(find_tasks(context, code) for code in context.codes):
        return True
    return _is_free(context) and any(find_contained(context, code) for code in context.codes)


def is_of_named(context: Context) -> bool:
    """Whether the question asks which things of a register, that are no units, have to do with what it names."""
    structure = read_structure(context)
    if structure is None or structure.unread or not structure.asked.sorts or UNITS & set(structure.asked.sorts):
        return False
    return any(mention.kind in UNITS for name in structure.named for mention in name.mentions)


def _is_free(context: Context) -> bool:
    """Whether the kind of thing that is asked for is none of a register's, or kinds of work."""
    structure = read_structure(context)
    sorts = set(structure.asked.sorts) if structure is not None else set()
    return not sorts or (sorts == {"item"} and context.asks(context.words.modifiers["kinds"]))


def answer_list(context: Context) -> Draft:
    """The row that a text sets out itself, else what meets the conditions of the question, else the listing of each
    place that has one."""
    remits = _remits(context)
    row = None if remits else _row(context, "list")
    if row is None and not remits and _is_free(context):
        row = _row(context, "list", find_contained)
    if row is not None:
        return row
    remits = remits or _described(context)
    plan = None if remits else planned(context, "list")
    if plan is not None:
        return plan
    contained = None if remits else _row(context, "list", find_contained)
    if contained is not None:
        return contained
    listings = remits or _listings(context)
    if not listings:
        return Draft("list", 0.0)
    first = max(listings.values(), key=lambda listing: listing.score)
    by_place = {code: _content(context, code, listing) for code, listing in listings.items()}
    return Draft("list", first.score, first.topic, by_place, first.plan, wanted=first.target)


def answer_count(context: Context) -> Draft:
    """The number that the fitting record itself gives, else how many things meet the conditions."""
    said = answer_difference(context) or _number_said(context)
    if said is not None:
        return said
    row = _row(context, "count")
    if row is not None:
        return row
    remits = _remits(context, counted=True) or _described(context)
    plan = None if remits else planned(context, "count")
    if plan is not None:
        return plan
    listings = remits or {code: one for code, one in _listings(context).items() if one.whole}
    if not listings:  # how many records are near one another in likeness is no number of anything
        structure = read_structure(context)
        counted = structure is not None and structure.asked.counted and not _ROUGHLY.search(context.question.focus)
        return Draft("count", 0.0, reason="not_recorded" if counted else None)
    first = max(listings.values(), key=lambda listing: listing.score)
    by_place = {code: _content(context, code, listing, counted=True) for code, listing in listings.items()}
    return Draft("count", first.score, first.topic, by_place, first.plan, wanted=first.target)


def _row(
    context: Context, intent: Intent, find: Callable[[Context, str], Enumerated | None] = find_enumerated
) -> Draft | None:
    """The parts of the row that the question asks for, or how many they are; of the row that ``find`` finds."""
    found = {code: one for code in context.codes if (one := find(context, code)) is not None}
    if not found:
        return None
    first = max(found.values(), key=lambda one: one.score)
    kept = {code: one for code, one in found.items() if one.score >= context.thresholds.floors.sibling * first.score}
    by_place = {
        code: content(
            tuple(dict.fromkeys(result_of(statement, one.sentence or part) for part, statement in one.parts)),
            items=unique(part for part, _ in one.parts),
            count=len(one.parts) if intent == "count" else None,
            counts=(Count(one.topic, len(one.parts)),) if intent == "count" else (),
        )
        for code, one in kept.items()
    }
    return Draft(intent, first.score, first.topic, by_place, first.plan, wanted="part")


def _content(context: Context, code: str, listing: Listing, *, counted: bool = False) -> Content:
    results = tuple(result_of(statement) for _, statement in listing.things)
    count = len(listing.items) if counted else None
    counts = (Count(listing.topic or context.catalogue.place(code), count),) if count is not None else ()
    names = unique(r.agency for r in results) if listing.target == "agency" else ()
    return content(results, names, items=listing.items, count=count, counts=counts)


def _listings(context: Context) -> dict[str, Listing]:
    found = {code: find_listing(context, code) for code in context.codes}
    left = {code: _without_excepted(context, listing) for code, listing in found.items() if listing is not None}
    return {code: listing for code, listing in left.items() if listing.things}


def _without_excepted(context: Context, listing: Listing) -> Listing:
    """The list without what the question excepts: other than this one, which more are there?"""
    excepted = _EXCEPT.search(context.question.text)
    if excepted is None:
        return listing
    start, end = next(excepted.span(group) for group in (1, 2) if excepted.group(group))
    said = [t.text for t in context.terms.all if start <= t.start and t.end <= end]
    named = {m.target for m in context.links.mentions if start <= m.start and m.end <= end}
    for concept in named & set(context.catalogue.concepts):
        named |= context.catalogue.concepts[concept].denotes.get(listing.things[0][1].code, frozenset())

    def meant(thing: str, statement: Statement) -> bool:
        nodes = {statement.iri, statement.part, *(unit.iri for unit in statement.departments)}
        if listing.target == "agency":
            nodes = {statement.agency_iri}
        return bool(nodes & named) or (bool(said) and all(term in normalise(thing) for term in said))

    return replace(listing, things=tuple((t, s) for t, s in listing.things if not meant(t, s)))


def find_listing(context: Context, code: str) -> Listing | None:
    """The list of what the question is about in one place; not one of another length than the question says."""
    listing = _found(context, code)
    number = so_many(context)
    return None if listing is not None and number not in (None, len(listing.items)) else listing


def _remits(context: Context, *, counted: bool = False) -> dict[str, Listing]:
    """The remit of the department named, in each place where there is one. ``counted``: as its records stand, and only
    where the question says nothing else."""
    found = {code: one for code, one in find_remits(context).items() if one.whole or not counted}
    apart = any(context.asks(context.words.modifiers[name]) for name in ("kinds", "taken_apart"))
    return {
        code: Listing(
            "item",
            one.topic,
            tuple((record.text, record) for record in one.records) if counted and not apart else one.things,
            one.plan,
            one.score,
        )
        for code, one in found.items()
    }


def _described(context: Context) -> dict[str, Listing]:
    """What the question describes in everyday words, in each place where it fits about as well as in the best."""
    found = {code: one for code in context.codes if (one := find_described(context, code)) is not None}
    best = max((one.score for one in found.values()), default=0.0)
    sibling = context.thresholds.floors.sibling
    return {
        code: Listing(one.target, one.topic, one.things, one.plan, one.score)
        for code, one in found.items()
        if one.score >= sibling * best
    }


def _found(context: Context, code: str) -> Listing | None:
    topic = _topic(context, code)
    structure = read_structure(context)
    if topic is not None and topic.statement.departments and structure is not None and structure.unread:
        return _of_department(context, topic)
    section = _section(context, code, topic) if topic else None
    if section is not None:
        return section
    if topic is not None and context.asks(context.words.targets["agency"]):
        return _agencies(context, topic)
    return None if topic is None else _about(context, code, topic)


def _topic(context: Context, code: str) -> Candidate | None:
    found = context.seeker.probable(code, ("share", "item", "matter", "regime", "service", "regime-item"))
    return found[0] if found and found[0].score >= context.thresholds.floors.answer else None


def _section(context: Context, code: str, topic: Candidate) -> Listing | None:
    """The items of the section of a regime that the question calls by its heading."""
    found = context.seeker.probable(code, ("regime", "regime-item"))
    if not found or not found[0].rivals(topic, context.thresholds.floors.rival):
        return None
    leader = found[0]
    items = section_named(context, leader)
    regime = leader.statement.part if leader.statement.kind == "regime-item" else leader.statement.iri
    plan = context.facts.plan("regime-items", regime=regime)
    things = tuple((item.text, item) for item in items)
    return Listing("item", leader.topic, things, plan, leader.score) if things else None


def _of_department(context: Context, topic: Candidate) -> Listing:
    """The work items of the department whose record fits best: the one that is called by a name of its own."""
    unit = topic.statement.departments[0]
    items = context.facts.statements("department-items", unit=unit.iri)
    plan = context.facts.plan("department-items", unit=unit.iri)
    return Listing("item", unit.name, tuple((item.text, item) for item in items), plan, topic.score)


def _agencies(context: Context, topic: Candidate) -> Listing | None:
    statement = topic.statement
    matter = statement.part if statement.kind == "share" else statement.iri
    shares = context.facts.statements("shares", matter=matter)
    plan = context.facts.plan("shares", matter=matter)
    things = tuple((share.agency, share) for share in shares)
    return Listing("agency", statement.subject, things, plan, topic.score) if things else None


def _about(context: Context, code: str, topic: Candidate) -> Listing:
    """Everything near the best record, when nothing with a list of its own is named."""
    kinds = ("share", "item") if topic.statement.kind in ("share", "item") else (topic.statement.kind,)
    rival = context.thresholds.floors.rival
    found = [c for c in context.seeker.probable(code, kinds) if c.rivals(topic, rival)]
    things = tuple((c.statement.title or c.clause, c.statement) for c in found)
    statement = topic.statement
    plan = context.facts.plan("statement", node=statement.iri)
    return Listing(statement.kind, topic.topic, things, plan, topic.score, whole=False)


def _number_said(context: Context) -> Draft | None:
    """A number that stands in the record itself: so many kinds of cases."""
    measure = _MEASURE.search(context.question.focus)
    if measure is None:
        return None
    unit = measure.group(1) or measure.group(2) or "种"
    by_place: dict[str, Content] = {}
    best: Candidate | None = None
    for code in context.codes:
        departments = frozenset(context.departments(code))
        found = context.seeker.candidates(code, ("item", "share", "duty", "regime-item", "service"))
        floor = context.thresholds.floors.near * max((candidate.score for candidate in found[:1]), default=0.0)
        for candidate in found:
            if candidate.score < floor and not departments:
                break
            if departments and not any(unit.iri in departments for unit in candidate.statement.departments):
                continue
            numbers = [n for n, word in _NUMBER.findall(candidate.clause) if word == unit]
            if numbers and candidate.score >= context.thresholds.floors.answer:
                result = result_of(candidate.statement, candidate.clause)
                count = int(numbers[0])
                by_place[code] = content(
                    (result,), count=count, counts=(Count(candidate.clause, count),), values=(f"{count}{unit}",)
                )
                best = best if best and best.score >= candidate.score else candidate
                break
    if best is None:
        return None
    plan = context.facts.plan("statement", node=best.statement.iri)
    return Draft("count", best.score, best.topic, by_place, plan, wanted="number")
