"""What a supervision regime says: how often and how many, what a breach leads to, how inspection goes; and what happens
at a public event, or happened in an example case."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from dutygraph.answer.candidates import Candidate
from dutygraph.answer.context import Context, Draft, content, result_of
from dutygraph.answer.facts import Statement
from dutygraph.answer.model import Content, Intent, unique

__all__ = ["answer_indicator", "answer_penalty", "answer_procedure", "section_named"]

_NUMBER = re.compile(r"[0-9一二三四五六七八九十两百]+\s*(?:次|家|名|人|种|%|％|个|件|所|日|天|条)|百分之")
_SANCTION = re.compile(r"处罚|罚款|拘留|吊销|撤销|收缴|没收|处分|责令|追究|警告|取缔|查处|解散|驱散|立案|通报批评|销毁")
_AMOUNT = re.compile(r"[0-9一二三四五六七八九十百千万]+\s*(?:元|日以|天)|吊销|拘留")
_MEASURES = {
    "次": re.compile(
        r"多久|几次|几回|几趟|多少次|频|隔|几个月|几天一|一次|一回|how often|frequen|times|visits|checks|inspections"
    ),
    "家": re.compile(r"几家|多少家|家数|premises|sites|places|how many (units|companies|cafes|websites|shops)"),
    "人": re.compile(r"几(个|名)?(人|民警|警察)|多少(个|名)?(人|民警|警察)|人手|officers|people|inspectors|police"),
    "%": re.compile(r"比例|抽查面|覆盖|多大面|百分|几成|面(有|是)?多|share|percent|proportion|ratio"),
}
_MEASURED = {
    "次": re.compile(r"[0-9一二三四五六七八九十两]\s*次"),
    "家": re.compile(r"[0-9一二三四五六七八九十两]\s*家"),
    "人": re.compile(r"[0-9一二三四五六七八九十两]\s*(?:名|人)"),
    "%": re.compile(r"[%％]|百分之"),
}
_PERIODS = (
    (re.compile(r"[每一](个)?年|年度|year|annual"), "每年"),
    (re.compile(r"[每一](个)?季|季度|quarter"), "季"),
    (re.compile(r"[每一](个)?月|month"), "月"),
)
# What makes a sanction heavier, or comes with it, is said in the clauses after it.
_WORSE = re.compile(r"(?:情节|拒不|逾期|造成|构成|后果|屡|再次|有违法所得|并处|以上行为|有前款)")
_LEADS = re.compile(r"(?:下列|以下|如下).{0,12}(?:情形|情况|行为|之一|处理|规定)|[:：]$")
# What a section of a regime is about, in its heading: 监督检查的内容和指标 has contents and targets.
_HEADING_WORD = re.compile(r"对象|范围|内容|指标|方式|方法|程序|流程|措施|处理|处罚|责任|依据")
_BONUS = 0.1  # for an item of the asked section, and for each asked measure and period that it has
_MEASURE_BONUS = 0.5
_LONG = 120  # characters; of a longer text the clause that fits is said
_FEW = 3


def answer_indicator(context: Context) -> Draft:
    """The items of the fitting regime that set a number of the asked kind."""
    asked = [unit for unit, pattern in _MEASURES.items() if pattern.search(context.question.focus)]
    periods = [word for pattern, word in _PERIODS if pattern.search(context.question.focus)]

    def bonus(statement: Statement) -> float:
        if not _NUMBER.search(statement.text):
            return -1.0
        measured = sum(bool(_MEASURED[unit].search(statement.text)) for unit in asked)
        timed = sum(word in statement.text for word in periods)
        return _BONUS * (bool({"indicators"} & statement.sections) + timed) + _MEASURE_BONUS * measured

    return _answer(context, "indicator", bonus, lambda candidate: ((candidate.statement, _brief(candidate)),))


def answer_penalty(context: Context) -> Draft:
    """The items of the fitting regime that say what a breach leads to; of a breach that is one of a row, with the
    sanction that the row leads in or ends with."""

    def bonus(statement: Statement) -> float:
        sanctioned = bool(_SANCTION.search(statement.text))
        if not sanctioned and _lead_in(context, statement) is None:
            return -1.0
        amount = bool(_AMOUNT.search(statement.text))
        return _BONUS * bool({"penalties"} & statement.sections) + _BONUS * amount / 2

    return _answer(context, "penalty", bonus, lambda candidate: _sanctions(context, candidate))


def _sanctions(context: Context, candidate: Candidate) -> tuple[tuple[Statement, str], ...]:
    """The breach and what it leads to, each a verbatim part of its item."""
    statement = candidate.statement
    lead = None if _SANCTION.search(statement.text) else _lead_in(context, statement)
    if lead is not None:
        return (lead, lead.text), (statement, statement.text)
    if len(statement.text) <= _LONG:
        return ((statement, statement.text),)
    parts = [text for text, _ in context.facts.clauses(statement)]
    at = parts.index(candidate.clause) if candidate.clause in parts else 0
    after = [k for k in range(at, len(parts)) if _SANCTION.search(parts[k])]
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
        if _LEADS.search(item.text):
            return item if _SANCTION.search(item.text) else None
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
        kinds = (
            ("case",) if context.asks(context.words.targets["case"]) else ("service", "regime-item", "regime", "case")
        )
        found = context.seeker.candidates(code, kinds)
        if not found or found[0].score < context.thresholds.floors.answer:
            continue
        leader = found[0]
        leaders.append(leader)
        if leader.statement.kind in ("service", "case"):
            result = result_of(leader.statement)
            by_place[code] = content(
                (result,), items=tuple(text for text, _ in context.facts.clauses(leader.statement))
            )
        else:
            by_place[code] = _section(context, leader)
    return _draft(context, "procedure", leaders, by_place)


def _section(context: Context, leader: Candidate) -> Content:
    """The items of the sections asked for, else of the leader's own; its own section before the others."""
    items = _items(context, leader)
    asked = {name for name, pattern in context.words.sections.items() if context.asks(pattern)}
    chosen = list(section_named(context, leader)) or [item for item in items if item.sections & asked]
    own = leader.statement.heading
    if not chosen:
        chosen = [item for item in items if item.heading == own] if own else list(items)
    ordered = sorted(chosen, key=lambda item: (item.heading != own, item.order))
    return content(tuple(result_of(item) for item in ordered), items=unique(item.text for item in ordered))


def section_named(context: Context, leader: Candidate) -> tuple[Statement, ...]:
    """The items of the section of the leader's regime that the question calls by a word of its heading."""
    return tuple(
        item
        for item in _items(context, leader)
        if any(word in context.question.focus for word in _HEADING_WORD.findall(item.heading))
    )


def _answer(
    context: Context,
    intent: Intent,
    bonus: Callable[[Statement], float],
    say: Callable[[Candidate], tuple[tuple[Statement, str], ...]],
) -> Draft:
    """The items that ``bonus`` leaves, the best of each place; ``say``: the parts of a record that are said."""
    by_place: dict[str, Content] = {}
    leaders: list[Candidate] = []
    for code in context.codes:
        found = _ranked(context, code, bonus)
        if not found or found[0].score < context.thresholds.floors.answer:
            continue
        leaders.append(found[0])
        near = [c for c in found if c.score >= context.thresholds.floors.near * found[0].score][:_FEW]
        said = tuple(dict.fromkeys(part for candidate in near for part in say(candidate)))
        results = tuple(replace(result_of(statement, text), values=(text,)) for statement, text in said)
        by_place[code] = content(results, values=unique(text for _, text in said))
    return _draft(context, intent, leaders, by_place)


def _ranked(context: Context, code: str, bonus: Callable[[Statement], float]) -> list[Candidate]:
    """The items of the fitting regimes that say such a thing at all, the best first."""
    found = context.seeker.candidates(code, ("regime-item", "regime"))
    if not found:
        return []
    near = context.thresholds.floors.near * found[0].score
    regimes = unique(_regime(c.statement) for c in found if c.score >= near)
    items = (item for regime in regimes for item in context.facts.statements("regime-items", regime=regime))
    weighed = ((context.seeker.score(item), bonus(item)) for item in items)
    kept = [replace(c, score=round(c.score + extra, 4)) for c, extra in weighed if extra >= 0]
    return sorted(kept, key=lambda c: (-c.score, c.statement.order, c.statement.iri))


def _regime(statement: Statement) -> str:
    return statement.part if statement.kind == "regime-item" else statement.iri


def _items(context: Context, leader: Candidate) -> tuple[Statement, ...]:
    return context.facts.statements("regime-items", regime=_regime(leader.statement))


def _draft(context: Context, intent: Intent, leaders: list[Candidate], by_place: dict[str, Content]) -> Draft:
    best = max(leaders, key=lambda c: (c.score, c.statement.code), default=None)
    if best is None:
        return Draft(intent, 0.0)
    statement = best.statement
    if statement.kind in ("regime", "regime-item"):
        plan = context.facts.plan("regime-items", regime=_regime(statement))
    else:
        plan = context.facts.plan("statement", node=statement.iri)
    floor = context.thresholds.floors.sibling * best.score
    kept = {
        code: found
        for code, found in by_place.items()
        if any(c.statement.code == code and c.score >= floor for c in leaders)
    }
    return Draft(intent, best.score, best.topic, kept, plan)
