"""Numbers with a measure that texts of records say: at least three officers, twice a month, over a hundred kinds."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from dutygraph.answer.context import Context
from dutygraph.answer.intents.numbers import VALUES, bounds, ends_with

__all__ = ["MEASURED", "Amount", "numeral", "read_amounts", "says_amount"]

_TEENS: Final = "thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty"
_ENGLISH: Final = (
    {word: value for word, value in VALUES.items() if word.isascii()}
    | {word: value for value, word in enumerate(_TEENS.split(), start=13)}
    | {"once": 1, "twice": 2, "thirty": 30, "forty": 40, "fifty": 50, "hundred": 100, "thousand": 1_000}
)
_FIGURE: Final = r"\d+(?:\.\d+)?[十百千万]?|[零〇一二两三四五六七八九十百千万]+"
# What is measured: the measures of Chinese texts, and the words of English questions for the same.
_MEASURES: Final = {
    "people": ("名|人|位", r"officers?|police(?:men)?|inspectors?|people|persons?|staff"),
    "times": ("次|回|趟|遍", r"times?|visits|inspections|checks"),
    "kinds": ("种|类", r"kinds?|types?|sorts?"),
    "money": ("元|块", r"yuan|rmb"),
    "premises": ("家|户", r"premises|businesses|firms|households"),
    "days": ("日|天", r"days?"),
    "share": ("%|成", r"%|per ?cent"),
}
MEASURED: Final = {
    "money": r"(多少|几)(元|块|钱)|钱数|金额|数额|\bhow many yuan\b|\bhow much (money|is|are|they|he|she|it)\b"
    r"|\b(a|the|any) (sum|amount|figure)\b",
    "days": r"(多少|几)(天|日)|天数|\bhow many days\b",
    "people": r"(多少|几)个?(人|名|位)|人数|\bhow many (officers|police|people|inspectors|staff)\b",
    "times": r"(多少|几)(次|回|趟)|次数|\bhow (often|many (times|visits|inspections|checks))\b",
}
"""How a question asks for an amount of each measure."""
_PER: Final = re.compile(
    r"每(?:个|一)?(?P<zh>季度|月|季|年|周|天|日|次|半年)"
    r"|\b(?:a|per|each|every) (?P<en>month|quarter|year|week|day|visit)\b"
)
_PERIODS: Final = {
    "month": "月",
    "quarter": "季",
    "year": "年",
    "week": "周",
    "day": "日",
    "visit": "次",
    "季度": "季",
    "天": "日",
}
_BESIDE: Final = 14  # characters around a number in which it is compared, or in which its period is named
_NO_LIMIT: Final = 10**9


@dataclass(frozen=True, slots=True)
class Amount:
    """So much of what is measured, from ``low`` to ``high``; ``period``: in each of these, where one is named. It
    stands in ``start`` to ``end`` of the question."""

    measure: str
    low: float
    high: float
    period: str
    start: int
    end: int

    def said_in(self, text: str) -> bool:
        """Whether a normalised sentence says such an amount."""
        return any(
            self.low <= value <= self.high and (not self.period or _period_before(text, start, end) == self.period)
            for value, start, end in _measured(text, _MEASURES[self.measure][0])
        )


def read_amounts(context: Context, taken: Sequence[tuple[int, int]]) -> tuple[Amount, ...]:
    """The amounts that limit what is asked for, those aside that stand in ``taken``: counts of things of a register."""
    found = (*_compared(context), *_between(context), *_any(context))
    return tuple(a for a in found if not any(start < a.end and a.start < end for start, end in taken))


def _compared(context: Context) -> Iterator[Amount]:
    """The numbers that are compared: over a hundred kinds; or that stand with a period: twice a month."""
    text, comparisons = context.question.text, context.words.comparisons
    for measure, (chinese, english) in _MEASURES.items():
        for value, start, end in (*_measured(text, chinese), *_measured_english(text, english)):
            head, tail = text[max(0, start - _BESIDE) : start], text[end:].lstrip()
            before = next((name for name, pattern in comparisons.items() if ends_with(pattern, head)), None)
            said = before or next((name for name, pattern in comparisons.items() if pattern.match(tail)), None)
            period = _period_before(text, start, end)
            # "only two" counts things of the register, whatever they are counted by
            counts_units = measure == "premises" and not period and not re.match(r"[\u3400-\u9fff]", tail)
            if (said not in (None, "exactly") or period) and not counts_units:
                low, high = bounds(said, int(value))
                yield Amount(measure, low, high, period, start, end)


def _between(context: Context) -> Iterator[Amount]:
    """The ranges, with the measure after them or, as 种数, before: eighty to a hundred kinds."""
    text = context.question.text
    for measure, (chinese, english) in _MEASURES.items():
        ahead = rf"(?:{chinese})[数类]?[^,，。]{{0,4}}?"
        figures = rf"(?P<low>{_FIGURE})(?:个)?(?:{chinese})?[到至~-](?P<high>{_FIGURE})(?:个)?"
        for found in re.finditer(rf"(?P<head>{ahead})?{figures}(?:之间)?(?P<tail>{chinese})?(?:之间)?", text):
            if found["head"] or found["tail"]:
                low, high = sorted((numeral(found["low"]), numeral(found["high"])))
                yield Amount(measure, low, high, _period_before(text, *found.span()), *found.span())
        words = rf"(?:\d+|(?:(?:{'|'.join(_ENGLISH)}|a) ?)+)"
        for found in re.finditer(rf"\b(?P<low>{words}) ?(?:to|and) (?P<high>{words}) ?(?:{english})\b", text):
            low, high = sorted((_english(found["low"]), _english(found["high"])))
            yield Amount(measure, low, high, _period_before(text, *found.span()), *found.span())


def _any(context: Context) -> Iterator[Amount]:
    """Any number of what is measured: those that say how many kinds, those with the sum written out."""
    for found in context.words.modifiers["any_amount"].finditer(context.question.text):
        measure = next(
            (name for name, (chinese, _) in _MEASURES.items() if re.search(rf"[多少几](?:{chinese})", found.group())),
            "money",
        )
        yield Amount(measure, 0, _NO_LIMIT, "", *found.span())


def _measured(text: str, measures: str) -> Iterator[tuple[float, int, int]]:
    """The values that stand before one of the measures, or before "or more" and it."""
    for found in re.finditer(rf"(?P<value>{_FIGURE})\s*(?:个)?(?:以上|以下)?(?:{measures})", text):
        if text[max(0, found.start() - 1) : found.start()] not in ("第", "哪"):
            yield numeral(found["value"]), *found.span()


def _measured_english(text: str, measures: str) -> Iterator[tuple[float, int, int]]:
    words = "|".join(_ENGLISH)
    for found in re.finditer(rf"\b(?P<value>\d+|(?:(?:{words}|a) ?)+)(?: or (?:more|fewer))? (?:{measures})\b", text):
        value = _english(found["value"])
        if value:
            yield value, *found.span()
    if "times" in measures:
        for found in re.finditer(r"\b(once|twice)\b", text):
            yield _ENGLISH[found.group()], *found.span()


def _english(words: str) -> float:
    if words.isdigit():
        return float(words)
    total = 0.0
    for word in words.split():
        value = _ENGLISH.get(word, 1)
        total = total * value if value >= 100 and total else total + (0 if word == "a" else value)
    return total


def numeral(words: str) -> float:
    """The value of digits or Chinese numerals, as they are spoken too (一百一 is 110); 0 when they are none."""
    from dutygraph.read.numerals import parse_number  # brings the readers along, which few questions need

    short = re.search(r"[百千万](?=[一二三四五六七八九]$)", words)
    return parse_number(words + ({"百": "十", "千": "百", "万": "千"}[short.group()] if short else "")) or 0.0


def says_amount(measure: str, text: str) -> bool:
    """Whether a normalised sentence says any amount of a measure."""
    return any(True for _ in _measured(text, _MEASURES[measure][0]))


def _period_before(text: str, start: int, end: int) -> str:
    """The period in each of which a number holds, named right before it, in English after it."""
    near = [*_PER.finditer(text, max(0, start - _BESIDE), start), *_PER.finditer(text, end, end + _BESIDE)]
    before = [found for found in near if found["zh"] and found.end() <= start]
    after = [found for found in near if found["en"] and found.start() >= end]
    named = next(iter((*reversed(before), *after)), None)
    return _PERIODS.get(named["zh"] or named["en"], named["zh"] or named["en"]) if named else ""
