"""Where the clauses of a text begin and end."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dutygraph.read.clause_words import ClauseWords

__all__ = [
    "FROM_ACTOR",
    "GROUND",
    "LISTED",
    "TOWARDS",
    "TO_WHOM",
    "TRIM",
    "UPWARDS",
    "cut",
    "is_complete",
    "iterate_spans",
    "without_tail",
]

_SENTENCE_STOPS = "。；;！？\n"
LISTED = re.compile(r"\s*(?:[一二三四五六七八九十]+是|其[一二三四五六七八九十])")
TRIM = " \t　，,、。；;！？\n\r"
_UNFINISHED = re.compile(r"(?:后|前|时|的|过程中|期间)$")
TOWARDS = re.compile(r"(?:并且|并|同时)?(?:针对|对于|对(?!外[交开宣联]|[策象手方比]))")
FROM_ACTOR = re.compile(r"[^，；]{2,12}?(?:应当|应|须|必须|可以)")
TO_WHOM = re.compile(r"(?:并)?向[^，；]{1,10}?(?=公开|发布|报告|通报|提供|移送|转递)")
# 按照上级部署，…; 负责根据指示，…: on what ground, and 报上级机关批准: whom it goes up to. Neither says what is done.
GROUND = re.compile(r"(?:(?<=负责)|^)(?:根据|按照|依据|依照)[^，；。]*，")
UPWARDS = re.compile(r"并?报[^，；。报]{0,14}?(?:批准|审批|核准|审定|备案)$")


def iterate_spans(text: str, words: ClauseWords) -> Iterator[tuple[int, int]]:
    """Sentences first, then parts of a sentence that begin an act of their own."""
    spans: list[tuple[int, int]] = []
    for start, end in cut(text, 0, len(text), _SENTENCE_STOPS):
        if spans and LISTED.match(text, start, end):  # 查处以下噪声：一是…。二是…。
            spans[-1] = (spans[-1][0], end)
        else:
            spans.append((start, end))
    for start, end in spans:
        yield from _within_sentence(text, start, end, words)


def _within_sentence(text: str, start: int, end: int, words: ClauseWords) -> Iterator[tuple[int, int]]:
    begin: int | None = None
    last = start
    for part_start, part_end in cut(text, start, end, "，,"):
        part = text[part_start:part_end]
        if begin is not None and is_complete(text[begin:last], words) and _begins_an_act(part, words):
            yield _trimmed(text, begin, last)
            begin = None
        begin = part_start if begin is None else begin
        last = part_end
    if begin is not None:
        yield _trimmed(text, begin, last)


def cut(text: str, start: int, end: int, stops: str) -> Iterator[tuple[int, int]]:
    """Pieces between stops that stand outside brackets and quotation marks."""
    depth = 0
    begin = start
    for position in range(start, end):
        char = text[position]
        if char in "（(《“〔":
            depth += 1
        elif char in "）)》”〕":
            depth = max(0, depth - 1)
        elif char in stops and (not depth or char in "。；\n"):
            depth = 0
            if text[begin:position].strip(TRIM):
                yield begin, position
            begin = position + 1
    if text[begin:end].strip(TRIM):
        yield begin, end


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    piece = text[start:end]
    left = len(piece) - len(piece.lstrip(TRIM))
    return start + left, start + len(piece.rstrip(TRIM))


def is_complete(part: str, words: ClauseWords) -> bool:
    """Whether a part can end here: it is no condition (受理警情后), and what it says it does 对 something is said."""
    part = part.strip(TRIM)
    if _UNFINISHED.search(part):
        return False
    actor = words.actor.match(part)
    part = part[actor.end() :] if actor else part
    lead = words.lead.match(part)
    rest = part[lead.end() :] if lead else part
    if GROUND.fullmatch(rest + "，") and not words.basis.match(rest):
        return False
    return TOWARDS.match(rest) is None or _says_what_is_done(rest, words)


def _says_what_is_done(towards: str, words: ClauseWords) -> bool:
    """Whether after 对X there is an act: 进行检查, 征收抚养费, …的检查."""
    ends = words.act_at_end.search(without_tail(towards, words))
    return bool(ends or words.carrying.search(towards) or words.after_whom.search(towards))


def _begins_an_act(part: str, words: ClauseWords) -> bool:
    part = part.strip(TRIM)
    if words.purpose.match(part) or UPWARDS.fullmatch(part):
        return False
    lead = words.lead.match(part)
    if lead is not None:
        rest = part[lead.end() :]
        return bool(without_tail(rest, words)) or "负责" in lead[0]
    if TOWARDS.match(part) or TO_WHOM.match(part):
        return True
    if FROM_ACTOR.match(part):
        return False
    bare = re.sub(r"等[^，、]{0,6}$", "", part)
    tail = words.act_at_end.search(without_tail(bare, words))
    return tail is not None and tail.start() > 1


def without_tail(text: str, words: ClauseWords) -> str:
    stripped = text.strip(TRIM)
    while (shorter := words.tail.sub("", stripped)) != stripped:
        stripped = shorter
    return stripped
