"""What looks wrong in a register by itself: numbering that skips, rows under a foreign matter, texts beside the wrong
agency, a unit whose name is a character off from how it is called elsewhere."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import groupby, pairwise
from typing import Final

from dutygraph.answer.context import Context, Draft, content, result_of
from dutygraph.answer.facts import Statement
from dutygraph.answer.intents.misprints import answer_misprint
from dutygraph.answer.intents.regime import section_named
from dutygraph.answer.intents.relations import CLASSES
from dutygraph.answer.intents.rows import ROWS
from dutygraph.answer.intents.structure import read_structure
from dutygraph.answer.model import Content, unique
from dutygraph.answer.sentences import pairs_of
from dutygraph.answer.words import ODDITIES

__all__ = ["answer_oddity", "find_skips"]

_DIGITS: Final = {char: value for value, char in enumerate("零一二三四五六七八九")}
_NUMBER = re.compile(r"\d+|[零一二三四五六七八九十]+")
_WIDEST: Final = 3  # numbers left out at one place; a larger step is another count
_EVERYWHERE: Final = 3  # matters that share a pair of characters before it says nothing about any


def answer_oddity(context: Context) -> Draft | None:
    """The oddity that the question asks after; None when it asks after none."""
    modifiers = context.words.modifiers
    odd = next((name for name in ODDITIES if context.asks(modifiers[name])), None)
    if odd is not None:
        return _draft(context, odd, _FINDING[odd])
    if context.asks(modifiers["misprint"]) and not context.asks(context.words.fields["phone"]):
        return answer_misprint(context)
    return None


def _draft(context: Context, wanted: str, find: Callable[[Context, str], Content]) -> Draft:
    found = {code: one for code in context.codes if (one := find(context, code))}
    if not found:
        return Draft("gap", 0.9, "", {code: Content() for code in context.codes}, wanted=wanted, denied=True)
    first = next(iter(found.values())).results[0]
    return Draft("gap", 1.0, "", found, context.facts.plan("statement", node=first.iri), wanted=wanted)


# ---- numbering


def _skipping(context: Context, code: str) -> Content:
    """The numbers left out in the section that is asked about, else in the whole register."""
    regimes = context.seeker.candidates(code, ("regime", "regime-item"))
    about = section_named(context, regimes[0]) if regimes and _names_a_thing(context) else ()
    records = about or [s for sort in ("rule", "item", "matter", "service") for s in _records(context, code, sort)]
    skips = list(find_skips(records))
    results = tuple(result_of(statement) for _, before, after in skips for statement in (before, after))
    return content(results, items=unique(str(number) for number, _, _ in skips)) if skips else Content()


def _names_a_thing(context: Context) -> bool:
    return bool(context.links.topics) or any(m.kind == "regime" for m in context.links.mentions)


def find_skips(records: Iterable[Statement]) -> Iterator[tuple[int, Statement, Statement]]:
    """The numbers left out between records that are counted on, each with the records before and after it."""
    for _, group in groupby(records, key=lambda s: (s.kind, s.part, s.heading)):
        runs: dict[str, list[tuple[int, Statement]]] = {}
        for statement in group:
            number = _number(statement.number)
            if number is not None:
                runs.setdefault(_NUMBER.sub("", statement.number), []).append((number, statement))
        for run in runs.values():
            for (low, before), (high, after) in pairwise(run):
                if 1 < high - low <= _WIDEST + 1:
                    yield from ((missing, before, after) for missing in range(low + 1, high))


def _number(written: str) -> int | None:
    """The last number in the numbering of a record, in Arabic or Chinese numerals below a hundred."""
    found = _NUMBER.findall(written)
    if not found:
        return None
    if found[-1].isdigit():
        return int(found[-1])
    tens, ten, ones = found[-1].rpartition("十")
    if not ten:
        return _DIGITS.get(ones)
    return 10 * _DIGITS.get(tens, 1) + _DIGITS.get(ones, 0)


# ---- rows of a division of work


def _stray(context: Context, code: str) -> Content:
    """The matters with a row that is about something else: one that a correction took out, or that says what the
    question says and not what its matter is about, or that has nothing in common with its matter."""
    records = _records(context, code, "share")
    strays = dict.fromkeys([*filter(lambda share: share.dropped, records), *_foreign(records)])
    asked = {share: context.seeker.score(share) for share in strays}
    fitting = [share for share, found in asked.items() if found.concept or found.coverage]
    if not fitting:
        found = [c.statement for c in context.seeker.candidates(code, ("share",)) if c.concept or c.coverage]
        fitting = [share for share in found if not context.seeker.about_matter(share)][:1]
    shares = fitting or list(strays)
    structure = read_structure(context)
    if structure is not None and "agency" in structure.asked.sorts and "matter" not in structure.asked.sorts:
        rows = unique(share.row_agency or share.agency for share in shares)
        return content(tuple(map(result_of, shares)), rows, items=rows)
    return content(tuple(map(result_of, shares)), items=unique(share.part_title for share in shares))


def _foreign(shares: Iterable[Statement]) -> Iterator[Statement]:
    """The shares that have no pair of characters in common with the rest of their matter, but those of every matter."""
    by_matter: dict[str, list[Statement]] = {}
    for share in shares:
        by_matter.setdefault(share.part, []).append(share)
    matters = Counter(pair for several in by_matter.values() for pair in {p for s in several for p in pairs_of(s.text)})
    for several in by_matter.values():
        for share in several:
            others = pairs_of(share.part_title).union(*(pairs_of(s.text) for s in several if s is not share))
            own = {pair for pair in pairs_of(share.text) if pair.isalpha() and matters[pair] <= _EVERYWHERE}
            if own and len(several) > 1 and not own & others:
                yield share


def _shifted(context: Context, code: str) -> Content:
    """The matters with most texts that name another agency than the one they stand beside, or the agencies that these
    stand beside, where the question asks for those."""
    wrong: dict[str, list[Statement]] = {}
    for share in _records(context, code, "share"):
        first = next(iter(context.facts.sentences(share)), None)
        moved = bool(share.row_agency) and share.row_agency != share.agency
        if moved or (first is not None and first.actor and not _same_agency(context, code, first.actor, share)):
            wrong.setdefault(share.part_title, []).append(share)
    most = max(map(len, wrong.values()), default=0)
    kept = {title: shares for title, shares in wrong.items() if len(shares) == most}
    shares = [share for several in kept.values() for share in several]
    structure = read_structure(context)
    if structure is not None and "agency" in structure.asked.sorts:
        rows = unique(share.row_agency or share.agency for share in shares)
        return content(tuple(map(result_of, shares)), rows, items=rows)
    return content(tuple(map(result_of, shares)), items=tuple(kept))


def _same_agency(context: Context, code: str, actor: str, share: Statement) -> bool:
    """Whether a text's agency is the one of its row, by its name or by an everyday word that means both."""
    name = context.catalogue.agency(actor, code) or actor
    entities = context.catalogue.entities
    both = ({entities[unit].label for unit in units} for units in context.catalogue.units.values())
    return name == share.agency or any({name, share.agency} <= labels for labels in both)


# ---- names


def _misnamed(context: Context, code: str) -> Content:
    """The names of departments (of the one that is asked about) that differ in one character from a name elsewhere."""
    asked = frozenset(context.departments(code))
    records = {
        unit: s for s in _records(context, code, "item") for unit in s.departments if unit.iri in asked or not asked
    }
    written = _written(context)
    others = {e.label for e in context.catalogue.entities.values() if e.kind == "department" and e.code != code}
    results = []
    for unit, statement in records.items():
        for other in sorted(others - {unit.name}):
            places = [i for i, (a, b) in enumerate(zip(unit.name, other, strict=False)) if a != b]
            if len(unit.name) == len(other) and len(places) == 1 and places[0]:
                word, usual = (name[places[0] - 1 : places[0] + 1] for name in (unit.name, other))
                if written[word] < written[usual]:
                    said = f"{unit.name}：“{word}”（别处写作“{usual}”）"
                    results.append((word, replace(result_of(statement), statement=unit.name, values=(said,))))
    return content(
        tuple(result for _, result in results),
        items=unique(word for word, _ in results),
        values=unique(value for _, result in results for value in result.values),
    )


def _written(context: Context) -> Mapping[str, int]:
    """How often each pair of characters is written in the work items of all places."""
    texts = (s.text for code in context.catalogue.codes for s in _records(context, code, "item"))
    return Counter(text[i : i + 2] for text in texts for i in range(len(text) - 1))


def _records(context: Context, code: str, sort: str) -> tuple[Statement, ...]:
    return context.facts.statements("registered", kind=CLASSES[sort], place_code=code)


_FINDING: Final[Mapping[str, Callable[[Context, str], Content]]] = {
    "misnamed": _misnamed,
    "numbering": _skipping,
    "shifted": _shifted,
    "stray": _stray,
    **ROWS,
}
