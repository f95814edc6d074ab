"""Which words of the records asked about look miswritten: one character off from how the registers write them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

from dutygraph.answer.context import Context, Draft, content, result_of
from dutygraph.answer.facts import Statement
from dutygraph.answer.model import Content, unique

__all__ = ["Misprint", "answer_misprint", "find_left_out", "find_misprints"]

_DG: Final = "https://w3id.org/dutygraph/def#"
_WRITTEN: Final = ("Duty", "WorkItem", "Share", "ServiceItem", "RegimeItem")
_KINDS: Final = ("item", "share", "duty", "service", "regime-item")
_SIDE: Final = 3  # characters on either side that must be the same
_EDGE: Final = "^" * _SIDE
_ONCE: Final = 1
_OFTEN: Final = 5  # times a character follows another before its absence is noticed
_NEARLY_ALWAYS: Final = 0.9
_MOST: Final = 12  # records that one question can be about
# What differs from county to county, or from rule to rule, is no mistake.
_FREE: Final = frozenset(
    "区县市乡镇局队所一二三四五六七八九十两几0123456789年月季日次各向对到本我该其的和与及、，。；："
)


@dataclass(frozen=True, slots=True)
class Misprint:
    """``wrong`` in ``clause`` of the record is elsewhere written ``right``."""

    statement: Statement
    clause: str
    wrong: str
    right: str


def answer_misprint(context: Context) -> Draft:
    """The miswritten words in the records that the question is about, by place."""
    written = [
        statement
        for code in context.catalogue.codes
        for kind in _WRITTEN
        for statement in context.facts.statements("registered", kind=_DG + kind, place_code=code)
    ]
    found: dict[str, Content] = {}
    left_out = context.words.modifiers["left_out"].search(context.question.text)
    character = next(filter(None, left_out.groupdict().values()), "") if left_out else ""
    for code in context.codes:
        about = _asked_about(context, code)
        misprints = find_left_out(about, written, character) if left_out else ()
        misprints = misprints or find_misprints(about, written)
        if misprints:
            results = tuple(
                replace(result_of(m.statement, m.clause), values=(f"{m.wrong}（疑为“{m.right}”）",)) for m in misprints
            )
            values = unique(value for result in results for value in result.values)
            found[code] = content(results, values=values, items=unique(m.clause for m in misprints))
    if not found:
        return Draft("gap", 1.0, reason="not_recorded")
    first = next(iter(found.values())).results[0]
    return Draft("gap", 1.0, "", found, context.facts.plan("statement", node=first.iri), wanted="misprint")


def _asked_about(context: Context, code: str) -> tuple[Statement, ...]:
    """The work items of the department named, those that fit first; without a department the records that fit."""
    departments = frozenset(context.departments(code))
    found = [c.statement for c in context.seeker.candidates(code, _KINDS)]
    if not departments:
        return tuple(found[:_MOST])
    items = (item for unit in departments for item in context.facts.statements("department-items", unit=unit))
    fitting = [s for s in found if any(unit.iri in departments for unit in s.departments)]
    return tuple({s.iri: s for s in (*fitting, *items)}.values())


def find_misprints(records: Iterable[Statement], written: Iterable[Statement]) -> tuple[Misprint, ...]:
    """The places in ``records`` where one character (or none) stands between the same neighbours as another does in
    the other texts of ``written``, and makes a pair of characters that occurs nowhere else."""
    between, pairs = _read_windows(tuple(sorted({"".join(statement.text.split()) for statement in written})))
    return tuple(misprint for record in records for misprint in _of_record(record, between, pairs))


@lru_cache(maxsize=1)  # of one graph at a time, whatever is asked of it
def _read_windows(texts: tuple[str, ...]) -> tuple[Mapping[tuple[str, str], Counter[str]], Counter[str]]:
    """What stands between which neighbours in the texts, and their pairs of characters, each counted."""
    pairs = Counter(text[i : i + 2] for text in texts for i in range(len(text) - 1))
    between: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for text in texts:
        for left, middle, right, _ in _windows(text):
            between[left, right][middle] += 1
    return dict(between), pairs


def find_left_out(
    records: Iterable[Statement], written: Iterable[Statement], character: str = ""
) -> tuple[Misprint, ...]:
    """The places in ``records`` where ``character`` is missing after one that it nearly always follows. Without a
    character, where any such is missing between two that stand together nowhere else, and beside it elsewhere."""
    texts = sorted({"".join(statement.text.split()) for statement in written})
    singles = Counter(char for text in texts for char in text)
    pairs = Counter(text[i : i + 2] for text in texts for i in range(len(text) - 1))
    after = {
        pair[0]: pair[1]
        for pair, times in pairs.items()
        if times >= max(_OFTEN, _NEARLY_ALWAYS * singles[pair[0]]) and character in ("", pair[1])
    }
    found = []
    for record in records:
        text = "".join(record.text.split())
        for word, at in ((text[at - 1 : at + 1], at) for at in range(1, len(text))):
            usual = after.get(word[0], word[1])
            if usual == word[1] or not (character or (pairs[word] <= _ONCE and pairs[usual + word[1]])):
                continue
            found.append(Misprint(record, _clause_at(text, at), word, word[0] + usual + word[1]))
    return tuple(found)


def _windows(text: str) -> Iterator[tuple[str, str, str, int]]:
    """Every place between two neighbourhoods, with one character in it and with none, and where it is."""
    padded = _EDGE + text
    for at in range(_SIDE, len(padded) - _SIDE + 1):
        yield padded[at - _SIDE : at], "", padded[at : at + _SIDE], at - _SIDE
        if at + 1 + _SIDE <= len(padded):
            yield padded[at - _SIDE : at], padded[at], padded[at + 1 : at + 1 + _SIDE], at - _SIDE


def _of_record(
    record: Statement, between: Mapping[tuple[str, str], Counter[str]], pairs: Counter[str]
) -> Iterator[Misprint]:
    text = "".join(record.text.split())
    for left, middle, right, at in _windows(text):
        here = between.get((left, right), Counter())
        for other in sorted(here.keys() - {middle, ""}):
            if other in _FREE or middle in _FREE or left == _EDGE:
                continue
            if not middle and here[other] <= _ONCE:  # left out once, and always there elsewhere
                continue
            is_rare = min(_frequencies(left, middle, right, pairs)) <= 1
            is_usual = min(_frequencies(left, other, right, pairs)) > 1
            if is_rare and is_usual:
                start, end = (at - 1, at + 1)  # where a character is missing the two beside it
                if middle and (not left[-1].isalpha() or pairs[left[-1] + other] < pairs[other + right[0]]):
                    start, end = at, at + 2
                mended = text[start:at] + other + text[at + len(middle) : end]
                yield Misprint(record, _clause_at(text, at), text[start:end], mended)


def _frequencies(left: str, middle: str, right: str, pairs: Counter[str]) -> tuple[int, ...]:
    joined = (left[-1] + middle + right[0]).strip("^")
    return tuple(pairs[joined[i : i + 2]] for i in range(len(joined) - 1)) or (0,)


def _clause_at(text: str, at: int) -> str:
    """The clause around a place, between full stops and semicolons."""
    start = max(text.rfind(mark, 0, at) for mark in "。；;") + 1
    ends = [end for mark in "。；;" if (end := text.find(mark, at)) >= 0]
    return text[start : min(ends) + 1] if ends else text[start:]
