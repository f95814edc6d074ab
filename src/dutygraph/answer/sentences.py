"""The sentences of a record's text, and who acts in each: not always the agency whose row it stands in."""

from __future__ import annotations

import re
from dataclasses import dataclass

from dutygraph.retrieve import normalise

__all__ = ["Sentence", "bears_name", "pairs_of", "sentences_of"]

_SENTENCE = re.compile(r"[^。；;！？\n]+[。；;！？]?")
_POINT = re.compile(r"[一二三四五六七八九十]是|[（(][一二三四五六七八九十\d]+[)）]|\d+[.、]")
_UNIT = "委员会|办公室|大队|支队|中队|中心|部门|政府|局|委|办"
# <name of an agency> does: at the start of a sentence its subject. 由 may stand before it.
_SUBJECT = re.compile(
    rf"由?(?P<name>[\u4e00-\u9fff]{{2,14}}?(?:{_UNIT}))(?:主要|具体|依法|统一|统筹|分别)?"
    r"(?:负责|承担|指定|牵头|主管|承办|核发|审批)"
)
# What opens with one of these is no name: to whom something is done, with whom, or which agency in general.
_NO_NAME = re.compile(
    r"^(?:对|向|与|和|按|将|在|经|各|本|该|其|有关|相关|上级|主管)|配合|协助|会同|组织|指导|负责|督促|有关|相关|其他"
)
_SUFFIX = re.compile(rf"(?:{_UNIT})$")


@dataclass(frozen=True, slots=True)
class Sentence:
    """``text`` verbatim; ``plain`` normalised, for a point of a list with the words that open the list; ``actor`` the
    agency it names as its own subject, as written, empty when it names none."""

    text: str
    plain: str
    actor: str


def pairs_of(text: str) -> frozenset[str]:
    """The pairs of characters that stand side by side in a text: what two texts are compared by."""
    return frozenset(text[i : i + 2] for i in range(len(text) - 1))


def sentences_of(text: str) -> tuple[Sentence, ...]:
    """The sentences of ``text``, cut at full stops and semicolons. One without a subject has that of the one before, as
    Chinese reads: 商务局负责进口的审批。负责出口的审批。"""
    found: list[Sentence] = []
    actor = opening = ""
    for match in _SENTENCE.finditer(text):
        part = match.group().strip()
        if not part:
            continue
        subject = _SUBJECT.match(part)
        if subject and not _NO_NAME.search(subject["name"]):
            actor = subject["name"]
        plain = normalise(part)
        if _POINT.match(part):
            plain = f"{opening}{plain}"
        elif ":" in plain:
            opening = plain.partition(":")[0] + ":"
        else:
            opening = ""
        found.append(Sentence(part, plain, actor))
    return tuple(found)


def bears_name(short: str, full: str) -> bool:
    """Whether ``short`` may be a short way to write the agency's name ``full``: what stands before 局 or 委 is in it
    (水务局 in 水利和水务管理局). Two agencies of one place for which this holds make it say nothing."""
    stem = _SUFFIX.sub("", short)
    return len(stem) > 1 and (stem in full or all(character in full for character in stem))
