"""Who else does the same: the departments, or the agencies, whose records fit one question equally well."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from dutygraph.answer.candidates import Candidate
from dutygraph.answer.context import Context, Draft, content, result_of
from dutygraph.answer.facts import Statement
from dutygraph.answer.intents.both import answer_sides
from dutygraph.answer.intents.named import UNITS
from dutygraph.answer.intents.numbers import read_quantity
from dutygraph.answer.intents.relations import Sort
from dutygraph.answer.intents.said import find_saying
from dutygraph.answer.intents.structure import Structure, read_structure
from dutygraph.answer.intents.who import answer_who
from dutygraph.answer.model import Content, Result, unique
from dutygraph.answer.sentences import pairs_of

__all__ = ["answer_overlap"]

_SAME = 0.7  # of the pairs of characters of two clauses that both have
_SHORTEST = 8  # pairs; two shorter clauses are alike by chance


def answer_overlap(context: Context) -> Draft:
    """The records of different units near the best one. Lawful division of work is shown, not judged."""
    many = read_quantity(context.question.text)
    meant = _read_units(context)
    by_text = _by_text(context, meant, many) if many else None
    if by_text is not None:
        return by_text
    described = _described(context, meant)
    if described is not None:
        return described
    by_place: dict[str, Content] = {}
    best = None
    for code in context.codes:
        found = [
            c for c in context.seeker.candidates(code, ("item", "share")) if c.score >= context.thresholds.floors.answer
        ]
        found = [c for c in found if meant.fits(_units(c))] or ([] if meant.excepted else found)
        if not found:
            continue
        kind = found[0].statement.kind
        alike = [
            c
            for c in found
            if c.statement.kind == kind and c.score >= context.thresholds.floors.overlap * found[0].score
        ]
        if context.asks(context.words.modifiers["same"]):
            alike = _worded_alike(context, found) or alike
        if many:
            alike = _of_units(alike, many) or _of_units([c for c in found if c.statement.kind == kind], many) or alike
        units = unique(name for c in alike for name in _units(c))
        best = max(filter(None, (best, found[0])), key=lambda c: (c.score, c.statement.code))
        by_place[code] = content(tuple(result_of(c.statement, c.clause) for c in alike), units, items=units)
    if best is None:
        return Draft("overlap", 0.0)
    statement = best.statement
    plan = context.facts.plan("statement", node=statement.iri)
    return Draft("overlap", best.score, best.topic, by_place, plan)


def _described(context: Context, meant: _Meant) -> Draft | None:
    """The units that the question describes one beside the other, each by what it does; None when it does not, or one
    of them is not found."""
    drafts = answer_sides(context, {"who": answer_who})
    if not drafts:
        return None
    found = [_first_meant(meant, here) for draft in drafts for here in draft.by_place.values()]
    by_place: dict[str, Content] = {}
    for code in dict.fromkeys(result.jurisdiction for result in found):
        results = tuple(dict.fromkeys(result for result in found if result.jurisdiction == code))
        names = unique(result.department or result.agency for result in results)
        if len(names) == len(drafts):
            by_place[code] = content(results, names, items=names)
    return replace(drafts[0], intent="overlap", wanted="", by_place=by_place) if by_place else None


def _first_meant(meant: _Meant, found: Content) -> Result:
    """The first result of a unit called as the question says, else of one inside an agency where it asks for that."""
    called = (r for r in found.results if meant.fits([r.department or r.agency]))
    inside = (r for r in found.results if r.department and meant.sorts[0] == "department")
    return next(called, None) or next(inside, None) or found.results[0]


@dataclass(frozen=True, slots=True)
class _Meant:
    """The units that are asked for: the sorts they may be of, and how their names end, where the question says so; none
    of those ``excepted``."""

    sorts: tuple[Sort, ...]
    ending: str
    excepted: frozenset[str] = frozenset()

    def fits(self, names: Sequence[str]) -> bool:
        """Whether any of these units may be meant."""
        return any(name.endswith(self.ending) for name in names) and not self.excepted.issuperset(names)


def _read_units(context: Context) -> _Meant:
    structure = read_structure(context)
    sorts = tuple(sort for sort in structure.asked.sorts if sort in UNITS) if structure else ()
    own = {register.agency_iri for register in context.catalogue.registers}
    if own & set(context.links.of_kind("agency")) and "department" in sorts:
        sorts = ("department",)
    called = context.words.modifiers["unit_ending"].search(context.question.text)
    ending = next(filter(None, called.groups()), "") if called else ""
    return _Meant(sorts or ("department", "agency"), ending, _excepted(context, structure))


def _excepted(context: Context, structure: Structure | None) -> frozenset[str]:
    """The units that the question leaves out, by their names in the registers."""
    targets = {m.target for name in structure.named if name.excepted for m in name.mentions} if structure else set()
    entities = context.catalogue.entities
    names = {entities[target].label for target in targets if target in entities}
    return frozenset(names) | {r.agency for r in context.catalogue.registers if r.agency_iri in targets}


def _by_text(context: Context, meant: _Meant, many: int) -> Draft | None:
    """The units whose records say what the question says of them, when they are just as many as it says."""
    structure = read_structure(context)
    said = [replace(phrase, beside=()) for phrase in structure.worded().said] if structure else []
    by_place: dict[str, Content] = {}
    for code, sort in ((code, sort) for code in context.codes for sort in meant.sorts):
        found = find_saying(context, code, sort, said) or {}
        fitting = {thing: rows for thing, rows in found.items() if meant.fits([thing.name])}
        if len(fitting) == many and code not in by_place:
            names = tuple(thing.name for thing in fitting)
            results = tuple(dict.fromkeys(result_of(row.statement) for rows in fitting.values() for row in rows))
            by_place[code] = content(results, names, items=names)
    if not by_place:
        return None
    first = next(result for content in by_place.values() for result in content.results)
    plan = context.facts.plan("statement", node=first.iri)
    return Draft("overlap", 1.0, first.subject or first.statement, by_place, plan)


def _units(candidate: Candidate) -> list[str]:
    return [unit.name for unit in candidate.statement.departments] or [candidate.statement.agency]


def _of_units(found: Sequence[Candidate], many: int) -> list[Candidate]:
    """The records of the first so many units, the best of each; none when there are fewer."""
    best = {tuple(_units(candidate)): candidate for candidate in reversed(found)}
    chosen = sorted(best.values(), key=lambda c: (-c.score, c.statement.order))[:many]
    return chosen if len(chosen) == many else []


def _worded_alike(context: Context, found: Sequence[Candidate]) -> list[Candidate]:
    """Of the records about what leads (the shares of its matter, else all that fit) those that say with nearly the same
    words what another unit says."""
    leader = found[0].statement
    about = [c for c in found if c.statement.kind == leader.kind]
    if leader.kind == "share":
        about = [context.seeker.score(share) for share in context.facts.statements("shares", matter=leader.part)]
    return [c for c in about if any(_same_words(context, c.statement, other.statement) for other in about)]


def _same_words(context: Context, one: Statement, other: Statement) -> bool:
    """Whether two records of different units have a clause in common, nearly to the letter."""
    if (one.agency, one.departments) == (other.agency, other.departments):
        return False
    mine = [pairs_of(text) for _, text in context.facts.clauses(one)]
    theirs = [pairs_of(text) for _, text in context.facts.clauses(other)]
    return any(len(a & b) >= _SAME * len(a | b) for a in mine for b in theirs if len(a | b) >= _SHORTEST)
