"""The bank keeps to its own rules: format, verbatim quotes, balance, and parts without common questions."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from dutygraph.evaluation import KINDS, Gold, Question, read_questions
from dutygraph.evaluation.fold import bigrams, compact, fold
from questions import HALVES, READ, SEALED

HERE = Path(__file__).parent
REGISTERS = HERE.parent.parent / "data" / "registers"
PARTS = (*READ, *SEALED)
STYLES = {
    *("colloquial", "clerk", "trap", "multi", "misprint", "traditional", "pinyin", "mixed", "long", "short"),
}


@cache
def half(name: str) -> tuple[Question, ...]:
    return read_questions(HERE / f"{name}.jsonl")


@cache
def sources() -> dict[str, str]:
    return {path.name: compact(path.read_text(encoding="utf-8-sig")) for path in sorted(REGISTERS.glob("*/*.txt"))}


def names(gold: Gold) -> Iterator[str]:
    yield from (*gold.agencies, *gold.departments, *gold.primary)
    for own in gold.by_jurisdiction.values():
        yield from names(own)


@pytest.mark.parametrize("name", PARTS)
def test_every_quote_occurs_verbatim_in_its_document(name: str) -> None:
    wrong = [
        (question.id, evidence.quote)
        for question in half(name)
        for evidence in question.evidence
        if not compact(evidence.quote) or compact(evidence.quote) not in sources()[evidence.doc]
    ]
    assert wrong == []


@pytest.mark.parametrize("name", PARTS)
def test_evidence_is_of_the_county_asked_about(name: str) -> None:
    for question in half(name):
        if question.jurisdiction and question.kind != "unanswerable":
            assert all(e.doc.startswith(question.jurisdiction) for e in question.evidence), question.id


@pytest.mark.parametrize("name", PARTS)
def test_names_and_acts_of_the_gold_occur_in_the_documents(name: str) -> None:
    everything = fold("".join(sources().values()))
    for question in half(name):
        if question.kind == "who":
            assert all(fold(n) in everything for n in names(question.gold)), question.id
        if question.kind == "legal":
            assert all(fold(title) in everything for title in question.gold.laws), question.id


@pytest.mark.parametrize("name", HALVES)
def test_what_can_be_answered_has_evidence(name: str) -> None:
    for question in half(name):
        if question.kind in ("unanswerable", "ambiguous"):
            assert question.evidence == ()
        elif not question.evidence:
            # nothing in the source says that a thing is not there
            assert question.gold.answer == ("没有",), question.id


@pytest.mark.parametrize("name", HALVES)
def test_fields_and_styles(name: str) -> None:
    lines: list[dict[str, Any]] = [
        json.loads(line) for line in (HERE / f"{name}.jsonl").read_text("utf-8").splitlines()
    ]
    fields = ["id", "lang", "question", "kind", "jurisdiction", "answerable", "gold", "evidence", "note", "style"]
    for line in lines:
        assert list(line) == fields
        assert line["answerable"] is (line["kind"] != "unanswerable")
        assert set(line["style"]) <= STYLES
        assert line["lang"] in ("zh", "en")
    for question in half(name):
        if "long" in question.style and question.lang == "zh":
            assert 100 <= len(question.text) <= 300, question.id


@pytest.mark.parametrize("name", HALVES)
def test_the_half_is_balanced(name: str) -> None:
    questions = half(name)
    kinds = Counter(question.kind for question in questions)
    styles = Counter(style for question in questions for style in question.style)
    assert len(questions) >= 260
    assert set(kinds) == set(KINDS)
    assert kinds.most_common(1)[0][0] == "who"
    assert 0.17 <= kinds["unanswerable"] / len(questions) <= 0.23
    assert 0.60 <= sum(question.lang == "zh" for question in questions) / len(questions) <= 0.70
    assert {q.jurisdiction for q in questions} == {None, *(name[:6] for name in sources())}
    assert set(styles) == STYLES
    assert styles["long"] >= 8


def test_no_question_stands_twice() -> None:
    folded = Counter(fold(question.text) for name in HALVES for question in half(name))
    assert [text for text, times in folded.items() if times > 1] == []


def test_the_halves_do_not_paraphrase_each_other() -> None:
    """No question shares nine tenths of its bigrams with one of the other half, in Chinese where they are words."""
    first, second = ([q for q in half(name) if q.lang == "zh" and len(q.text) >= 6] for name in HALVES)
    pairs = {q.id: bigrams(fold(q.text)) for q in (*first, *second)}
    alike = [
        (a.text, b.text)
        for a in first
        for b in second
        if len(pairs[a.id] & pairs[b.id]) >= 0.9 * len(pairs[a.id] | pairs[b.id])
    ]
    assert alike == []
