from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from dutygraph.errors import QuestionError
from dutygraph.evaluation import Evidence, read_questions

WHO: dict[str, Any] = {"id": "1", "question": "谁管古树？", "kind": "who", "gold": {"primary": ["林业局"]}}


def test_questions_are_read_in_order_and_blank_lines_skipped(tmp_path: Path) -> None:
    path = tmp_path / "questions.jsonl"
    second = {
        **WHO,
        "id": "2",
        "lang": "zh",
        "jurisdiction": "990101",
        "style": ["clerk"],
        "gold": {"primary": "林业局", "by_jurisdiction": {"990101": {"departments": []}}},
        "evidence": [{"doc": "east.txt", "section": "职责边界/古树保护", "quote": "林业局"}],
    }
    path.write_text(f"\ufeff{json.dumps(WHO)}\n\n{json.dumps(second)}\n", encoding="utf-8")
    first, question = read_questions(path)
    assert (first.id, first.jurisdiction, first.evidence) == ("1", None, ())
    assert question.gold.primary == ("林业局",)
    assert question.gold.at("990101").given == {"primary", "departments"}
    assert question.evidence == (Evidence("east.txt", "职责边界/古树保护", "林业局"),)
    assert question.evidence[0].row == "古树保护"


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("{", "not JSON"),
        ("[]", "not a JSON object"),
        (json.dumps({**WHO, "id": ""}), "'id' is missing"),
        (json.dumps({**WHO, "kind": "why"}), "unknown kind 'why'"),
        (json.dumps({**WHO, "gold": {"agencies": ["甲局"]}}), "needs gold.primary"),
        (json.dumps({**WHO, "gold": ["甲局"]}), "needs gold.primary"),
        (json.dumps({**WHO, "id": "9", "evidence": [{"quote": "x"}]}), "needs 'doc' and 'quote'"),
        (json.dumps(WHO), "'1' stands here a second time"),
    ],
)
def test_a_wrong_line_is_named(tmp_path: Path, line: str, message: str) -> None:
    path = tmp_path / "questions.jsonl"
    path.write_text(f"{json.dumps(WHO)}\n{line}\n", encoding="utf-8")
    with pytest.raises(QuestionError) as caught:
        read_questions(path)
    assert str(caught.value).startswith(f"{path}, line 2: ")
    assert message in str(caught.value)


def test_a_file_without_a_question_or_not_there_is_an_error(tmp_path: Path) -> None:
    empty = tmp_path / "empty.jsonl"
    empty.write_text("\n", encoding="utf-8")
    with pytest.raises(QuestionError, match=r"empty\.jsonl: no question"):
        read_questions(empty)
    with pytest.raises(QuestionError, match=r"gone\.jsonl: cannot be read"):
        read_questions(tmp_path / "gone.jsonl")
    (tmp_path / "latin.jsonl").write_bytes(b"\xff\xfe\xff")
    with pytest.raises(QuestionError, match="cannot be read"):
        read_questions(tmp_path / "latin.jsonl")


def test_a_gold_number_may_be_nought(tmp_path: Path) -> None:
    path = tmp_path / "questions.jsonl"
    path.write_text(json.dumps({**WHO, "kind": "count", "gold": {"value": 0}}), encoding="utf-8")
    assert read_questions(path)[0].gold.value == 0
