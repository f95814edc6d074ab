"""The sides of a comparison: units beside each other, what the supervision regimes of each place say, records that are
worded alike."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Final

from dutygraph.answer.candidates import Candidate
from dutygraph.answer.context import Context, Draft, content, result_of
from dutygraph.answer.facts import Statement
from dutygraph.answer.intents.named import UNITS, Named, read_names
from dutygraph.answer.intents.phrases import CLAUSE_END
from dutygraph.answer.intents.relations import CLASSES, Relations
from dutygraph.answer.model import Content, Result, unique
from dutygraph.answer.sentences import pairs_of
from dutygraph.retrieve import normalise

__all__ = ["by_clauses", "by_regimes", "by_units", "with_twins"]

_RECORDS: Final = {"department": ("item", "service"), "agency": ("share",)}
_TWINNED: Final = {"item": "item", "share": "share", "regime-item": "rule", "service": "service"}
_WHOLE: Final = 240  # characters of a record that is said whole
_TWINS: Final = 0.6  # of the pairs of characters of two sentences that both have
_SHORTEST: Final = 8  # pairs; two shorter sentences are alike by chance
_OWN_WORDS: Final = 0.5  # of the best side's score; with less a side says nothing of what is asked


def by_units(context: Context) -> Draft | None:
    """What each of the units that the question names does of what it asks about: two in one place, or one in each; None
    when it names none to compare, or one of them has nothing to do with it."""
    named = [name for name in read_names(context) if _is_unit(name) and not (name.excepted or name.denied)]
    own = {register.agency_iri for register in context.catalogue.registers}
    others = [name for name in named if not any(mention.target in own for mention in name.mentions)]
    if not others or (len(context.codes) < 2 and len(named) < 2):
        return None
    sides: dict[str, list[Candidate]] = {}
    for code in context.codes:
        found = [_best(context, code, name) for name in (named if len(named) > 1 else others)]
        sides[code] = list({c.statement.iri: c for c in found if c is not None}.values())
    everything = [candidate for several in sides.values() for candidate in several]
    best = max(everything, key=lambda candidate: candidate.score, default=None)
    if best is None or best.score < context.thresholds.floors.answer:
        return None
    if len({c.statement.iri for c in everything}) < 2 or any(c.score < _OWN_WORDS * best.score for c in everything):
        return None
    by_place = {code: content(tuple(map(_said, several))) for code, several in sides.items() if several}
    return _draft(context, best, by_place)


def _is_unit(name: Named) -> bool:
    return any(mention.kind in UNITS for mention in name.mentions)


def _best(context: Context, code: str, name: Named) -> Candidate | None:
    """The record of a unit that fits the question best, in one place."""
    entities = context.catalogue.entities
    relations = Relations(context.facts, code)
    rows = [
        row.statement
        for mention in name.mentions
        if mention.kind in UNITS and entities[mention.target].code == code
        for record in _RECORDS[mention.kind]
        for row in relations.rows(mention.kind, record)
        if row.one.key == mention.target and not row.statement.dropped
    ]
    duties = context.facts.read(unique(row.part for row in rows if row.kind == "item")).values()
    found = [
        context.seeker.score(statement) for statement in (*rows, *(d for d in duties if _of_one(context, d, rows)))
    ]
    return min(found, key=lambda candidate: (-candidate.score, candidate.statement.order), default=None)


def _of_one(context: Context, duty: Statement, rows: Iterable[Statement]) -> bool:
    """Whether a duty is only of the unit whose rows these are, as the items under it are."""
    own = {row.iri for row in rows}
    items = context.facts.statements("registered", kind=CLASSES["item"], place_code=duty.code)
    return all(item.iri in own for item in items if item.part == duty.iri)


def _said(candidate: Candidate) -> Result:
    """What a record says, whole when it is short."""
    short = len(candidate.statement.text) <= _WHOLE
    return result_of(candidate.statement, "" if short else candidate.clause)


def by_clauses(context: Context) -> Draft | None:
    """Who does what each clause asks, where several clauses ask who of one matter: of its shares the one that says most
    of what only some of them say; None when that is not two of them."""
    text, code = context.question.text, context.codes[0]
    parts = [part for part in CLAUSE_END.split(text) if context.words.modifiers["asking_who"].search(part)]
    found = context.seeker.candidates(code, ("share", "item")) if len(parts) > 1 else ()
    best = found[0] if found else None
    if best is None or best.score < context.thresholds.floors.answer or best.statement.kind != "share":
        return None
    shares = {s: set(context.facts.plain(s)) for s in context.facts.statements("shares", matter=best.statement.part)}
    chosen: list[Statement] = []
    for part in parts:
        telling = {c for c in part if 0 < sum(c in said for said in shares.values()) <= len(shares) / 2}
        fit = {share: len(telling & said) for share, said in shares.items()}
        most = max(fit.values(), default=0)
        chosen += [share for share, size in fit.items() if most and size == most]
    several = tuple(dict.fromkeys(chosen))
    if not 1 < len(several) <= len(parts) or len({share.agency for share in several}) < 2:
        return None
    return _draft(context, best, {code: content(tuple(map(result_of, several)))})


def by_regimes(context: Context) -> Draft | None:
    """The rule of each place's supervision regimes that fits the question best, where it asks what these say."""
    if not context.asks(context.words.modifiers["in_regimes"]):
        return None
    floor = context.thresholds.floors.answer
    best = {
        code: found[0]
        for code in context.codes
        if (found := context.seeker.candidates(code, ("regime-item",))) and found[0].score >= floor
    }
    if len(best) < len(context.codes):
        return None
    by_place = {code: content((result_of(c.statement, c.clause),)) for code, c in best.items()}
    return _draft(context, max(best.values(), key=lambda candidate: candidate.score), by_place)


def _draft(context: Context, best: Candidate, by_place: Mapping[str, Content]) -> Draft:
    plan = context.facts.plan("statement", node=best.statement.iri)
    return Draft("compare", best.score, best.topic, by_place, plan, wanted="who")


def with_twins(context: Context, draft: Draft) -> Draft:
    """The draft with the records of each place that say nearly to the letter what one said of another place does."""
    added: dict[str, Content] = {}
    for code, here in draft.by_place.items():
        there = [result for other, found in draft.by_place.items() if other != code for result in found.results]
        known = {result.iri for result in here.results}
        twins = [twin for result in there if (twin := _twin(context, code, result)) and twin.iri not in known]
        results = (*here.results, *dict.fromkeys(twins))
        added[code] = replace(here, results=results) if twins else here
    return replace(draft, by_place=added)


def _twin(context: Context, code: str, result: Result) -> Result | None:
    """What a place's record of the same kind says nearly in these words."""
    said = pairs_of(normalise(result.statement))
    record = next(iter(context.facts.read([result.iri]).values()), None) if result.iri else None
    if record is None or len(said) < _SHORTEST:
        return None
    kind = CLASSES.get(_TWINNED.get(record.kind, ""))
    alike = [
        (len(said & pairs) / len(said | pairs), statement, text)
        for statement in (context.facts.statements("registered", kind=kind, place_code=code) if kind else ())
        for text, pairs in _sentences(context, statement)
        if len(said & pairs) >= _TWINS * len(said | pairs)
    ]
    best = max(alike, key=lambda each: each[0], default=None)
    return result_of(best[1], best[2]) if best else None


def _sentences(context: Context, statement: Statement) -> Iterable[tuple[str, frozenset[str]]]:
    return ((text, pairs_of(plain)) for text, plain in context.facts.clauses(statement))
