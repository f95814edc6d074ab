"""Supervision regimes (事中事后监管制度): prose with titles, headings and numbered items → records.

A register numbers everything alike: （一） opens a title, a sub heading and an item. Which one it is follows from the
structure: headings are made of the words of the form (监督检查对象, 检查方式和指标 …); a title is the short line
without a final stop before the first heading of a count that begins anew; all else are items.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from dutygraph.model import Finding, Quote, Regime
from dutygraph.read.headings import match_label
from dutygraph.read.numbering import Style, parse_marker
from dutygraph.read.regime_sections import (
    Line,
    join_broken,
    number_finding,
    parse_line,
    parse_sections,
    sort_by_kind,
)

__all__ = ["count_numbered_items", "parse_regimes"]

_CLOSING = re.compile(r"(?:附|附注|附言|注|备注|说明|填表说明|注释)[0-9一二三四五六七八九十]?[：:]")


@dataclass(frozen=True, slots=True)
class _Head:
    """Where a regime begins: its title lines, its preamble, the line of its first heading."""

    first_line: int
    title_end: int
    first_heading: int


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
    line, which says nothing that the register does not), and the paragraphs before the first regime and behind the
    last one (附：…) that no regime claims. Every paragraph that is not blank is in exactly one of the three.
    """
    lines = [parse_line(quote) for quote in join_broken(paragraphs)]
    heads = list(_heads(lines))
    lines, closing = _without_closing(lines, heads)
    regimes: list[Regime] = []
    findings: list[Finding] = []
    for index, head in enumerate(heads):
        end = heads[index + 1].first_line if index + 1 < len(heads) else len(lines)
        regimes.append(_regime(lines, head, end, findings))
    before = lines[: heads[0].first_line] if heads else lines
    leftovers = (*_front_matter(before, regimes, findings), *closing)
    findings.extend(_agency_lines(lines[heads[0].first_line :] if heads else []))
    findings.extend(_title_numbers(regimes))
    return tuple(regimes), tuple(sorted(findings, key=_place)), leftovers


def _place(finding: Finding) -> int:
    return (finding.at.line or 0) if finding.at else 0


def _heads(lines: Sequence[Line]) -> Iterator[_Head]:
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
    lines: Sequence[Line], start: int, heading: int, style: Style | None, *, strict: bool
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


def _regime(lines: Sequence[Line], head: _Head, end: int, findings: list[Finding]) -> Regime:
    first = lines[head.first_line]
    title = "".join(lines[i].words for i in range(head.first_line, head.title_end))
    between = lines[head.title_end : head.first_heading]
    preamble = tuple(line.quote for line in between if line.role != "agency")
    sections = parse_sections(lines[head.first_heading : end], findings)
    regime = Regime(
        no=first.marker.no if first.marker else "",
        title=replace(first.quote, text=title),
        preamble=preamble,
        sections=sections,
    )
    return sort_by_kind(regime)


def _without_closing(lines: list[Line], heads: Sequence[_Head]) -> tuple[list[Line], tuple[Quote, ...]]:
    """Split what closes the document (附：本手册由…解释) from the text of the last regime. Its first word says
    so, and no heading and no number comes after it."""
    if not heads:
        return lines, ()
    end = len(lines)
    while end - 1 > heads[-1].first_heading and lines[end - 1].role == "text" and not lines[end - 1].marker:
        end -= 1
    first = next((i for i in range(end, len(lines)) if _CLOSING.match(lines[i].words)), len(lines))
    return lines[:first], tuple(line.quote for line in lines[first:])


def _front_matter(lines: Sequence[Line], regimes: Sequence[Regime], findings: list[Finding]) -> tuple[Quote, ...]:
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


def _joined(lines: Sequence[Line]) -> str:
    return "".join(line.words for line in lines)


def _agency_lines(lines: Iterable[Line]) -> Iterator[Finding]:
    message = "a line with the agency's name; the register's own agency is kept"
    for line in lines:
        if line.role == "agency":
            yield Finding("READ-AGENCY-LINE", "info", message, line.quote.at, line.quote.text)


def _title_numbers(regimes: Sequence[Regime]) -> Iterator[Finding]:
    for before, regime in pairwise(regimes):
        earlier, marker = parse_marker(before.no), parse_marker(regime.no)
        if earlier and marker and earlier.style == marker.style and marker.ordinal != earlier.ordinal + 1:
            yield number_finding(regime.title, marker, earlier.ordinal)
