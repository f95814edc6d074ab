"""The sections of a regime: paragraphs below headings → items with their numbers, sorted by what they say."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from dutygraph.model import Finding, Locator, Quote, Regime, RegimeItem, RegimeSection, SectionKind
from dutygraph.read.citations import parse_citations
from dutygraph.read.departments import find_departments
from dutygraph.read.headings import is_heading, match_bracketed, match_label, section_kinds
from dutygraph.read.indicators import parse_indicators
from dutygraph.read.numbering import Marker, Style, iterate_pieces, parse_marker
from dutygraph.read.penalties import parse_penalties

__all__ = ["Line", "join_broken", "number_finding", "parse_line", "parse_section", "parse_sections", "sort_by_kind"]

_AGENCY_LINE = re.compile(r"(?:部门|单位|机构|机关)名称\s*[：:].*")
_LONGEST_TITLE = 60
_OPEN = "，,（(《“"
_WITHIN = "，,。；;：:"
_STOPS = "。；;：:.！？!?）)》”"
_PREAMBLE = re.compile("为|根据|按照|依据|依照|结合|特制定")

_Role = Literal["agency", "heading", "labelled", "text"]


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph with what its form says. ``words`` is its text without the number; ``labelled`` is a heading with
    its text in the same paragraph."""

    quote: Quote
    marker: Marker | None
    words: str
    role: _Role

    @property
    def style(self) -> Style | None:
        return self.marker.style if self.marker else None

    @property
    def ordinal(self) -> int:
        return self.marker.ordinal if self.marker else 0

    @property
    def bracketed(self) -> bool:
        """Whether it begins with a heading in signs of its own (【监管对象】)."""
        return match_bracketed(self.words) > 0

    @property
    def may_be_title(self) -> bool:
        """Short, no stop at the end or within, no heading."""
        return (
            self.role == "text"
            and 1 < len(self.words) <= _LONGEST_TITLE
            and not any(c in "。；;：:，,！？" for c in self.words)
            and not self.words.endswith(".")
            and _PREAMBLE.match(self.words) is None
            and not self.bracketed
        )


@dataclass(slots=True)
class _Draft:
    """A section while it grows."""

    heading: Quote
    kinds: tuple[SectionKind, ...]
    items: list[RegimeItem] = field(default_factory=list)


def join_broken(paragraphs: Sequence[Quote]) -> list[Quote]:
    """The paragraphs, each whole: one that evidently goes on takes in the next, unless that has a number, or is a
    heading or a 部门名称 line. Blank ones are dropped."""
    joined: list[Quote] = []
    for quote in paragraphs:
        text = quote.text.strip()
        if not text:
            continue
        if joined and _goes_on(joined[-1].text) and _is_rest(text):
            joined[-1] = replace(joined[-1], text=joined[-1].text + text)
        else:
            joined.append(replace(quote, text=text))
    return joined


def _goes_on(text: str) -> bool:
    """Whether a paragraph breaks off: it is a number alone, or ends in a comma or an opening sign, or in a word though
    it has clauses (titles and headings, which end in a word too, have none)."""
    line = parse_line(Quote(text, Locator("")))
    if line.role in ("agency", "heading"):
        return False
    return (
        not line.words or text[-1] in _OPEN or (text[-1] not in _STOPS and any(stop in line.words for stop in _WITHIN))
    )


def _is_rest(text: str) -> bool:
    line = parse_line(Quote(text, Locator("")))
    return line.marker is None and line.role == "text" and not line.bracketed


def parse_line(quote: Quote) -> Line:
    """A paragraph with what its form says."""
    marker = parse_marker(quote.text)
    words = quote.text[marker.end :].strip() if marker else quote.text
    role: _Role = "text"
    if _AGENCY_LINE.fullmatch(words):
        role = "agency"
    elif is_heading(words):
        role = "heading"
    elif match_label(words):
        role = "labelled"
    return Line(quote, marker, words, role)


def parse_section(heading: Quote, paragraphs: Sequence[Quote], findings: list[Finding]) -> RegimeSection:
    """The section of a heading that stands apart, as in a table, with its paragraphs."""
    draft = _Draft(heading, section_kinds(heading.text))
    reader = _Items(findings)
    reader.begin(draft)
    for quote in join_broken(paragraphs):
        reader.read(parse_line(quote))
    return RegimeSection(draft.heading, draft.kinds, tuple(draft.items))


def parse_sections(lines: Sequence[Line], findings: list[Finding]) -> tuple[RegimeSection, ...]:
    """The sections of a regime in prose; the first line is its first heading, which tells the style of the others."""
    first = lines[0]
    drafts: list[_Draft] = []
    reader = _Items(findings)
    last = 0
    for line in lines:
        if line.role == "agency":
            continue
        if _opens_section(line, first, last):
            heading, rest = _heading_of(line)
            if drafts and line.marker and last and line.ordinal != last + 1:
                findings.append(number_finding(heading, line.marker, last))
            last = line.ordinal
            drafts.append(_Draft(heading, section_kinds(heading.text)))
            reader.begin(drafts[-1])
            if rest is not None:
                reader.read(Line(rest, None, rest.text, "text"))
        else:
            reader.read(line)
    return tuple(RegimeSection(d.heading, d.kinds, tuple(d.items)) for d in drafts)


def _opens_section(line: Line, first: Line, last: int) -> bool:
    if first.bracketed:
        return line.bracketed and line.style == first.style
    if line.style != first.style:
        return False
    if line.role == "heading" or (line.role == "labelled" and first.role == "labelled"):
        return True
    # among headings that stand alone, 2.重点检查：… is an item unless it is the next heading by its number
    if line.role == "labelled":
        return line.marker is not None and line.ordinal == last + 1
    # 六、附则: not made of the form's words, but short, numbered in the headings' count, without a stop
    return line.marker is not None and line.may_be_title and line.ordinal == last + 1


def _heading_of(line: Line) -> tuple[Quote, Quote | None]:
    """The heading, and what follows it in the same paragraph."""
    length = match_label(line.words) if line.role == "labelled" else match_bracketed(line.words)
    if length in (0, len(line.words)):
        return line.quote, None
    cut = len(line.quote.text) - len(line.words) + length
    return replace(line.quote, text=line.quote.text[:cut].strip()), replace(line.quote, text=line.quote.text[cut:])


class _Items:
    """Reads the paragraphs below a heading into its section: sub headings, numbered, glued and plain items."""

    def __init__(self, findings: list[Finding]) -> None:
        self._findings = findings

    def begin(self, draft: _Draft) -> None:
        self._draft = draft
        self._kinds = draft.kinds
        self._base = 0
        self._subheadings: tuple[Style | None, int] | None = None
        self._counts: list[tuple[Style, int]] = []

    def read(self, line: Line) -> None:
        if line.role == "heading":
            self._subheading(line)
            return
        text = line.quote.text
        for marker, start, end in iterate_pieces(text):
            begin = marker.end if marker else start
            words = text[begin:end].strip()
            if words or marker:
                self._item(marker, replace(line.quote, text=words))

    def _subheading(self, line: Line) -> None:
        if line.marker and self._subheadings and self._subheadings[0] == line.style:
            self._check(line.quote, line.marker, self._subheadings[1])
        self._subheadings = (line.style, line.ordinal)
        self._kinds = section_kinds(line.words)
        self._base = 1
        self._counts = []
        self._draft.items.append(RegimeItem("", line.quote, 0, self._kinds, subheading=True))

    def _item(self, marker: Marker | None, quote: Quote) -> None:
        level = self._base
        if marker is not None:
            level += self._level(marker, quote)
        label = quote.text[: match_label(quote.text)]
        narrowed = section_kinds(label) if label else self._kinds
        self._draft.items.append(RegimeItem(marker.no if marker else "", quote, level, narrowed))

    def _level(self, marker: Marker, quote: Quote) -> int:
        """Depth below the heading: a style that is open already closes the ones within it, a new one goes deeper."""
        styles = [style for style, _ in self._counts]
        if marker.style in styles:
            level = styles.index(marker.style)
            self._check(quote, marker, self._counts[level][1])
            self._counts = self._counts[:level]
        self._counts.append((marker.style, marker.ordinal))
        return len(self._counts) - 1

    def _check(self, quote: Quote, marker: Marker, last: int) -> None:
        begins_anew = marker.ordinal == 1 and last > 1
        if marker.ordinal != last + 1 and not begins_anew:
            self._findings.append(number_finding(quote, marker, last))


def number_finding(quote: Quote, marker: Marker, last: int) -> Finding:
    """NUM-01: a number that does not follow the one before it."""
    if marker.ordinal == last:
        what = f"the number {marker.no} stands twice"
    else:
        what = f"the number {marker.no} follows number {last}"
    return Finding("NUM-01", "info", f"{what}; the items are read in the order of the text", quote.at, quote.text)


def sort_by_kind(regime: Regime) -> Regime:
    """The regime with its text sorted by what it says, and what the parsers find in it."""
    by_kind: dict[SectionKind, list[Quote]] = {}
    measures: list[Quote] = []
    texts = list(regime.preamble)
    for section in regime.sections:
        for item in section.items:
            if item.subheading:
                continue
            texts.append(item.text)
            said = replace(item.text, text=item.text.text[match_label(item.text.text) :])
            for kind in item.kinds:
                by_kind.setdefault(kind, []).append(said)
            if not {"measures", "penalties"}.isdisjoint(item.kinds):
                measures.append(said)
    items = texts[len(regime.preamble) :]
    return replace(
        regime,
        objects=tuple(by_kind.get("objects", ())),
        contents=tuple(by_kind.get("contents", ())),
        methods=tuple(by_kind.get("methods", ())),
        procedures=tuple(by_kind.get("procedures", ())),
        measures=tuple(measures),
        indicators=tuple(i for q in items for i in parse_indicators(q)),
        penalties=tuple(p for q in items for p in parse_penalties(q)),
        citations=tuple(c for q in texts for c in parse_citations(q)),
        departments=tuple(dict.fromkeys(d for q in texts for d in find_departments(q.text))),
    )
