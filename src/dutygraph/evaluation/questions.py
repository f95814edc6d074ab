"""Question files: one JSON object a line, each a question with its gold.

``id``, ``lang`` (zh, en), ``question``, ``kind``, ``jurisdiction`` (code or null), ``answerable``, ``gold`` (fields by
kind), ``evidence`` ([{``doc``, ``section``, ``quote``}]), ``note``, ``style`` ([…]).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any

from dutygraph.errors import QuestionError
from dutygraph.evaluation.fold import fold
from dutygraph.evaluation.names import as_list, is_name

__all__ = ["KINDS", "Evidence", "Gold", "Question", "names_in_gold", "parse_question", "read_questions"]

# kind → the gold field it is scored by, in the order of reports
_SCORED_BY = {
    "who": "primary",
    "legal": "laws",
    "list": "items",
    "count": "value",
    "phone": "phones",
    "indicator": "values",
    "penalty": "values",
    "procedure": "must_contain",
    "compare": "by_jurisdiction",
    "compositional": "answer",
    "overlap": "answer",
    "gap": "answer",
    "unanswerable": "expected",
    "ambiguous": "expected",
}
KINDS = tuple(_SCORED_BY)

# remarks in ``note`` that change the marking
_HALF_REMARK = "半分"
_ONLY_HALF = re.compile(r"Answering only (\S+) is half right")
_ANY_TWO = re.compile(r"Any two of three")


@dataclass(frozen=True, slots=True)
class Evidence:
    """A gold quote. ``section`` is ``<section>`` or ``<section>/<row>``."""

    doc: str
    section: str
    quote: str

    @property
    def row(self) -> str:
        return self.section.partition("/")[2]


@dataclass(frozen=True, slots=True)
class Gold:
    """What a right answer says; which fields are set depends on the kind (README of the question bank).

    ``accept`` earns as much as ``primary``, ``half`` half of it, ``also_ok`` neither earns nor costs; ``equiv`` gives
    other wordings of one gold thing; ``laws_beside`` are asked for in addition to the listed things; ``needed`` says
    how many of the listed things make a full answer. ``given`` are the fields that the file set, so that an empty list
    can be told from none.
    """

    agencies: tuple[str, ...] = ()
    departments: tuple[str, ...] = ()
    primary: tuple[str, ...] = ()
    primary_mode: str = "any"
    accept: tuple[str, ...] = ()
    half: tuple[str, ...] = ()
    also_ok: tuple[str, ...] = ()
    laws: tuple[str, ...] = ()
    laws_beside: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    equiv: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    items: tuple[str, ...] = ()
    value: int | tuple[int, ...] | None = None
    labels: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    values: tuple[str, ...] = ()
    no_amount: bool = False
    must_contain: tuple[str, ...] = ()
    answer: tuple[str, ...] = ()
    options: tuple[str, ...] = ()
    expected: str = ""
    needed: int | None = None
    by_jurisdiction: Mapping[str, Gold] = field(default_factory=dict)
    given: frozenset[str] = frozenset()

    def at(self, code: str) -> Gold:
        """The gold for one place: what is said for all places, overridden by what is said for this one."""
        own = self.by_jurisdiction[code]
        changes = {name: getattr(own, name) for name in own.given}
        return replace(self, **{**changes, "by_jurisdiction": {}, "given": self.given | own.given})


@dataclass(frozen=True, slots=True)
class Question:
    """One question with its gold. ``jurisdiction`` None: the question names no place. ``ask_jurisdiction``: the place
    it is asked in, given beside the words."""

    id: str
    lang: str
    text: str
    kind: str
    gold: Gold
    jurisdiction: str | None = None
    evidence: tuple[Evidence, ...] = ()
    note: str = ""
    style: tuple[str, ...] = ()
    ask_jurisdiction: str | None = None

    @property
    def spans_places(self) -> bool:
        """No place is named, and the gold is given place by place."""
        return self.jurisdiction is None and bool(self.gold.by_jurisdiction)


_FREE_FIELDS = {"equiv", "value", "no_amount", "primary_mode", "expected", "by_jurisdiction", "needed", "given"}
_TEXT_FIELDS = frozenset(f.name for f in fields(Gold)) - _FREE_FIELDS


def _parse_gold(raw: Mapping[str, Any]) -> Gold:
    parsed: dict[str, Any] = {name: tuple(map(str, as_list(raw[name]))) for name in _TEXT_FIELDS & raw.keys()}
    if isinstance(raw.get("laws"), Mapping):  # {label: title}: a law asked for beside the main answer
        del parsed["laws"]
        parsed["laws_beside"] = tuple(map(str, raw["laws"].values()))
    if "value" in raw:
        value = raw["value"]
        parsed["value"] = tuple(value) if isinstance(value, list) else value
    parsed |= {name: raw[name] for name in ("no_amount", "primary_mode", "expected") if name in raw}
    if "equiv" in raw:
        parsed["equiv"] = {key: tuple(as_list(forms)) for key, forms in raw["equiv"].items()}
    given = frozenset(parsed)
    places = {code: _parse_gold(own) for code, own in (raw.get("by_jurisdiction") or {}).items()}
    return Gold(**parsed, by_jurisdiction=places, given=given)


def _with_remarks(gold: Gold, note: str) -> Gold:
    if _HALF_REMARK in note:
        gold = replace(gold, half=gold.accept, accept=())
    if match := _ONLY_HALF.search(note):
        gold = replace(gold, half=(*gold.half, match[1]))
    return replace(gold, needed=2) if _ANY_TWO.search(note) else gold


def parse_question(raw: Mapping[str, Any]) -> Question:
    """A question from its JSON object.

    Raises:
        QuestionError: a field is missing, the kind unknown, or the gold lacks the field its kind is scored by.
    """
    for name in ("id", "question", "kind", "gold"):
        if not raw.get(name):
            raise QuestionError(f"the field {name!r} is missing or empty")
    kind, gold = raw["kind"], raw["gold"]
    if kind not in KINDS:
        raise QuestionError(f"unknown kind {kind!r}; the kinds are {', '.join(KINDS)}")
    if not isinstance(gold, Mapping) or gold.get(_SCORED_BY[kind]) in (None, "", [], {}):
        raise QuestionError(f"a question of kind {kind!r} needs gold.{_SCORED_BY[kind]}")
    try:
        evidence = tuple(Evidence(e["doc"], e.get("section", ""), e["quote"]) for e in raw.get("evidence", ()))
    except (KeyError, TypeError, AttributeError) as exc:
        raise QuestionError("every evidence needs 'doc' and 'quote'") from exc
    note = str(raw.get("note") or "")
    return Question(
        id=str(raw["id"]),
        lang=str(raw.get("lang") or ""),
        text=str(raw["question"]),
        kind=kind,
        gold=_with_remarks(_parse_gold(gold), note),
        jurisdiction=raw.get("jurisdiction"),
        evidence=evidence,
        note=note,
        style=tuple(raw.get("style") or ()),
        ask_jurisdiction=raw.get("ask_jurisdiction"),
    )


def _question_of(line: str) -> Question:
    try:
        raw = json.loads(line)
    except json.JSONDecodeError as exc:
        raise QuestionError(f"not JSON ({exc.msg})") from exc
    if not isinstance(raw, dict):
        raise QuestionError("not a JSON object")
    return parse_question(raw)


def read_questions(path: Path) -> tuple[Question, ...]:
    """The questions of a JSON Lines file, in order; blank lines are skipped.

    Raises:
        QuestionError: the file cannot be read, holds no question or one id twice, or a line is no question; the
            message names file and line.
    """
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as exc:
        raise QuestionError(f"cannot be read: {exc}", path=path) from exc
    questions: dict[str, Question] = {}
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        place = f"line {number}"
        try:
            question = _question_of(line)
        except QuestionError as exc:
            raise QuestionError(str(exc), path=path, place=place) from exc
        if question.id in questions:
            raise QuestionError(f"the id {question.id!r} stands here a second time", path=path, place=place)
        questions[question.id] = question
    if not questions:
        raise QuestionError("no question in this file; write one JSON object a line", path=path)
    return tuple(questions.values())


def names_in_gold(questions: Iterable[Question]) -> tuple[str, ...]:
    """Every agency and department that some gold names, the longest first: what to look for in bare prose."""

    def names(gold: Gold) -> Iterable[str]:
        for texts in (gold.agencies, gold.departments, gold.primary, gold.accept, gold.half, gold.also_ok, gold.answer):
            yield from filter(is_name, texts)
        yield from filter(is_name, gold.items)
        for own in gold.by_jurisdiction.values():
            yield from names(own)

    return tuple(
        sorted({name for question in questions for name in names(question.gold)}, key=lambda n: (-len(fold(n)), n))
    )
