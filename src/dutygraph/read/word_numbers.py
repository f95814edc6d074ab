"""The numbers that Word counts itself (numbering.xml): they stand on the page, but not in the text."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from dutygraph.read.safety import Archive, parse_xml

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

__all__ = ["WordNumbers"]

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DIGITS = "〇一二三四五六七八九"
_FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
_LEVELS = 9


@dataclass(frozen=True, slots=True)
class _Level:
    start: int
    style: str
    text: str


@dataclass(slots=True)
class WordNumbers:
    """Counts list paragraphs in the order they are asked for."""

    levels: dict[str, dict[int, _Level]] = field(default_factory=dict)
    lists: dict[str, str] = field(default_factory=dict)
    styles: dict[str, tuple[str, int]] = field(default_factory=dict)
    counts: dict[str, dict[int, int]] = field(default_factory=dict)

    @classmethod
    def from_archive(cls, archive: Archive) -> WordNumbers:
        """The lists that the document defines; none when it has no numbering part. Raises UnreadableDocument when a
        part is damaged."""
        numbers = cls()
        if "word/numbering.xml" in archive.names:
            numbers._read_lists(parse_xml(archive.read("word/numbering.xml"), archive.path, "word/numbering.xml"))
        if "word/styles.xml" in archive.names:
            numbers._read_styles(parse_xml(archive.read("word/styles.xml"), archive.path, "word/styles.xml"))
        return numbers

    def _read_lists(self, root: Element) -> None:
        for abstract in root.iterchildren(f"{_W}abstractNum"):
            levels = {}
            for level in abstract.iterchildren(f"{_W}lvl"):
                levels[_int(level.get(f"{_W}ilvl"), 0)] = _Level(
                    start=_int(_value(level, "start"), 1),
                    style=_value(level, "numFmt") or "decimal",
                    text=_value(level, "lvlText") or "",
                )
            self.levels[abstract.get(f"{_W}abstractNumId", "")] = levels
        for concrete in root.iterchildren(f"{_W}num"):
            self.lists[concrete.get(f"{_W}numId", "")] = _value(concrete, "abstractNumId") or ""

    def _read_styles(self, root: Element) -> None:
        for style in root.iterchildren(f"{_W}style"):
            found = style.find(f"{_W}pPr/{_W}numPr")
            number = _value(found, "numId") if found is not None else None
            if number:
                self.styles[style.get(f"{_W}styleId", "")] = (number, _int(_value(found, "ilvl"), 0))

    def next_number(self, paragraph: Element) -> str:
        """The number that Word prints before this paragraph (（一）, 1.), or an empty string. Counts on."""
        list_id, depth = self._list_of(paragraph)
        abstract = self.lists.get(list_id, "")
        level = self.levels.get(abstract, {}).get(depth)
        if level is None or level.style in ("bullet", "none"):
            return ""
        counts = self.counts.setdefault(abstract, {})
        counts[depth] = counts.get(depth, level.start - 1) + 1
        for deeper in range(depth + 1, _LEVELS):
            counts.pop(deeper, None)
        return re.sub(r"%([1-9])", lambda match: self._written(abstract, int(match[1]) - 1), level.text)

    def _written(self, abstract: str, depth: int) -> str:
        level = self.levels[abstract].get(depth)
        if level is None:
            return ""
        return _write(self.counts[abstract].get(depth, level.start), level.style)

    def _list_of(self, paragraph: Element) -> tuple[str, int]:
        properties = paragraph.find(f"{_W}pPr")
        if properties is None:
            return "", 0
        style_list, style_depth = self.styles.get(_value(properties, "pStyle") or "", ("", 0))
        own = properties.find(f"{_W}numPr")
        if own is None:
            return style_list, style_depth
        return _value(own, "numId") or style_list, _int(_value(own, "ilvl"), style_depth)


def _value(parent: Element | None, name: str) -> str | None:
    found = parent.find(f"{_W}{name}") if parent is not None else None
    return found.get(f"{_W}val") if found is not None else None


def _int(value: str | None, default: int) -> int:
    return int(value) if value and value.isascii() and value.isdecimal() else default


def _write(number: int, style: str) -> str:
    """A number in one of Word's styles (ECMA-376 part 1, 17.18.59 ST_NumberFormat); unknown ones as decimal."""
    if style in ("chineseCounting", "chineseCountingThousand", "japaneseCounting", "taiwaneseCountingThousand"):
        return _chinese(number)
    if style == "ideographDigital":
        return "".join(_DIGITS[int(digit)] for digit in str(number))
    if style.startswith("decimalEnclosedCircle") and 1 <= number <= 20:
        return chr(ord("①") + number - 1)
    if style == "decimalFullWidth":
        return str(number).translate(_FULL_WIDTH)
    if style in ("upperLetter", "lowerLetter") and 1 <= number <= 26:
        return chr(ord("A" if style == "upperLetter" else "a") + number - 1)
    return str(number)


def _chinese(number: int) -> str:
    """1 … 99 as Word counts them: 一, 十, 十一, 二十; above that digit by digit."""
    if not 1 <= number <= 99:
        return "".join(_DIGITS[int(digit)] for digit in str(number))
    tens, ones = divmod(number, 10)
    return ("" if tens == 0 else "十" if tens == 1 else f"{_DIGITS[tens]}十") + (_DIGITS[ones] if ones else "")
