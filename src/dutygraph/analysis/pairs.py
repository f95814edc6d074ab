"""Two clauses side by side: do they speak of the same thing, and what, if anything, divides the work."""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass
from typing import Literal

from dutygraph.analysis.facts import Clause
from dutygraph.analysis.words import Words, bigrams, core, elements, fold

__all__ = ["EXCLUSIVE", "Division", "Pair", "compare", "holds"]

Division = Literal["", "stage", "area", "aspect", "power", "act"]

EXCLUSIVE = frozenset(("licensing", "punishment", "coercion"))
"""Powers that two bodies cannot both hold over one thing (CON-01)."""

_OWN_ROLES = frozenset(("responsible", "approve", "lead"))
_SHORTEST_THING = 3
_ACTOR = re.compile("^[^，；、]{2,14}?(?:局|委|部门|政府|大队|中心)(?=负责|承担)")
_OF = re.compile("[^、，；的]{0,6}的")  # what follows is said of the thing, to the end of the clause


@dataclass(frozen=True, slots=True)
class Pair:
    """``things``: what both speak of. ``equal``: they say the same of it. ``division``: what parts them, empty when
    nothing does. ``powers``: the kinds of power that both hold, 其他 aside."""

    things: tuple[str, ...]
    equal: bool
    division: Division
    powers: frozenset[str]


def holds(clause: Clause) -> bool:
    """Whether the clause gives its body a task of its own: not when it only assists, takes part, guides or informs."""
    return bool(_OWN_ROLES & clause.roles)


def compare(one: Clause, two: Clause, words: Words, title: str = "", *, listed: bool = False) -> Pair | None:
    """None when the clauses have nothing in common that could be shared. Words of ``title``, the matter both are about,
    tell nothing apart. ``listed``: only things that both name whole count, not words that two objects share. Pure."""
    texts = _bare(one), _bare(two)
    if not texts[0] or not texts[1] or any(word in clause.text for word in words.relational for clause in (one, two)):
        return None
    powers = (one.powers & two.powers) - {"other"}
    same_act = _same_act(one, two, words)
    if fold(one.text) == fold(two.text) or (texts[0] == texts[1] and same_act):
        return Pair((texts[0],), equal=True, division="", powers=powers)
    things = _things(one, two, listed)
    if not things:
        return None
    return Pair(things, equal=False, division=_division(one, two, things, words, title), powers=powers)


def _bare(clause: Clause) -> str:
    return core(f"{clause.qualifier}{clause.object}" or clause.text)


def _same_act(one: Clause, two: Clause, words: Words) -> bool:
    """In a list of tasks the act of one may stand further on in the other."""
    if words.act(one.action) == words.act(two.action):
        return True
    return any(a.action and a.action in b.text for a, b in ((one, two), (two, one)))


def _things(one: Clause, two: Clause, listed_only: bool) -> tuple[str, ...]:
    """The things that both lists name, or the longest words that both objects have."""
    left, right = elements(one.object or one.text), elements(two.object or two.text)
    listed = tuple(element for element in left if element in right)
    if len(listed) > 1 or any(len(element) >= _SHORTEST_THING for element in listed):
        return listed
    if listed_only:
        return ()
    run = _longest_run(fold(one.object or one.text), fold(two.object or two.text))
    return (run,) if len(run) >= _SHORTEST_THING and len(bigrams(run)) >= _SHORTEST_THING - 1 else ()


def _longest_run(one: str, two: str) -> str:
    match = difflib.SequenceMatcher(None, one, two, autojunk=False).find_longest_match()
    return one[match.a : match.a + match.size].strip("、，的和与及")


def _division(one: Clause, two: Clause, things: tuple[str, ...], words: Words, title: str) -> Division:
    if one.stage and two.stage and one.stage[-1] != two.stage[-1]:  # …之前, …之后
        return "stage"
    if any(word in clause.text for clause in (one, two) for word in words.area):
        return "area"
    given = bigrams(title)
    left, right = (_around(fold(clause.text), things, given) for clause in (one, two))
    stages = words.stages_of(left), words.stages_of(right)
    steps = words.steps_of(left), words.steps_of(right)
    if any(a and b and not a & b for a, b in (stages, steps)):
        return "stage"
    if _aspects_apart(left, right, words, given):
        return "aspect"
    if not _same_act(one, two, words) and not one.powers & two.powers - {"other"}:
        return "power" if one.powers - {"other"} and two.powers - {"other"} else "act"
    return ""


def _around(text: str, things: tuple[str, ...], given: frozenset[str]) -> str:
    """What the clause says of the things: the piece of its list they stand in; to its end where 的 follows them."""
    text = _ACTOR.sub("", text)
    first, last = min(text.find(thing) for thing in things), max(text.find(thing) + len(thing) for thing in things)
    if first < 0:
        return text
    start = max(text.rfind(mark, 0, first) for mark in "、，；：") + 1
    ends = [text.find(mark, last) for mark in "、，；"] if not _OF.match(text, last) else []
    end = min((at for at in ends if at >= 0), default=len(text))
    piece = text[start:end]
    bare = piece if bigrams(_without(piece, things)) - given else text
    return _without(bare, things)


def _without(text: str, things: tuple[str, ...]) -> str:
    for thing in things:
        text = text.replace(thing, " ")
    return text


def _aspects_apart(left: str, right: str, words: Words, given: frozenset[str]) -> bool:
    """Whether each says something of the thing that the other does not, and they have nothing in common besides."""
    mine, other = _aspects(left, words) - given, _aspects(right, words) - given
    shared = mine & other
    if shared and shared <= words.stages.keys():  # one stage of life, which may still be divided
        mine, other = mine - words.stages.keys(), other - words.stages.keys()
    return bool(mine) and bool(other) and not mine & other


def _aspects(text: str, words: Words) -> frozenset[str]:
    """Stages by their names, and the pairs of characters of everything else; 安全 is said of every aspect."""
    found = set(words.stages_of(text))
    for names in words.stages.values():
        for name in names:
            text = text.replace(name, " ")
    return frozenset(found | {pair for pair in bigrams(text) if len(pair) > 1 and pair != "安全"})
