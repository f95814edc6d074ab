"""Write the generated pages of docs/ again: ``make docs``. Tests hold the committed pages to the same functions."""

from __future__ import annotations

from pathlib import Path

from dutygraph.resources import queries_dir
from dutygraph.store import load_templates, queries_page

DOCS = Path(__file__).parents[2] / "docs"


def main() -> None:
    templates = load_templates(queries_dir()).values()
    (DOCS / "queries.md").write_text(queries_page(templates), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
