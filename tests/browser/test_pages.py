"""The pages in a real browser: quiet, accessible, fitting their screen, and usable without script and mouse."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import quote

import pytest
from playwright.sync_api import expect

from browsing import REVIEW_TOKEN, WIDTHS, serious, weight

DOGS = "邻居家的狗整天叫，归谁管？"
MOST_BYTES = 150_000
PAGES = [
    "/?lang=zh",
    "/?lang=en&q=" + quote("Who approves a hotel?"),
    "/?lang=zh&q=" + quote(DOGS),
    "/?lang=zh&q=" + quote("今天天气怎么样"),
    "/registers?lang=zh",
    "/registers/130524-gongan?lang=zh",
    "/matrix?lang=zh",
    "/departments?lang=zh",
    "/departments?lang=en&jurisdiction=130524",
    "/compare?lang=zh&a=130408&b=130524",
    "/compare?lang=en&a=130408&b=130524&kind=item&state=near",
    "/findings?lang=zh",
    "/queries?lang=en",
    "/queries/matter-list?lang=zh",
    "/queries/matter-shares?lang=zh",
    "/sparql?lang=zh&query=" + quote("SELECT * { ?s a ?type } LIMIT 5"),
    "/def?lang=en",
    "/id/agency/130524/" + quote("公安局") + "?lang=zh",
    "/id/matter/130524-gongan/" + quote("烟花爆竹的监管") + "?lang=zh",
    "/id/law/" + quote("治安管理处罚法") + "?lang=en",
]


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("path", PAGES)
def test_each_page_is_quiet_accessible_and_fits(visit: Callable[..., Any], path: str, width: int) -> None:
    watched = visit(width)
    answer = watched.page.goto(path)
    assert answer.status == 200
    assert watched.page.evaluate("document.documentElement.scrollWidth") <= width
    assert serious(watched.page) == []
    assert 1000 < weight(watched.page) < MOST_BYTES
    assert watched.wrong == []


@pytest.mark.parametrize(
    "path", [PAGES[2], PAGES[6], "/departments?lang=zh", "/compare?lang=zh", "/registers/130524-gongan?lang=zh"]
)
def test_dark_mode_keeps_its_contrast(visit: Callable[..., Any], path: str) -> None:
    watched = visit(390, color_scheme="dark")
    watched.page.goto(path)
    assert serious(watched.page) == []


@pytest.mark.parametrize("width", WIDTHS)
def test_from_the_question_to_the_cell_the_matter_and_the_statute(visit: Callable[..., Any], width: int) -> None:
    """Without script, from the words of a resident to the law they rest on."""
    watched = visit(width, java_script_enabled=False)
    page = watched.page
    page.goto("/?lang=zh")
    page.get_by_role("combobox", name="这事归谁管？").fill(DOGS)
    page.get_by_role("button", name="问").click()
    expect(page.locator(".first")).to_contain_text("公安局")
    source = page.locator(".sources li", has_text="犬吠扰民")
    expect(source).to_have_count(1)
    source.get_by_role("link", name="看原文").click()

    cell = page.locator("td:target")
    expect(cell).to_contain_text("犬吠扰民")
    expect(cell).to_be_in_viewport()
    expect(cell).to_have_css("outline-style", "solid")
    page.get_by_role("link", name="犬类管理", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("犬类管理")

    page.get_by_role("link", name="公安局", exact=True).first.click()
    page.get_by_role("link", name="烟花爆竹的监管", exact=True).first.click()
    page.get_by_role("link", name="烟花爆竹安全管理条例").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("烟花爆竹安全管理条例")
    expect(page).to_have_url(re.compile("/id/law/"))
    assert watched.wrong == []


def test_the_first_tab_leads_to_the_content(visit: Callable[..., Any]) -> None:
    page = visit(1280).page
    page.goto("/registers?lang=zh")
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("跳到正文")
    expect(page.locator(":focus")).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("#main$"))


def test_a_telephone_can_be_rung(visit: Callable[..., Any]) -> None:
    page = visit(390).page
    page.goto("/?lang=zh&q=" + quote("禁毒宣传日的电话是多少？"))
    phone = page.locator("a.phone").first
    assert re.fullmatch(r"tel:[\d-]+", phone.get_attribute("href") or "")


def test_print_leaves_the_answer_and_its_sources(visit: Callable[..., Any]) -> None:
    page = visit(1280).page
    page.goto("/?lang=zh&q=" + quote(DOGS))
    page.emulate_media(media="print")
    expect(page.locator(".first")).to_be_visible()
    expect(page.locator(".sources")).to_be_visible()
    expect(page.locator("form").filter(visible=True)).to_have_count(0)
    expect(page.locator("header nav")).to_be_hidden()


@pytest.mark.parametrize("width", WIDTHS)
def test_suggestions_come_as_one_types(visit: Callable[..., Any], width: int) -> None:
    watched = visit(width)
    watched.page.goto("/?lang=zh")
    watched.page.get_by_role("combobox", name="这事归谁管？").press_sequentially("狗叫")
    expect(watched.page.locator("#suggestions option[value='犬吠扰民']")).to_have_count(1)
    watched.page.keyboard.press("Enter")
    expect(watched.page.locator(".first")).to_be_visible()
    assert watched.wrong == []


def test_a_reader_says_without_script_that_an_answer_is_wrong(visit: Callable[..., Any]) -> None:
    watched = visit(390, java_script_enabled=False)
    page = watched.page
    page.goto("/?lang=zh&q=" + quote(DOGS))
    page.get_by_text("答错了？告诉我们").click()
    page.get_by_label("哪里不对？").fill("“城管”没有提到")
    page.get_by_role("button", name="发送").click()
    expect(page.get_by_role("status")).to_have_text("谢谢，已经记下。")
    expect(page.locator(".first")).to_be_visible()
    assert watched.wrong == []


@pytest.mark.parametrize("width", WIDTHS)
def test_a_finding_is_reviewed_without_script(visit: Callable[..., Any], width: int) -> None:
    watched = visit(width, java_script_enabled=False)
    page = watched.page
    page.goto("/findings?lang=zh&severity=warning&status=candidate")
    page.get_by_role("link", name="登录复核").click()
    page.get_by_label("姓名").fill("王五")
    page.get_by_label("口令").fill(REVIEW_TOKEN)
    page.get_by_role("button", name="登录复核").click()
    first = page.locator(".findings > li").first
    first.get_by_label("理由").fill("看过原文")
    first.get_by_role("button", name="排除").click()
    expect(page.locator(".findings > li:target")).to_contain_text("已排除")
    expect(page.locator(".findings > li:target")).to_contain_text("看过原文")
    page.get_by_role("button", name="退出").click()
    expect(page.get_by_role("link", name="登录复核")).to_be_visible()
    assert watched.wrong == []


@pytest.mark.parametrize("width", WIDTHS)
def test_the_pages_of_reviewing_are_accessible(visit: Callable[..., Any], width: int) -> None:
    watched = visit(width)
    page = watched.page
    page.goto("/findings/sign-in?lang=en")
    assert serious(page) == []
    page.get_by_label("Name").fill("Ann")
    page.get_by_label("Token").fill(REVIEW_TOKEN)
    page.get_by_role("button", name="Sign in to review").click()
    expect(page.get_by_role("button", name="Dismiss").first).to_be_visible()
    assert serious(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert weight(page) < MOST_BYTES
    assert watched.wrong == []
