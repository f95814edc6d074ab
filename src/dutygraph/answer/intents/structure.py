"""What a structured question says: the kind of thing asked for, and the conditions that it must meet.

Position decides. A noun after which, how many, list (before 有哪些, 是谁) is asked for; one after a number, or beside
most or fewest, is counted; the others are columns that a record must have or lack; names are what it must be linked to.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from dutygraph.answer.context import Context, once
from dutygraph.answer.intents.named import UNITS, Named, read_names, standing_alone
from dutygraph.answer.intents.numbers import Extreme, Number, read_extremes, read_numbers, read_often, read_quantity
from dutygraph.answer.intents.phrases import CLAUSE_END, Span, near, reach, within
from dutygraph.answer.intents.relations import Sort
from dutygraph.answer.intents.said import Said, find_quotes, read_said

__all__ = ["Asked", "Elsewhere", "Every", "Has", "Shared", "Structure", "Titled", "read_structure"]


@dataclass(frozen=True, slots=True)
class Asked:
    """What kind of thing is asked for, the likeliest sort first; none when the question leaves it to what is linked.
    ``counted``: how many there are; ``each``: for each thing of these sorts."""

    sorts: tuple[Sort, ...]
    start: int
    end: int
    counted: bool
    each: tuple[Sort, ...] = ()


@dataclass(frozen=True, slots=True)
class Has:
    """Any related thing, or none."""

    sorts: tuple[Sort, ...]
    present: bool


@dataclass(frozen=True, slots=True)
class Every:
    """All related things that there are. No sorts: those that the asked kind usually has."""

    sorts: tuple[Sort, ...]


@dataclass(frozen=True, slots=True)
class Shared:
    """One and the same related thing as others have; ``many``: as so many in all."""

    sorts: tuple[Sort, ...]
    many: int | None


@dataclass(frozen=True, slots=True)
class Titled:
    """What a name has in it, or must not have (``denied``); or ends with."""

    word: str
    denied: bool
    ending: bool


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Only what the other places have too (``common``; ``exactly``: by the same name), or what none of these others
    has."""

    common: bool
    lacking: tuple[str, ...] = ()
    exactly: bool = False


@dataclass(frozen=True, slots=True)
class Structure:
    """A question as a relational query. ``said``: what texts must say, beyond doubt; ``phrases``: what they must say
    when the everyday words are not read as names of things, either; ``unread``: it calls a unit by a name that nothing
    here goes by."""

    asked: Asked
    named: tuple[Named, ...] = ()
    numbers: tuple[Number, ...] = ()
    extremes: tuple[Extreme, ...] = ()
    columns: tuple[Has, ...] = ()
    every: tuple[Every, ...] = ()
    elsewhere: Elsewhere | None = None
    shared: tuple[Shared, ...] = ()
    said: tuple[Said, ...] = ()
    phrases: tuple[Said, ...] = ()
    titled: tuple[Titled, ...] = ()
    unread: bool = False

    def worded(self) -> Structure:
        """The same with everyday words as what texts must say, and not as names of things."""
        kept = tuple(name for name in self.named if any(mention.kind != "concept" for mention in name.mentions))
        return replace(self, named=kept, said=(*self.said, *self.phrases), phrases=())


@once
def read_structure(context: Context) -> Structure | None:
    """The structure of the question; None when it asks for no kind of thing."""
    named = read_names(context)
    nouns = _nouns(context, named)
    named = tuple(name for name in named if not any(n.start <= name.start and name.end <= n.end for n in nouns))
    whole = standing_alone(context, named, nouns)
    unread = len(whole) < len(named) and not any(m.kind in UNITS for name in whole for m in name.mentions)
    likely = [noun for noun in nouns if not (_follows(context, noun, "others") or _is_shared(context, noun))]
    asked = _asked(context, likely, whole)
    if asked is None:
        return None
    asked, whole = _apart(context, asked, whole)
    free = [noun for noun in nouns if (noun.start, noun.end) != (asked.start, asked.end) and noun.sorts != asked.each]
    numbers = read_numbers(context, free)
    often = [] if numbers or asked.counted else list(read_often(context, asked.sorts))
    extremes = read_extremes(context, free)
    used = {noun for noun, _ in (*numbers, *extremes)}
    others = [noun for noun in free if noun not in used and not _follows(context, noun, "others")]
    shared = [noun for noun in others if _is_shared(context, noun)]
    others = [noun for noun in others if noun not in shared]
    elsewhere = _elsewhere(context)
    columns = [Has(noun.sorts, not _lacking(context, noun)) for noun in others if noun.sorts != asked.sorts]
    if elsewhere is not None and elsewhere.lacking:  # that the others lack it is said of them, not of what is asked for
        columns = [column for column in columns if column.present or replace(column, present=True) not in columns]
    said = read_said(context, nouns, whole)
    structure = Structure(
        asked,
        whole,
        (*(number for _, number in numbers), *often),
        tuple(extreme for _, extreme in extremes),
        tuple(columns),
        tuple(_every(context, others)),
        elsewhere,
        tuple(Shared(noun.sorts, read_quantity(context.question.text)) for noun in shared),
        tuple(phrase for phrase in said if phrase.plain),
        tuple(phrase for phrase in said if not phrase.plain),
        tuple(_titled(context)),
        unread,
    )
    return structure.worded() if structure.said else structure


def _nouns(context: Context, named: Sequence[Named]) -> list[Span]:
    """The nouns for things of a register, the longest at each place, not those within a name."""
    text = context.question.text
    tables = [found.span() for found in context.words.modifiers["tables"].finditer(text)]
    taken = [(name.start, name.end) for name in named if any(m.kind != "concept" for m in name.mentions)] + tables
    taken += find_quotes(context)
    everyday = [(name.start, name.end) for name in named if all(m.kind == "concept" for m in name.mentions)]
    found: dict[tuple[int, int], list[Sort]] = {}
    for sort, pattern in context.words.nouns.items():
        for match in pattern.finditer(text):
            found.setdefault(match.span(), []).append(sort)
    spans = [
        Span(start, end, tuple(sorts))
        for (start, end), sorts in sorted(found.items())
        if not any(a < end and start < b for a, b in taken)
        and not any(a <= start and end <= b and end - start < b - a for a, b in everyday)
    ]
    return [
        span
        for span in spans
        if not any(o.start < span.end and span.start < o.end and o.end - o.start > span.end - span.start for o in spans)
    ]


def _asked(context: Context, nouns: Sequence[Span], named: Sequence[Named]) -> Asked | None:
    """The noun beside the word that asks; the last one, where none is; no noun, where things are only named."""
    text, modifiers = context.question.text, context.words.modifiers
    for modifier in ("asking_for", "asking_after", "asking_all"):
        for found in modifiers[modifier].finditer(text):
            counted = bool(modifiers["counting"].search(found.group()))
            whole = None if modifier == "asking_all" else _of_these(context, nouns, found.start(), found.end())
            if whole is not None:
                return Asked(whole.sorts, whole.start, whole.end, counted)
            if modifier == "asking_after":
                before = [
                    n for n in reversed(nouns) if n.end <= found.start() + 1 and within(text, n.end, found.start())
                ]
                skipped = 1 if before and _compared(context, before[0].end, found.start()) else 0
                noun = next(iter(before[skipped:]), None)
            else:
                noun = next((n for n in nouns if n.start >= found.start()), None)
                if noun is not None and (
                    not near(text, found.end(), noun.start) or _compared(context, found.end(), noun.start)
                ):
                    noun = None
            if noun is not None:
                return Asked(noun.sorts, noun.start, noun.end, counted, _each(context, nouns, noun) if counted else ())
    asking = modifiers["asking_any"].search(text)
    if asking is None:
        told = modifiers["telling"].search(text)
        last = nouns[-1] if nouns and (told or not text[nouns[-1].end :].strip(" ?？。")) else None
        return Asked(last.sorts, last.start, last.end, counted=False) if last else None
    counted = bool(modifiers["counting"].search(asking.group()))
    if modifiers["asking_who"].search(asking.group()):
        whole = _of_these(context, nouns, *asking.span())
        sorts = whole.sorts if whole and UNITS & set(whole.sorts) else _units(named)
        return Asked(sorts, *asking.span(), counted)
    before = [noun for noun in nouns if noun.end <= asking.start()]
    owned = all(_is_own(context, name) for name in named)
    if before and (owned or (counted and CLAUSE_END.search(text[before[-1].end : asking.start()]))):
        return Asked(before[-1].sorts, before[-1].start, before[-1].end, counted)
    return Asked((), *asking.span(), counted)


def _units(named: Sequence[Named]) -> tuple[Sort, ...]:
    """Who may be asked for: agencies rather than departments where an agency is left out."""
    excepted = any(name.excepted and any(m.kind == "agency" for m in name.mentions) for name in named)
    return ("agency",) if excepted else ("department", "agency")


def _is_own(context: Context, name: Named) -> bool:
    """Whether a name stands for an agency that keeps one of the registers, which says whose they are."""
    own = {register.agency_iri for register in context.catalogue.registers}
    return any(mention.target in own for mention in name.mentions) and not (name.excepted or name.denied)


def _of_these(context: Context, nouns: Sequence[Span], start: int, end: int) -> Span | None:
    """What is named before the word that asks, at the end of the clause before it, where no noun follows that word: of
    the departments that …, which; the regimes that …, here, which are they."""
    text = context.question.text
    if any(
        noun.start <= end <= noun.end or (noun.start > end and not text[end : noun.start].strip()) for noun in nouns
    ):
        return None
    last = next((noun for noun in reversed(nouns) if noun.end <= start), None)
    if last is None or not CLAUSE_END.search(text[last.end : start]):
        return None
    between = text[last.end : start]
    for mention in context.links.mentions:
        if mention.kind == "place" and last.end <= mention.start and mention.end <= start:
            between = between.replace(text[mention.start : mention.end], "")
    return last if context.words.modifiers["of_these"].fullmatch(between.strip()) else None


def _compared(context: Context, start: int, end: int) -> bool:
    """Whether most or fewest stands between two places: the noun beside it is counted, not asked for."""
    text, modifiers = context.question.text, context.words.modifiers
    return bool(modifiers["most"].search(text[start:end]) or modifiers["least"].search(text[start:end]))


def _each(context: Context, nouns: Sequence[Span], asked: Span) -> tuple[Sort, ...]:
    """The sorts of a noun that stands right after "each": a number is asked for each of these."""
    for found in context.words.modifiers["each"].finditer(context.question.text):
        noun = next((n for n in nouns if n != asked and n.start >= found.start()), None)
        if noun is not None and noun.start <= found.end():
            return noun.sorts
    return ()


def _apart(context: Context, asked: Asked, named: tuple[Named, ...]) -> tuple[Asked, tuple[Named, ...]]:
    """Units that the question names side by side, each to be counted by itself: any of them, and a number for each."""
    units = [name for name in named if any(mention.kind in UNITS for mention in name.mentions)]
    meant = len(units) > 1 and not any(name.excepted or name.denied for name in units)
    if not meant or not asked.counted or asked.each or not context.asks(context.words.modifiers["apart"]):
        return asked, named
    kinds = tuple(dict.fromkeys(mention.kind for name in units for mention in name.mentions if mention.kind in UNITS))
    if set(kinds) & set(asked.sorts):
        return asked, named
    others = tuple(replace(name, either=True) if name in units[1:] else name for name in named)
    return replace(asked, each=kinds), others


def _every(context: Context, nouns: Sequence[Span]) -> Iterator[Every]:
    if context.words.modifiers["every"].search(context.question.text):
        yield Every(nouns[-1].sorts if nouns else ())


def _follows(context: Context, noun: Span, modifier: str) -> bool:
    """Whether the words of a modifier stand right before a noun."""
    head = context.question.text[max(0, noun.start - reach(context.question.text)) : noun.start]
    return bool(context.words.modifiers[modifier].search(head))


def _is_shared(context: Context, noun: Span) -> bool:
    """Whether things are to have one and the same of this."""
    after = context.words.modifiers["shared_after"].match(context.question.text[noun.end :])
    phone = bool(after) and "phone" in noun.sorts
    return phone or _follows(context, noun, "shared")


def _titled(context: Context) -> Iterator[Titled]:
    """What the question says of the names of what it asks for: 名字带“大队”的, 叫所、叫室的."""
    for found in context.words.modifiers["titled"].finditer(context.question.text):
        said = {name: word for name, word in found.groupdict().items() if word}
        word = next(word for name, word in said.items() if not name.startswith("no"))
        yield Titled(word, any(name.startswith("no") for name in said), any(name.startswith("end") for name in said))


def _lacking(context: Context, noun: Span) -> bool:
    """Whether the noun is said to be missing: denied right before it, or blank right after."""
    modifiers = context.words.modifiers
    text = modifiers["whether"].sub(lambda found: " " * len(found.group()), context.question.text)
    far = reach(text)
    head = CLAUSE_END.split(text[max(0, noun.start - far) : noun.start])[-1]
    tail = CLAUSE_END.split(text[noun.end : noun.end + far])[0]
    return bool(modifiers["negation"].search(head) or modifiers["blank"].match(tail))


def _elsewhere(context: Context) -> Elsewhere | None:
    """What the question says of the registers of other places: both have it, or one has it and another has not."""
    text, modifiers = context.question.text, context.words.modifiers
    if len(context.catalogue.codes) < 2:
        return None
    lacking = []
    for mention in sorted(context.links.mentions, key=lambda m: m.start):
        code = context.catalogue.entities[mention.target].code if mention.kind == "place" else None
        head = text[max(0, mention.start - reach(text)) : mention.start]
        tail = text[mention.end :]
        more = modifiers["more_than"].search(head) and modifiers["more_there"].match(tail)
        if code in context.codes and (more or modifiers["absent"].match(tail) or modifiers["absent_from"].search(head)):
            lacking.append(code)
    if lacking and len(context.codes) > 1 and set(lacking) < set(context.codes):
        return Elsewhere(common=False, lacking=tuple(dict.fromkeys(lacking)))
    if modifiers["alone"].search(text) and len(context.codes) == 1:
        return Elsewhere(common=False, lacking=tuple(c for c in context.catalogue.codes if c not in context.codes))
    exactly = bool(modifiers["by_name"].search(text))
    if len(context.codes) > 1 and (exactly or modifiers["common"].search(text)):
        return Elsewhere(common=True, exactly=exactly)
    return None
