"""The rows of things that a text sets out: the points after a lead-in, the clauses between semicolons, the things
between enumeration commas."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

__all__ = ["LEADS_IN", "Row", "rows_of"]

LEADS_IN: Final = re.compile(r"(?:下列|以下|如下).{0,12}(?:情形|情况|行为|之一|处理|规定|内容)|包括[:：]|[:：]$")
"""What a text says that leads in the points after it."""
_SENTENCE: Final = re.compile(r"[^。！？\n]+")
_POINT: Final = re.compile(r"^(?:[一二三四五六七八九十]是|[（(][一二三四五六七八九十\d]+[)）]|\d+[.、])")
_STRETCH: Final = re.compile(r"(?:（[^）]*）|\([^)]*\)|[^，,。；;：:？！（(])+")
_AROUND: Final = " \t\n\r，,。；;：:、.“”"
_FEWEST: Final = 2
_SURELY: Final = 5  # things that are a row of their own, whatever stands before their comma
_CLAUSES: Final = 3  # between semicolons; two are a sentence and another
_LONGEST: Final = 24  # characters of one thing in a row between commas
# What stands before the first thing of a row and is no part of it: whose, where, and what is done with them.
_SCOPE: Final = re.compile(
    r".*(?:全[省市区县]|本[省市区县]|辖区|区域)(?:行政区域)?(?:范围)?(?:内)?(?:的)?(?:各类|各种|各)?"
)
_DONE: Final = re.compile(
    r".*(?:核发|发放|颁发|换发|签发|办理|开展|举办|组织|进行|包括|包含|采取|采用|通过|利用|围绕|联合|会同|制作|出具)(?:了)?"
)
# What is done to the things of a row, or with them, and stands before the first of them.
_ACT: Final = re.compile(
    r"(?:负责|承担|受理|审核|审批|核准|检查|监督|指导|查处|打击|侦办|处置|处理|管理|收购|使用|从事|经营|生产|销售|储存|运输|携带|"
    r"接受|提供|宣传|利用|建立|完善|落实|依法|对|向|在|将|与|会同|配合|协助)+(?=..)"
)
_STRESSED: Final = re.compile(r".*?(?:(?:重点|着重|主要)(?:检查|查看|核查|审查|监督)|包括|包含)")
_AND: Final = re.compile(r"以及|和|及|与|或者|或")
_ET_CETERA: Final = re.compile(r"等(?:各类|各种|多种|几种|各项|各|相结合的)?(?P<noun>[^的，。等]{0,10})")


@dataclass(frozen=True, slots=True)
class Row:
    """``parts`` verbatim; ``lead`` what leads in to them; ``noun`` what they all are, as far as the text says so: what
    follows "and others" (等), or the ending that they share."""

    lead: str
    parts: tuple[str, ...]
    noun: str


def rows_of(text: str, *, loosely: bool = False) -> tuple[Row, ...]:
    """The rows in a text, those of whole clauses first. ``loosely``: also long ones of which what opens them stands
    before a comma."""
    return (*_pointed(text), *_of_clauses(text), *_of_things(text, loosely=loosely))


def _pointed(text: str) -> Iterator[Row]:
    """Points of a list within one text: 以下几种：一是…。二是…。"""
    lead, parts = "", list[str]()
    for found in re.finditer(r"[^。；;！？\n]+", text):
        sentence = found.group().strip()
        if _POINT.match(sentence):
            parts.append(_bare(_POINT.sub("", sentence)))
        elif sentence and not parts:
            head, colon, first = sentence.replace("：", ":").rpartition(":")
            lead = head or sentence
            parts = [_bare(_POINT.sub("", first))] if colon and _POINT.match(first) else []
        elif parts:
            yield from _row(lead, parts)
            lead, parts = sentence, []
    yield from _row(lead, parts)


def _of_clauses(text: str) -> Iterator[Row]:
    """Clauses between semicolons, in one sentence: 包括以下内容：…；…；…。"""
    for found in _SENTENCE.finditer(text):
        clauses = [clause for clause in re.split(r"[；;]", found.group()) if _bare(clause)]
        if len(clauses) < _CLAUSES or any(_POINT.match(clause.strip()) for clause in clauses):
            continue
        lead, colon, first = clauses[0].replace("：", ":").partition(":")
        stressed = _STRESSED.match(clauses[0])
        if not colon:
            lead = stressed.group() if stressed else text[: found.start()]
            first = clauses[0][stressed.end() if stressed else 0 :]
        yield from _row(lead, [_bare(part) for part in (first, *clauses[1:])])


def _of_things(text: str, *, loosely: bool) -> Iterator[Row]:
    """Things between enumeration commas, in one clause: 核发…证、…证和…证; 开展…、…等活动."""
    for found in _STRETCH.finditer(text):
        things = _split(found.group())
        if len(things) < _FEWEST or "、" not in found.group():
            continue
        first = next((at for at in range(len(things) - 1, -1, -1) if _SCOPE.match(things[at])), 0)
        opening = (_SCOPE if _SCOPE.match(things[first]) else _DONE).match(things[first])
        sure = loosely and len(things) >= _SURELY
        if opening is None and not sure and text[: found.start()].rstrip()[-1:] in ("，", ","):
            continue  # what opens the row stands before the comma, and more of the row does
        begun = max(text.rfind(mark, 0, found.start()) for mark in "。；;！？\n") + 1
        lead = text[begun : found.start()] + "、".join((*things[:first], opening.group() if opening else ""))
        row = [things[first][opening.end() if opening else 0 :], *things[first + 1 :]]
        last = _ET_CETERA.search(row[-1])
        noun = last["noun"] if last else ""
        if last:
            row[-1] = row[-1][: last.start()]
        elif "的" in row[-1][1:] and not any("的" in part for part in row[:-1]):
            row[-1], _, noun = row[-1].partition("的")
        act = _ACT.match(row[0])
        if act and not any(_ACT.match(part) for part in row[1:]):
            lead, row[0] = lead + act.group(), row[0][act.end() :]
        opened = row[0].rfind("“")
        if opened > row[0].rfind("”"):  # what stands in quotation marks is the row
            lead, row[0] = lead + row[0][:opened], row[0][opened + 1 :]
        row = [_bare(part).removeprefix("的") for part in row]
        if all(row) and len(row) >= _FEWEST and max(map(len, row)) <= _LONGEST:
            yield Row(lead, tuple(row), noun or _shared_ending(row))


def _split(stretch: str) -> list[str]:
    """The things of a row, not cut within brackets; the last two are joined by a word for "and"."""
    things, depth, start = list[str](), 0, 0
    for at, char in enumerate(stretch):
        depth += (char in "（(《") - (char in "）)》")
        if char == "、" and depth == 0:
            things.append(stretch[start:at])
            start = at + 1
    things.append(stretch[start:])
    if len(things) < _FEWEST and not _AND.search(stretch):
        return []
    return [piece for n, thing in enumerate(things) for piece in _joined(thing, last=n == len(things) - 1)]


def _joined(thing: str, *, last: bool) -> list[str]:
    if "以及" in thing:
        return [piece for piece in thing.split("以及") if piece]
    head, tail = thing.partition("等")[0], thing.partition("等")[1:]
    found = list(_AND.finditer(head)) if last else []
    if not found or not head[: found[-1].start()] or not head[found[-1].end() :]:
        return [thing]
    return [head[: found[-1].start()], head[found[-1].end() :] + "".join(tail)]


def _shared_ending(row: Sequence[str]) -> str:
    """The characters that all things of a row end with."""
    shortest = min(map(len, row))
    return next((row[0][-n:] for n in range(shortest, 0, -1) if all(part.endswith(row[0][-n:]) for part in row)), "")


def _row(lead: str, parts: Sequence[str]) -> Iterator[Row]:
    kept = tuple(part for part in parts if part)
    if len(kept) >= _FEWEST:
        yield Row(lead.strip(), kept, _shared_ending(kept))


def _bare(text: str) -> str:
    return text.strip(_AROUND)
