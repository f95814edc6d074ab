"""Which things meet a condition: both agencies, a cited act, exactly so many, the most."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from dutygraph.answer.candidates import kind_of
from dutygraph.answer.context import Context, Draft, cited, content, result_of
from dutygraph.answer.facts import Citation, Statement
from dutygraph.answer.model import Content, Count, Intent, Plan, Result, unique

__all__ = ["answer_compositional", "exchanges"]

_DG: Final = "https://w3id.org/dutygraph/def#"
_WORDS: Final = (
    "零 zero", "一 one", "二 两 two", "三 three", "四 four", "五 five", "六 six", "七 seven", "八 eight", "九 nine",
    "十 ten",
)  # fmt: skip
_NUMERALS: Final = {word: number for number, words in enumerate(_WORDS) for word in words.split()}
_CONDITION = re.compile(
    r"(?P<exact>正好|刚好|恰好|只有|仅有|exactly|only|just)?(?P<more>超过|多于|大于|more than|over)?"
    r"(?P<less>少于|不到|fewer than|less than|under)?(?P<least>不少于|至少|at least)?(?:有|办|管)?\s*"
    rf"(?P<number>[0-9]+|{'|'.join(_NUMERALS)})\s*(?:个|项|条|家|部|种|件|agenc|depart|task|item|dut|matter|work|job)"
)


@dataclass(frozen=True, slots=True)
class _Found:
    """Things of one place with the records they stand in."""

    things: tuple[tuple[str, Statement], ...]
    counts: tuple[Count, ...] = ()
    results: tuple[Result, ...] = ()


def answer_compositional(context: Context) -> Draft:
    """Joins, numbers and superlatives over the lists of a place."""
    for find in (_both_agencies, _both_matters, _citing, _numbered, _extreme):
        draft = find(context)
        if draft is not None:
            return draft
    return Draft("compositional", 0.0)


def _draft(intent: Intent, topic: str, wanted: str, plan: Plan, found: Mapping[str, _Found]) -> Draft:
    by_place: dict[str, Content] = {}
    for code, one in found.items():
        results = one.results or tuple(result_of(statement) for _, statement in one.things)
        items = unique(thing for thing, _ in one.things)
        names = items if wanted in ("department", "agency") else ()
        by_place[code] = content(results, names, items=items, count=len(items), counts=one.counts)
    return Draft(
        intent, 1.0, topic, by_place, plan, wanted=wanted, denied=not any(found[code].things for code in found)
    )


def _both_agencies(context: Context) -> Draft | None:
    """The matters that several named agencies have a part in."""
    found: dict[str, _Found] = {}
    names: tuple[str, ...] = ()
    for code in context.codes:
        agencies = context.agencies(code)
        if len(agencies) < 2:
            continue
        names = unique(context.catalogue.entities[agency].label for agency in agencies)
        shares = [context.facts.statements("agency-shares", participant=agency) for agency in agencies]
        common = set.intersection(*({share.part for share in mine} for mine in shares))
        found[code] = _Found(tuple((s.part_title, s) for mine in shares for s in mine if s.part in common))
    if not found:
        return None
    plan = context.facts.plan("agency-shares", participant=next(a for code in found for a in context.agencies(code)))
    return _draft("compositional", "、".join(names), "matter", plan, found)


def _both_matters(context: Context) -> Draft | None:
    """The agencies that have a part in each of several named matters."""
    if not context.asks(context.words.modifiers["both"]):
        return None
    found: dict[str, _Found] = {}
    for code in context.codes:
        matters = _matters_named(context, code)
        if len(matters) < 2:
            continue
        shares = [context.facts.statements("shares", matter=matter) for matter in matters]
        common = set.intersection(*({share.agency_iri for share in mine} for mine in shares))
        found[code] = _Found(tuple((s.agency, s) for mine in shares for s in mine if s.agency_iri in common))
    if not found:
        return None
    code = next(iter(found))
    plan = context.facts.plan("shares", matter=_matters_named(context, code)[0])
    return _draft("compositional", "", "agency", plan, found)


def _matters_named(context: Context, code: str) -> tuple[str, ...]:
    """The matters of a place that the question names, by their titles or by concepts that stand for one of them."""
    named: dict[str, None] = {}
    for mention in sorted(context.links.mentions, key=lambda m: (m.start, -m.end)):
        if mention.kind == "matter" and context.catalogue.entities[mention.target].code == code:
            named[mention.target] = None
        elif mention.kind == "concept" and mention.weight == 1.0:
            nodes = context.catalogue.concepts[mention.target].denotes.get(code, frozenset())
            matters = [node for node in sorted(nodes) if kind_of(node) == "matter"]
            matters += sorted({share.part for share in context.facts.read(nodes).values() if share.kind == "share"})
            if matters:
                named[matters[0]] = None
    return tuple(named)


def _citing(context: Context) -> Draft | None:
    """The matters or regimes that cite a named act."""
    laws = context.links.of_kind("law")
    wanted = next((kind for kind in ("regime", "matter", "item") if context.asks(context.words.targets[kind])), None)
    if not laws or wanted is None:
        return None
    titles = unique(name for law in laws for name in context.catalogue.names[law])
    rows = [row for title in titles for row in context.facts.rows("cited-by", act=title)]
    statements = context.facts.read(str(row["node"]) for row in rows)
    found: dict[str, _Found] = {}
    for code in context.codes:
        mine = [s for s in statements.values() if s.code == code]
        whole = context.facts.read(s.part if s.kind == "regime-item" else s.iri for s in mine)
        things = tuple((s.title or s.text, s) for s in whole.values() if s.kind == wanted)
        results = tuple(cited(s, _of(context, s, titles)) for _, s in things if _of(context, s, titles))
        if things:
            found[code] = _Found(things, results=results)
    if not found:
        return None
    return _draft("compositional", f"《{titles[0]}》", wanted, context.facts.plan("cited-by", act=titles[0]), found)


def _of(context: Context, statement: Statement, titles: tuple[str, ...]) -> tuple[Citation, ...]:
    return tuple(c for c in context.facts.citations(statement.iri) if c.law.title in titles)


def _groups(context: Context, code: str) -> tuple[str, dict[str, list[Statement]]] | None:
    """What is counted: the work items of departments, the shares of matters, or the matters of agencies."""
    words = context.words.targets
    if context.asks(words["department"]) or context.asks(words["item"]):
        items = context.facts.statements("registered", kind=_DG + "WorkItem", place_code=code)
        return "department", _grouped(items, lambda s: tuple(unit.name for unit in s.departments))
    shares = context.facts.statements("registered", kind=_DG + "Share", place_code=code)
    if context.asks(words["matter"]):
        return "matter", _grouped(shares, lambda s: (s.part_title,))
    if context.asks(words["agency"]):
        return "agency", _grouped(shares, lambda s: (s.agency,))
    return None


def _grouped(
    statements: tuple[Statement, ...], keys: Callable[[Statement], tuple[str, ...]]
) -> dict[str, list[Statement]]:
    groups: dict[str, list[Statement]] = {}
    for statement in statements:
        for key in keys(statement):
            groups.setdefault(key, []).append(statement)
    return groups


def _numbered(context: Context) -> Draft | None:
    """Those with exactly, more than, fewer than so many."""
    condition = _CONDITION.search(context.question.focus)
    if condition is None or not any(condition.group(name) for name in ("exact", "more", "less", "least")):
        return None
    word = condition.group("number")
    number = int(word) if word.isdigit() else _NUMERALS[word]
    holds: Callable[[int, int], bool] = operator.eq
    if condition.group("least"):
        holds = operator.ge
    elif condition.group("more"):
        holds = operator.gt
    elif condition.group("less"):
        holds = operator.lt
    return _grouping(context, lambda sizes: {key for key, size in sizes.items() if holds(size, number)})


def _extreme(context: Context) -> Draft | None:
    """Those with the most, or the fewest."""
    modifiers = context.words.modifiers
    most, least = context.asks(modifiers["most"]), context.asks(modifiers["least"])
    if not (most or least):
        return None
    return _grouping(
        context, lambda sizes: {k for k, n in sizes.items() if n == (max if most else min)(sizes.values())}
    )


def _grouping(context: Context, choose: Callable[[dict[str, int]], set[str]]) -> Draft | None:
    found: dict[str, _Found] = {}
    wanted = ""
    for code in context.codes:
        grouped = _groups(context, code)
        if grouped is None or not grouped[1]:
            continue
        wanted, groups = grouped
        chosen = choose({key: len(members) for key, members in groups.items()})
        kept = [(key, members) for key, members in groups.items() if key in chosen]
        counts = tuple(Count(key, len(members)) for key, members in kept)
        found[code] = _Found(tuple((key, member) for key, members in kept for member in members), counts)
    if not found:
        return None
    kind = _DG + ("WorkItem" if wanted == "department" else "Share")
    plan = context.facts.plan("registered", kind=kind, place_code=next(iter(found)))
    return _draft("compositional", "", wanted, plan, found)


def exchanges(services: tuple[Statement, ...]) -> Content:
    """The main numbers, without extension, each with the units that give it."""
    groups = _grouped(services, lambda s: unique(phone.partition("-")[0] for phone in s.phones))
    results = tuple(result_of(service) for several in groups.values() for service in several)
    return content(results, items=tuple(groups), count=len(groups))
