"""The vocabulary of the form (form.toml): its four sections, their titles, and the header words of their columns."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from dutygraph.read.folding import squeeze

__all__ = [
    "DUTIES",
    "MATTERS",
    "REGIMES",
    "SECTIONS",
    "SERVICES",
    "column_kinds",
    "find_columns",
    "find_department_line",
    "find_kinds",
    "is_imprint",
    "is_number_column",
    "is_particular",
    "misprints",
    "recognise_header",
    "recognise_title",
]

DUTIES, MATTERS, SERVICES, REGIMES = "部门职责登记表", "职责边界", "公共服务事项", "事中事后监管制度"
SECTIONS = (DUTIES, MATTERS, SERVICES, REGIMES)

_LONGEST_HEADER_WORD = 30
_LONGEST_TITLE = 80
_LONGEST_IMPRINT = 200
_ORDINAL = re.compile(
    r"(?:第[一二三四五六七八九十0-9]+(?:部分|[部章节篇])|[（(]?[一二三四五六七八九十0-9０-９]+[）)]?[、.．:：]?|附件?[0-9一二三四]*[:：]?)?"
)
_BRACKETS = re.compile(r"[（(〔\[][^）)〕\]]*[）)〕\]]")
_BRACKET_SIGNS = re.compile(r"[（()）〔〕\[\]/、]")
_OWNER = re.compile(r"\S{2,20}?[局委会厅办院队站中心府所处署](?=\S)")
_DEPARTMENT_LINE = re.compile(
    r"(?:(?:部门|单位|机构|机关)(?:[（(](?:部门|单位|机构)[）)])?名称|(?:填报|编制|申报)(?:部门|单位|机关))(?:[（(](?:盖章|公章)[）)])?[:：]"
    r"(?P<name>.{0,40}?)(?:(?:填[报表写]|制表|编制)?(?:日期|时间|人)(?:[（(]签[字章][）)])?[:：].{0,20})?"
)
_PARTICULAR = re.compile(r"(?:填[报表写]|制表|编制)(?:日期|时间|人|人员)(?:[（(][^）)]{0,6}[）)])?[:：].{0,30}")


@dataclass(frozen=True, slots=True)
class _Form:
    titles: Mapping[str, re.Pattern[str]]
    columns: Mapping[str, Mapping[str, re.Pattern[str]]]
    required: Mapping[str, Sequence[Sequence[str]]]
    telling: Mapping[str, frozenset[str]]
    misprints: Mapping[str, str]
    imprint: re.Pattern[str]


@cache
def _form() -> _Form:
    table = tomllib.loads(files("dutygraph.read").joinpath("form.toml").read_text(encoding="utf-8"))
    return _Form(
        titles={section: re.compile(pattern) for section, pattern in table["titles"].items()},
        columns={
            section: {kind: re.compile(pattern) for kind, pattern in kinds.items()}
            for section, kinds in table["columns"].items()
        },
        required=table["required"],
        telling={section: frozenset(words) for section, words in table["telling"].items()},
        misprints=table["misprints"],
        imprint=re.compile(table["pages"]["imprint"]),
    )


def column_kinds() -> list[str]:
    """Every kind of column that a section knows, sorted."""
    return sorted({kind for kinds in _form().columns.values() for kind in kinds})


def misprints() -> Mapping[str, str]:
    """Misprints that are wrong in every sentence, with what was meant."""
    return _form().misprints


def is_imprint(text: str) -> bool:
    """Whether a paragraph of a web page says where it stands, who publishes it or how to print it: no register does."""
    return len(text) <= _LONGEST_IMPRINT and _form().imprint.match(text) is not None


def recognise_title(text: str) -> str | None:
    """The section a line is the title of (四、事中事后监督管理制度, 柏乡县公安局公共服务事项), or None."""
    if len(text) > _LONGEST_TITLE:
        return None
    words = _ORDINAL.sub("", squeeze(text).strip("《》【】:：。"), count=1)
    for candidate in (words, _OWNER.sub("", words, count=1)):
        bare = _BRACKETS.sub("", candidate)
        for section, pattern in _form().titles.items():
            if bare and pattern.fullmatch(bare):
                return section
    return None


def find_department_line(text: str) -> str | None:
    """The agency that a line like 部门名称：柏乡县公安局 names (may be empty); None for any other line."""
    match = _DEPARTMENT_LINE.fullmatch(squeeze(text))
    return match["name"] if match else None


def is_particular(text: str) -> bool:
    """Whether a line says who filled in the form, or when (填报人：…, 填表日期：…): that is no text of the register."""
    return _PARTICULAR.fullmatch(squeeze(text)) is not None


def _spellings(word: str) -> tuple[str, str]:
    """Without bracket signs, and without what they hold: 承办科室（单位）→ 承办科室单位, 承办科室."""
    squeezed = squeeze(word).strip("*:：")
    return _BRACKET_SIGNS.sub("", squeezed), _BRACKETS.sub("", squeezed)


def is_number_column(word: str) -> bool:
    """Whether a header word announces row numbers."""
    pattern = _form().columns[DUTIES]["no"]
    return any(pattern.fullmatch(spelling) for spelling in _spellings(word))


def find_columns(section: str, words: Sequence[str], lookups: Mapping[str, str]) -> dict[str, int]:
    """Column kinds by index for the header words of a section. The first column of a kind wins; ``lookups`` (from
    register.toml, header word → kind) come before the vocabulary."""
    kinds = _form().columns[section]
    found: dict[str, int] = {}
    for index, word in enumerate(words):
        named = lookups.get(squeeze(word))
        kind = named if named in kinds else _kind(kinds, word, found)
        if kind is not None:
            found.setdefault(kind, index)
    return found


def find_kinds(section: str, words: Sequence[str], lookups: Mapping[str, str]) -> list[str | None]:
    """The kind of column that each header word of a section names, also where two name the same."""
    kinds = _form().columns[section]
    named = [lookups.get(squeeze(word)) for word in words]
    return [told if told in kinds else _kind(kinds, word, {}) for told, word in zip(named, words, strict=True)]


def _kind(kinds: Mapping[str, re.Pattern[str]], word: str, taken: Mapping[str, int]) -> str | None:
    for spelling in _spellings(word):
        for kind, pattern in kinds.items():
            if kind not in taken and pattern.fullmatch(spelling):
                return kind
    return None


def recognise_header(words: Sequence[str], hint: str | None, lookups: Mapping[str, str]) -> str | None:
    """The section whose table these header words begin, or None. ``hint`` (the title before) decides between equals."""
    if sum(map(bool, words)) < 2 or any(len(word) > _LONGEST_HEADER_WORD for word in words):
        return None
    best: tuple[int, str] | None = None
    for section, required in _form().required.items():
        found = find_columns(section, words, lookups)
        if not all(any(kind in found for kind in group) for group in required):
            continue
        telling = sum(not _form().telling[section].isdisjoint(_spellings(word)) for word in words)
        score = 4 * len(found) + 3 * telling + (2 if section == hint else 0)
        if best is None or score > best[0]:
            best = (score, section)
    return best[1] if best else None
