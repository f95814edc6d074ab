"""Which known things a question names: places, agencies, departments, matters, services, regimes, laws, concepts."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from dutygraph.answer.catalogue import Catalogue, Entity
from dutygraph.answer.question import Question
from dutygraph.retrieve import Match

__all__ = ["Links", "Mention", "link"]

_UNIT = r"(?:大队|中队|支队|队|科|室|所|处|中心)"
_HALVED = re.compile(
    rf"(?P<stem>[\u4e00-\u9fff]{{2,6}}?)(?:{_UNIT}[(（](?P<other>{_UNIT})[)）]|[那这]个?(?P<kind>{_UNIT}))"
)
_AFTER_PLACE = re.compile(r"[的谁哪有归管由怎多几,，?？]|$")
# A place that only says where another one lies, or where somebody is not: 挨着磁县的涉县, "next county to Cixian".
_BESIDE_BEFORE = re.compile(
    r"(?:挨着|紧挨|紧邻|毗邻|相邻|邻着|临着|靠着|紧靠|靠近|不是|不在|离开|搬出|离)$"
    r"|\b(?:next(?: (?:county|town|district|city|door|one))?(?: over)? to|beside|near|close to|adjacent to"
    r"|neighbou?r(?:s|ing)?(?: of| to)?|border(?:s|ing)|adjoin(?:s|ing)|across (?:the [a-z]+ )?from"
    r"|outside|not (?:in|from)|moved (?:away )?from|(?:north|south|east|west)(?:ern)? (?:of|to))\s*$"
)
_BESIDE_AFTER = re.compile(
    r"^[县区市旗]?的?(?:隔壁|旁边|边上|邻县|邻区|邻市|邻居|附近|不远|[东南西北]边)"
    r"|^(?: county| district| city)?(?:'s|’s)? (?:neighbou?r|next[- ]door)"
)
_INSIDE = 0.3  # the weight of a name inside a longer one: "dogs" in "barking dogs"
_OUTSIDE_FOCUS = 0.6  # of a name in the story around the question


@dataclass(frozen=True, slots=True)
class Mention:
    """``target`` (an IRI) is named in ``text[start:end]`` of the question. ``weight`` 0 … 1: how much that counts."""

    start: int
    end: int
    kind: str
    target: str
    weight: float


@dataclass(frozen=True, slots=True)
class Links:
    """The mentions of a question, and views of them. ``codes``: the places with a register that are named, ``foreign``
    the named places without one; ``topics``: the concepts named, with the weight of their best mention."""

    mentions: tuple[Mention, ...]
    codes: tuple[str, ...]
    foreign: tuple[Entity, ...]
    topics: tuple[tuple[str, float], ...]

    def of_kind(self, kind: str, *, whole: bool = True) -> tuple[str, ...]:
        """The targets of a kind in the order of the question; ``whole`` leaves out names inside longer ones."""
        floor = _INSIDE if whole else 0.0
        return tuple(dict.fromkeys(m.target for m in self.mentions if m.kind == kind and m.weight > floor))


def link(question: Question, catalogue: Catalogue) -> Links:
    """All mentions in ``question``, overlaps kept, with the places that it asks about."""
    matches = catalogue.matcher.find(question.text)
    mentions = tuple(
        mention for match in matches for mention in _mentions(match, _weight(match, matches, question), catalogue)
    )
    mentions += tuple(_halved(question, catalogue))
    places = [(catalogue.entities[m.target], m) for m in mentions if m.kind == "place" and m.weight > _INSIDE]
    known = set(catalogue.codes)
    codes = tuple(dict.fromkeys(place.code for place, _ in places if place.code in known))
    foreign = dict.fromkeys(
        place
        for place, mention in places
        if place.code not in known and not _contains(place, known) and _surely_a_place(question.text, mention)
    )
    if foreign:
        meant = {place.code for place, mention in places if not _beside(question.text, mention)}
        codes = tuple(code for code in codes if code in meant)
    topics: dict[str, float] = {}
    for mention in mentions:
        if mention.kind == "concept":
            topics[mention.target] = max(mention.weight, topics.get(mention.target, 0.0))
    ordered = tuple(sorted(topics.items(), key=lambda pair: (-pair[1], pair[0])))
    return Links(mentions, codes, tuple(foreign), ordered)


def _mentions(match: Match, weight: float, catalogue: Catalogue) -> Iterator[Mention]:
    """The mention; for a concept that is another name of agencies or departments, a mention of each of these."""
    units = catalogue.units.get(match.entry.target, ())
    for unit in units:
        yield Mention(match.start, match.end, catalogue.entities[unit].kind, unit, weight)
    if not units:
        yield Mention(match.start, match.end, match.entry.kind, match.entry.target, weight)


def _halved(question: Question, catalogue: Catalogue) -> Iterator[Mention]:
    """The departments whose name is written half: with another word for a unit in brackets (法制科(大队)), or with a
    "that" between what it does and what it is (财务那个科). The one of each place that begins and ends so."""
    for found in _HALVED.finditer(question.text):
        kind = found["other"] or found["kind"]
        for start in range(found.start("stem"), found.end("stem") - 1):
            stem = question.text[start : found.end("stem")]
            units: dict[str | None, list[str]] = defaultdict(list)
            for entity in catalogue.entities.values():
                if entity.kind == "department" and entity.label.startswith(stem) and entity.label.endswith(kind):
                    units[entity.code].append(entity.iri)
            meant = [several[0] for several in units.values() if len(several) == 1]
            if meant:
                weight = 1.0 if question.in_focus(start, found.end()) else _OUTSIDE_FOCUS
                yield from (Mention(start, found.end(), "department", unit, weight) for unit in meant)
                break


def _weight(match: Match, matches: Iterable[Match], question: Question) -> float:
    inside = any(
        other.start <= match.start
        and match.end <= other.end
        and other.end - other.start > match.end - match.start
        and other.entry.kind not in ("place", "law")
        for other in matches
    )
    weight = _INSIDE if inside else 1.0
    return weight if question.in_focus(match.start, match.end) else weight * _OUTSIDE_FOCUS


def _surely_a_place(text: str, mention: Mention) -> bool:
    """Short names of places are words too (新华书店, 长安街): they count where a place stands, before who or what."""
    name, rest = text[mention.start : mention.end], text[mention.end :]
    return name.isascii() or name[-1] in "省市县区旗州" or bool(_AFTER_PLACE.match(rest))


def _beside(text: str, mention: Mention) -> bool:
    """Whether a place is only named to say where another one lies."""
    return bool(_BESIDE_BEFORE.search(text[: mention.start]) or _BESIDE_AFTER.search(text[mention.end :]))


def _contains(place: Entity, codes: set[str]) -> bool:
    """A province or city above a place that has a register says nothing new."""
    return any(code.startswith(place.code or "-") for code in codes)
