"""The page of named queries says what their headers say."""

from __future__ import annotations

from dutygraph.store import Template, queries_page


def test_every_query_and_parameter_is_on_the_page(templates: dict[str, Template]) -> None:
    page = queries_page(templates.values())
    for name, template in templates.items():
        section = page.split(f"\n### {name}\n", 1)[1].split("\n### ", 1)[0]
        for words in (template.title_zh, template.title_en, template.description):
            assert words in section
        for parameter in template.parameters:
            assert f"- parameter `{parameter.name}`, {parameter.type}" in section
            assert ("optional" in section) >= parameter.optional
