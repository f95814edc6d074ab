"""The SPARQL page with its script: colours, completion, a drawn graph; and without it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from playwright.sync_api import expect

import dutygraph_api
from browsing import WIDTHS, serious

SCRIPT = Path(dutygraph_api.__file__).parent / "static" / "editor" / "editor.js"
pytestmark = pytest.mark.skipif(not SCRIPT.exists(), reason="needs the script of the page: make editor")
GRAPH = "CONSTRUCT { ?a ?p ?b } { VALUES ?p { <http://www.w3.org/ns/org#unitOf> } ?a ?p ?b }"


@pytest.mark.parametrize("width", WIDTHS)
def test_terms_are_completed_and_their_prefix_is_declared(visit: Callable[..., Any], width: int) -> None:
    watched = visit(width)
    page = watched.page
    page.goto("/sparql?lang=zh")
    editor = page.get_by_role("textbox", name="SPARQL")
    editor.click()
    page.keyboard.press("Control+a")
    page.keyboard.type("SELECT ?s { ?s a dg:Matt")
    expect(page.get_by_role("option", name="dg:Matter管理事项", exact=True)).to_be_visible()
    assert serious(page) == []
    page.keyboard.press("Enter")
    page.keyboard.type(" ; dct:titl")
    page.get_by_role("option", name="dct:title", exact=True).click()
    page.keyboard.type(" ?t")
    text = page.locator("#query").input_value()
    assert text.splitlines() == [
        "PREFIX dg: <https://w3id.org/dutygraph/def#>",
        "PREFIX dct: <http://purl.org/dc/terms/>",
        "SELECT ?s { ?s a dg:Matter ; dct:title ?t}",
    ]
    page.keyboard.press("Escape")
    page.keyboard.press("Control+Enter")
    expect(page.locator("tbody tr")).not_to_have_count(0)
    assert watched.wrong == []


@pytest.mark.parametrize("width", WIDTHS)
def test_a_graph_is_drawn_within_the_page(visit: Callable[..., Any], width: int) -> None:
    watched = visit(width)
    watched.page.goto(f"/sparql?lang=zh&view=graph&query={quote(GRAPH)}")
    expect(watched.page.locator("#graph circle")).not_to_have_count(0)
    assert watched.page.locator("#graph line").count() == watched.page.locator("details li").count()
    assert watched.page.evaluate("document.documentElement.scrollWidth") <= width
    assert serious(watched.page) == []
    watched.page.locator("#graph a").first.click()
    expect(watched.page.get_by_role("heading", level=1)).to_be_visible()
    assert watched.wrong == []


def test_the_keyboard_leaves_the_editor(visit: Callable[..., Any]) -> None:
    page = visit(1280).page
    page.goto("/sparql?lang=zh")
    page.get_by_role("textbox", name="SPARQL").focus()
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("运行")


def test_without_script_the_text_area_does_it(visit: Callable[..., Any]) -> None:
    watched = visit(390, java_script_enabled=False)
    page = watched.page
    page.goto("/sparql?lang=zh")
    page.get_by_label("现成的查询").select_option("matter-list")
    page.get_by_role("button", name="放入编辑框").click()
    page.get_by_role("button", name="运行").click()
    expect(page.locator("tbody tr")).not_to_have_count(0)
    page.get_by_role("link", name="条形图").click()
    expect(page.locator("svg.chart rect")).not_to_have_count(0)
    assert watched.wrong == []
