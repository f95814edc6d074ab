"""What a breach costs: fines in yuan, detention in days, and penalties without a figure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from dutygraph.model import Penalty, Quote
from dutygraph.read.numerals import NUMBER, parse_number

__all__ = ["parse_penalties"]


def _range(unit: str) -> str:
    """The ways to write a range of a unit: 五百元以上一千元以下, 5至10日, 100元以下."""
    return (
        rf"(?:(?P<low>{NUMBER})\s*(?:{unit})?\s*以上\s*至?\s*(?P<high>{NUMBER})\s*(?:{unit})\s*以下"
        rf"|(?P<from>{NUMBER})\s*(?:{unit})?\s*(?:至|到|-|—|－|～|~)\s*(?P<to>{NUMBER})\s*(?:{unit})"
        rf"|(?P<most>{NUMBER})\s*(?:{unit})\s*以下"
        rf"|(?P<least>{NUMBER})\s*(?:{unit})\s*以上"
        rf"|(?P<exact>{NUMBER})\s*(?:{unit}))"
    )


_FINE = re.compile(_range("(?:人民币)?元") + r"(?=\s*的?\s*(?:罚款|罚金))")
_FINE_AFTER = re.compile(r"罚款\s*(?:人民币)?\s*" + _range("元"))
_DETENTION = re.compile(_range("[日天]") + r"(?=\s*的?\s*(?:行政|治安|司法)?\s*拘留)")
_DETENTION_AFTER = re.compile(r"拘留\s*" + _range("[日天]"))

_WITHOUT_FIGURE = re.compile(
    "警告|罚款|没收(?!的)|吊销|暂扣|注销许可|收缴|取缔|责令(?:立即)?(?:停产|停业|停止|关闭|解散)|停业整顿|"
    "(?:行政|治安|司法)?拘留(?!所|人员|证)|(?:行政|纪律|政务|相应|党纪)?处分(?!的?情形)|追究[^，。；]{0,24}责任|"
    "(?:进行|予以|给予|依法|并处|立案|行政|相应)处罚|处以|移送司法"
)
# A sentence that only names penalties: what is examined, who may impose them, what has been imposed already.
_ONLY_NAMED = re.compile(
    r"是否|情况[；。;.]?$|工作[。；]?$|已经?被?(?:处罚|没收)|责任追究|的情形[；。;.]?$|职责|制度[；。]?$|被?拘留人"
)
_PENALTY_VERB = re.compile(
    r"(?:，|、|；|^)?(?:由[^，。；]{2,24}?(?:机关|部门|局))?(?:应当?|可以?|并|依法|予以|给予|视情节?|分别)*"
    r"(?:处以|处(?![分理罚])|并处|单处|给予|予以|责令|吊销|暂扣|没收|收缴|取缔|依法|追究|进行|移送|警告|停止|根据|依照|按照|依据)"
)
_REFERS_BACK = re.compile(r"\s*(?:以上|上述|前款|有前款|前述)(?:行为|情形|规定|所列|两项|各项)")
_STOPS = "。！？\n"
_TRIM = " ，、；;　"


@dataclass(frozen=True, slots=True)
class _Span:
    """A part of the text between two stops."""

    start: int
    end: int


def parse_penalties(quote: Quote) -> tuple[Penalty, ...]:
    """The penalties of a paragraph, in its order: one for each amount of money or term of detention, and one for each
    clause that threatens a penalty without a figure (警告, 吊销, 行政处分, 追究刑事责任 …).

    Amounts are yuan, terms are days; a side that the text leaves open is None. ``text`` is the sentence up to the end
    of the penalty's clause, ``condition`` what of it stands before the penalty: both verbatim. A sentence that points
    back (以上行为处…) is given with the sentence before it. Clauses that merely mention penalties (…是否合法) give
    nothing.
    """
    penalties: list[Penalty] = []
    sentences = list(_split(quote.text, 0, len(quote.text), _STOPS))
    for index, sentence in enumerate(sentences):
        start = sentence.start
        if index and _REFERS_BACK.match(quote.text, sentence.start, sentence.end):
            start = sentences[index - 1].start
        for clause in _split(quote.text, sentence.start, sentence.end, "；;"):
            penalties.extend(_clause_penalties(quote, start, clause))
    return tuple(penalties)


def _split(text: str, start: int, end: int, stops: str) -> Iterator[_Span]:
    quoted = 0
    begin = start
    for position in range(start, end):
        quoted += {"《": 1, "》": -1}.get(text[position], 0)
        if text[position] in stops and quoted <= 0:
            if text[begin:position].strip():
                yield _Span(begin, position)
            begin = position + 1
    if text[begin:end].strip():
        yield _Span(begin, end)


def _clause_penalties(quote: Quote, start: int, clause: _Span) -> Iterator[Penalty]:
    text = quote.text
    words = text[clause.start : clause.end]
    if _ONLY_NAMED.search(words):
        return
    fines = _matches((_FINE, _FINE_AFTER), text, clause)
    terms = _matches((_DETENTION, _DETENTION_AFTER), text, clause)
    plain = re.sub(r"《[^》]*》?", lambda m: "　" * len(m[0]), words)
    named = _WITHOUT_FIGURE.search(plain)
    if not fines and not terms and named is None:
        return
    whole = text[start : clause.end].strip()
    first = min([m.start() for m in (*fines, *terms)] + ([clause.start + named.start()] if named else []))
    condition = _condition(text, start, clause, first)
    for match in terms:
        low, high = _bounds(match)
        yield Penalty(
            whole,
            quote.at,
            min_days=None if low is None else int(low),
            max_days=None if high is None else int(high),
            condition=condition,
        )
    for match in fines:
        low, high = _bounds(match)
        yield Penalty(whole, quote.at, min_yuan=low, max_yuan=high, condition=condition)
    if not fines and not terms:
        yield Penalty(whole, quote.at, condition=condition)


def _matches(patterns: tuple[re.Pattern[str], ...], text: str, clause: _Span) -> list[re.Match[str]]:
    found = (m for pattern in patterns for m in pattern.finditer(text, clause.start, clause.end))
    return sorted(found, key=lambda m: m.start())


def _bounds(match: re.Match[str]) -> tuple[float | None, float | None]:
    def value(*names: str) -> float | None:
        return next((parse_number(match[n]) for n in names if match[n]), None)

    low = value("low", "from", "least", "exact")
    high = value("high", "to", "most", "exact")
    # 2至5万元, 五至十日: the lower figure leaves its unit to the upper one
    upper = (match["high"] or match["to"] or "").strip()
    lower = (match["low"] or match["from"] or "").strip()
    if low is not None and high is not None and upper[-1:] in "百千万" and upper and lower[-1:] not in "百千万":
        scaled = low * {"百": 100, "千": 1000, "万": 10_000}[upper[-1]]
        if match["from"] and low < high / {"百": 100, "千": 1000, "万": 10_000}[upper[-1]]:
            low = scaled
    return low, high


def _condition(text: str, start: int, clause: _Span, first: int) -> str | None:
    """What stands before the penalty: up to the first part of the clause that opens with a word of imposing (处,
    由…机关, 依照…), else up to the last comma before the penalty."""
    for position in range(clause.start, first + 1):
        opens = position == clause.start or text[position - 1] in "，、；"
        if opens and _PENALTY_VERB.match(text, position, first + 4):
            return text[start:position].strip(_TRIM) or None
    comma = max(text.rfind(stop, clause.start, first) for stop in "，；。")
    if _REFERS_BACK.match(text, max(comma + 1, clause.start), first):  # 以上行为处…: the words before 处
        return text[start:first].strip(_TRIM).removesuffix("处") or None
    return text[start : max(comma, start)].strip(_TRIM) or None
