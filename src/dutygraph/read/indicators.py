"""Numbers that an inspection must reach: how often, which share, how many units, how many officers."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dutygraph.model import Indicator, IndicatorKind, Quote
from dutygraph.read.numerals import NUMBER, parse_number

__all__ = ["parse_indicators"]

_AT_LEAST = r"不少于|不得少于|不低于|不得低于|不小于|不少|至少|最少|达到|达"
_AT_MOST = r"不超过|不得超过|不多于|不高于|至多|最多"
_COMPARATOR = rf"(?P<least>{_AT_LEAST})|(?P<most>{_AT_MOST})"
_OR_MORE = r"(?:\s*(?P<more>及?以上|或以上|以下))?"

# Period → (xsd:duration, times a year). Longer words first.
_PERIODS = {
    "半年": ("P6M", 2.0),
    "半个月": ("P15D", 24.0),
    "半月": ("P15D", 24.0),
    "季度": ("P3M", 4.0),
    "季": ("P3M", 4.0),
    "学期": ("P6M", 2.0),
    "个月": ("P1M", 12.0),
    "月": ("P1M", 12.0),
    "星期": ("P7D", 52.0),
    "周": ("P7D", 52.0),
    "旬": ("P10D", 36.0),
    "天": ("P1D", 365.0),
    "日": ("P1D", 365.0),
    "年度": ("P1Y", 1.0),
    "年": ("P1Y", 1.0),
}
_PERIOD_WORDS = "|".join(_PERIODS)
_PERIOD = re.compile(
    rf"每\s*(?:个)?\s*(?P<many>{NUMBER})??\s*(?P<each>{_PERIOD_WORDS})(?!以|前|后)"
    r"|(?:全|按|一)(?P<whole>年度|年|季度|月)(?:度)?(?=内?(?:不|至少|检查|抽查|巡查|[一二两三四五六七八九十0-9]+\s*次))"
    r"|(?P<bare>半年|季度|月均|年均)(?=\s*(?:不|至少|检查|抽查|巡查|[一二两三四五六七八九十0-9]+\s*次))"
)
_TIMES = re.compile(
    rf"(?:(?:{_COMPARATOR})\s*(?:每(?:{_PERIOD_WORDS})|组织|开展|进行|检查|抽查|巡查)?\s*)?(?<![第\d])(?P<number>{NUMBER})\s*(?:个)?(?P<unit>次|遍|轮|回)"
    rf"{_OR_MORE}(?!性|会议|全会)"
)
_SHARE = re.compile(
    rf"(?:(?:{_COMPARATOR})(?P<whole>[^，。；、0-9０-９]{{0,16}}?))?(?:(?P<number>[0-9０-９]+(?:[.．][0-9０-９]+)?)\s*[%％]"
    rf"|百分之\s*(?P<hundredths>{NUMBER})){_OR_MORE}"
)
_COUNTED = "家|户|个|处|所|人次|人|名|件|份|宗|起|辆|台|批次|批|场|项|条|栋|间|艘|只|单位"
_UNITS = re.compile(
    rf"(?:{_COMPARATOR})\s*(?:抽[检查样取]|检查|走访|巡查)?\s*(?P<number>{NUMBER})\s*(?P<unit>{_COUNTED})"
    rf"|(?:每次|抽查|抽取|检查|走访|巡查)\s*(?P<number_more>{NUMBER})\s*(?P<unit_more>{_COUNTED})\s*(?P<more>及?以上)"
)
_STAFF = "民警|警力|(?:执法|检查|工作|监督|监管|管理)?人员|(?:监督|检查|联络|专管|协管)员|辅警|干部|专人"
_OFFICERS = re.compile(
    rf"(?:{_COMPARATOR})?\s*(?P<number>{NUMBER})\s*(?:个)?(?P<unit>名|人|位)\s*(?P<more>及?以上|或以上)?(?:的|\s)*"
    rf"(?:[\u4e00-\u9fff]{{0,4}}?)(?:{_STAFF})"
    rf"|(?:{_STAFF})[^，。；、]{{0,6}}?(?:(?P<least_after>{_AT_LEAST})|(?P<most_after>{_AT_MOST}))"
    r"\s*(?P<number_after>" + NUMBER + r")\s*(?P<unit_after>名|人|位)"
)
_INSPECTION = re.compile("检查|抽查|巡查|督查|督察|走访|巡访|踏勘|核查|随访|监管|次")
_EACH = ("", "每家", "每户", "每个", "每次", "每处", "每人")
# Subjects that say nothing without what stands before them.
_BARE_SUBJECT = re.compile(
    r"(?:其中|并|且|同时|对?各项业务的)?(?:抽查|检查|巡查|抽检|督察|督查)?(?:面|比例|率|量)?(?:每次|每家|每户|按)?"
)


def parse_indicators(quote: Quote) -> tuple[Indicator, ...]:
    """The indicators of a paragraph, in its order.

    ``frequency``: times (次) with a period (``P1M`` …, and the rate a year) or without; ``share``: a fraction of 1,
    unit ``%``; ``units``: how many a time; ``officers``: staffing. The comparator is ``>=`` (不少于, 不低于, 以上),
    ``<=`` (不超过, 以下) or ``=`` (no word). ``text`` is the verbatim stretch that carries the number with what it is
    about.

    >>> from dutygraph.model import Locator
    >>> [(i.kind, i.value, i.per) for i in parse_indicators(Quote("每季度不少于一次，抽查面不少于30%", Locator("")))]
    [('frequency', 1.0, 'P3M'), ('share', 0.3, None)]
    """
    found: list[tuple[int, Indicator]] = []
    taken: list[tuple[int, int]] = []
    for parse in (_officers, _frequencies, _shares, _units):
        for match, indicator in parse(quote):
            if not any(start < match.end() and match.start() < end for start, end in taken):
                taken.append(match.span())
                found.append((match.start(), indicator))
    return tuple(indicator for _, indicator in sorted(found, key=lambda pair: pair[0]))


def _officers(quote: Quote) -> Iterator[tuple[re.Match[str], Indicator]]:
    for match in _OFFICERS.finditer(quote.text):
        number = match["number"] or match["number_after"]
        yield from _indicator(quote, match, "officers", number, match["unit"] or match["unit_after"])


def _frequencies(quote: Quote) -> Iterator[tuple[re.Match[str], Indicator]]:
    text = quote.text
    for match in _TIMES.finditer(text):
        start = _sentence_start(text, match.start())
        period = None
        for candidate in _PERIOD.finditer(text, start, match.end()):
            period = candidate
        if period is None and not (match["least"] or match["most"] or match["more"]):
            continue
        duration, yearly = _duration(period)
        times = parse_number(match["number"])
        rate = None if yearly is None or times is None else round(yearly * times, 4)
        yield from _indicator(quote, match, "frequency", match["number"], match["unit"], per=duration, per_year=rate)


def _shares(quote: Quote) -> Iterator[tuple[re.Match[str], Indicator]]:
    for match in _SHARE.finditer(quote.text):
        yield from _indicator(quote, match, "share", match["number"] or match["hundredths"], "%")


def _units(quote: Quote) -> Iterator[tuple[re.Match[str], Indicator]]:
    for match in _UNITS.finditer(quote.text):
        before = quote.text[_sentence_start(quote.text, match.start()) : match.end()]
        if _INSPECTION.search(before):
            number = match["number"] or match["number_more"]
            yield from _indicator(quote, match, "units", number, match["unit"] or match["unit_more"])


def _indicator(
    quote: Quote,
    match: re.Match[str],
    kind: IndicatorKind,
    number: str,
    unit: str,
    *,
    per: str | None = None,
    per_year: float | None = None,
) -> Iterator[tuple[re.Match[str], Indicator]]:
    value = parse_number(number)
    if value is None:
        return
    if kind == "share":
        value = round(value / 100, 6)
    text = _carrying_text(quote.text, match)
    yield match, Indicator(text, quote.at, kind, _comparator(match), value, unit, per, per_year)


def _comparator(match: re.Match[str]) -> str:
    groups = match.groupdict()
    if groups.get("most") or groups.get("most_after") or groups.get("more") == "以下":
        return "<="
    if groups.get("least") or groups.get("least_after") or groups.get("more"):
        return ">="
    return "="


def _duration(period: re.Match[str] | None) -> tuple[str | None, float | None]:
    if period is None:
        return None, None
    word = period["each"] or period["whole"] or period["bare"]
    if word not in _PERIODS:  # 月均, 年均
        word = word[0]
    duration, yearly = _PERIODS[word]
    many = parse_number(period["many"]) if period["many"] else None
    if many is None or many <= 0:
        return duration, yearly
    number = int(re.sub(r"\D", "", duration)) * int(many)
    return f"P{number}{duration[-1]}", yearly / many


def _sentence_start(text: str, position: int) -> int:
    return max(text.rfind(stop, 0, position) for stop in "。；;！？\n") + 1


def _carrying_text(text: str, match: re.Match[str]) -> str:
    """From where the words begin to make sense by themselves to the end of the number's clause."""
    bracket = text.rfind("（", 0, match.start())
    if bracket >= 0 and "）" not in text[bracket : match.start()]:
        close = text.find("）", match.end())
        start = max(text.rfind(stop, 0, bracket) for stop in "、，。；：:（") + 1
        if close > 0 and bracket > start:
            return text[start : close + 1].strip()
    end = min((p for p in (text.find(stop, match.end()) for stop in "，。；;！？\n") if p >= 0), default=len(text))
    sentence = _sentence_start(text, match.start())
    clause = text.rfind("，", sentence, match.start()) + 1
    first = _first_word(text, max(clause, sentence), match)
    if clause > sentence and not _BARE_SUBJECT.fullmatch(text[clause:first].strip()):
        return text[clause:end].strip()
    if sentence and text[sentence:first] in _EACH:  # 每家每月不少于2次: of whom, the sentence before says
        previous = _sentence_start(text, sentence - 1)
        if sentence - previous > 12:
            return text[previous:end].strip()
    return text[sentence:end].strip()


def _first_word(text: str, start: int, match: re.Match[str]) -> int:
    """Where the measure itself begins: its period, or its comparator, whichever comes first."""
    period = _PERIOD.search(text, start, match.end())
    return min(match.start(), period.start() if period else match.start())
