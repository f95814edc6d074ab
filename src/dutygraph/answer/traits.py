"""What a record has of what a question asks for besides who is responsible: a number, a sanction, a section."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from dutygraph.answer.facts import Statement
from dutygraph.answer.model import Intent
from dutygraph.answer.question import Question
from dutygraph.answer.words import QuestionWords

__all__ = ["HEADING_WORD", "KINDS", "SANCTION", "STATES_NUMBER", "Wanted", "read_wanted", "traits_of"]

KINDS: Final[Mapping[Intent, tuple[str, ...]]] = {
    "indicator": ("regime-item", "regime"),
    "penalty": ("regime-item", "regime"),
    "procedure": ("regime-item", "regime", "service", "case"),
    "legal": ("matter", "share", "regime", "regime-item", "item", "service", "case"),
    "phone": ("service",),
}
"""The kinds of records that answer what is not who is responsible."""

STATES_NUMBER: Final = re.compile(r"[0-9一二三四五六七八九十两百]+\s*(?:次|家|名|人|种|%|％|个|件|所|日|天|条)|百分之")
SANCTION: Final = re.compile(
    r"处罚|罚款|拘留|吊销|撤销|收缴|没收|处分|责令|追究|警告|取缔|查处|解散|驱散|立案|通报批评|销毁"
)
_AMOUNT = re.compile(r"[0-9一二三四五六七八九十百千万]+\s*(?:元|日以|天)|吊销|拘留")
_MEASURES = {
    "次": re.compile(
        r"多久|几次|几回|几趟|多少次|频|隔|几个月|几天一|一次|一回|how often|frequen|times|visits|checks|inspections"
    ),
    "家": re.compile(r"几家|多少家|家数|premises|sites|places|how many (units|companies|cafes|websites|shops)"),
    "人": re.compile(r"几(个|名)?(人|民警|警察)|多少(个|名)?(人|民警|警察)|人手|officers|people|inspectors|police"),
    "%": re.compile(r"比例|抽查面|覆盖|多大面|百分|几成|面(有|是)?多|share|percent|proportion|ratio|rate"),
}
_MEASURED = {
    "次": re.compile(r"[0-9一二三四五六七八九十两]\s*次"),
    "家": re.compile(r"[0-9一二三四五六七八九十两]\s*家"),
    "人": re.compile(r"[0-9一二三四五六七八九十两]\s*(?:名|人)"),
    "%": re.compile(r"[%％]|百分之"),
}
_PERIODS = (
    (re.compile(r"[每一](个)?年|年度|year|annual"), "年"),
    (re.compile(r"[每一](个)?季|季度|quarter"), "季"),
    (re.compile(r"[每一](个)?月|month"), "月"),
)
# What a section of a regime is about, in its heading: 监督检查的内容和指标 has contents and targets.
HEADING_WORD: Final = re.compile(r"对象|范围|内容|指标|方式|方法|程序|流程|措施|处理|处罚|责任|依据")
_SECTIONS: Mapping[Intent, frozenset[str]] = {
    "indicator": frozenset({"indicators"}),
    "penalty": frozenset({"penalties"}),
    "legal": frozenset({"preamble", "basis"}),
}
_PLACED = ("procedure", "legal")  # asked of records of several kinds


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a question wants of a record: ``focus``, its part that asks; the ``sections`` it asks for; the ``units`` of
    the numbers, and their ``periods``."""

    focus: str
    sections: frozenset[str]
    units: tuple[str, ...]
    periods: tuple[str, ...]


def read_wanted(question: Question, words: QuestionWords) -> Wanted:
    """What the part of a question that asks wants of a record."""
    focus = question.focus
    return Wanted(
        focus,
        frozenset(name for name, pattern in words.sections.items() if pattern.search(focus)),
        tuple(unit for unit, pattern in _MEASURES.items() if pattern.search(focus)),
        tuple(word for pattern, word in _PERIODS if pattern.search(focus)),
    )


def traits_of(statement: Statement, intent: Intent, wanted: Wanted) -> dict[str, float]:
    """By name, what the record has of what is asked for, each 0 … 1."""
    text = statement.text
    found = {
        "asked-section": bool(statement.sections & wanted.sections),
        "asked-heading": any(word in wanted.focus for word in HEADING_WORD.findall(statement.heading)),
        f"{intent}-section": bool(statement.sections & _SECTIONS.get(intent, frozenset())),
    }
    if intent in _PLACED:
        found[f"{intent}-is-{statement.kind}"] = True
    named = {name: 1.0 for name, has in found.items() if has}
    if intent == "indicator":
        named["number"] = float(bool(STATES_NUMBER.search(text)))
        named["measured"] = _share(bool(_MEASURED[unit].search(text)) for unit in wanted.units)
        named["timed"] = _share(word in text for word in wanted.periods)
    elif intent == "penalty":
        named["sanction"] = float(bool(SANCTION.search(text)))
        named["amount"] = float(bool(_AMOUNT.search(text)))
        named["numbered"] = float(bool(statement.number))
    elif intent == "legal":
        named["cites"] = float("《" in text)
    elif intent == "phone":
        named["phones"] = float(bool(statement.phones))
    return named


def _share(found: Iterable[bool]) -> float:
    """Of several things the share that is there; 0 of none."""
    each = list(found)
    return sum(each) / max(1, len(each))
