"""The printed report of findings: its filters work without a script."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Browser

from dutygraph.cli import main
from dutygraph.settings import Settings


def test_filters_work_without_a_script(browser: Browser, settings: Settings, tmp_path: Path) -> None:
    file = tmp_path / "report.html"
    assert main(["findings", "--home", str(settings.home), "--format", "html", "--output", str(file)]) == 0
    context = browser.new_context(java_script_enabled=False)
    try:
        page = context.new_page()
        page.goto(file.as_uri())
        shown = page.locator("article:visible")
        everything = shown.count()
        page.select_option("#filter-register", "130524-gongan")
        of_register = shown.count()
        page.select_option("#filter-code", "GAP-03")
        assert shown.count() == 3 < of_register < everything
        page.select_option("#filter-level", "warning")
        assert shown.count() == 0
        for name in ("register", "code", "level"):
            page.select_option(f"#filter-{name}", "")
        assert shown.count() == everything
    finally:
        context.close()
