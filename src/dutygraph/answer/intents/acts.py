"""What a question says of the act that it asks for: of which class it is, and who issued it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from dutygraph.answer.facts import Citation
from dutygraph.answer.question import Question

__all__ = ["read_marks"]

# Classes of acts by how their titles end (《行政法规制定程序条例》 art. 5, 《规章制定程序条例》 art. 7), with their
# English names. 法, 规定 and "regulation" are left out: people call any act so.
_CLASSES: Final[Mapping[str, str]] = {
    "条例": r"ordinances?",
    "办法": r"measures",
    "细则": r"implementing rules|detailed rules",
    "意见": r"opinions?",
    "通知": r"notice|circular",
    "决定": r"decision",
    "批复": r"(?:official )?reply",
}
# Who issues acts, by the words in which a citation names them, with their English names.
_ISSUERS: Final[Mapping[str, str]] = {
    "国务院": r"state council",
    "省": r"provincial|province's",
    "市": r"municipal|city's",
    "司法部": r"(?:ministry of justice|justice ministry)",
    "民政部": r"(?:ministry of civil affairs|civil affairs ministry)",
    "公安部": r"(?:ministry of public security|public security ministry)",
    "财政部": r"(?:ministry of finance|finance ministry)",
    "农业部": r"(?:ministry of agriculture|agriculture ministry)",
    "卫生部": r"(?:ministry of health|health ministry)",
    "教育部": r"(?:ministry of education|education ministry)",
    "环境保护部": r"(?:ministry of environmental protection|environment ministry)",
    "商务部": r"(?:ministry of commerce|commerce ministry)",
}
_PROVINCE: Final = re.compile(r"省(?:里|级|上|的|政府|人大|内)?")
_CITY: Final = re.compile(r"(?<![城街都超])市(?:里|级|上|政府)")


def read_marks(question: Question, citation: Citation) -> int:
    """How many marks of the act asked for a cited one has: its class, its issuer."""
    return len(_asked(question) & _borne(citation))


def _asked(question: Question) -> frozenset[str]:
    text = question.text
    if question.lang == "en":
        tables = (_CLASSES, _ISSUERS)
        return frozenset(mark for table in tables for mark, name in table.items() if re.search(rf"\b{name}\b", text))
    marks = {mark for table in (_CLASSES, _ISSUERS) for mark in table if len(mark) > 1 and mark in text}
    return frozenset(marks | {"省" for _ in _PROVINCE.finditer(text)} | {"市" for _ in _CITY.finditer(text)})


def _borne(citation: Citation) -> frozenset[str]:
    title, written = citation.law.title, citation.as_written
    classes = {mark for mark in _CLASSES if title.endswith(mark)}
    return frozenset(classes | {mark for mark in _ISSUERS if mark in written or mark in (citation.law.number or "")})
