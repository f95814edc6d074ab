"""dutygraph compare: every format, both languages, and what is refused."""

from __future__ import annotations

import json
from html.parser import HTMLParser
from pathlib import Path

import openpyxl
import pytest

from dutygraph.cli import main
from dutygraph.settings import Settings


def run(settings: Settings, *args: str) -> int:
    return main(["compare", "130408", "130524", "--home", str(settings.home), *args])


def test_json_has_both_sides_and_counts_what_it_lists(
    settings: Settings, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    assert run(settings, "--format", "json") == 0
    found = json.loads(capfdbinary.readouterr().out)
    assert (found["left"]["register"], found["right"]["jurisdiction"]) == ("130408-gongan", "130524")
    plurals = {"matter": "matters", "regime": "regimes", "department": "departments", "service": "services",
               "duty": "duties", "item": "work_items"}  # fmt: skip
    for kind, states in found["counts"].items():
        listed = found[plurals[kind]]
        assert {state: sum(one["state"] == state for one in listed) for state in states} == states
    assert found["matters"][0]["parts"][0]["left"]["evidence"]["document"].startswith("130408-gongan/")


def test_text_names_both_and_marks_what_differs(settings: Settings, capfd: pytest.CaptureFixture[str]) -> None:
    assert run(settings) == 0
    out = capfd.readouterr().out
    assert out.startswith("永年区公安局 · 柏乡县公安局\n  管理事项：相同 1，")
    assert "[仅柏乡县有]\n    柏乡县：犬类管理\n" in out
    assert "柏乡县：经济犯罪侦[察]大队" in out
    assert run(settings, "--lang", "en") == 0
    assert "matters：equal 1" in capfd.readouterr().out


def test_markdown_has_only_whole_rows(settings: Settings, tmp_path: Path) -> None:
    path = tmp_path / "c.md"
    assert run(settings, "--format", "md", "--output", str(path)) == 0
    rows = [line for line in path.read_text("utf-8").splitlines() if line.startswith("|")]
    assert len(rows) > 100
    assert all(line.endswith("|") for line in rows)
    assert {line.replace("\\|", "").count("|") for line in rows} == {4, 6}


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.loaded: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.loaded += [value or "" for name, value in attrs if name in ("src", "srcset", "data")]


def test_the_page_is_whole_and_needs_nothing(settings: Settings, tmp_path: Path) -> None:
    path = tmp_path / "c.html"
    assert run(settings, "--format", "html", "--lang", "en", "--output", str(path)) == 0
    page = _Page()
    page.feed(path.read_text("utf-8"))
    assert page.tags.count("h2") == 6
    assert page.tags.count("mark") > 50
    assert not {"script", "link", "img"} & set(page.tags)
    assert page.loaded == []


def test_the_workbook_has_one_row_a_pair(settings: Settings, tmp_path: Path) -> None:
    path = tmp_path / "c.xlsx"
    assert run(settings, "--format", "xlsx", "--output", str(path)) == 0
    sheet = openpyxl.load_workbook(path, rich_text=True).worksheets[0]
    assert sheet.max_column == 12
    assert sheet.max_row > 300
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
    assert any("TextBlock" in repr(cell.value) for cell in sheet["K"])


@pytest.mark.parametrize(("left", "said"), [("130999", "no such register"), ("nobody", "known: 130408-gongan")])
def test_an_unknown_register_is_refused(
    settings: Settings, capsys: pytest.CaptureFixture[str], left: str, said: str
) -> None:
    assert main(["compare", left, "130524", "--home", str(settings.home)]) == 2
    error = capsys.readouterr().err
    assert said in error
    assert error.count("\n") == 1
