"""The figures over several answers, computed by hand."""

from __future__ import annotations

import json
from typing import Any

import pytest

from dutygraph.evaluation import Report, evaluate, parse_question

from .conftest import ALIASES, DOCUMENTS, EAST, PLACES, WEST

TREES = {"document": f"{EAST}-linye/east.txt", "quote": "负责古树名木的普查登记"}
GOLD_QUOTE = {"doc": "east.txt", "section": "职责边界/古树保护", "quote": "负责古树名木的普查登记和挂牌保护。"}


def _question(number: int, kind: str, gold: dict[str, Any], **fields: Any) -> dict[str, Any]:
    base = {"id": str(number), "question": "?", "kind": kind, "gold": gold, "lang": "zh", "jurisdiction": EAST}
    return {**base, **fields}


QUESTIONS = [
    _question(1, "who", {"primary": ["林业局"], "agencies": ["林业局"]}, evidence=[GOLD_QUOTE], style=["clerk"]),
    _question(2, "who", {"primary": ["林业局"], "agencies": ["林业局"]}, lang="en", style=["clerk", "trap"]),
    _question(3, "count", {"value": 2}, jurisdiction=WEST),
    _question(4, "unanswerable", {"expected": "abstain"}, jurisdiction=None),
    _question(5, "unanswerable", {"expected": "abstain"}, jurisdiction=None),
    _question(6, "procedure", {"must_contain": ["甲乙丙", "丁戊己", "庚辛壬", "子丑寅"]}),
    _question(7, "list", {"items": ["林业局", "住建局"]}),
]
ANSWERS = {
    "1": {"status": "answered", "names": ["林业局"], "evidence": [TREES], "elapsed_ms": 4.0},
    "2": {
        "status": "answered",
        "names": ["住建局", "林业局"],
        "evidence": [{**TREES, "quote": "没有这句"}],
        "elapsed_ms": 8,
    },
    "3": {"status": "abstained", "reason": "out_of_scope", "elapsed_ms": 2.0},
    "4": {"status": "abstained", "reason": "out_of_scope", "elapsed_ms": 6.0},
    "5": {"status": "answered", "names": ["林业局"]},
    "6": {"status": "clarify", "items": ["甲乙丙", "丁戊己", "庚辛壬"]},
}


@pytest.fixture(scope="module")
def report() -> Report:
    return evaluate([parse_question(raw) for raw in QUESTIONS], ANSWERS, DOCUMENTS, PLACES, ALIASES)


def test_kinds_and_their_mean(report: Report) -> None:
    assert [row.mark.score for row in report.rows] == [1, 0, 0, 1, 0, 0.75, 0]
    assert report.kinds["who"] == {"n": 2, "mean": 0.5, "full": 0.5, "zero": 0.5}
    assert list(report.kinds) == ["who", "list", "count", "procedure", "unanswerable"]
    assert report.macro == pytest.approx((0.5 + 0 + 0 + 0.75 + 0.5) / 5)


def test_who_and_wrong_when_answered(report: Report) -> None:
    # the second answer has the right name second: precision 1/2, recall 1
    assert report.who == {"recall_at_1": 0.5, "recall_at_3": 1.0, "set_f1": pytest.approx((1 + 2 / 3) / 2)}
    # answered: 1, 2, 5; worth nothing: 2 and 5
    assert report.wrong_when_answered == pytest.approx(2 / 3)


def test_abstention(report: Report) -> None:
    # abstained: 3 (wrongly), 4 (rightly); unanswerable: 4, 5; answerable: 1, 2, 3, 6, 7
    assert report.abstention == {"precision": 0.5, "recall": 0.5, "f1": 0.5, "false": 0.2, "needless_clarify": 0.2}


def test_citations_and_times(report: Report) -> None:
    assert report.citations == {"quotes": 2, "valid": 0.5, "present": pytest.approx(2 / 3), "support": 1.0}
    # 2, 4, 6, 8: the second and the fourth
    assert report.elapsed_ms == {"p50": 4.0, "p95": 8.0}


def test_slices(report: Report) -> None:
    data = report.as_json()
    assert data["lang"]["en"] == {"n": 1, "mean": 0.0, "macro": 0.0}
    assert data["style"] == {"clerk": {"n": 2, "mean": 0.5, "macro": 0.5}, "trap": {"n": 1, "mean": 0.0, "macro": 0.0}}
    # 4 and 5: one kind
    assert data["jurisdiction"]["none"] == {"n": 2, "mean": 0.5, "macro": 0.5}
    # 1, 2 (who 1/2), 6 (3/4), 7 (0)
    assert data["jurisdiction"][EAST]["macro"] == pytest.approx((0.5 + 0.75 + 0) / 3)
    assert data["missing"] == ["7"]
    assert data["procedures_passed"] == 1
    assert data["lists_complete"] == 0


def test_the_report_is_json_and_a_table(report: Report) -> None:
    assert json.loads(json.dumps(report.as_json()))["n"] == 7
    table = report.table()
    assert f"{'who':<15}    2   0.500   0.500   0.500" in table
    assert any(line.startswith("mean over kinds") and line.endswith("0.350") for line in table)
    assert any(line.startswith("citations") and "quotes 2   valid 0.500" in line for line in table)
    assert table[-1] == "no answer to 1: 7"


def test_figures_over_nothing_are_none() -> None:
    report = evaluate([parse_question(QUESTIONS[3])], {}, DOCUMENTS, PLACES, ALIASES)
    data = report.as_json()
    assert data["who"]["recall_at_1"] is data["citations"]["valid"] is data["elapsed_ms"]["p50"] is None
    assert data["abstention"]["f1"] == 0
    assert "elapsed ms    p50 -   p95 -" in report.table()
