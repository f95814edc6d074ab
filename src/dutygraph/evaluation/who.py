"""Who is responsible: the first name said, and all of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from statistics import fmean

from dutygraph.evaluation.listings import agreement
from dutygraph.evaluation.marking import UNLABELLED, Bench, Mark
from dutygraph.evaluation.names import NameBook
from dutygraph.evaluation.questions import Gold, Question
from dutygraph.evaluation.views import Reply, View

__all__ = ["mark_who"]


def mark_who(question: Question, reply: Reply, bench: Bench) -> Mark:
    """The share of right first names; recall among the first three and F1 of all names beside it."""
    gold, book = question.gold, bench.book
    if not question.spans_places:
        view, why = reply.for_place(question.jurisdiction)
        return _mark_view(view, gold, book) if view else Mark(0.0, why, 0.0, 0.0, 0.0)
    marks = {}
    for code in reply.covered():
        view = reply.at(code)
        if view is None:
            continue
        if code in gold.by_jurisdiction:
            marks[code] = _mark_view(view, _gold_at(gold, code, book), book)
        elif not all(book.among(name, gold.also_ok) for name in view.names):
            marks[code] = Mark(0.0, "the register has no such rule", 0.0, 0.0, 0.0)
    if not marks:
        mark = _mark_view(reply.whole, gold, book)
        return replace(mark, score=UNLABELLED * mark.score, why="no place given: " + mark.why)
    return Mark(
        fmean(mark.score for mark in marks.values()),
        "; ".join(f"{code}: {mark.why}" for code, mark in marks.items()),
        fmean(mark.first or 0.0 for mark in marks.values()),
        fmean(mark.among_three or 0.0 for mark in marks.values()),
        fmean(mark.set_f1 or 0.0 for mark in marks.values()),
    )


def _mark_view(view: View, gold: Gold, book: NameBook) -> Mark:
    first = _hit(view, gold, book, 1)
    return Mark(first, f"named {view.names[:3]}", first, _hit(view, gold, book, 3), _set_f1(view, gold, book))


def _gold_at(gold: Gold, code: str, book: NameBook) -> Gold:
    """The gold of one place. What the whole gold accepts holds here unless it is another place's name only."""
    own = gold.by_jurisdiction[code]
    others = [other for key, other in gold.by_jurisdiction.items() if key != code]

    def has(place: Gold, name: str) -> bool:
        return any(book.among(name, names) for names in (place.agencies, place.departments, place.primary))

    def held_here(names: Iterable[str]) -> tuple[str, ...]:
        return tuple(name for name in names if has(own, name) or not any(has(other, name) for other in others))

    primary = list(own.primary)
    for name in gold.primary:
        if has(own, name) and not book.among(name, primary):
            primary.append(name)
    accept, half = held_here(gold.accept), held_here(gold.half)
    return replace(gold.at(code), primary=tuple(primary), accept=accept, half=half)


def _asks_for_department(gold: Gold, book: NameBook) -> bool:
    """A department inside the agency is asked for: the agency itself is then no answer, and no error either."""
    if not gold.primary or not gold.departments or any(map(book.is_home, gold.primary)):
        return False
    return all(book.among(name, gold.departments) for name in gold.primary)


def _relevant(names: Iterable[str], gold: Gold, book: NameBook) -> list[str]:
    if _asks_for_department(gold, book):
        return [name for name in names if not book.is_home(name)]
    return list(names)


def _hit(view: View, gold: Gold, book: NameBook, first: int) -> float:
    """1 when a right name is among the first ones, 0.5 for a half-right one; with ``primary_mode`` all, the share of
    the right names among the first ones, as many more allowed as there are right ones."""
    names = _relevant(view.names, gold, book)
    if gold.primary_mode == "all":
        head = names[: len(gold.primary) + first]
        return fmean(float(book.among(name, head)) for name in gold.primary)
    if any(map(book.is_home, gold.primary)) and any(map(book.is_home, names)):
        found, names = _departments_before_agency(names, gold, book)
        if found:
            return 1.0
    return max((_worth(name, gold, book) for name in names[:first]), default=0.0)


def _departments_before_agency(names: Sequence[str], gold: Gold, book: NameBook) -> tuple[bool, list[str]]:
    """A department named before its agency is one addressee with it: is a right one there, and which names are left
    when the neutral ones are passed over?"""
    right = (*gold.primary, *gold.accept)
    for position, name in enumerate(names):
        if not book.is_department(name) or book.among(name, right):
            return False, list(names[position:])
        if book.among(name, gold.departments):
            return True, []
        if not book.among(name, gold.also_ok):
            return False, list(names[position:])
    return False, []


def _worth(name: str, gold: Gold, book: NameBook) -> float:
    if book.among(name, (*gold.primary, *gold.accept)):
        return 1.0
    return 0.5 if book.among(name, gold.half) else 0.0


def _set_f1(view: View, gold: Gold, book: NameBook) -> float:
    wanted = _relevant((*gold.agencies, *gold.departments), gold, book)
    neutral = (*gold.also_ok, *gold.accept, *gold.primary)
    return agreement(wanted, _relevant(view.names, gold, book), book, neutral=neutral).f1 if wanted else 0.0
