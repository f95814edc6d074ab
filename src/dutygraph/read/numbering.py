"""Item numbers (``第一章``, ``一、``, ``（一）``, ``1.``, ``（1）``, ``①``) and items glued into one paragraph."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from dutygraph.read.numerals import parse_number

__all__ = ["Marker", "Style", "iterate_pieces", "parse_marker"]

Style = Literal["chapter", "chinese", "chinese-bracket", "arabic", "arabic-bracket", "arabic-close", "circled", "named"]

_CHINESE = "[一二三四五六七八九十百]{1,5}"
_ARABIC = "[0-9０-９]{1,3}"
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_MARKER = re.compile(
    rf"第\s*(?P<chapter>{_CHINESE})\s*(?:[章节篇]|部分)"
    rf"|(?P<chinese>{_CHINESE})\s*[、．.]"
    rf"|[（(]\s*(?:(?P<chinese_bracket>{_CHINESE})|(?P<arabic_bracket>{_ARABIC}))\s*[）)]\s*[、．.]?"
    # not a decimal (1.5), not a date (6.26)
    rf"|(?P<arabic>{_ARABIC})\s*(?:、|[．.](?![0-9０-９]))"
    rf"|(?P<arabic_close>{_ARABIC})\s*[）)]"
    rf"|(?P<circled>[{_CIRCLED}])"
)
# 制度一：…, 监管事项（2）：…: what is counted, its number, a colon. Only at the beginning of a line.
_NAMED = re.compile(
    rf"(?:[\u4e00-\u9fff]{{0,4}}?(?:制度|办法|规定|措施|事项|项目|领域|行业|专项|清单|部分|单元|类别|监管|检查)|第)"
    rf"[（(]?(?P<named>{_CHINESE}|{_ARABIC})[）)]?[项个类号]?(?:制度|办法|事项|项目)?\s*[：:]"
)
_STYLES: dict[str, Style] = {
    "chapter": "chapter",
    "chinese": "chinese",
    "chinese_bracket": "chinese-bracket",
    "arabic": "arabic",
    "arabic_bracket": "arabic-bracket",
    "arabic_close": "arabic-close",
    "circled": "circled",
    "named": "named",
}
# An item number inside a paragraph opens a new item only after one of these.
_BEFORE_GLUED = "。；;：:.！？"


@dataclass(frozen=True, slots=True)
class Marker:
    """An item number. ``no`` as written (``（一）``), ``ordinal`` its value, ``start``/``end`` its span."""

    no: str
    style: Style
    ordinal: int
    start: int
    end: int


def parse_marker(text: str, position: int = 0) -> Marker | None:
    """The item number that starts exactly at ``position``, or None. Numbers with a word (制度一：) begin a line.

    >>> parse_marker("制度一：客运监管制度")
    Marker(no='制度一：', style='named', ordinal=1, start=0, end=4)
    """
    match = _MARKER.match(text, position) or (_NAMED.match(text) if position == 0 else None)
    if match is None or match.lastgroup is None:
        return None
    digits = match[match.lastgroup]
    value = _CIRCLED.index(digits) + 1 if match.lastgroup == "circled" else parse_number(digits)
    if value is None:
        return None
    return Marker(match[0].strip(), _STYLES[match.lastgroup], int(value), match.start(), match.end())


def iterate_pieces(text: str) -> Iterator[tuple[Marker | None, int, int]]:
    """Cut a paragraph into its items: (number or None, start, end) of each, number included.

    A number within the paragraph counts only after a stop, and only when it continues a count: it follows a number of
    its style in the same paragraph, or is the first of its style and a second one comes later. ``第34、36条`` and
    ``1.5`` are therefore left alone.
    """
    marks: list[Marker] = []
    last: dict[Style, int] = {}
    candidates = list(_candidates(text))
    for index, marker in enumerate(candidates):
        follows = last.get(marker.style) == marker.ordinal - 1
        opens = marker.ordinal == 1 and any(
            later.style == marker.style and later.ordinal == 2 for later in candidates[index + 1 :]
        )
        if marker.start == 0 or (follows and marker.ordinal > 1) or opens:
            marks.append(marker)
            last[marker.style] = marker.ordinal
    bounds = [m.start for m in marks] + [len(text)]
    if bounds[0] > 0:
        yield None, 0, bounds[0]
    for marker, end in zip(marks, bounds[1:], strict=True):
        yield marker, marker.start, end


def _candidates(text: str) -> Iterator[Marker]:
    for match in _MARKER.finditer(text):
        before = text[: match.start()].rstrip()
        if not before or before[-1] in _BEFORE_GLUED:
            marker = parse_marker(text, match.start())
            if marker is not None:
                yield marker if before else Marker(marker.no, marker.style, marker.ordinal, 0, marker.end)
