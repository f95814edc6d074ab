"""What a supervision regime says: how often and how many, what a breach leads to, how inspection goes; and what happens
at a public event, or happened in an example case."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from dutygraph.answer.candidates import Candidate
from dutygraph.answer.context import Context, Draft, content, result_of
from dutygraph.answer.enumerations import LEADS_IN
from dutygraph.answer.facts import Statement
from dutygraph.answer.model import Content, Intent, unique
from dutygraph.answer.thresholds import Floors
from dutygraph.answer.traits import HEADING_WORD, SANCTION, STATES_NUMBER

__all__ = ["answer_indicator", "answer_penalty", "answer_procedure", "section_named"]

# What makes a sanction heavier, or comes with it, is said in the clauses after it.
_WORSE = re.compile(r"(?:情节|拒不|逾期|造成|构成|后果|屡|再次|有违法所得|并处|以上行为|有前款)")
_LONG = 120  # characters; of a longer text the clause that fits is said
_FEW = 3


def answer_indicator(context: Context) -> Draft:
    """The items of regimes that set a number of the asked kind."""
    return _answer(
        context,
        "indicator",
        lambda statement: bool(STATES_NUMBER.search(statement.text)),
        lambda candidate: ((candidate.statement, _brief(candidate)),),
    )


def answer_penalty(context: Context) -> Draft:
    """The items of regimes that say what a breach leads to; of a breach that is one of a row, with the sanction that
    the row leads in or ends with."""
    return _answer(
        context,
        "penalty",
        lambda statement: bool(SANCTION.search(statement.text)) or _lead_in(context, statement) is not None,
        lambda candidate: _sanctions(context, candidate),
    )


def _sanctions(context: Context, candidate: Candidate) -> tuple[tuple[Statement, str], ...]:
    """The breach and what it leads to, each a verbatim part of its item."""
    statement = candidate.statement
    lead = None if SANCTION.search(statement.text) else _lead_in(context, statement)
    if lead is not None:
        return (lead, lead.text), (statement, statement.text)
    if len(statement.text) <= _LONG:
        return ((statement, statement.text),)
    parts = [text for text, _ in context.facts.clauses(statement)]
    at = parts.index(candidate.clause) if candidate.clause in parts else 0
    after = [k for k in range(at, len(parts)) if SANCTION.search(parts[k])]
    if not after:
        return ((statement, candidate.clause),)
    last = after[0]
    while last + 1 < len(parts) and _WORSE.match(parts[last + 1]):
        last += 1
    sanction = "".join(parts[after[0] : last + 1])
    return ((statement, sanction),) if after[0] == at else ((statement, candidate.clause), (statement, sanction))


def _lead_in(context: Context, statement: Statement) -> Statement | None:
    """The item that leads in the row which a numbered item belongs to and says what all of the row leads to."""
    if not statement.number or not statement.part:
        return None
    items = context.facts.statements("regime-items", regime=statement.part)
    before = [item for item in items if item.heading == statement.heading and item.order < statement.order]
    for item in reversed(before):
        if LEADS_IN.search(item.text):
            return item if SANCTION.search(item.text) else None
    return None


def _brief(candidate: Candidate) -> str:
    """The text of an item; of a longer one the clause that fits."""
    return candidate.clause if len(candidate.statement.text) > _LONG else candidate.statement.text


def answer_procedure(context: Context) -> Draft:
    """The section of the fitting regime that is asked for, item by item; for a public service what happens there, for
    a case the case."""
    by_place: dict[str, Content] = {}
    leaders: list[Candidate] = []
    for code in context.codes:
        only_case = context.asks(context.words.targets["case"])
        answering = context.seeker.answering(code, "procedure")
        found = [c for c in answering if c.statement.kind == "case" or not only_case]
        if not found or found[0].score < context.thresholds.floors.cell:
            continue
        leader = found[0]
        leaders.append(leader)
        if leader.statement.kind in ("service", "case"):
            result = result_of(leader.statement)
            by_place[code] = content(
                (result,), items=tuple(text for text, _ in context.facts.clauses(leader.statement))
            )
        else:
            by_place[code] = _section(context, leader, found)
    return _draft(context, "procedure", leaders, by_place)


def _section(context: Context, leader: Candidate, found: Sequence[Candidate]) -> Content:
    """The items of the sections asked for, else of the leader's own and of those nearly as likely; the likeliest
    section before the others."""
    items = _items(context, leader)
    asked = {name for name, pattern in context.words.sections.items() if context.asks(pattern)}
    chosen = list(section_named(context, leader)) or [item for item in items if item.sections & asked]
    own = leader.statement.heading
    likeliest: dict[str, Candidate] = {}
    for candidate in found:  # the best first
        if candidate.statement.regime == leader.statement.regime:
            likeliest.setdefault(candidate.statement.heading, candidate)
    if own:
        needed = context.thresholds.floors.kindred
        near = {heading for heading, best in likeliest.items() if heading and best.rivals(leader, needed)}
        chosen += [item for item in items if item.heading in near and item not in chosen]
    elif not chosen:
        chosen = list(items)
    rank = {heading: place for place, heading in enumerate(likeliest)}
    ordered = sorted(chosen, key=lambda item: (rank.get(item.heading, len(rank)), item.order))
    return content(tuple(result_of(item) for item in ordered), items=unique(item.text for item in ordered))


def section_named(context: Context, leader: Candidate) -> tuple[Statement, ...]:
    """The items of the section of the leader's regime that the question calls by a word of its heading."""
    return tuple(
        item
        for item in _items(context, leader)
        if any(word in context.question.focus for word in HEADING_WORD.findall(item.heading))
    )


def _answer(
    context: Context,
    intent: Intent,
    does: Callable[[Statement], bool],
    say: Callable[[Candidate], tuple[tuple[Statement, str], ...]],
) -> Draft:
    """The likeliest items that ``does`` what is asked for, of each place; ``say``: the parts of a record that are
    said."""
    by_place: dict[str, Content] = {}
    leaders: list[Candidate] = []
    for code in context.codes:
        answering = context.seeker.answering(code, intent)
        found = [c for c in answering if c.statement.kind == "regime-item" and does(c.statement)]
        if not found or found[0].score < context.thresholds.floors.cell:
            continue
        leaders.append(found[0])
        near = [c for c in found if c.rivals(found[0], _share_needed(c, found[0], context.thresholds.floors))][:_FEW]
        said = tuple(dict.fromkeys(part for candidate in near for part in say(candidate)))
        results = tuple(replace(result_of(statement, text), values=(text,)) for statement, text in said)
        by_place[code] = content(results, values=unique(text for _, text in said))
    return _draft(context, intent, leaders, by_place)


def _share_needed(candidate: Candidate, leader: Candidate, floors: Floors) -> float:
    """Of the leader's odds: less for what stands in the same section, which may be one more step of the same rule."""
    mine, its = candidate.statement, leader.statement
    return floors.kindred if (mine.part, mine.heading) == (its.part, its.heading) else floors.rival


def _items(context: Context, leader: Candidate) -> tuple[Statement, ...]:
    return context.facts.statements("regime-items", regime=leader.statement.regime)


def _draft(context: Context, intent: Intent, leaders: list[Candidate], by_place: dict[str, Content]) -> Draft:
    best = max(leaders, key=lambda c: (c.score, c.statement.code), default=None)
    if best is None:
        return Draft(intent, 0.0)
    statement = best.statement
    if statement.kind in ("regime", "regime-item"):
        plan = context.facts.plan("regime-items", regime=statement.regime)
    else:
        plan = context.facts.plan("statement", node=statement.iri)
    floor = context.thresholds.floors.sibling * best.score
    kept = {
        code: found
        for code, found in by_place.items()
        if any(c.statement.code == code and c.score >= floor for c in leaders)
    }
    return Draft(intent, best.score, best.topic, kept, plan)
