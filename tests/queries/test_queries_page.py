"""docs/queries.md is what the headers say."""

from __future__ import annotations

from pathlib import Path

from dutygraph.resources import queries_dir
from dutygraph.store import Template, load_templates, queries_page

PAGE = Path(__file__).parents[2] / "docs" / "queries.md"


def test_the_committed_page_is_current(templates: dict[str, Template]) -> None:
    assert PAGE.read_text(encoding="utf-8") == queries_page(load_templates(queries_dir()).values())


def test_every_query_and_parameter_is_on_the_page(templates: dict[str, Template]) -> None:
    page = queries_page(templates.values())
    for name, template in templates.items():
        section = page.split(f"\n### {name}\n", 1)[1].split("\n### ", 1)[0]
        for words in (template.title_zh, template.title_en, template.description):
            assert words in section
        for parameter in template.parameters:
            assert f"- parameter `{parameter.name}`, {parameter.type}" in section
            assert ("optional" in section) >= parameter.optional
