"""dutygraph feedback list."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from pathlib import Path

import pytest

from dutygraph.cli import main
from dutygraph.pipeline import Feedback, keep_feedback

SAID = [
    Feedback("谁管？", "0123456789abcdef", "", date(2026, 11, 22), "sha256:" + "0" * 64),
    Feedback("=1+1", "fedcba9876543210", "two\nlines \x1b[2J", date(2026, 11, 23), "sha256:" + "1" * 64),
]


@pytest.fixture
def said(tmp_path: Path) -> Path:
    for one in SAID:
        assert keep_feedback(tmp_path, one)
    return tmp_path


def test_text_is_safe_to_print(said: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--home", str(said), "feedback", "list"]) == 0
    out = capsys.readouterr().out
    assert "2026-11-22  谁管？" in out
    assert "two lines" in out
    assert "\x1b" not in out
    assert "2 条" in out


def test_json_has_everything(said: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    assert main(["--home", str(said), "feedback", "list", "--format", "json"]) == 0
    entries = json.loads(capsysbinary.readouterr().out)
    assert [Feedback(**{**one, "date": date.fromisoformat(one["date"])}) for one in entries] == SAID


def test_csv_holds_no_formula(said: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--home", str(said), "feedback", "list", "--format", "csv"]) == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert [row["question"] for row in rows] == ["谁管？", "'=1+1"]
    assert rows[1]["note"] == SAID[1].note


def test_nothing_said_is_nothing_listed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--home", str(tmp_path), "feedback", "list"]) == 0
    assert "0 条" in capsys.readouterr().out


def test_a_damaged_line_is_named(said: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with (said / "feedback.jsonl").open("a", encoding="utf-8") as file:
        file.write('{"question": "cut')
    assert main(["--home", str(said), "feedback", "list"]) == 2
    assert "line 3" in capsys.readouterr().err
