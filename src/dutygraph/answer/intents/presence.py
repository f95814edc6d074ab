"""Whether something stands in a register, in one of its tables, in the part of a unit: the row that says it, or no."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

from dutygraph.answer.context import Context, Draft, content, result_of
from dutygraph.answer.facts import Statement
from dutygraph.answer.intents.amounts import MEASURED, says_amount
from dutygraph.answer.intents.phrases import CLAUSE_END
from dutygraph.answer.intents.relations import CLASSES, Relations
from dutygraph.answer.link import Mention
from dutygraph.answer.model import Content, unique
from dutygraph.answer.polar import asking_sentence, is_polar
from dutygraph.answer.sentences import pairs_of
from dutygraph.answer.terms import Term, read_terms

__all__ = ["answer_presence"]

# The tables of a register: what asks for one, the records with a title in it, and those with a text.
_TABLES: Final = {
    "in_items": ((), ("item",)),
    "in_duties": ((), ("duty",)),
    "in_matters": (("matter",), ("matter", "share", "case")),
    "in_services": (("service",), ("service",)),
    "in_rules": (("regime",), ("regime", "rule")),
}
_UNITS: Final = ("department", "agency")
_ENOUGH: Final = 0.6  # of the weight of what names a thing, that a text says when it says the thing
_NEARLY: Final = 0.75  # of the pairs of characters of a phrase
_AS_CALLED: Final = 0.65  # of those of what the question calls it
_PAIRS: Final = 3  # of characters; a shorter phrase is said as it is, or not
_COMMON: Final = 0.1  # of the records; what more of them say is no mark of anything
_SHOWN: Final = 6


@dataclass(frozen=True, slots=True)
class _Sought:
    """What is looked for: its words, and the everyday words in it, each with what the question calls it. ``common``:
    pairs of characters that many records say, and that tell nothing; ``by_name``: an entry of this very name is asked
    for, not what another word for it stands for."""

    terms: tuple[Term, ...]
    concepts: tuple[Mention, ...]
    units: tuple[Mention, ...]
    measure: str = ""
    common: frozenset[str] = frozenset()
    by_name: bool = False

    def __bool__(self) -> bool:
        return bool(self.terms or self.concepts or self.units or self.measure)


@dataclass(frozen=True, slots=True)
class _Asked:
    """``tables``: those it is asked of; ``units``: whose part, ``records``: which matter, regime or service it is asked
    of, empty for any; ``entry``: that it has an entry of its own is asked, and not that a text says it."""

    tables: tuple[str, ...]
    units: tuple[Mention, ...]
    records: tuple[Mention, ...]
    sought: _Sought
    entry: bool


def answer_presence(context: Context) -> Draft | None:
    """The rows that have what is asked for, or the denial; None when the question is none of yes or no, when it is not
    understood what is looked for, or when a column is asked about as such."""
    if not context.named or not is_polar(context.question, context.words):
        return None
    asked = _read(context)
    if asked is None:
        return None
    codes = _asked_codes(context)
    found = {code: _find(context, code, asked) for code in codes}
    if any(one is None for one in found.values()):
        return None
    shown = {code: one for code, one in found.items() if one}
    denied = not shown
    by_place = shown or {code: _proof(context, code, asked) for code in codes}
    plan = context.facts.plan("registered", kind=CLASSES["matter"], place_code=codes[0])
    wanted = "listed" if asked.entry or asked.sought.units else "said"
    return Draft("gap", 1.0, "", by_place, plan, wanted=wanted, denied=denied, codes=codes)


# ---- reading


def _read(context: Context) -> _Asked | None:
    text, modifiers = context.question.text, context.words.modifiers
    start, end = asking_sentence(context.question, context.words)
    cues = [found.span() for found in modifiers["presence"].finditer(text, start, end)]
    clause = max((found.end() for found in CLAUSE_END.finditer(text, 0, cues[0][0])), default=0)
    tables = next(
        (found for at in (clause, start, 0) if (found := _tables(context, at, end))), _of_noun(context, start, end)
    )
    measure = next((name for name, asks in MEASURED.items() if re.search(asks, text[cues[0][0] : end])), "")
    mentions = _mentions(context)
    blank = [found.span() for name in (*_TABLES, "nothing_named", "like_there", "presence") for found in
             modifiers[name].finditer(text)]  # fmt: skip
    units = [m for m in mentions if m.kind in _UNITS]
    named = [(m.start, m.end) for m in units]
    things = [m for m in mentions if m.kind not in _UNITS and not _meets((m.start, m.end), named)]
    terms = _terms(context, [*blank, *((m.start, m.end) for m in mentions)])
    if measure:
        return _Asked(tables, tuple(units), tuple(things), _Sought((), (), (), measure), entry=False)
    spans = [*((m.start, m.end) for m in mentions), *((t.start, t.end) for t in terms)]
    columns = [f.span() for column in context.words.fields.values() for f in column.finditer(text, start, end)]
    last = _place_of_thing(context, cues, (start, end), [*spans, *columns])
    if last is None:
        return None
    inside = [span for span in spans if last[0] <= span[0] and span[1] <= last[1]]
    if not inside or _meets(min(inside), columns):
        return None
    sought = _Sought(
        tuple(t for t in terms if last[0] <= t.start and t.end <= last[1]),
        tuple(m for m in things if last[0] <= m.start and m.end <= last[1]),
        tuple(m for m in units if last[0] <= m.start and m.end <= last[1]),
        by_name=bool(modifiers["called_so"].search(text, start, end)),
    )
    begun = start if not modifiers["of_that"].search(text, start, end) else 0
    around = (
        tuple(m for m in units if m not in sought.units and m.start >= begun),
        tuple(m for m in things if m not in sought.concepts and m.start >= begun),
    )
    if sought.units and (sought.terms or sought.concepts):  # a unit beside other words is whose part it is
        around = ((*around[0], *sought.units), around[1])
        sought = replace(sought, units=())
    textual = bool(modifiers["as_text"].search(text, start, end))
    within = [m for m in around[1] if m.start >= (cues[0][0] if context.question.lang == "en" else start)]
    entry = not (around[0] or within or sought.units or textual) and bool(
        modifiers["as_entry"].search(text, start, end)
    )
    entry = entry and any(_TABLES[name][0] for name in tables)
    return _Asked(tables, around[0], around[1], sought, entry) if sought else None


def _tables(context: Context, start: int, end: int) -> tuple[str, ...]:
    """The tables that a stretch of the question names."""
    return tuple(name for name in _TABLES if context.words.modifiers[name].search(context.question.text, start, end))


def _of_noun(context: Context, start: int, end: int) -> tuple[str, ...]:
    """The table that the noun for a unit stands for: what brigades do is a work item."""
    nouns, text = context.words.nouns, context.question.text
    if nouns["agency"].search(text, start, end):
        return ("in_items", "in_duties", "in_matters")
    return ("in_items",) if nouns["department"].search(text, start, end) else ()


def _place_of_thing(
    context: Context,
    cues: Sequence[tuple[int, int]],
    sentence: tuple[int, int],
    spans: Sequence[tuple[int, int]],
) -> tuple[int, int] | None:
    """Where the thing is named that is looked for: after the words that ask; else before them in the same clause, else
    in the nearest clause before that."""
    text = context.question.text
    begin = cues[0][1] if cues else sentence[0]
    verb = context.words.modifiers["presence_verb"].search(text, begin, sentence[1])
    first = verb.end() if verb else begin
    ends = [0, *(found.end() for found in CLAUSE_END.finditer(text, 0, begin - 1)), first]
    before = [(start, end) for start, end in pairwise(ends)][::-1]
    for start, end in ((first, sentence[1]), *before, (0, len(text))):
        if any(start <= span[0] and span[1] <= end for span in spans):
            return start, end
    return None


def _meets(span: tuple[int, int], others: Iterable[tuple[int, int]]) -> bool:
    return any(start < span[1] and span[0] < end for start, end in others)


def _mentions(context: Context) -> list[Mention]:
    """What the question names, the longest at each place; its own agency and places aside."""
    text = context.question.text
    own = {register.agency_iri for register in context.catalogue.registers}
    named = [m for m in context.links.mentions if m.kind not in ("place", "law") and m.target not in own]
    whole = [
        m
        for m in named
        if not any(
            other.start <= m.start and m.end <= other.end and other.end - other.start > m.end - m.start
            for other in named
        )
    ]
    whole = [m for m in whole if m.kind in _UNITS or not _is_of_tables(context, text[m.start : m.end])]
    return sorted(whole, key=lambda m: (m.start, -m.end))


def _is_of_tables(context: Context, name: str) -> bool:
    """Whether a name only says which table is meant."""
    for pattern in (*_TABLES, "nothing_named"):
        name = context.words.modifiers[pattern].sub(" ", name)
    return not name.strip()


def _terms(context: Context, taken: Sequence[tuple[int, int]]) -> tuple[Term, ...]:
    """The words of the whole question that are neither names nor words for parts of registers."""
    common = {register.agency_iri for register in context.catalogue.registers}
    words = replace(context.words, intents={})  # what asks is blanked here, and no more than that
    terms = read_terms(context.question.widened(), context.links, words, common)
    return tuple(t for t in terms.all if not any(start < t.end and t.start < end for start, end in taken))


def _asked_codes(context: Context) -> tuple[str, ...]:
    """The places that are asked about: not one that is only spoken of beside it, or as the example."""
    if len(context.codes) < 2:
        return context.codes
    text, like = context.question.text, context.words.modifiers["like_there"]
    start, end = asking_sentence(context.question, context.words)
    places = [m for m in context.links.mentions if m.kind == "place"]
    spoken: list[str] = []
    for mention in places:
        code = context.catalogue.entities[mention.target].code or ""
        head = text[max(0, mention.start - 12) : mention.start]
        example = like.search(head) or any(f.end() <= mention.start <= f.end() + 1 for f in like.finditer(text))
        if code in context.codes and not example:
            spoken += [code]
    last_clause = max((f.end() for f in CLAUSE_END.finditer(text, 0, end - 1)), default=0)
    for first in (last_clause, start):
        here = [
            code
            for m in places
            if (code := context.catalogue.entities[m.target].code or "") in spoken and first <= m.start < end
        ]
        if here:
            return tuple(dict.fromkeys(here))
    return tuple(dict.fromkeys(spoken)) or context.codes


# ---- finding


def _find(context: Context, code: str, asked: _Asked) -> Content | None:
    """What has it in one place; nothing when nothing has; None when what it is asked of is not there."""
    records = list(_records(context, code, asked))
    if asked.sought.measure:
        return _measured(context, code, asked, records)
    if not records:
        return Content() if asked.sought.units or not (asked.units or asked.records) else None
    if asked.sought.units:
        return _of_units(context, code, asked.sought.units, records)
    rare = _rarity(context, records, asked.sought.terms)
    asked = replace(asked, sought=replace(asked.sought, common=_common(context, asked.sought, records)))
    found = []
    for record in records:
        texts = (
            [record.title] if asked.entry else [plain for _, plain in context.facts.clauses(record)] + [record.title]
        )
        clause = max(
            texts,
            default="",
            key=lambda text: _fit(context, asked.sought, rare, record, context.facts.normalised(text)),
        )
        if _fit(context, asked.sought, rare, record, context.facts.normalised(clause)) >= _ENOUGH:
            found.append(record)
    called = [context.question.text[m.start : m.end] for m in asked.sought.concepts]
    plainly = [
        r
        for r in found
        if called and all(_says_called(each, context.facts.plain(r), asked.sought.common) for each in called)
    ]
    results = tuple(result_of(record) for record in (plainly or found)[:_SHOWN])
    return content(results) if results else Content()


def _records(context: Context, code: str, asked: _Asked) -> Iterator[Statement]:
    """The records of the tables, units and things that it is asked of."""
    tables = asked.tables or tuple(_TABLES)
    sorts = dict.fromkeys(sort for name in tables for sort in _TABLES[name][0 if asked.entry else 1])
    concepts, entities = context.catalogue.concepts, context.catalogue.entities
    nodes = {
        node
        for m in (() if asked.entry else asked.records)
        for node in (concepts[m.target].denotes.get(code, ()) if m.kind == "concept" else (m.target,))
    }
    labels = {entities[m.target].label for m in asked.units}
    for sort in sorts:
        for record in context.facts.statements("registered", kind=CLASSES[sort], place_code=code):
            within = not nodes or record.iri in nodes or record.part in nodes
            names = {record.agency, record.row_agency, *(unit.name for unit in record.departments)}
            if within and (not labels or labels & names):
                yield record


def _of_units(context: Context, code: str, units: Sequence[Mention], records: Sequence[Statement]) -> Content:
    """The records of the units that are looked for."""
    entities = context.catalogue.entities
    names = unique(entities[m.target].label for m in units if entities[m.target].code == code)
    found = [r for r in records if set(names) & {r.agency, r.row_agency, *(unit.name for unit in r.departments)}]
    return content(tuple(map(result_of, found)), names) if found else Content()


def _measured(context: Context, code: str, asked: _Asked, records: Sequence[Statement]) -> Content | None:
    """The sentences with such an amount, of the records it is asked of, else of the regime that fits best."""
    if not (asked.records or asked.units) or not records:
        best = next(iter(context.seeker.candidates(code, ("regime", "regime-item"))), None)
        if best is None:
            return None
        records = context.facts.statements("regime-items", regime=best.statement.regime)
    results = tuple(
        result_of(record, text)
        for record in records
        for text, plain in context.facts.clauses(record)
        if says_amount(asked.sought.measure, plain)
    )
    return content(results[:_SHOWN]) if results else Content()


def _rarity(context: Context, records: Sequence[Statement], terms: Iterable[Term]) -> dict[str, float]:
    """What each word of the thing is worth: the more, the fewer texts say it."""
    texts = [context.facts.plain(record) for record in records]
    return {t.text: math.log(2 + len(texts)) - math.log(1 + sum(t.text in text for text in texts)) for t in terms}


def _fit(context: Context, sought: _Sought, rare: dict[str, float], record: Statement, text: str) -> float:
    """How much of the thing a text says, 0 … 1."""
    whole = sum(rare.values())
    usual = max(rare.values(), default=1.0) * 2
    glossed = context.catalogue.english.get(record.title or record.part_title, "").lower()
    met = sum(weight for term, weight in rare.items() if term in text or (term.isascii() and term in glossed))
    names: dict[tuple[int, int], float] = {}
    for mention in sought.concepts:  # what stands at one place means one of these
        span = (mention.start, mention.end)
        names[span] = max(names.get(span, 0.0), _says(context, mention, record, text, sought))
    whole += usual * len(names)
    met += usual * sum(names.values())
    return met / whole if whole else 0.0


def _common(context: Context, sought: _Sought, records: Sequence[Statement]) -> frozenset[str]:
    """The pairs of characters in the names of what is looked for that many records say: 管理, 监督."""
    texts = [context.facts.plain(record) for record in records]
    names = [name for m in sought.concepts for name in _names(context, m) if not name.isascii()]
    pairs = frozenset(pair for name in names for pair in pairs_of(name))
    return frozenset(pair for pair in pairs if sum(pair in text for text in texts) > max(2, _COMMON * len(texts)))


def _names(context: Context, mention: Mention) -> tuple[str, ...]:
    """What something is called in the question, and its title, or the label and official words of an everyday word."""
    called, target = context.question.text[mention.start : mention.end], mention.target
    if mention.kind != "concept":
        return called, context.catalogue.entities[target].label
    concept = context.catalogue.concepts[target]
    return called, *(context.facts.normalised(each) for each in (concept.label, *concept.official))


def _says(context: Context, mention: Mention, record: Statement, text: str, sought: _Sought) -> float:
    """Whether a text says what is named: by its title, in official words for just that, or as the question does."""
    called = context.question.text[mention.start : mention.end]
    if mention.kind != "concept":
        return float(record.iri == mention.target or context.catalogue.entities[mention.target].label in text)
    if sought.by_name and not called.isascii():
        return float(called in text or _says_called(called, text, sought.common))
    common, concept = sought.common, context.catalogue.concepts[mention.target]
    own = (pairs_of(context.facts.normalised(concept.label)) | pairs_of(called)) - common
    official = [phrase for each in concept.official if pairs_of(phrase := context.facts.normalised(each)) & own]
    phrases = [context.facts.normalised(concept.label), called, *official]
    if any(phrase in text for phrase in phrases) or _is_of(context, concept.denotes, phrases, record):
        return 1.0
    if _says_called(called, text, common):
        return 1.0
    pairs = [pairs_of(phrase) - common for phrase in phrases if not phrase.isascii()]
    said = (sum(pair in text for pair in each) / len(each) for each in pairs if len(each) >= _PAIRS)
    return max((share for share in said if share >= _NEARLY), default=0.0)


def _says_called(called: str, text: str, common: frozenset[str]) -> bool:
    """Whether a text says something nearly as the question calls it."""
    pairs = pairs_of(called) - common
    return not called.isascii() and bool(pairs) and sum(pair in text for pair in pairs) >= _AS_CALLED * len(pairs)


def _is_of(context: Context, denotes: Mapping[str, frozenset[str]], phrases: Sequence[str], record: Statement) -> bool:
    """Whether an everyday word stands for this matter alone, and a part of the matter says it in official words."""
    nodes = denotes.get(record.code, frozenset())
    shares = context.facts.statements("shares", matter=record.iri) if record.iri in nodes else ()
    return any(phrase in context.facts.plain(share) for share in shares for phrase in phrases)


def _proof(context: Context, code: str, asked: _Asked) -> Content:
    """What there is in place of it: the units of the place, or the entries of the one table that was asked of."""
    if asked.sought.units or context.asks(context.words.modifiers["unit"]):
        units = Relations(context.facts, code).things("department").values()
        return content(tuple(result_of(records[0]) for records in units))
    sorts = [sort for name in asked.tables for sort in _TABLES[name][0]]
    if not asked.entry or len(sorts) != 1:
        return Content()
    records = context.facts.statements("registered", kind=CLASSES[sorts[0]], place_code=code)
    return content(tuple(result_of(record) for record in records))
