"""Write the generated pages of docs/ again: ``make docs``. Tests hold the committed pages to the same functions."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from docs.commands_page import commands_page
from docs.findings_page import findings_page
from docs.ontology_page import ontology_page
from dutygraph.resources import queries_dir
from dutygraph.store import load_templates, queries_page

__all__ = ["DOCS", "PAGES"]

DOCS = Path(__file__).parents[2] / "docs"
PAGES: Mapping[str, Callable[[], str]] = {
    "commands.md": commands_page,
    "findings.md": findings_page,
    "ontology.html": ontology_page,
    "queries.md": lambda: queries_page(load_templates(queries_dir()).values()),
}
"""The generated pages, by file name."""


def main() -> None:
    for name, make in PAGES.items():
        (DOCS / name).write_text(make(), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
