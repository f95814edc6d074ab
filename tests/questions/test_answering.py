"""The development half of the bank, asked of the real registers: nothing gets worse unseen.

``baseline.toml`` holds the figures last reached; whoever raises them raises it. The test half is for final figures only
and is not asked here.
"""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from dutygraph.answer import Answerer
from dutygraph.commands.eval import words_of
from dutygraph.evaluation import Report, aliases_of, evaluate, places_of, read_questions
from dutygraph.graph import project_lookups
from dutygraph.pipeline import open_home
from dutygraph.read import find_register_folders, read_register
from dutygraph.resources import data_dir
from dutygraph.settings import Settings

HERE = Path(__file__).parent
QUESTIONS = read_questions(HERE / "development.jsonl")
BASELINE = tomllib.loads((HERE / "baseline.toml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def answers(settings: Settings) -> dict[str, dict[str, Any]]:
    """The answers to the development half, by id."""
    opened = open_home(settings)
    answerer = Answerer(opened.store, opened.index, opened.templates)
    return {
        question.id: answerer.ask(question.text, jurisdiction=question.ask_jurisdiction, id=question.id).as_json()
        for question in QUESTIONS
    }


@pytest.fixture(scope="module")
def report(answers: dict[str, dict[str, Any]]) -> Report:
    """The marks of the development half."""
    registers = [read_register(folder) for folder in find_register_folders(data_dir())]
    names = {code: (place.name, *place.short, place.english) for code, place in project_lookups().places.items()}
    documents = {register.source.document: words_of(register) for register in registers}
    return evaluate(QUESTIONS, answers, documents, places_of(registers, names), aliases_of(registers))


def test_every_quote_stands_in_its_source(report: Report) -> None:
    assert report.citations["quotes"] > 500
    assert report.citations["valid"] == 1.0


def test_every_result_is_cited(answers: dict[str, dict[str, Any]]) -> None:
    for answer in answers.values():
        for result in answer["results"]:
            assert result["evidence"], answer["question"]
            assert max(result["evidence"]) < len(answer["evidence"])


def test_answers_are_no_worse_than_before(report: Report) -> None:
    assert report.macro >= BASELINE["macro"], report.kinds
    assert report.wrong_when_answered <= BASELINE["wrong_when_answered"]


@pytest.mark.parametrize("kind", BASELINE["kinds"])
def test_no_kind_is_worse_than_before(report: Report, kind: str) -> None:
    assert report.kinds[kind]["mean"] >= BASELINE["kinds"][kind]
