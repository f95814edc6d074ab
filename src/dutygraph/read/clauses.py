"""Duties split into clauses: who acts as what, what is done, to what, when, and which administrative power that is.

By dictionary and grammar; the dictionary is ontology/schemes/clause_words.toml. A duty is written in two ways, with
the verb before its object (审批旅馆业, 对旅馆业进行检查) or as a noun after it (负责旅馆业的审批); both give the same
action and object.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from dutygraph.read.clause_spans import (
    FROM_ACTOR,
    GROUND,
    LISTED,
    TO_WHOM,
    TOWARDS,
    TRIM,
    UPWARDS,
    cut,
    is_complete,
    iterate_spans,
    without_tail,
)
from dutygraph.read.clause_words import ClauseWords, load_clause_words

__all__ = ["ClauseText", "parse_clauses"]


@dataclass(frozen=True, slots=True)
class ClauseText:
    """A clause of a text. ``start`` and ``end`` count characters of it: ``text`` is exactly that piece.

    ``roles`` and ``powers`` are notations of the schemes dg:Roles and dg:Powers, at least one each (``responsible``
    and ``other`` when no word says more). ``action`` is what is done (审批), ``object`` what it is done to, ``stage``
    when (进入市场前), ``qualifier`` what kind of it (行政处罚: 行政); None where the clause has none."""

    start: int
    end: int
    text: str
    roles: tuple[str, ...]
    powers: tuple[str, ...]
    action: str | None = None
    object: str | None = None
    stage: str | None = None
    qualifier: str | None = None


def parse_clauses(text: str) -> tuple[ClauseText, ...]:
    """The clauses of a duty, work item or share, in order. Nothing of the text but stops and blanks is left out.

    >>> [(c.action, c.object, c.roles) for c in parse_clauses("负责犬类许可证的审批；协助公安局检查。")]
    [('审批', '犬类许可证', ('responsible', 'approve')), ('检查', '公安局', ('assist',))]
    """
    words = load_clause_words()
    return tuple(_clause(text[start:end], start, words) for start, end in iterate_spans(text, words))


_STAGES = (
    re.compile(r"(?:在|从|自|进入)[^，；。在从]*?(?:之?前|之?后|过程中|期间)(?=的|，|、|进行|及时|适时|$)"),
    re.compile(r"从[^，；。]*?到[^，；。]*?(?:之?前|之?后)(?=的)"),
    re.compile(r"^[^，；。]{2,24}?(?:后|前|过程中|期间)(?=，)"),
    re.compile(r"(?<=，)经[^，；。]{2,12}?后"),
    re.compile(r"(?<=负责)[^，；。的]{2,10}?后(?=[办开组进])"),
)


@dataclass(slots=True)
class _Parts:
    """What is found of a clause on the way through it."""

    verbs: list[str]
    nouns: list[str]
    object: str
    qualifier: str
    roles: dict[str, None]


def _clause(piece: str, start: int, words: ClauseWords) -> ClauseText:
    stated = UPWARDS.sub("", GROUND.sub("", piece))
    stage, core = _take_stage(stated if stated.strip(TRIM) else piece)
    segments = [core[a:b].strip(TRIM) for a, b in cut(core, 0, len(core), "，,")]
    parts = _Parts([], [], "", "", {})
    main = _main_segment(segments)
    _read_main("，".join(segments[main:]) if _is_open(segments, main, words) else segments[main], parts, words)
    for segment in segments[main + 1 :]:
        _read_roles(segment, parts, words)
    return ClauseText(
        start=start,
        end=start + len(piece),
        text=piece,
        roles=_roles(parts, words),
        powers=_powers(parts, words),
        action=next(iter([*parts.nouns, *parts.verbs]), None),
        object=parts.object or None,
        stage=stage,
        qualifier=parts.qualifier or None,
    )


def _take_stage(piece: str) -> tuple[str | None, str]:
    for pattern in _STAGES:
        match = pattern.search(piece)
        if match is not None and len(match[0]) < len(piece):
            return match[0].strip(TRIM), piece[: match.start()] + piece[match.end() :]
    return None, piece


def _main_segment(segments: Sequence[str]) -> int:
    """The first segment that says what is done; conditions (…的，) stand before it."""
    for index, segment in enumerate(segments):
        if not segment.endswith("的") or index == len(segments) - 1:
            return index
    return 0


def _is_open(segments: Sequence[str], main: int, words: ClauseWords) -> bool:
    """Whether the object of the main segment goes on behind a comma."""
    following = segments[main + 1] if main + 1 < len(segments) else ""
    if not following or words.purpose.match(following) or words.lead.match(following):
        return False
    if LISTED.search(segments[main]) or "：" in segments[main]:
        return False
    continues = not is_complete(segments[main], words) or words.attribute_end.search(following) is not None
    return continues or FROM_ACTOR.match(segments[main]) is not None or "的" in following


def _read_main(segment: str, parts: _Parts, words: ClauseWords) -> None:
    segment = re.split(r"[：:](?=[一二三四五六七八九十1①（])", segment, maxsplit=1)[0]
    segment = _without(words.actor, segment)
    segment = _without(words.basis, _without(words.particle, segment, only_before="对针在向根依按将把"))
    rest = _read_lead(_without(words.place, segment), parts, words)
    rest = _without(words.basis, _without(words.place, rest))
    rest = _read_appended(_read_lead(rest, parts, words) if not parts.verbs else rest, parts, words)
    _read_object(rest, parts, words)


def _without(pattern: re.Pattern[str], text: str, only_before: str = "") -> str:
    """The text without what the pattern finds at its beginning."""
    match = pattern.match(text)
    if match is None or (only_before and text[match.end() : match.end() + 1] not in tuple(only_before)):
        return text
    return text[match.end() :]


def _read_lead(segment: str, parts: _Parts, words: ClauseWords) -> str:
    """Takes the verbs that open the clause (指导、监督; 负责组织实施) and their roles."""
    position = 0
    subordinate = False
    while (match := words.one_verb.match(segment, position)) is not None:
        verb = match["verb"]
        role = words.role_of.get(verb)
        if role is not None:
            parts.roles[role] = None
            subordinate = role not in ("responsible", "approve", "coordinate")
            if role == "approve":
                parts.verbs.append(verb)
        elif words.acts.fullmatch(verb):
            # 参与处置: the others' act; 指导或直接侦办: an own one
            subordinate = subordinate and (not match["join"] or bool(parts.nouns))
            (parts.nouns if subordinate else parts.verbs).append(verb)
        position = match.end()
    if position and not without_tail(segment[position:], words) and (parts.verbs or parts.nouns):
        parts.verbs.clear()
        parts.nouns.clear()
        light = words.light_lead.match(segment)
        return segment[light.end() :] if light else segment
    return segment[position:]


def _read_appended(rest: str, parts: _Parts, words: ClauseWords) -> str:
    """Takes a second predicate at the end (…并监督检查, …并及时反馈)."""
    match = words.appended.search(rest)
    if match is None or match.start() < 2:
        return rest
    verb = match["verb"]
    parts.verbs.append(verb)
    if verb in words.role_of:
        parts.roles[words.role_of[verb]] = None
    return rest[: match.start()]


def _read_object(rest: str, parts: _Parts, words: ClauseWords) -> None:
    towards = TOWARDS.match(rest)
    if towards is not None:
        rest = rest[towards.end() :]
        if _read_towards(rest, parts, words):
            return
    elif not parts.verbs and not _closed_by_of(rest, words):
        rest = _read_inner(rest, parts, words)
    partner = words.with_whom.match(rest) if not _PARTNERED.isdisjoint(parts.roles) else None
    if partner is not None and not parts.nouns and not _is_act(rest[partner.end() :], words):
        own = len(parts.verbs)
        rest = _read_lead(rest[partner.end() :], parts, words)
        parts.nouns.extend(parts.verbs[own:])
        del parts.verbs[own:]
    whom = TO_WHOM.match(rest)
    if whom is not None:
        rest = _read_lead(rest[whom.end() :], parts, words)
    _read_nominal(rest, parts, words)


def _is_attribute(done: str, words: ClauseWords) -> bool:
    """对…建筑物内进行装修作业产生噪声的查处: 进行 belongs to the attribute, the act stands after 的."""
    bare = without_tail(done, words)
    return _closed_by_of(done, words) and len(bare.rpartition("的")[0]) > 6


def _closed_by_of(rest: str, words: ClauseWords) -> bool:
    """…产生噪声的查处: what stands before 的 is an attribute, however many verbs it has."""
    bare = without_tail(rest, words)
    tail = words.acts_at_end.search(bare)
    return tail is not None and bare[: tail.start()].endswith("的")


def _read_inner(rest: str, parts: _Parts, words: ClauseWords) -> str:
    """配合公安机关进行检查, 牵头成员单位开展工作: what is done stands after the inner verb."""
    found = list(words.inner_light.finditer(rest))
    if not found:
        return rest
    inner = found[-1]
    done = rest[inner.end() :]
    if _is_act(done, words) and {"responsible"}.issuperset(parts.roles):
        return rest[: inner.start()] + done  # 电子数据进行检查: the object stands before
    return done


def _is_act(done: str, words: ClauseWords) -> bool:
    """Whether the words are acts and nothing else."""
    return words.acts_at_end.fullmatch(without_tail(done, words)) is not None


_PARTNERED = frozenset(("joint", "assist"))


def _read_towards(rest: str, parts: _Parts, words: ClauseWords) -> bool:
    """对X进行检查, 对X征收Y; false when the act closes the clause (对X的检查)."""
    carried = words.carrying.search(rest)
    if carried is not None and not _is_attribute(rest[carried.end() :], words):
        done = without_tail(rest[carried.end() :], words)
        tail = words.acts_at_end.search(done)
        _take_nouns(tail, parts, words)
        parts.qualifier = done[: tail.start()].rstrip("的") if tail else ""
        parts.object = _tidy(rest[: carried.start()], words)
        return True
    verb = words.after_whom.search(rest)
    if verb is None or not without_tail(rest[verb.end() :], words):
        return False
    parts.verbs.append(verb["verb"])
    if verb["verb"] in words.role_of:
        parts.roles[words.role_of[verb["verb"]]] = None
    parts.object = _tidy(rest[verb.end() :], words)
    return True


def _read_nominal(rest: str, parts: _Parts, words: ClauseWords) -> None:
    """X的审批, X审批工作, X的设立审批; an object alone when the clause opened with its act."""
    bare = without_tail(rest, words)
    tail = words.acts_at_end.search(bare)
    if tail is None:
        parts.object = _tidy(bare, words)
        return
    if tail.start() == 0:  # 负责审计工作: the act is all there is
        if not parts.verbs:
            _take_nouns(tail, parts, words)
        parts.object = _tidy(bare, words)
        return
    before = bare[: tail.start()]
    if parts.verbs and not before.endswith("的"):
        parts.object = _tidy(bare, words)
        return
    _take_nouns(tail, parts, words)
    if parts.verbs:
        parts.nouns.clear()
    for inside in words.act_coordinated.finditer(before):
        parts.nouns.append(inside["verb"])
    if not before.endswith("的"):
        before = _take_qualifier(before, parts, words)
    parts.object = _tidy(before, words)


def _take_nouns(tail: re.Match[str] | None, parts: _Parts, words: ClauseWords) -> None:
    for verb in words.any_act.findall(tail[0]) if tail else ():
        parts.nouns.append(verb)
        if verb in words.role_of:
            parts.roles[words.role_of[verb]] = None


def _take_qualifier(before: str, parts: _Parts, words: ClauseWords) -> str:
    """烟花爆竹的公共安全(管理): the object is 烟花爆竹, of which the public safety is managed."""
    thing, of, kind = before.rpartition("的")
    short = all(len(k) <= 6 for k in re.split("[、和]", kind)) and len(kind) <= 10
    if not of or not kind or not short or words.attribute_end.search(thing):
        return before
    parts.qualifier = kind
    return thing


def _read_roles(segment: str, parts: _Parts, words: ClauseWords) -> None:
    if words.purpose.match(segment):
        return
    position = 0
    while (match := words.one_verb.match(segment, position)) is not None:
        role = words.role_of.get(match["verb"])
        if role is not None:
            parts.roles[role] = None
        position = match.end()


def _roles(parts: _Parts, words: ClauseWords) -> tuple[str, ...]:
    """An act of its own makes an agency responsible, unless the act is approving; so does having no other role."""
    own_act = any(verb not in words.role_of for verb in parts.verbs)
    if own_act or not parts.roles:
        parts.roles["responsible"] = None
    return tuple(role for role in words.roles if role in parts.roles)


def _powers(parts: _Parts, words: ClauseWords) -> tuple[str, ...]:
    acts = [*parts.verbs, *parts.nouns, *(parts.qualifier + noun for noun in parts.nouns)] or [parts.object[-2:]]
    whole = "".join(parts.verbs) + parts.object
    return tuple(
        power
        for power, pattern in words.powers.items()
        if any(pattern.search(act) for act in acts)
        or (power in words.powers_with_object and words.powers_with_object[power].search(whole))
    ) or ("other",)


def _tidy(text: str, words: ClauseWords) -> str:
    bare = re.sub(r"向[^，；、]{2,12}$", "", without_tail(text, words).rstrip("的和及与、"))
    return words.object_lead.sub("", bare).strip(TRIM)
