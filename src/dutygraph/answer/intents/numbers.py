"""Numbers and superlatives of a question, each with the noun that is counted."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from dutygraph.answer.context import Context
from dutygraph.answer.intents.phrases import Span, near, within
from dutygraph.answer.intents.relations import Sort

__all__ = [
    "VALUES",
    "Extreme",
    "Number",
    "bounds",
    "ends_with",
    "read_extremes",
    "read_numbers",
    "read_often",
    "read_quantity",
]

_NUMERALS: Final = (
    "零 zero", "一 one single", "二 两 俩 two", "三 仨 three", "四 four", "五 five", "六 six", "七 seven", "八 eight",
    "九 nine", "十 ten", "十一 eleven", "十二 twelve",
)  # fmt: skip
VALUES: Final = {word: value for value, words in enumerate(_NUMERALS) for word in words.split()}
"""The small numbers by their words, Chinese and English."""
_NUMBER = re.compile(
    r"(?P<zh>\d+|[零一二两三四五六七八九十]+)\s*(?:个|项|条|家|部|种|件|份|支|摊|样|套)"
    r"|\b(?:an? )?(?P<en>\d+|single|zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\b"
)
_QUANTITY = re.compile(
    r"(?P<zh>[二两俩三仨四])\s*(?:个|家|支)\s*(?!县|区|地|市|表)"
    r"|\b(?P<en>two|three|four)\b(?! (?:count|district|place|register|table))"
)
_VERBS: Final = "有办管写列登承参与涉及出现了到在 "  # may stand between "more than" and the number
_BESIDE: Final = 14  # characters around a number in which it is compared
_UNITS = re.compile("[家支]$")  # these count departments and agencies, nothing else
_UNITS_SORTS: Final = frozenset({"department", "agency"})
_OFTEN: Final = {"once": 1, "twice": 2, "thrice": 3}
_NO_LIMIT: Final = 10**6


@dataclass(frozen=True, slots=True)
class Number:
    """So many related things: from ``low`` to ``high``."""

    sorts: tuple[Sort, ...]
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Extreme:
    """The most related things, or the fewest. No sorts: those that the asked kind usually has."""

    sorts: tuple[Sort, ...]
    highest: bool


def read_quantity(text: str) -> int | None:
    """How many units a question says that there are: "which two", 哪两个."""
    found = _QUANTITY.search(text)
    return VALUES[found["zh"] or found["en"]] if found else None


def read_numbers(context: Context, nouns: Sequence[Span]) -> list[tuple[Span, Number]]:
    """The numbers that limit how many things something has, not those of what is asked for ("which two")."""
    return [*_exact(context, nouns), *_several(context, nouns)]


def read_often(context: Context, asked: Sequence[Sort]) -> Iterator[Number]:
    """How many times what is asked for stands in a table, where the question limits that: an agency stands once in each
    matter that it has a share of."""
    found = context.words.modifiers["often"].search(context.question.text)
    if found is None or not _UNITS_SORTS & set(asked):
        return
    said = next(word for name, word in reversed(found.groupdict().items()) if word)
    value = int(said) if said.isdigit() else _OFTEN.get(said) or VALUES.get(said)
    if value is not None:
        yield Number(("matter",) if "agency" in asked else (), value, value)


def _exact(context: Context, nouns: Sequence[Span]) -> Iterator[tuple[Span, Number]]:
    text, comparisons = context.question.text, context.words.comparisons
    for found in _NUMBER.finditer(text):
        head, tail = text[max(0, found.start() - _BESIDE) : found.start()], text[found.end() :].lstrip()
        before = next((name for name, pattern in comparisons.items() if ends_with(pattern, head)), None)
        said = before or next((name for name, pattern in comparisons.items() if pattern.match(tail)), None)
        word = found["zh"] or found["en"]
        value = int(word) if word.isdigit() else VALUES.get(word)
        if value is None or (said is None and (value < 2 or context.words.modifiers["no_number"].search(head))):
            continue
        noun = _counted(text, nouns, found.start(), found.end(), compared=said is not None)
        if noun is not None and (not _UNITS.search(found.group()) or _UNITS_SORTS & set(noun.sorts)):
            yield noun, Number(noun.sorts, *bounds(said, value))


def _several(context: Context, nouns: Sequence[Span]) -> Iterator[tuple[Span, Number]]:
    text = context.question.text
    for found in context.words.comparisons["several"].finditer(text):
        noun = _counted(text, nouns, found.start(), found.end(), compared=False)
        if noun is not None:
            yield noun, Number(noun.sorts, 2, _NO_LIMIT)


def ends_with(pattern: re.Pattern[str], head: str) -> bool:
    """Whether the text before a number ends with these words, or with them and a verb."""
    return any(not head[found.end() :].strip(_VERBS) for found in pattern.finditer(head))


def bounds(said: str | None, value: int) -> tuple[int, int]:
    """From where to where a number reaches that is compared so."""
    return {
        "more": (value + 1, _NO_LIMIT),
        "fewer": (0, value - 1),
        "least": (value, _NO_LIMIT),
        "most": (0, value),
    }.get(said or "", (value, value))


def _counted(text: str, nouns: Sequence[Span], start: int, end: int, *, compared: bool) -> Span | None:
    """The noun that a number belongs to: right after it, or, where it compares, right before it."""
    after = next((noun for noun in nouns if noun.start >= end and near(text, end, noun.start)), None)
    if after is not None or not compared:
        return after
    before = [noun for noun in reversed(nouns) if noun.end <= start]
    last = not text[end:].strip(" ?？。的")  # the noun is left out: two of what was spoken of
    return next((noun for noun in before if last or within(text, noun.end, start)), None)


def read_extremes(context: Context, nouns: Sequence[Span]) -> list[tuple[Span | None, Extreme]]:
    """The superlative, with the noun beside it: in Chinese rather before it, in English after it."""
    text, modifiers = context.question.text, context.words.modifiers
    for highest, name in ((True, "most"), (False, "least")):
        found = modifiers[name].search(text)
        if found is None:
            continue
        last = [n for n in reversed(nouns) if n.end <= found.start() and within(text, n.end, found.start())]
        following = [n for n in nouns if n.start >= found.end() and near(text, found.end(), n.start)]
        ordered = (*following[:1], *last[:1]) if found.group().isascii() else (*last[:1], *following[:1])
        noun = next(iter(ordered), None)
        return [(noun, Extreme(noun.sorts if noun else (), highest))]
    return []
