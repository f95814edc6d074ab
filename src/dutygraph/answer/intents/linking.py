"""What the names of a question stand for in one place."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from dutygraph.answer.context import Context
from dutygraph.answer.intents.named import Named
from dutygraph.answer.intents.relations import Sort, plain_title
from dutygraph.answer.intents.structure import Structure
from dutygraph.answer.proposals import kind_of

__all__ = ["Linked", "link_names"]

# Which of the sorts that a name may stand for is meant first.
_ORDER: Final = ("agency", "department", "act", "phone", "matter", "item", "service", "regime", "duty")


@dataclass(frozen=True, slots=True)
class Linked:
    """A name as a condition in one place: the things of a sort that it stands for. ``own``: the agency that keeps the
    register, which is no condition on what has nothing to do with agencies."""

    named: Named
    sort: Sort
    keys: frozenset[str]
    own: bool = False


def link_names(context: Context, code: str, structure: Structure) -> tuple[tuple[Linked, ...], ...] | None:
    """What each name stands for in a place; None when one stands for nothing there."""
    found = []
    for named in structure.named:
        choices = tuple(_choices(context, code, named))
        if choices:
            found.append(choices)
        elif not (named.excepted or named.denied):
            return None
    return tuple(found)


def _choices(context: Context, code: str, named: Named) -> Iterator[Linked]:
    """The sorts of things that a name stands for; a word that only parts of one matter say stands for the matter."""
    entities, concepts = context.catalogue.entities, context.catalogue.concepts
    keys: dict[Sort, set[str]] = defaultdict(set)
    for mention in named.mentions:
        if mention.kind == "law":
            keys["act"] |= {plain_title(name) for name in context.catalogue.names[mention.target]}
        elif mention.kind == "concept":
            for node in concepts[mention.target].denotes.get(code, frozenset()):
                keys[kind_of(node)].add(node)
        elif mention.kind in ("phone", "act") or entities[mention.target].code == code:
            keys[mention.kind].add(mention.target)
    if "matter" not in keys:
        matters = {share.part for share in context.facts.read(sorted(keys.pop("share", ()))).values()}
        keys["matter"] |= matters if len(matters) == 1 else set()
    own = {register.agency_iri for register in context.catalogue.registers}
    for sort in sorted(filter(keys.__getitem__, keys.keys() & set(_ORDER)), key=_ORDER.index):
        yield Linked(named, sort, frozenset(keys[sort]), own=sort == "agency" and keys[sort] <= own)
