"""Names of departments: several in one cell, and named in running text."""

from __future__ import annotations

import re
from collections.abc import Iterator

__all__ = ["find_departments", "split_departments"]

_SUFFIX = "大队|中队|支队|总队|派出所|科|室|所|处|股|站|队|中心|部门|局|办公室|委员会|委|办|院|部|组|会"
_ENDS_AS_UNIT = re.compile(rf"(?:{_SUFFIX})$")
_SEPARATOR = re.compile(r"\s*[、，,；;/／|\n\r]+\s*|\s+")
_NUMBER = re.compile(r"(?<!\d)\d{1,2}\s*[、.．]|[（(]\d{1,2}[）)]")
_CONJUNCTION = re.compile(r"(?<=.)(?:以及|和|及|与)(?=.)")


def split_departments(cell: str) -> tuple[str, ...]:
    """The single names of a department cell, as written, without repeats.

    Cut at 、，；/ and line breaks; at a blank or at 和, 及, 与 only between two names that both end as units do, so
    that 卫生和计划生育局 stays whole. A note in brackets stays with its name.

    >>> split_departments("治安管理大队、户政科和派出所")
    ('治安管理大队', '户政科', '派出所')
    """
    names: list[str] = []
    for part in _cut_outside_brackets(cell):
        names.extend(_split_conjunction(part))
    return tuple(dict.fromkeys(n for n in (name.strip(" 　。.：:\t") for name in names) if n))


def _cut_outside_brackets(text: str) -> Iterator[str]:
    depth = 0
    start = 0
    position = 0
    while position < len(text):
        found = None if depth else _NUMBER.match(text, position) or _SEPARATOR.match(text, position)
        if found is not None and (found.re is _NUMBER or _separates(text, start, found)):
            yield re.sub(r"\s+", "", text[start:position])
            start = position = found.end()
            continue
        if text[position] in "（(":
            depth += 1
        elif text[position] in "）)":
            depth = max(0, depth - 1)
        position += 1
    yield re.sub(r"\s+", "", text[start:])


def _separates(text: str, start: int, separator: re.Match[str]) -> bool:
    """A mere blank is often a broken line inside one name (质量监督 管理局)."""
    if separator[0].strip():
        return True
    rest = re.split(r"[、，,；;/／\s]", text[separator.end() :], maxsplit=1)[0]
    return bool(_ENDS_AS_UNIT.search(text[start : separator.start()]) and _ENDS_AS_UNIT.search(rest))


def _split_conjunction(name: str) -> Iterator[str]:
    for match in _CONJUNCTION.finditer(name):
        left, right = name[: match.start()], name[match.end() :]
        if _ENDS_AS_UNIT.search(left) and _ENDS_AS_UNIT.search(right):
            yield left
            yield from _split_conjunction(right)
            return
    yield name


# In running text only these heads are clear enough; 所, 室, 科, 股 and 处 need a modifier and a word border after them.
_AFTER = r"(?=[、，。；：）负应对的和及依硬办实业等每（(》”]|$)"
_HEAD = re.compile(
    r"派出所|大队|中队|支队|总队|中心|部门"
    rf"|(?<![场处住厕])所{_AFTER}"
    rf"|(?<=[\u4e00-\u9fff]{{2}})(?:[科室]|(?<![控入参持退])股|(?<![查惩用益害坏长短])处){_AFTER}"
)
_STATION = re.compile(r"(?:公安|[\u4e00-\u9fff]{1,4}(?:镇|乡|街道))?派出所$")
# What stands before a name and is no part of it.
_BORDER = re.compile(
    r".*(?:全[省市区县局]|[省市区县]公安局|[省市区县]局|公安局|公安机关|本[省市区县局]|所有|所属|属地|本级|各级|各|由|的|对|向|到|至|"
    r"会同|协同|配合|通过|通报|通知|报告|报|交|送|纳入|反馈给|给|与|和|及|或|级以上(?:人民政府)?|从|在|经|为|是|有(?!关)|以|并|局|[省县](?!级)|市(?![级场政容])|区(?![级划域]))"
)
_NO_NAME = re.compile(
    r"(?:有关|相关|其他|其它|上级|下级|职能|主管|管理|行政|业务|执法|监督|检查|监管|我|本|该|所在|政府|人民政府|级以上.*)*"
    r"(?:部门|中心|科|室|股|处|所)|.*(?:上级|有关|相关|以上|人民政府).*|[一二三四五六七八九十几多数两](?:科|室|股|处|所|部门|中心)"
)

# 县级以上人民政府公安部门 is any such authority, no department of the register.
_ANY_SUCH = re.compile(r"级以上(?:人民)?政?府?$|以上人民政府$")


def find_departments(text: str) -> tuple[str, ...]:
    """Departments that a sentence names (派出所, 治安管理大队, 网安大队), in order, without repeats.

    By grammar, not by list: a head (大队, 科, 部门 …) with the characters before it up to a word that cannot be part
    of a name. General words (有关部门, 上级部门, 营业场所) are no names.
    """
    found: dict[str, None] = {}
    for run in re.finditer(r"[\u4e00-\u9fff]+", text):
        start = 0
        words = run[0] + text[run.end() : run.end() + 1]
        for head in _HEAD.finditer(words):
            name = _without_border(words[start : head.end()], head[0])
            start = head.end()
            if 1 < len(name) <= 14 and not _NO_NAME.fullmatch(name):
                found[name] = None
    return tuple(found)


def _without_border(stretch: str, head: str) -> str:
    station = _STATION.search(stretch)
    if station is not None:
        return station[0]
    border = _BORDER.match(stretch[: len(stretch) - len(head)])
    if border is None:
        return stretch
    return "" if _ANY_SUCH.search(border[0]) else stretch[border.end() :]
