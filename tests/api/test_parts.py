"""The small parts: negotiation, marking, laying out a document, metrics text."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dutygraph_api.document import lay_out
from dutygraph_api.marking import marked
from dutygraph_api.metrics import Metrics
from dutygraph_api.negotiate import choose, prefers_english
from dutygraph_api.pages import headlines
from dutygraph_api.suggesting import read_names, suggest
from dutygraph_api.web import spoken

OFFERED = ("application/json", "text/csv", "text/html")


@pytest.mark.parametrize(
    ("accept", "chosen"),
    [
        (None, "application/json"),
        ("", "application/json"),
        ("*/*", "application/json"),
        ("text/*", "text/csv"),
        ("text/html, */*;q=0.1", "text/html"),
        ("text/csv;q=0.5, text/html;q=0.5", "text/csv"),
        ("application/json;q=0, */*", "text/csv"),
        ("text/*;q=0.9, text/csv;q=0.1", "text/html"),
        ("image/png", None),
        ("text/csv;q=nonsense", None),
    ],
)
def test_choose(accept: str | None, chosen: str | None) -> None:
    assert choose(accept, OFFERED) == chosen


@pytest.mark.parametrize(
    ("header", "english"),
    [(None, False), ("zh-CN,en;q=0.8", False), ("en-GB,zh;q=0.8", True), ("fr", False), ("de,en;q=0.1", True)],
)
def test_prefers_english(header: str | None, *, english: bool) -> None:
    assert prefers_english(header) is english


def test_marked_joins_what_overlaps() -> None:
    assert marked("abcdef", ["bc", "cd"]) == [("a", False), ("bcd", True), ("ef", False)]
    assert marked("aXaX", ["a"]) == [("a", True), ("X", False), ("a", True), ("X", False)]
    assert marked("", ["a"]) == []


@given(st.text(), st.lists(st.text(max_size=3)))
def test_marked_pieces_are_the_text(text: str, words: list[str]) -> None:
    pieces = marked(text, words)
    assert "".join(piece for piece, _ in pieces) == text
    assert all(first[1] != second[1] for first, second in pairwise(pieces))


def test_headlines_leave_the_list_to_the_table() -> None:
    text = "甲县：公安局负责。\n· 公安局：“……”\n乙县：登记表没有写这件事。"
    assert headlines(text, has_table=True) == ["甲县：公安局负责。", "乙县：登记表没有写这件事。"]
    assert len(headlines(text, has_table=False)) == 3
    assert headlines("No stop", has_table=False) == ["No stop"]


def cell(name: str, row: int | None, column: str | None, text: str) -> dict[str, Any]:
    return {
        "cell": f"http://e/cell/r/{name}", "section": "表", "row": row, "column": column, "locator": f"line {name[1:]}",
        "line": f"line={name[1:]},{int(name[1:]) + 1}", "text": text,
    }  # fmt: skip


def test_a_carried_cell_spans_its_rows_and_a_missing_one_stays_missing() -> None:
    cells = [
        cell("L1", 1, "职责", "duty"), cell("L2", 1, "事项", "one"), cell("L3", 1, "电话", "110"),
        cell("L5", 2, "事项", "two"), cell("L9", None, None, "一、标题"),
    ]  # fmt: skip
    links = [
        {"main": "http://e/cell/r/L2", "shown": "http://e/cell/r/L1", "thing": None},
        {"main": "http://e/cell/r/L5", "shown": "http://e/cell/r/L1", "thing": None},
    ]
    (section,) = lay_out(cells, links, {"一、标题"})
    assert section.columns == ("职责", "事项", "电话")
    first, second = section.lines
    assert [(column, shown.rows) for column, shown in first.cells] == [("职责", 2), ("事项", 1), ("电话", 1)]
    assert [(column, shown.cell is None) for column, shown in second.cells] == [("事项", False), ("电话", True)]
    assert [(one.text, one.heading) for one in section.paragraphs] == [("一、标题", 2)]


def test_cells_of_a_sheet_stand_in_their_natural_order() -> None:
    cells = [{**cell("L0", row, "A", str(row)), "cell": f"http://e/cell/r/A{row}", "locator": f"A{row}", "line": None}
             for row in (10, 2, 1)]  # fmt: skip
    (section,) = lay_out(cells, [], set())
    assert [shown.cell.text for line in section.lines for _, shown in line.cells if shown.cell] == ["1", "2", "10"]


def test_label_values_are_escaped() -> None:
    metrics = Metrics()
    metrics.count_request("GET", 'a"b\\c\nd', 200, 0.001)
    assert 'route="a\\"b\\\\c\\nd"' in metrics.text("v")


@pytest.mark.parametrize(
    ("text", "zh", "en"),
    [
        ("一个事项的分工。What each agency does.", "一个事项的分工。", "What each agency does."),
        (
            "区划代码，不填为全部；division code, all when left out",
            "区划代码，不填为全部",
            "division code, all when left out",
        ),
        ("Only English.", "Only English.", "Only English."),
        ("只有中文。", "只有中文。", "只有中文。"),
    ],
)
def test_descriptions_in_two_languages_come_apart(text: str, zh: str, en: str) -> None:
    assert (spoken(text, "zh"), spoken(text, "en")) == (zh, en)


def test_suggestions_begin_with_names_then_with_what_is_said_so_in_most_ways() -> None:
    names = read_names(
        [
            {"name": "少", "said": "少\n犬舍", "kind": "concept", "places": "130524"},
            {"name": "多", "said": "多\n猛犬\n犬吠\n养犬", "kind": "concept", "places": "130408 130524"},
            {"name": "警犬", "said": "警犬", "kind": "matter", "places": "130408"},
        ]
    )
    assert [(one.name, one.said) for one in suggest(names, " 犬", "", 9)] == [
        ("警犬", "警犬"),
        ("多", "犬吠"),
        ("少", "犬舍"),
    ]
    assert [one.name for one in suggest(names, "犬", "130524", 9)] == ["多", "少"]
    assert [one.name for one in suggest(names, "犬", "", 1)] == ["警犬"]
    assert suggest(names, "猫", "", 9) == []
