"""What the texts of records must say: where a question names no thing, but has words, an amount or a quotation."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from dutygraph.answer.context import Context
from dutygraph.answer.facts import Statement
from dutygraph.answer.intents.amounts import Amount, read_amounts
from dutygraph.answer.intents.named import Named
from dutygraph.answer.intents.phrases import CLAUSE_END, Span
from dutygraph.answer.intents.relations import CLASSES, Relations, Row, Sort, Thing
from dutygraph.answer.sentences import pairs_of
from dutygraph.retrieve import normalise

__all__ = ["Said", "find_quotes", "find_saying", "read_said"]

_QUOTED: Final = re.compile(r"[“\"「『]([^”\"」』]{2,60})[”\"」』]")
_IN_CHINESE: Final = re.compile(r"[(（]([\u3400-\u9fff]{2,20})[)）]")  # the words of the source in an English question
_HEADING: Final = 2  # characters that a quoted heading of a part of a record has
_QUOTE: Final = 0.75  # of the pairs of characters of a quotation
_ENOUGH: Final = 0.65  # of the weight of the words of a phrase that a sentence says
_EVERYWHERE: Final = 0.3  # of the sentences; a word of more of them tells nothing apart
_CONCEPT: Final = 2.0  # pairs of characters that an everyday word is worth
# The records that tell of a thing of a sort, beside itself.
_TELLING: Final[dict[Sort, tuple[Sort, ...]]] = {
    "department": ("item", "service"),
    "agency": ("share",),
    "matter": ("share", "case", "matter"),
    "regime": ("rule", "regime"),
    "service": ("service",),
    "duty": ("duty", "item"),
    "item": ("item",),
}
# Where a quotation may stand, beside what tells of a thing in other words.
_ANYWHERE: Final[dict[Sort, tuple[Sort, ...]]] = {"department": ("item", "service", "duty")}
_SECTIONS: Final = ("penalties", "measures", "procedures", "contents", "indicators", "objects", "methods")


@dataclass(frozen=True, slots=True)
class Said:
    """One phrase that a sentence must say: all of a quotation, an amount, or most of the words. ``words``: pairs of
    characters; ``concepts``: everyday words, each with what the question calls it. ``beside``: the sorts of the nouns
    beside it, whose texts are meant; ``denied``: that they must not say it; ``around``: it stands around a
    quotation, and need not be said. It stands in ``start`` to ``end`` of the question."""

    quote: str = ""
    amount: Amount | None = None
    words: tuple[str, ...] = ()
    concepts: tuple[tuple[str, str], ...] = ()
    beside: tuple[Sort, ...] = ()
    denied: bool = False
    start: int = 0
    end: int = 0
    around: bool = False

    @property
    def plain(self) -> bool:
        """Whether it is said beyond doubt that a text must say this."""
        return bool(self.quote or self.amount)


def read_said(context: Context, nouns: Sequence[Span], named: Sequence[Named]) -> tuple[Said, ...]:
    """The phrases of the question that are neither nouns for things nor names of any, in their order."""
    text = context.question.text
    quotes = [quote for quote in find_quotes(context) if not _is_name(named, *quote)]
    amounts = read_amounts(context, quotes)
    blank = [*((noun.start, noun.end) for noun in nouns), *quotes, *((a.start, a.end) for a in amounts)]
    blank += [(n.start, n.end) for n in named if any(m.kind != "concept" for m in n.mentions)]
    modifiers = context.words.modifiers
    for name in ("asking_for", "asking_after", "asking_any", "tables", "filler"):
        blank += [found.span() for found in modifiers[name].finditer(text)]
    counted = [(start, end) for start, end in quotes if not modifiers["not_counted"].match(text[end:])]
    said = [Said(quote=text[start:end], denied=_is_denied(context, start)) for start, end in counted]
    said += [
        Said(amount=a, beside=_beside(text, nouns, a.start, a.end), denied=_is_denied(context, a.start))
        for a in amounts
    ]
    phrases = tuple(_phrases(context, blank, named, nouns))
    if counted:  # a quotation says enough; what stands around it only tells apart what says it
        phrases = tuple(replace(each, around=True) for each in phrases if not (each.denied or each.beside))
    if amounts:  # what stands beside the amount is said with it, the rest leads up to it
        phrases = tuple(each for each in phrases if any(each.start <= a.start and a.end <= each.end for a in amounts))
    return (*said, *phrases)


def find_quotes(context: Context) -> list[tuple[int, int]]:
    """Where the question quotes; its normalised text has no quotation marks any more."""
    text = context.question.text
    quoted = [_QUOTED, _IN_CHINESE] if context.question.lang == "en" else [_QUOTED]
    quotes = [normalise(found.group(1)) for each in quoted for found in each.finditer(context.question.raw)]
    meant = [quote for quote in quotes if len(quote) > _HEADING or not _is_heading(context, quote)]
    found = [(at, at + len(quote)) for quote in meant if (at := text.find(quote)) >= 0]
    column = context.words.modifiers["column"]  # is called by its heading
    return [(start, end) for start, end in found if not column.match(text[end:])]


def _is_heading(context: Context, quote: str) -> bool:
    """Whether so short a quotation only says which part of a record is meant: 内容, 程序, 依据."""
    tables = (context.words.rows, context.words.sections, context.words.nouns, context.words.fields)
    return any(pattern.search(quote) for table in tables for pattern in table.values())


def _is_name(named: Sequence[Named], start: int, end: int) -> bool:
    """Whether what stands in quotation marks is the name of a thing."""
    return any(
        name.start <= start and end <= name.end and any(m.kind != "concept" for m in name.mentions) for name in named
    )


def _is_denied(context: Context, start: int) -> bool:
    """Whether the clause says, before this, that texts do not say it."""
    text = context.question.text
    first = max((found.end() for found in CLAUSE_END.finditer(text, 0, start)), default=0)
    return bool(context.words.modifiers["not_said"].search(text, first, start))


def _beside(text: str, nouns: Sequence[Span], start: int, end: int) -> tuple[Sort, ...]:
    """The sorts of the nouns in the same clause."""
    first = max((found.end() for found in CLAUSE_END.finditer(text, 0, start)), default=0)
    last = next((found.start() for found in CLAUSE_END.finditer(text, end)), len(text))
    return tuple(sort for noun in nouns if first <= noun.start and noun.end <= last for sort in noun.sorts)


def _phrases(
    context: Context, blank: Sequence[tuple[int, int]], named: Sequence[Named], nouns: Sequence[Span]
) -> Iterator[Said]:
    """What is left of each clause: its everyday words, and the pairs of characters beside these."""
    text = context.question.text
    start = 0
    for end in [*(found.start() for found in CLAUSE_END.finditer(text)), len(text)]:
        concepts = [
            name
            for name in named
            if start <= name.start
            and name.end <= end
            and any(m.kind == "concept" for m in name.mentions)
            and not any(a < name.end and name.start < b for a, b in blank)
        ]
        covered = [*blank, *((name.start, name.end) for name in concepts)]
        words = tuple(
            term.text
            for term in context.terms.all
            if start <= term.start and term.end <= end and not any(a < term.end and term.start < b for a, b in covered)
        )
        found = tuple(
            (m.target, text[name.start : name.end]) for name in concepts for m in name.mentions if m.kind == "concept"
        )
        if words or found:
            spans = [name.start for name in concepts] + [t.start for t in context.terms.all if start <= t.start < end]
            denied = any(_is_denied(context, at) for at in spans)
            yield Said("", None, words, found, _beside(text, nouns, start, end), denied, start, end)
        start = end


class _Sentences:
    """The sentences of one place that tell of the things of a sort."""

    def __init__(self, context: Context, code: str, sort: Sort, beside: Iterable[Sort]) -> None:
        self._context = context
        self._code = code
        relations = Relations(context.facts, code)
        wanted = tuple(one for one in beside if one != sort)
        records = [one for one in wanted if one in CLASSES and relations.related(sort, one)] or list(
            _TELLING.get(sort, ())
        )
        duties = {duty.iri: duty for duty in relations.records("duty")} if "duty" in records else {}
        sections = frozenset(wanted) & set(_SECTIONS)
        self.rows: dict[Thing, dict[Row, tuple[str, ...]]] = {}
        for record in records:
            pairs = relations.rows(sort, record) if record != sort else _themselves(relations, sort)
            # of a duty its own words, and not those of an item under it
            own = (replace(row, statement=duties.get(row.other.key, row.statement)) for row in pairs)
            for row in own if record == "duty" else pairs:
                if not sections or record != "rule" or row.statement.sections & sections:
                    plain = tuple(plain for _, plain in context.facts.clauses(row.statement))
                    self.rows.setdefault(row.one, {})[row] = plain or (context.facts.plain(row.statement),)
        everything = [plain for rows in self.rows.values() for several in rows.values() for plain in several]
        self._count = len(everything)
        self._everything = everything
        self._known: dict[str, list[str]] = {}

    def weights(self, said: Said) -> dict[str, float]:
        """What each pair of characters that the texts say at all is worth; nothing what nearly all of them say."""
        found = {}
        for word in said.words:
            often = sum(word in plain for plain in self._everything)
            if 0 < often <= max(3, _EVERYWHERE * self._count):
                found[word] = math.log(1 + self._count / often) / math.log(1 + self._count)
        return found

    def fit(self, said: Said, weights: dict[str, float], row: Row, plain: str) -> float:
        """How much of a phrase a sentence says, 0 … 1."""
        if said.quote:
            pairs = pairs_of(said.quote)
            return float(sum(pair in plain for pair in pairs) >= _QUOTE * len(pairs))
        if said.amount:
            return float(said.amount.said_in(plain))
        whole = sum(weights.values()) + _CONCEPT * len(said.concepts)
        met = sum(weight for word, weight in weights.items() if word in plain)
        met += _CONCEPT * sum(self._means(*concept, row.statement, plain) for concept in said.concepts)
        return met / whole if whole else 0.0

    def _means(self, iri: str, called: str, statement: Statement, plain: str) -> float:
        """How far a sentence says an everyday word: in official words, or as the question does."""
        concept = self._context.catalogue.concepts[iri]
        if any(phrase in plain for phrase in (concept.label, *concept.official)) or (
            statement.iri in concept.denotes.get(self._code, ()) and len(self._context.facts.clauses(statement)) < 2
        ):
            return 1.0
        if called not in self._known:  # looked up once for all sentences
            self._known[called] = [pair for pair in pairs_of(called) if any(pair in text for text in self._everything)]
        known = self._known[called]
        return sum(pair in plain for pair in known) / len(known) if known else 0.0


def _themselves(relations: Relations, sort: Sort) -> list[Row]:
    return [Row(thing, thing, record) for thing, records in relations.things(sort).items() for record in records]


def find_saying(context: Context, code: str, sort: Sort, said: Sequence[Said]) -> dict[Thing, list[Row]] | None:
    """The things of a sort whose records say all of this, with the rows that do; None when no text of the place says
    it, so that the question is not understood there."""
    kept: dict[Thing, list[Row]] | None = None
    for phrase in said:
        beside = phrase.beside or (_ANYWHERE.get(sort, ()) if phrase.quote or phrase.around else ())
        sentences = _Sentences(context, code, sort, beside)
        weights = sentences.weights(phrase)
        if not (weights or phrase.concepts or phrase.plain):
            continue
        found: dict[Thing, list[Row]] = {}
        for thing, rows in sentences.rows.items():
            fitting = [
                row
                for row, texts in rows.items()
                if any(sentences.fit(phrase, weights, row, plain) >= _ENOUGH for plain in texts)
            ]
            if fitting and not phrase.denied:
                found[thing] = fitting
            elif not fitting and phrase.denied:
                found[thing] = list(rows)[:1]
        if phrase.around:
            sayings = kept or {}
            both = {thing: [row for row in rows if row in sayings.get(thing, ())] for thing, rows in found.items()}
            found = {thing: rows for thing, rows in both.items() if rows} or sayings
        earlier = found if kept is None else kept
        kept = {
            thing: list(dict.fromkeys((*earlier[thing], *rows))) for thing, rows in found.items() if thing in earlier
        }
    return kept or None
