"""Telephone numbers and yearly dates out of service cells."""

from __future__ import annotations

import calendar
import re

from dutygraph.read.numerals import NUMBER, parse_number

__all__ = ["parse_annual_dates", "parse_phones"]

_TO_ASCII = str.maketrans(
    {
        **dict(zip("０１２３４５６７８９（）＋", "0123456789()+", strict=True)),
        **dict.fromkeys("－–—―‐‑‒−─﹣ー", "-"),
        "\u3000": " ",
        "\u00a0": " ",
    }
)
_EXTENSION = r"(?:\s*(?:-+|[转轉]|分机|ext\.?|#)\s*(?:分机)?[:：]?\s*(?P<extension>\d{1,6}))?"
_PHONE = re.compile(
    r"(?<!\d)(?:"
    r"(?:\+?86[- ]?)?(?P<mobile>1[3-9]\d{9})"
    r"|(?P<service>[48]00-?\d{3}-?\d{4})"
    rf"|(?:\(?(?P<area>0\d{{2,3}})\)?\s*-?\s*)?(?P<local>[2-9]\d{{6,7}}){_EXTENSION}"
    r"|(?P<short>1\d{2}|1\d{4}|9\d{4,5})"
    r")(?!\d)",
    re.IGNORECASE,
)


_FAX_REACH = 12
_FAX = re.compile(r"传\s*真(?:电话|号码)?\s*[:：]?\s*\Z")


def parse_phones(text: str) -> tuple[str, ...]:
    """Telephone numbers in the order of the cell, half width, without repeats: area code, number and extension
    joined by ``-`` (``0310-6822404-20100``). Mobile numbers and short numbers (110, 12345) are taken too; a number
    that is said to be a fax is not.

    >>> parse_phones("6022404－20069、7722206转8")
    ('6022404-20069', '7722206-8')
    """
    found: dict[str, None] = {}
    half_width = text.translate(_TO_ASCII)
    for match in _PHONE.finditer(half_width):
        if _FAX.search(half_width, max(0, match.start() - _FAX_REACH), match.start()):
            continue
        whole = match["mobile"] or match["service"] or match["short"]
        parts = [whole] if whole else [match["area"], match["local"], match["extension"]]
        found["-".join(p for p in parts if p)] = None
    return tuple(found)


# 6.26 is a date only in quotation marks or before what a day is called; a middle dot (6·26) is a date by itself.
_DOTTED = re.compile(
    r"(?<![\d.·•・])(?P<quote>[“\"'‘「《])?(?P<month>\d{1,2})\s*(?:(?P<point>[.．])|[·•・‧∙⋅])\s*(?P<day>\d{1,2})(?![\d.%％])"
    r"(?=(?P<after>[”\"'’」]?[^，。；、]{0,14}?(?:日|节|月|周|活动|宣传))?)"
)
_WRITTEN = re.compile(rf"(?P<year>{NUMBER}\s*年\s*)?(?P<month>{NUMBER})\s*月\s*(?P<day>{NUMBER})\s*[日号]")


def parse_annual_dates(text: str) -> tuple[str, ...]:
    """Days of the year as xsd:gMonthDay (``--06-26``), in the order of the text, without repeats. A date with a year
    is an event, not a yearly day, and gives nothing; so does a day that no year has (``13.40``, 2月30日).

    >>> parse_annual_dates("“6.26”国际禁毒日，12•4宣传日")
    ('--06-26', '--12-04')
    """
    half_width = text.translate(_TO_ASCII)
    found = [
        (match.start(), _month_day(float(match["month"]), float(match["day"])))
        for match in _DOTTED.finditer(half_width)
        if not match["point"] or match["quote"] or match["after"]
    ]
    found += [
        (match.start(), _month_day(parse_number(match["month"]), parse_number(match["day"])))
        for match in _WRITTEN.finditer(half_width)
        if not match["year"]
    ]
    return tuple(dict.fromkeys(value for _, value in sorted(found) if value))


def _month_day(month: float | None, day: float | None) -> str:
    leap_year = 2000
    if month is None or day is None or not (1 <= month <= 12):
        return ""
    if not (1 <= day <= calendar.monthrange(leap_year, int(month))[1]):
        return ""
    return f"--{int(month):02d}-{int(day):02d}"
