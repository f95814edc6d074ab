"""Named queries from the outside: run one by its name, and the page that lists them all."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby

from dutygraph.store.binder import ParameterValue, bind
from dutygraph.store.protocol import Result, Store
from dutygraph.store.templates import Parameter, Template, find_template

__all__ = ["queries_page", "run_named"]


def run_named(
    store: Store,
    templates: Mapping[str, Template],
    name: str,
    params: Mapping[str, ParameterValue | Sequence[ParameterValue] | None] | None = None,
    *,
    rows: int | None = None,
    seconds: float | None = None,
) -> Result:
    """Bind the query of that name and ask the store. Raises UnknownTemplate, UnboundParameter, BadParameter, and what
    ``Store.query`` raises."""
    return store.query(bind(find_template(templates, name), params), rows=rows, seconds=seconds)


def queries_page(templates: Iterable[Template]) -> str:
    """docs/queries.md: every named query by group, from the headers of their files."""
    lines = [
        "# Named queries",
        "",
        "Made from the headers of the files in `queries/` by `make docs`; do not edit here.",
        "",
        "Run one with `dutygraph query NAME --param name=value`, or over HTTP at `/api/v1/queries/NAME?name=value`.",
        "Every row that states a fact names its source: `document`, `locator` and `quote` are the file, the place in",
        "it and the words of the cell.",
    ]
    ordered = sorted(templates, key=lambda template: (template.group, template.name))
    for group, members in groupby(ordered, key=lambda template: template.group):
        lines += ["", f"## {group}"]
        for template in members:
            lines += ["", *_entry(template)]
    return "\n".join(lines) + "\n"


def _entry(template: Template) -> list[str]:
    lines = [f"### {template.name}", "", f"**{template.title_zh} · {template.title_en}**", "", template.description, ""]
    lines.append(f"- tags: {', '.join(template.tags)}")
    if template.example_question:
        lines.append(f"- example question: {template.example_question}")
    lines += [_parameter(parameter) for parameter in template.parameters]
    required = [one for one in template.parameters if not one.optional]
    options = "".join(f' --param {one.name}="{one.example}"' for one in required)
    return [*lines, "", "```sh", f"dutygraph query {template.name}{options}", "```"]


def _parameter(parameter: Parameter) -> str:
    kind = parameter.type + (f" ({parameter.lang})" if parameter.lang else "")
    notes = ["optional"] if parameter.optional else []
    notes += ["may be given several times"] if parameter.many else []
    tail = f" [{', '.join(notes)}]" if notes else ""
    return f"- parameter `{parameter.name}`, {kind}: {parameter.description}; such as `{parameter.example}`{tail}"
