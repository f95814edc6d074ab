"""What is odd about how texts are laid out in rows: one agency with two rows under one matter, an agency without a row
that only another's cell speaks of, a sentence that a unit has twice, an act whose number has one character twice."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final

from dutygraph.answer.context import Context, cited, content, result_of
from dutygraph.answer.facts import Statement
from dutygraph.answer.intents.relations import CLASSES
from dutygraph.answer.model import Content, unique
from dutygraph.answer.sentences import pairs_of

__all__ = ["ROWS", "find_repeated"]

_SAME: Final = 0.9  # of the pairs of characters of two sentences that both have
_SHORTEST: Final = 8  # pairs; two shorter sentences are alike by chance


def _doubled(context: Context, code: str) -> Content:
    """The agencies with more than one row under one matter."""
    rows: dict[tuple[str, str], list[Statement]] = defaultdict(list)
    for share in _shares(context, code):
        rows[share.part, share.row_agency or share.agency].append(share)
    twice = {key: shares for key, shares in rows.items() if len(shares) > 1}
    return _of_agencies((agency, share) for (_, agency), shares in twice.items() for share in shares)


def _hidden(context: Context, code: str) -> Content:
    """The agencies that a text of a matter gives something to do, and that have no row under it."""
    shares = _shares(context, code)
    own: dict[str, set[str]] = defaultdict(set)
    for share in shares:
        own[share.part].add(share.row_agency or share.agency)
    catalogue = context.catalogue
    everyday = [{catalogue.entities[unit].label for unit in units} for units in catalogue.units.values()]
    found = []
    for share in shares:
        for sentence in context.facts.sentences(share):
            actor = sentence.actor and (catalogue.agency(sentence.actor, code) or sentence.actor)
            rows = own[share.part]
            if actor and actor not in rows and not any(actor in names and names & rows for names in everyday):
                found.append((actor, share))
    return _of_agencies(found)


def _of_agencies(found: Iterable[tuple[str, Statement]]) -> Content:
    pairs = list(found)
    names = unique(agency for agency, _ in pairs)
    results = tuple(result_of(share, actor="" if agency == share.agency else agency) for agency, share in pairs)
    return content(results, names, items=names)


def _shares(context: Context, code: str) -> tuple[Statement, ...]:
    """The shares of the matters that the question names, else all."""
    shares = _records(context, code, "share")
    named = set(context.links.of_kind("matter"))
    return tuple(share for share in shares if share.part in named) or shares


def _repeated(context: Context, code: str) -> Content:
    """The sentences that one department (the one asked about) has in two of its work items."""
    asked = set(context.departments(code))
    by_unit: dict[str, list[Statement]] = defaultdict(list)
    for item in _records(context, code, "item"):
        for unit in item.departments:
            if not asked or unit.iri in asked:
                by_unit[unit.iri].append(item)
    found = [
        twice
        for items in by_unit.values()
        for twice in find_repeated((item, context.facts.clauses(item)) for item in items)
    ]
    results = tuple(result_of(one, clause) for pair in found for one, clause in pair)
    return content(results, items=unique(second for _, (_, second) in found))


def find_repeated(
    records: Iterable[tuple[Statement, tuple[tuple[str, str], ...]]],
) -> Iterator[tuple[tuple[Statement, str], tuple[Statement, str]]]:
    """The sentences (verbatim, and normalised) that a record has nearly to the letter in common with one before it:
    both records, each with its own wording."""
    before: list[tuple[Statement, str, frozenset[str]]] = []
    for record, clauses in records:
        said = [(record, text, pairs_of(plain)) for text, plain in clauses]
        for _, text, pairs in said:
            for other, also, others in before:
                if len(pairs | others) >= _SHORTEST and len(pairs & others) >= _SAME * len(pairs | others):
                    yield (other, also), (record, text)
        before += said


def _written_twice(context: Context, code: str) -> Content:
    """The acts whose number is cited with the same character twice: the one that the question gives, else any."""
    found = context.words.modifiers["written_twice"].search(context.question.text)
    given = next(filter(None, found.groupdict().values()), "") if found else ""
    results, items = [], []
    for matter in _records(context, code, "matter"):
        for citation in context.facts.citations(matter.iri):
            number = citation.as_written.rpartition("》")[2].strip("（）()")
            if any(number.count(character) > 1 for character in given or ()):
                results.append(cited(matter, (citation,)))
                items.append(number)
    return content(tuple(results), items=unique(items))


def _records(context: Context, code: str, sort: str) -> tuple[Statement, ...]:
    return context.facts.statements("registered", kind=CLASSES[sort], place_code=code)


ROWS: Final[Mapping[str, Callable[[Context, str], Content]]] = {
    "doubled": _doubled,
    "hidden": _hidden,
    "repeated": _repeated,
    "written_twice": _written_twice,
}
"""What a question may ask after in the rows of one place, by the name of its cue in questions.toml."""
