"""Cited acts: reading them from an answer, and comparing titles and numbers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from dutygraph.evaluation.fold import fold, fold_numbers
from dutygraph.evaluation.names import as_list

__all__ = ["CitedAct", "acts_of", "has_number", "number_core", "quoted_titles", "title_key"]

_STATE_PREFIX = "中华人民共和国"
_GENERIC_TITLES = ("条例", "办法", "规定", "法")
# 《某某条例》（国务院令第455号）: the brackets at the end of a title that hold its number
_NUMBER_BRACKETS = re.compile(r"[（(][^（）()]*[令号〔][^（）()]*[)）]\s*$")
# 国务院令第455号, 第455号令, 〔2015〕3号: how the number is dressed is no difference
_NUMBER_DRESS = re.compile(r"中华人民共和?国|令$")
_ISSUER = re.compile(r"^[^\d\[(第令]+")


@dataclass(frozen=True, slots=True)
class CitedAct:
    """An act as an answer cites it."""

    title: str
    number: str = ""
    articles: tuple[str, ...] = ()
    as_written: str = ""


def title_key(title: object) -> str:
    """Folded, without the name of the state before it."""
    return fold(title).removeprefix(_STATE_PREFIX)


def is_generic(title: str) -> bool:
    """A back reference (《条例》), no act of its own."""
    return title in _GENERIC_TITLES


def quoted_titles(text: str) -> list[str]:
    """What stands in 《》, titles quoted inside a title kept with it."""
    titles, depth, start = [], 0, 0
    for position, char in enumerate(text):
        if char == "《":
            if depth == 0:
                start = position + 1
            depth += 1
        elif char == "》" and depth:
            depth -= 1
            if depth == 0 and position > start:
                titles.append(text[start:position])
    return titles


def acts_of(values: Any) -> tuple[CitedAct, ...]:
    """The acts in a JSON value: objects with ``title``, ``number``, ``articles``, or bare titles."""
    acts = []
    for value in as_list(values):
        entry: Mapping[str, Any] = value if isinstance(value, Mapping) else {"title": str(value)}
        whole = str(entry.get("title") or entry.get("label") or "")
        for title in quoted_titles(whole) or [whole]:
            bare = _NUMBER_BRACKETS.sub("", title)
            acts.append(
                CitedAct(
                    title=bare,
                    # a title that carries more than the title (brackets, 《》) may carry the number
                    number=str(entry.get("number") or (whole if whole != bare else "")),
                    articles=tuple(map(str, as_list(entry.get("articles")))),
                    as_written=str(entry.get("as_written") or ""),
                )
            )
    return tuple(acts)


def number_core(number: object) -> str:
    """A number without what may be left out of it."""
    return _NUMBER_DRESS.sub("", fold_numbers(number).replace("国务院第", "国务院令第"))


def has_number(wanted: object, candidates: Iterable[object]) -> bool:
    """Is the number among the candidates: inside one, or with the same digits and the same issuer?"""
    core = number_core(wanted)
    digits = re.findall(r"\d+", core)
    issuer = _ISSUER.match(core)
    for candidate in candidates:
        other = number_core(candidate)
        if core in other or core.replace("令", "") in other.replace("令", ""):
            return True
        same_digits = bool(digits) and digits == re.findall(r"\d+", other)
        if same_digits and (issuer is None or issuer.group() in other):
            return True
    return False
