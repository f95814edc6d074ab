"""The forms of questions keep to their format, repeat nothing, and leave the questions of the bank alone."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import get_args

from dutygraph.answer.asking import UNASKED
from dutygraph.answer.model import Intent
from dutygraph.evaluation import read_questions
from dutygraph.retrieve import normalise
from questions import READ

HERE = Path(__file__).parent
FORMS = HERE.parent.parent / "data" / "forms" / "questions.tsv"


def rows() -> list[list[str]]:
    header, *lines = FORMS.read_text("utf-8").splitlines()
    assert header.split("\t") == ["intent", "lang", "question"]
    return [line.split("\t") for line in lines]


def bare(text: str) -> str:
    """A question without punctuation and spaces."""
    return re.sub(r"\W+", "", normalise(text))


def test_each_line_is_an_intent_a_language_and_a_question() -> None:
    assert [row for row in rows() if len(row) != 3 or row[1] not in ("zh", "en") or not row[2].strip()] == []
    assert {intent for intent, _, _ in rows()} == {*get_args(Intent), *UNASKED}


def test_no_question_is_there_twice() -> None:
    assert [text for text, times in Counter(bare(text) for _, _, text in rows()).items() if times > 1] == []


def test_no_line_is_a_question_of_the_bank() -> None:
    asked = {bare(question.text) for part in READ for question in read_questions(HERE / f"{part}.jsonl")}
    assert asked.isdisjoint(bare(text) for _, _, text in rows())
