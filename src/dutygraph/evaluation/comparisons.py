"""Two places side by side: each must be told its own, and not the other's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dutygraph.evaluation.fold import digits_of, first_within, fold, has_fragment
from dutygraph.evaluation.laws import has_number, title_key
from dutygraph.evaluation.marking import Bench, Mark
from dutygraph.evaluation.names import NameBook, is_name
from dutygraph.evaluation.questions import Gold, Question
from dutygraph.evaluation.views import LONG_READING, SHORT_READING, Reply, View

__all__ = ["mark_compare"]

_NO_PLACE = 0.5  # what is earned at most by what is right, but said of no place
_PHONE_DIGITS = 7


def mark_compare(question: Question, reply: Reply, bench: Bench) -> Mark:
    """The share of wanted things said of the right place; one said of the wrong place only takes one off."""
    passages = bench.book.passages_by_place(reply.text)
    if not reply.covered() and not passages:
        wanted, whole = question.gold.must_contain, reply.whole
        said = sum(_lists(whole, m, (), bench.book) or _tells(whole.prose(), m, (), bench.book) for m in wanted)
        return Mark(_NO_PLACE * said / len(wanted) if wanted else 0.0, "no place given")
    comparison = _Comparison(question.gold, reply, passages, bench.book)
    points = [
        (only_here, comparison.points(code, thing, only_here=only_here))
        for code, own in question.gold.by_jurisdiction.items()
        for thing in own.must_contain
        for only_here in [comparison.only_at(code, thing)]
    ]
    got_own = any(only_here and value > 0 for only_here, value in points)
    if any(value < 0 for _, value in points) and not got_own:
        return Mark(0.0, "the places are swapped")
    total = sum(value for _, value in points)
    return Mark(max(0.0, total / len(points)), f"{total:g} of {len(points)} points")


@dataclass(frozen=True, slots=True)
class _Comparison:
    gold: Gold
    reply: Reply
    passages: dict[str, str]
    book: NameBook

    def _others(self, code: str) -> list[str]:
        return [other for other in self.gold.by_jurisdiction if other != code]

    def _wanted(self, code: str) -> tuple[str, ...]:
        return self.gold.by_jurisdiction[code].must_contain

    def only_at(self, code: str, thing: str) -> bool:
        return not any(thing in self._wanted(other) for other in self._others(code))

    def _theirs(self, code: str) -> list[str]:
        """What is wanted of the other places and not of this one."""
        return [thing for o in self._others(code) for thing in self._wanted(o) if thing not in self._wanted(code)]

    def points(self, code: str, thing: str, *, only_here: bool) -> float:
        """1 said of this place, 0 not said, -1 said of another place only; 0.5 when said of both, unless this place's
        own names come first in what is said of it."""
        theirs = self._theirs(code)
        view = self.reply.at(code)
        if view is None:
            prose = self.passages.get(code, "")
        else:
            prose = "\n".join([*first_within(view.statements, SHORT_READING), view.text[:SHORT_READING]])
        listed = view is not None and _lists(view, thing, theirs, self.book)
        here = listed or _tells(prose, thing, theirs, self.book)
        if not only_here:
            return float(here)
        there = any(self._said_at(other, thing, theirs) for other in self._others(code))
        if not there:
            return float(here)
        if not here:
            return -1.0
        own = [mine for mine in self._wanted(code) if self.only_at(code, mine)]
        first = view is not None and is_name(thing) and self._names_own_first(view, own, theirs)
        return 1.0 if first else 0.5

    def _said_at(self, code: str, thing: str, theirs: Sequence[str]) -> bool:
        view = self.reply.at(code)
        if view is not None:
            return _lists(view, thing, (), self.book)
        return _tells(self.passages.get(code, ""), thing, theirs, self.book)

    def _names_own_first(self, view: View, own: Sequence[str], theirs: Sequence[str]) -> bool:
        for name in view.names:
            if self.book.among(name, own):
                return True
            if self.book.among(name, theirs):
                return False
        return True


def _is(name: str, wanted: str, theirs: Sequence[str], book: NameBook) -> bool:
    """A short form that would fit the other place's name as well is neither."""
    if book.plain(name) == book.plain(wanted):
        return True
    return book.same(name, wanted) and not book.among(name, theirs)


def _lists(view: View, wanted: str, theirs: Sequence[str], book: NameBook) -> bool:
    """Do the lists of the view hold it? (Its prose may well speak of another place.)"""
    if is_name(wanted):
        return any(_is(n, wanted, theirs, book) for n in book.split([*view.names, *view.items, *view.values]))
    values = first_within(view.values or view.result_values, SHORT_READING)
    listed = [*first_within(view.items, LONG_READING), *values, *first_within(view.statements, SHORT_READING)]
    if any(has_fragment(text, wanted) for text in listed):
        return True
    laws = view.all_laws
    if any(title_key(wanted) == title_key(act.title) for act in laws):
        return True
    if _is_act_number(wanted) and has_number(wanted, [act.number for act in laws if act.number]):
        return True
    phone = digits_of(wanted)
    return len(phone) >= _PHONE_DIGITS and phone in map(digits_of, view.phones)


def _is_act_number(text: str) -> bool:
    folded = fold(text)
    return any(folded[i].isdecimal() and folded[i + 1] == "号" for i in range(len(folded) - 1))


def _tells(prose: str, wanted: str, theirs: Sequence[str], book: NameBook) -> bool:
    if not is_name(wanted):
        return has_fragment(prose, wanted)
    said = fold(prose)
    return any(form in said for form in book.forms(wanted) if _is(form, wanted, theirs, book))
