"""Supervision regimes (事中事后监管制度): prose with titles, headings and numbered items → records.

A register numbers everything alike: （一） opens a title, a sub heading and an item. Which one it is follows from the
structure: headings are made of the words of the form (监督检查对象, 检查方式和指标 …); a title is the short line
without a final stop before the first heading of a count that begins anew; all else are items.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Literal

from dutygraph.model import Finding, Quote, Regime, RegimeItem, RegimeSection, SectionKind
from dutygraph.read.citations import parse_citations
from dutygraph.read.departments import find_departments
from dutygraph.read.headings import is_heading, match_label, section_kinds
from dutygraph.read.indicators import parse_indicators
from dutygraph.read.numbering import Marker, Style, iterate_pieces, parse_marker
from dutygraph.read.penalties import parse_penalties

__all__ = ["count_numbered_items", "parse_regimes"]

_AGENCY_LINE = re.compile(r"(?:部门|单位|机构|机关)名称\s*[：:].*")
_STOPS = "。；;：:.！？!?，,"
_LONGEST_TITLE = 60
_PREAMBLE = re.compile("为|根据|按照|依据|依照|结合|特制定")

_Role = Literal["agency", "heading", "labelled", "text"]


@dataclass(frozen=True, slots=True)
class _Line:
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
    def may_be_title(self) -> bool:
        """Short, no stop at the end or within, no heading."""
        return (
            self.role == "text"
            and 1 < len(self.words) <= _LONGEST_TITLE
            and not any(c in "。；;：:，,！？" for c in self.words)
            and not self.words.endswith(".")
            and _PREAMBLE.match(self.words) is None
        )


@dataclass(frozen=True, slots=True)
class _Head:
    """Where a regime begins: its title lines, its preamble, the line of its first heading."""

    first_line: int
    title_end: int
    first_heading: int


@dataclass(slots=True)
class _Draft:
    """A section while it grows."""

    heading: Quote
    kinds: tuple[SectionKind, ...]
    items: list[RegimeItem] = field(default_factory=list)


def count_numbered_items(regimes: Iterable[Regime]) -> int:
    """How many items carry a number: every item under a section heading with a number of its own, items glued into
    one paragraph each by itself; titles, section headings and sub headings (（一）监督检查内容) do not count."""
    return sum(1 for regime in regimes for section in regime.sections for item in section.items if item.no)


def parse_regimes(
    paragraphs: Sequence[Quote],
) -> tuple[tuple[Regime, ...], tuple[Finding, ...], tuple[Quote, ...]]:
    """The regimes in the prose of a register.

    ``paragraphs`` are its lines or paragraphs in order, blank ones allowed. Returns the regimes, what was noticed
    (NUM-01: a number skipped or repeated; READ-CONTENTS: a line of a table of contents; READ-AGENCY-LINE: a 部门名称
    line, which says nothing that the register does not), and the paragraphs before the first regime that no regime
    claims. Every paragraph that is not blank is in exactly one of the three.
    """
    lines = [_line(quote) for quote in _join_broken(paragraphs)]
    heads = list(_heads(lines))
    regimes: list[Regime] = []
    findings: list[Finding] = []
    for index, head in enumerate(heads):
        end = heads[index + 1].first_line if index + 1 < len(heads) else len(lines)
        regimes.append(_regime(lines, head, end, findings))
    before = lines[: heads[0].first_line] if heads else lines
    leftovers = _front_matter(before, regimes, findings)
    findings.extend(_agency_lines(lines[heads[0].first_line :] if heads else []))
    findings.extend(_title_numbers(regimes))
    return tuple(regimes), tuple(sorted(findings, key=_place)), leftovers


def _place(finding: Finding) -> int:
    return (finding.at.line or 0) if finding.at else 0


def _join_broken(paragraphs: Sequence[Quote]) -> list[Quote]:
    """A paragraph that ends in a comma goes on in the next one, unless that is numbered or a title still to come."""
    joined: list[Quote] = []
    for quote in paragraphs:
        text = quote.text.strip()
        if not text:
            continue
        open_sentence = bool(joined) and joined[-1].text[-1] in "，,（《“"
        if open_sentence and parse_marker(text) is None and not _AGENCY_LINE.fullmatch(text):
            joined[-1] = replace(joined[-1], text=joined[-1].text + text)
        else:
            joined.append(replace(quote, text=text))
    return joined


def _line(quote: Quote) -> _Line:
    marker = parse_marker(quote.text)
    words = quote.text[marker.end :].strip() if marker else quote.text
    role: _Role = "text"
    if _AGENCY_LINE.fullmatch(words):
        role = "agency"
    elif is_heading(words):
        role = "heading"
    elif match_label(words):
        role = "labelled"
    return _Line(quote, marker, words, role)


def _heads(lines: Sequence[_Line]) -> Iterator[_Head]:
    """Where regimes begin: at a first heading (its count begins, or begins anew) with a title before it."""
    heading_style: Style | None = None
    title_style: Style | None = None
    started = False
    last_ordinal = 0
    boundary = 0
    seen: set[str] = set()
    for index, line in enumerate(lines):
        if line.role != "heading" and not (line.role == "labelled" and (not started or line.style == heading_style)):
            continue
        same_style = started and line.style == heading_style
        name = line.words[: match_label(line.words)] or line.words
        if line.marker is None:  # a count of headings without numbers begins anew where a heading comes back
            restarts = name in seen
        else:
            restarts = line.ordinal <= last_ordinal if same_style else line.ordinal == 1
        if restarts or not started:
            head = _title_before(lines, boundary, index, title_style, strict=started)
            if head is not None and (same_style or not started or lines[head.first_line].marker):
                yield head
                if not started:
                    title_style = lines[head.first_line].style
                started, same_style, heading_style = True, True, line.style
                seen.clear()
        seen.add(name)
        if same_style:
            last_ordinal = line.ordinal
        boundary = index + 1


def _title_before(
    lines: Sequence[_Line], start: int, heading: int, style: Style | None, *, strict: bool
) -> _Head | None:
    """The title above a first heading. Between the two stand 部门名称 lines and a preamble without numbers."""
    position = heading - 1
    while position >= start and lines[position].marker is None:
        position -= 1
    if position >= start:
        line = lines[position]
        if line.may_be_title and (not strict or line.style == style):
            end = position + 1
            while end < heading and lines[end].marker is None and lines[end].may_be_title:
                end += 1
            return _Head(position, end, heading)
    if strict and style is not None:
        return None
    unnumbered = [i for i in range(position + 1, heading) if lines[i].may_be_title]
    return _Head(unnumbered[-1], unnumbered[-1] + 1, heading) if unnumbered else None


def _regime(lines: Sequence[_Line], head: _Head, end: int, findings: list[Finding]) -> Regime:
    first = lines[head.first_line]
    title = "".join(lines[i].words for i in range(head.first_line, head.title_end))
    between = lines[head.title_end : head.first_heading]
    preamble = tuple(line.quote for line in between if line.role != "agency")
    sections = _sections(lines[head.first_heading : end], findings)
    regime = Regime(
        no=first.marker.no if first.marker else "",
        title=replace(first.quote, text=title),
        preamble=preamble,
        sections=sections,
    )
    return _sorted_by_kind(regime)


def _sections(lines: Sequence[_Line], findings: list[Finding]) -> tuple[RegimeSection, ...]:
    style = lines[0].style
    drafts: list[_Draft] = []
    reader = _Items(findings)
    last = 0
    for line in lines:
        if line.role == "agency":
            continue
        if _opens_section(line, style, last):
            heading, rest = _heading_of(line)
            if drafts and line.marker and last and line.ordinal != last + 1:
                findings.append(_number_finding(heading, line.marker, last))
            last = line.ordinal
            drafts.append(_Draft(heading, section_kinds(heading.text)))
            reader.begin(drafts[-1])
            if rest is not None:
                reader.read(_Line(rest, None, rest.text, "text"))
        else:
            reader.read(line)
    return tuple(RegimeSection(d.heading, d.kinds, tuple(d.items)) for d in drafts)


def _opens_section(line: _Line, style: Style | None, last: int) -> bool:
    if line.style != style:
        return False
    if line.role in ("heading", "labelled"):
        return True
    # 六、附则: not made of the form's words, but short, numbered in the headings' count, without a stop
    return line.marker is not None and line.may_be_title and line.ordinal == last + 1


def _heading_of(line: _Line) -> tuple[Quote, Quote | None]:
    """The heading, and what follows it in the same paragraph."""
    if line.role != "labelled":
        return line.quote, None
    cut = len(line.quote.text) - len(line.words) + match_label(line.words)
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

    def read(self, line: _Line) -> None:
        if line.role == "heading":
            self._subheading(line)
            return
        text = line.quote.text
        for marker, start, end in iterate_pieces(text):
            begin = marker.end if marker else start
            words = text[begin:end].strip()
            if words or marker:
                self._item(marker, replace(line.quote, text=words))

    def _subheading(self, line: _Line) -> None:
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
            self._findings.append(_number_finding(quote, marker, last))


def _number_finding(quote: Quote, marker: Marker, last: int) -> Finding:
    if marker.ordinal == last:
        what = f"the number {marker.no} stands twice"
    else:
        what = f"the number {marker.no} follows number {last}"
    return Finding("NUM-01", "info", f"{what}; the items are read in the order of the text", quote.at, quote.text)


def _sorted_by_kind(regime: Regime) -> Regime:
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


def _front_matter(lines: Sequence[_Line], regimes: Sequence[Regime], findings: list[Finding]) -> tuple[Quote, ...]:
    """What stands before the first regime: its table of contents, 部门名称 lines, and the rest."""
    titles = {regime.title.text for regime in regimes}
    leftovers: list[Quote] = []
    index = 0
    while index < len(lines):
        length = next((n for n in range(3, 0, -1) if _joined(lines[index : index + n]) in titles), 0)
        for line in lines[index : index + length]:
            message = "a line of the table of contents; the regime itself is read below"
            findings.append(Finding("READ-CONTENTS", "info", message, line.quote.at, line.quote.text))
        if not length:
            if lines[index].role == "agency":
                findings.extend(_agency_lines(lines[index : index + 1]))
            else:
                leftovers.append(lines[index].quote)
        index += max(length, 1)
    return tuple(leftovers)


def _joined(lines: Sequence[_Line]) -> str:
    return "".join(line.words for line in lines)


def _agency_lines(lines: Iterable[_Line]) -> Iterator[Finding]:
    message = "a line with the agency's name; the register's own agency is kept"
    for line in lines:
        if line.role == "agency":
            yield Finding("READ-AGENCY-LINE", "info", message, line.quote.at, line.quote.text)


def _title_numbers(regimes: Sequence[Regime]) -> Iterator[Finding]:
    for before, regime in pairwise(regimes):
        earlier, marker = parse_marker(before.no), parse_marker(regime.no)
        if earlier and marker and earlier.style == marker.style and marker.ordinal != earlier.ordinal + 1:
            yield _number_finding(regime.title, marker, earlier.ordinal)
