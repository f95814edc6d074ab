"""What an answer says: all of it, or what it says for one place.

Answers come as JSON of the answer contract, and any part may be missing or odd; a view never raises over that.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from dutygraph.evaluation.fold import first_within, fold
from dutygraph.evaluation.laws import CitedAct, acts_of
from dutygraph.evaluation.names import NameBook, as_list, text_of

__all__ = ["LONG_READING", "SHORT_READING", "Count", "Reply", "View"]

# How much a reader reads, in characters; what comes later earns nothing, so that pouring out a register does not pay.
SHORT_READING = 300  # for a short fact
LONG_READING = 1200  # for steps, contents, comparisons

_STATUSES = ("answered", "clarify", "abstained")


@dataclass(frozen=True, slots=True)
class Count:
    """A labelled number of an answer; ``value`` None when it is no number."""

    label: str
    value: int | float | None


def _number(value: Any) -> int | float | None:
    if isinstance(value, str) and value.strip().isdigit():
        return int(value)
    return value if isinstance(value, int | float) and not isinstance(value, bool) else None


def _objects(value: Any) -> list[Mapping[str, Any]]:
    return [entry for entry in as_list(value) if isinstance(entry, Mapping)]


def _texts(value: Any) -> list[str]:
    return [text_of(entry) for entry in as_list(value)]


def _of_results(results: Iterable[Mapping[str, Any]], key: str) -> list[Any]:
    return [value for result in results for value in as_list(result.get(key))]


class View:
    """The parts of an answer object, names split into single ones, with the results filling what it leaves out."""

    def __init__(
        self,
        parts: Mapping[str, Any],
        results: Sequence[Mapping[str, Any]],
        book: NameBook,
        known_names: Sequence[str] = (),
    ) -> None:
        self.results = results
        self.text = str(parts.get("text") or "")
        self.agencies = book.split(parts.get("agencies") or [result.get("agency") for result in results])
        self.departments = book.split(parts.get("departments") or _of_results(results, "department"))
        direct = parts.get("names") or [
            name for r in results for name in (*as_list(r.get("department")), r.get("agency")) if name
        ]
        self.names = book.split([*as_list(direct), *self.agencies, *self.departments])
        if not self.names and self.text:
            self.names = _names_in_prose(self.text, known_names)
        self.laws = acts_of(parts.get("laws"))
        self.result_laws = tuple(act for result in results for act in acts_of(result.get("laws")))
        self.phones = _texts(parts.get("phones")) or list(dict.fromkeys(map(text_of, _of_results(results, "phones"))))
        self.values = _texts(parts.get("values"))
        self.result_values = [text_of(value) for value in _of_results(results, "values")]
        self.items = _texts(parts.get("items"))
        self.statements = [text_of(result["statement"]) for result in results if result.get("statement")]
        self.subjects = [text_of(result["subject"]) for result in results if result.get("subject")]
        self.count = _number(parts.get("count"))
        counts = _objects(parts.get("counts"))
        self.counts = [Count(text_of(entry.get("label")), _number(entry.get("value"))) for entry in counts]

    @property
    def all_laws(self) -> tuple[CitedAct, ...]:
        return self.laws + self.result_laws

    def says_something(self) -> bool:
        lists = (self.names, self.all_laws, self.phones, self.values, self.items, self.statements, self.subjects)
        return any(lists) or self.count is not None or bool(self.counts)

    def facts(self) -> list[str]:
        """The short facts, best first, as far as a reader reads."""
        stated = self.values or self.result_values or self.items
        parts = (stated, self.statements[:1], [self.text])
        return [fact for part in parts for fact in first_within(part, SHORT_READING)]

    def prose(self) -> str:
        """Everything it says in words, as far as a reader reads."""
        return "\n".join(first_within([*self.items, *self.values, *self.statements, self.text], LONG_READING))


def _names_in_prose(text: str, known_names: Sequence[str]) -> list[str]:
    """The known names that occur, in order; inside a longer one none is found again."""
    said = fold(text)
    found: list[tuple[int, int, str]] = []
    for name in known_names:
        start = said.find(fold(name))
        if start >= 0 and not any(begin <= start < end for begin, end, _ in found):
            found.append((start, start + len(fold(name)), name))
    return [name for _, _, name in sorted(found)]


class Reply:
    """An answer to one question; ``raw`` None when there is none (status ``missing``)."""

    def __init__(self, raw: Mapping[str, Any] | None, book: NameBook, known_names: Sequence[str] = ()) -> None:
        self.raw: Mapping[str, Any] = raw or {}
        self._book = book
        self._known_names = known_names
        self.reason = self.raw.get("reason")
        self.status = self._status(raw)
        text = self.raw.get("text")
        self.text = text if isinstance(text, str) else ""
        self.results = _objects(self.raw.get("results"))
        parts = self.raw.get("by_jurisdiction")
        self.parts: dict[str, Mapping[str, Any]] = {}
        for key, part in parts.items() if isinstance(parts, Mapping) else ():
            code = book.code_of(key)
            if code and isinstance(part, Mapping):
                self.parts[code] = part
        self.named = [code for code in map(book.code_of, as_list(self.raw.get("jurisdictions"))) if code]

    def _status(self, raw: Mapping[str, Any] | None) -> str:
        if raw is None:
            return "missing"
        status = self.raw.get("status")
        if status == "abstained" and self.reason == "ambiguous":
            return "clarify"
        return status if status in _STATUSES else "answered"

    @cached_property
    def whole(self) -> View:
        """All that is said; when only the parts by place say something, those together."""
        view = View(self.raw, self.results, self._book, self._known_names)
        if view.says_something() or not self.parts:
            return view
        together: dict[str, Any] = {}
        for part in self.parts.values():
            for key, value in part.items():
                if isinstance(value, list):
                    together.setdefault(key, []).extend(value)
        merged = {**together, "text": self.text}
        return View(merged, _objects(together.get("results")), self._book, self._known_names)

    @cached_property
    def _result_codes(self) -> set[str]:
        return {code for result in self.results if (code := self._book.code_of(result.get("jurisdiction")))}

    @cached_property
    def _by_place(self) -> dict[str, View]:
        codes = set(self.parts) | self._result_codes | set(self.named)
        return {code: view for code in sorted(codes) if (view := self._view_of(code, codes)) is not None}

    def _view_of(self, code: str, codes: set[str]) -> View | None:
        part = self.parts.get(code, {})
        results = _objects(part.get("results")) or [
            result for result in self.results if self._book.code_of(result.get("jurisdiction")) == code
        ]
        view = View(part, results, self._book)
        if view.says_something():
            return view
        only_place = codes == {code}
        return self.whole if only_place and self.whole.says_something() else None

    def at(self, code: str) -> View | None:
        """What it says for one place; None when nothing."""
        return self._by_place.get(code)

    def covered(self) -> list[str]:
        """The codes of the places for which it, labelled, says something."""
        return list(self._by_place)

    def mentions(self, code: str) -> bool:
        return code in self.parts or code in self.named or self._book.mentions(self.text, code)

    def for_place(self, code: str | None) -> tuple[View | None, str]:
        """The view to score when the question names a place, or None and why there is none."""
        covered = self.covered() or self.named
        if code is None or not covered or set(covered) == {code}:
            return self.whole, ""
        if code in covered:
            return self.at(code) or self.whole, ""
        return None, f"answered for {', '.join(covered)}, asked for {code}"
