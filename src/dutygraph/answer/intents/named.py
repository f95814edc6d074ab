"""The names in a question, and what is said of each: linked to it, not linked, alone, one or the other, left out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from dutygraph.answer.context import Context
from dutygraph.answer.intents.phrases import Span
from dutygraph.answer.intents.relations import Relations
from dutygraph.answer.link import Mention
from dutygraph.retrieve import normalise

__all__ = ["UNITS", "Named", "joined", "read_names", "standing_alone"]

UNITS: Final = frozenset({"department", "agency"})
_PHONE = re.compile(r"(?<!\d)\d{7,8}(?:-\d{2,6})?(?!\d)")
_GLOSSED: Final = re.compile(
    r"\b(?P<gloss>(?:the|its|their|one|an?|that|this) (?:(?!(?:the|its|their|one|an?)\b)[a-z,'-]+ ){1,9})"
    r"\((?P<name>[^()]{2,20})\)"
)
_ANY_UNIT: Final = re.compile(r"\b(?:which|what|any|each|every|different|other|how many)(?: \w+)? $")
_AHEAD: Final = 9  # characters before a name in which it may be denied; in English twice as many
_WHOLE: Final = 1.0  # the weight of a name that does not stand inside a longer one


@dataclass(frozen=True, slots=True)
class Named:
    """Something that the question names. ``excepted``: left out of what is listed; ``denied``: must not be linked to
    it; ``only``: to nothing else; ``either``: or to the one named before."""

    start: int
    end: int
    mentions: tuple[Mention, ...]
    excepted: bool = False
    denied: bool = False
    only: bool = False
    either: bool = False


def read_names(context: Context) -> tuple[Named, ...]:
    """The names in their order, the longest at each place; a name of the register rather than an everyday word."""
    spans: dict[tuple[int, int], list[Mention]] = {}
    phones = (
        Mention(*found.span(), "phone", found.group(), _WHOLE) for found in _PHONE.finditer(context.question.text)
    )
    shells = [found.span() for found in context.words.shells.finditer(context.question.text)]
    shells += list(_glosses(context))
    places = [(mention.start, mention.end) for mention in context.links.mentions if mention.kind == "place"]
    for mention in (*context.links.mentions, *phones, *_acts(context), *_by_work(context)):
        hollow = any(start <= mention.start and mention.end <= end for start, end in shells) or any(
            a < mention.start < b < mention.end or mention.start < a < mention.end < b for a, b in places
        )
        if mention.kind != "place" and mention.weight >= _WHOLE and not (hollow or _is_any_unit(context, mention)):
            spans.setdefault((mention.start, mention.end), []).append(mention)
    return tuple(_read(context, sorted(spans.items(), key=lambda each: (each[0][0], -each[0][1]))))


def _is_any_unit(context: Context, mention: Mention) -> bool:
    """Whether an English word that a unit goes by only says what kind of unit is asked for: which office, offices."""
    text = context.question.text
    if mention.kind != "department" or not context.words.nouns["department"].fullmatch(
        text, mention.start, mention.end
    ):
        return False
    plural = text[mention.start : mention.end].isascii() and text[mention.end - 1] == "s"
    return plural or bool(_ANY_UNIT.search(text[: mention.start]))


def _glosses(context: Context) -> Iterator[tuple[int, int]]:
    """What stands before the name of a unit in brackets: the same unit in everyday words."""
    for found in _GLOSSED.finditer(context.question.text):
        if any(m.kind in UNITS and (m.start, m.end) == found.span("name") for m in context.links.mentions):
            yield found.span("gloss")


def _acts(context: Context) -> Iterator[Mention]:
    """The acts that a register cites and the question names, also those that no list of acts knows."""
    text = context.question.text
    if not context.asks(context.words.modifiers["citing"]):
        return
    titles = {thing.key for code in context.codes for thing in Relations(context.facts, code).things("act")}
    for title in sorted(titles):
        start = text.find(normalise(title))
        if start >= 0:
            yield Mention(start, start + len(normalise(title)), "act", title, _WHOLE)


def _by_work(context: Context) -> Iterator[Mention]:
    """The agencies that are named by what they do: the bureau in charge of transport. Its name says it, too."""
    for found in context.words.modifiers["by_work"].finditer(context.question.text):
        for entity in context.catalogue.entities.values():
            if entity.kind == "agency" and entity.code in context.codes and found["work"] in entity.label:
                yield Mention(*found.span(), "agency", entity.iri, _WHOLE)


def _read(context: Context, spans: Sequence[tuple[tuple[int, int], list[Mention]]]) -> Iterator[Named]:
    text, modifiers = context.question.text, context.words.modifiers
    last: Named | None = None
    for (start, end), mentions in spans:
        done = last.end if last else 0
        if start < done:
            continue
        ahead = 2 * _AHEAD if context.question.lang == "en" or text[start:end].isascii() else _AHEAD
        head = text[max(done, start - ahead) : start]
        if modifiers["included"].search(head) or modifiers["included_after"].match(text[end:]):
            continue
        same = last if last is not None and joined(context, text[done:start]) else None
        excepted = bool(modifiers["except"].search(head) or modifiers["except_after"].match(text[end:])) or (
            same is not None and same.excepted
        )
        denied = modifiers["denied"].search(head) or modifiers["denied_after"].match(text[end:])
        here = [mention for mention in mentions if mention.kind != "concept"]
        last = Named(
            start,
            end,
            tuple(here or mentions),
            excepted,
            not excepted and (bool(denied) or (same is not None and same.denied)),
            bool(modifiers["only"].search(head)) or (same is not None and same.only),
            last is not None and bool(modifiers["either"].search(text[done:start])),
        )
        yield last


def joined(context: Context, between: str) -> bool:
    """Whether only an "and" stands between two names."""
    return bool(context.words.modifiers["and"].fullmatch(between.strip()))


def standing_alone(context: Context, named: Sequence[Named], nouns: Sequence[Span]) -> tuple[Named, ...]:
    """The names without those right before a noun for a unit, and those joined to them: what a unit is called."""
    text, kept = context.question.text, list[Named]()
    the_one = context.words.modifiers["the_one"]
    units = {noun.start for noun in nouns if UNITS & set(noun.sorts)}
    agencies = {noun.start for noun in nouns if "agency" in noun.sorts}
    for name in reversed(named):
        between = {unit: text[name.end : unit].strip() for unit in units if unit >= name.end}
        part = any(not said or the_one.fullmatch(said) for said in between.values())
        part = part or any(
            unit > name.end and joined(context, text[name.end : unit]) for unit in units - _starts(nouns)
        )
        if part:
            units.add(name.start)
        kinds = {mention.kind for mention in name.mentions}
        called = any(not between.get(unit, "-") for unit in agencies) and "agency" in kinds
        if not part or called or "department" in kinds:
            kept.append(name)
    return tuple(reversed(kept))


def _starts(nouns: Sequence[Span]) -> frozenset[int]:
    return frozenset(noun.start for noun in nouns)
