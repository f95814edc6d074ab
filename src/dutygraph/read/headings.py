"""The headings of a regime's sections: which words they are made of and what they announce."""

from __future__ import annotations

import re

from dutygraph.model import SectionKind

__all__ = ["is_heading", "match_bracketed", "match_label", "section_kinds"]

# What a heading announces, by its words. 处理 is both: what is done with a breach, and what the breach costs.
_KIND_WORDS: dict[str, tuple[SectionKind, ...]] = {
    "对象": ("objects",),
    "内容": ("contents",),
    "事项": ("contents",),
    "范围": ("contents",),
    "重点": ("contents",),
    "指标": ("indicators",),
    "频次": ("indicators",),
    "频率": ("indicators",),
    "比例": ("indicators",),
    "方式": ("methods",),
    "方法": ("methods",),
    "形式": ("methods",),
    "途径": ("methods",),
    "程序": ("procedures",),
    "流程": ("procedures",),
    "步骤": ("procedures",),
    "措施": ("measures",),
    "手段": ("measures",),
    "处理": ("measures", "penalties"),
    "处置": ("measures", "penalties"),
    "处罚": ("penalties",),
    "罚则": ("penalties",),
    "责任追究": ("penalties",),
    "法律责任": ("penalties",),
    "依据": ("basis",),
}
_KIND_WORD = re.compile("|".join(_KIND_WORDS))
_HEADING_WORDS = (
    rf"(?:{_KIND_WORD.pattern}|监督|监管|检查|抽查|日常|行政|执法|管理|主要|相关|有关|具体|违法|行为|结果|设定|工作|"
    r"以及|的|和|及|与|或|、|\s)+"
)
_HEADING = re.compile(rf"{_HEADING_WORDS}[：:。.]?\s*")
_LABEL = re.compile(rf"({_HEADING_WORDS})[：:。]\s*(?=\S)")
# Signs that set a heading off from the text behind it. Round brackets hold numbers and notes, 《》 titles.
_BRACKETED = re.compile(
    r"(?:【(?P<a>[^【】]{2,20})】|〖(?P<b>[^〖〗]{2,20})〗|〔(?P<c>[^〔〕]{2,20})〕|\[(?P<d>[^\[\]]{2,20})\]|"
    r"［(?P<e>[^［］]{2,20})］|「(?P<f>[^「」]{2,20})」|『(?P<g>[^『』]{2,20})』)[：:]?\s*"
)


def section_kinds(heading: str) -> tuple[SectionKind, ...]:
    """What a heading announces, by its words in their order; ``("other",)`` when none is known.

    >>> section_kinds("二、监督检查内容及指标")
    ('contents', 'indicators')
    """
    kinds = dict.fromkeys(kind for word in _KIND_WORD.findall(heading) for kind in _KIND_WORDS[word])
    return tuple(kinds) or ("other",)


def is_heading(words: str) -> bool:
    """Whether a line, without its number, is a heading: made of the form's own words alone, one of which announces.

    >>> is_heading("监督检查对象"), is_heading("【检查方式与频次】"), is_heading("检查网吧的内容")
    (True, True, False)
    """
    bracketed = _BRACKETED.fullmatch(words)
    inner = _within(bracketed) if bracketed is not None else words
    return _HEADING.fullmatch(inner) is not None and _KIND_WORD.search(inner) is not None


def match_label(words: str) -> int:
    """How many characters a heading takes that has its text in the same paragraph (监督检查指标。检查每月…,
    【监管对象】全县…); 0 when there is none."""
    bracketed = _BRACKETED.match(words)
    if bracketed is not None:
        return bracketed.end() if bracketed.end() < len(words) and is_heading(bracketed[0]) else 0
    label = _LABEL.match(words)
    return label.end() if label is not None and _KIND_WORD.search(label[1]) else 0


def match_bracketed(words: str) -> int:
    """How many characters a heading of any words takes that stands in signs of its own (【附则】, 【责任科室】…)."""
    bracketed = _BRACKETED.match(words)
    return bracketed.end() if bracketed is not None else 0


def _within(bracketed: re.Match[str]) -> str:
    return next(text for text in bracketed.groups() if text is not None)
