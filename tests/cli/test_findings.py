"""dutygraph findings: every format, the exit codes, and what a person decided."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path

import openpyxl
import pytest
from rdflib import Graph

from dutygraph.cli import main
from dutygraph.settings import Settings

KEYS = {"id", "code", "severity", "status", "jurisdiction", "title", "explanation", "suggestion", "subjects", "labels",
        "evidence", "score"}  # fmt: skip


def run(settings: Settings, *args: str) -> int:
    return main(["findings", "--home", str(settings.home), *args])


def test_json_is_the_contract_in_both_languages(settings: Settings, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    assert run(settings, "--format", "json", "--code", "MIS-01", "--lang", "en") == 0
    found = json.loads(capfdbinary.readouterr().out)
    assert [one["code"] for one in found] == ["MIS-01", "MIS-01"]
    for one in found:
        assert one.keys() >= KEYS
        assert one["status"] == "confirmed"
        assert one["title"].count("the row of") == 1
        assert one["evidence"][0].keys() == {"document", "section", "locator", "quote"}


def test_one_county_only(settings: Settings, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    run(settings, "--format", "json", "--jurisdiction", "130408")
    found = json.loads(capfdbinary.readouterr().out)
    assert {one["jurisdiction"] for one in found} == {"130408"}


def test_a_table_for_people(settings: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(settings, "--code", "GAP-03") == 0
    out = capsys.readouterr().out
    assert out.count("GAP-03") == 3
    assert "严重 3, 警告 0, 提示 0" in out


def test_the_workbook_and_the_csv_have_one_row_a_finding(settings: Settings, tmp_path: Path) -> None:
    book, table = tmp_path / "findings.xlsx", tmp_path / "findings.csv"
    assert run(settings, "--format", "xlsx", "--output", str(book)) == 0
    assert run(settings, "--format", "csv", "--output", str(table)) == 0
    sheet = openpyxl.load_workbook(book).worksheets[0]
    rows = list(csv.reader(io.StringIO(table.read_text("utf-8-sig"))))
    assert sheet.max_row == len(rows) > 200
    assert [cell.value for cell in sheet[1]] == rows[0]
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)


def test_the_page_is_whole_and_needs_nothing(settings: Settings, tmp_path: Path) -> None:
    page = tmp_path / "report.html"
    assert run(settings, "--format", "html", "--output", str(page)) == 0
    html = page.read_text("utf-8")
    assert "<script" not in html
    assert "http" not in html.replace("https://w3id.org", "")
    assert "《司法部关于贯彻执行&lt;收养法&gt;若干问题的意见》" in html  # the source's own angle brackets
    assert html.count("<article") > 200
    assert "犬类管理" in html
    assert "73% (8/11)" in html  # completeness
    for name in ("register", "code", "level"):
        options = set(re.findall(rf'data-{name}="([^"]+)"', html))
        assert options
        for option in options:
            assert f'body:has(#filter-{name} option[value="{option}"]:checked)' in html


def test_turtle_is_a_graph_of_findings(settings: Settings, tmp_path: Path) -> None:
    file = tmp_path / "findings.ttl"
    assert run(settings, "--format", "ttl", "--code", "DUP-01", "--output", str(file)) == 0
    graph = Graph().parse(file)
    rows = list(
        graph.query(
            "PREFIX sh: <http://www.w3.org/ns/shacl#> PREFIX dg: <https://w3id.org/dutygraph/def#>"
            " SELECT ?message { ?f a dg:Finding ; sh:resultMessage ?message ; sh:resultSeverity sh:Violation }"
        )
    )
    assert {row[0].language for row in rows} == {"zh", "en"}  # type: ignore[index, union-attr]


def test_automation_is_told_by_the_exit_code(
    settings: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(settings, "--fail-on", "violation") == 1
    assert run(settings, "--fail-on", "violation", "--code", "TXT-01") == 0
    assert run(settings, "--code", "NOPE-01") == 2
    assert run(settings, "--jurisdiction", "110101") == 2
    assert run(settings, "--data", str(tmp_path / "none")) == 2
    assert capsys.readouterr().err.count("dutygraph: ") == 3


def test_a_level_can_be_changed_and_a_stale_decision_is_reported(
    settings: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "lookups").mkdir()
    (tmp_path / "corrections").mkdir()
    (tmp_path / "lookups" / "findings.toml").write_text('[levels]\nGAP-03 = "info"\nGAP-12 = "off"\n', "utf-8")
    (tmp_path / "corrections" / "a.toml").write_text(
        '[[correction]]\naction = "confirm"\nregister = "130524-gongan"\nquote = "没有这一格"\ncodes = ["GAP-03"]\n'
        'reason = "r"\nauthor = "a"\ndate = 2026-11-22\n',
        "utf-8",
    )
    assert run(settings, "--data", str(tmp_path), "--fail-on", "warning") == 0
    shown = capsys.readouterr()
    assert "GAP-12" not in shown.out
    assert "严重 0, 警告 0, 提示 3" in shown.out
    assert "没有这一格" in shown.err
