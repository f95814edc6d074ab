"""The competency questions of docs/ontology.md, a named query each; the answers come from reading the registers."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from dutygraph.store import Rows, Store, Template, run_named

QUESTIONS: list[dict[str, Any]] = tomllib.loads(Path(__file__).with_name("competency.toml").read_text("utf-8"))[
    "question"
]
PAGE = (Path(__file__).parents[2] / "docs" / "ontology.md").read_text("utf-8")


def squeezed(value: object) -> str:
    """Without white space, and joined texts in one order: SPARQL leaves it open."""
    return "、".join(sorted("".join(("" if value is None else str(value)).split()).split("、")))


def answer(store: Store, templates: Mapping[str, Template], question: Mapping[str, Any]) -> list[list[str]]:
    result = run_named(store, templates, question["query"], question.get("params", {}))
    assert isinstance(result, Rows)
    wanted = question.get("where", {})
    rows = [row for row in result.dicts() if all(str(row[key]) == value for key, value in wanted.items())]
    return [[squeezed(row.get(column)) for column in question["columns"]] for row in rows[: question.get("first")]]


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: f"{question['query']}: {question['en']}")
def test_the_answer_is_the_one_that_reading_gives(
    store: Store, templates: dict[str, Template], question: dict[str, Any]
) -> None:
    expected = sorted([squeezed(value) for value in row] for row in question["rows"])
    assert sorted(answer(store, templates, question)) == expected


def test_another_engine_gives_the_same_answers(store: Store, remote: Store, templates: dict[str, Template]) -> None:
    for question in QUESTIONS:
        here, there = answer(store, templates, question), answer(remote, templates, question)
        assert sorted(here) == sorted(there), question["en"]


def test_there_are_thirty_or_more_and_the_page_lists_them_all() -> None:
    assert len(QUESTIONS) >= 30
    for number, question in enumerate(QUESTIONS, 1):
        assert f"| {number} | {question['zh']} {question['en']} | `{question['query']}` |" in PAGE
    assert f"| {len(QUESTIONS) + 1} |" not in PAGE
