"""Numbers as registers write them: ``五百``, ``3 万``, ``２``, ``两``, ``二〇一二``, ``1,000``."""

from __future__ import annotations

import re

__all__ = ["NUMBER", "parse_number"]

_HALF_WIDTH = str.maketrans("０１２３４５６７８９．，％", "0123456789.,%")
_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "两": 2}
_DIGITS |= {c: i for i, c in enumerate("零壹贰叁肆伍陆柒捌玖")}
_SMALL_UNITS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_LARGE_UNITS = {"万": 10_000, "亿": 100_000_000}

_CHINESE = "".join(_DIGITS) + "".join(_SMALL_UNITS) + "".join(_LARGE_UNITS)
# Bounded and possessive: a run of digits without end costs no more than its length.
_ARABIC = r"[0-9０-９]{1,15}+(?:,[0-9]{3}){0,5}+(?:[.．][0-9０-９]{1,9}+)?+"

NUMBER = rf"(?:{_ARABIC}\s*[百千万亿]{{0,2}}|[{_CHINESE}]{{1,24}}+)"
"""A regular expression (no groups) for what ``parse_number`` understands."""

_MIXED = re.compile(rf"({_ARABIC})\s*([百千万亿]{{0,2}})")


def parse_number(text: str) -> float | None:
    """The value of a number in Arabic, Chinese or mixed writing, in half or full width; None when it is none.

    >>> parse_number("五千"), parse_number("3 万"), parse_number("１２"), parse_number("二〇一二")
    (5000.0, 30000.0, 12.0, 2012.0)
    """
    stripped = text.strip()
    mixed = _MIXED.fullmatch(stripped)
    if mixed is not None:
        value = float(mixed.group(1).translate(_HALF_WIDTH).replace(",", ""))
        for unit in mixed.group(2):
            value *= _SMALL_UNITS.get(unit) or _LARGE_UNITS[unit]
        return value
    if not stripped or any(c not in _CHINESE for c in stripped):
        return None
    return _chinese(stripped)


def _chinese(text: str) -> float:
    if all(c in _DIGITS for c in text):  # digit by digit, as years and document numbers are written
        return float("".join(str(_DIGITS[c]) for c in text))
    total = 0
    section = 0  # below the next 万 or 亿
    digit = 0
    for char in text:
        if char in _DIGITS:
            digit = _DIGITS[char]
        elif char in _SMALL_UNITS:
            section += (digit or 1) * _SMALL_UNITS[char]
            digit = 0
        else:
            total = (total + section + digit or 1) * _LARGE_UNITS[char]
            section = digit = 0
    return float(total + section + digit)
