"""dutygraph query"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from dutygraph.errors import QuerySyntaxError, SettingsError
from dutygraph.settings import Settings

if TYPE_CHECKING:
    from rich.text import Text

    from dutygraph.store import Result, Rows, Template, Term

__all__ = ["configure", "run"]

# Queries that the program asks itself: they can be run by name, but take IRIs and give them.
INTERNAL = {"ask", "build"}
FORMATS = ("table", "json", "csv", "tsv", "xml", "ttl")


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "query", nargs="?", metavar="NAME_OR_FILE", help="命名查询或 .rq 文件 · a named query, or a .rq file"
    )
    parser.add_argument(
        "--param", action="append", default=[], metavar="K=V", help="参数，可多次给出 · a parameter; may be repeated"
    )
    parser.add_argument("--format", choices=FORMATS, default="table", help="输出格式 · output format")
    parser.add_argument("--list", action="store_true", help="列出命名查询 · list the named queries")


def run(args: argparse.Namespace, settings: Settings) -> int:
    from dutygraph.commands.opening import ensure_built
    from dutygraph.pipeline import current_build, open_templates
    from dutygraph.store import bind, check_query, find_template, open_store

    templates = open_templates()
    if args.list:
        print_list(template for template in templates.values() if template.group not in INTERNAL)
        return 0
    if not args.query:
        raise SettingsError("give the name of a query or a .rq file; `dutygraph query --list` shows the names")
    params = dict(_pair(text) for text in args.param)
    file = Path(args.query)
    ensure_built(settings)
    build = current_build(settings.home)
    assert build is not None
    store = open_store(build.store)
    try:
        if file.suffix == ".rq":
            sparql = _read(file)
            try:
                check_query(sparql, store.graphs())
                result = store.query(sparql, seconds=settings.query_seconds, rows=settings.query_rows)
            except QuerySyntaxError as exc:
                raise QuerySyntaxError(str(exc), path=file) from exc
        else:
            sparql = bind(find_template(templates, args.query), params)
            result = store.query(sparql, seconds=settings.query_seconds, rows=settings.query_rows)
    finally:
        store.close()
    _print(result, args.format)
    if getattr(result, "truncated", False):
        print(f"只显示前 {settings.query_rows} 行 · only the first {settings.query_rows} rows", file=sys.stderr)
    return 0


def print_list(templates: Iterable[Template]) -> None:
    """The queries by group, each with its titles and its parameters."""
    for group, members in groupby(sorted(templates, key=lambda each: (each.group, each.name)), lambda each: each.group):
        print(f"{group}/")
        for template in members:
            takes = "".join(
                f" [{parameter.name}]" if parameter.optional else f" {parameter.name}"
                for parameter in template.parameters
            )
            print(f"  {template.name + takes:<52}{template.title_zh} · {template.title_en}")


def _print(result: Result, form: str) -> None:
    from dutygraph.store import GRAPH_FORMATS, RESULT_FORMATS, Rows, Triples, serialise

    if form != "table":
        known = GRAPH_FORMATS if isinstance(result, Triples) else RESULT_FORMATS
        if form not in known:
            raise SettingsError(f"the answer cannot be written as {form}; choose from: table, {', '.join(known)}")
        sys.stdout.buffer.write(serialise(result, form))
    elif isinstance(result, Rows):
        _print_table(result)
    else:
        print(result if isinstance(result, bool) else serialise(result, "ttl").decode())


def _print_table(rows: Rows) -> None:
    from rich import box
    from rich.console import Console
    from rich.table import Table

    table = Table(*rows.variables, box=box.SIMPLE_HEAD, show_lines=False)
    for row in rows.rows:
        table.add_row(*(_cell(term) for term in row))
    # Piped output is cut nowhere; on a terminal the columns share its width.
    Console(width=None if sys.stdout.isatty() else 10_000).print(table, highlight=False)
    print(f"{len(rows)} 行 · rows")


def _cell(term: Term | None) -> Text:
    from rich.text import Text

    return Text("" if term is None else str(term))


def _pair(text: str) -> tuple[str, str]:
    key, sign, value = text.partition("=")
    if not sign or not key:
        raise SettingsError(f"--param {text!r}: write it as name=value")
    return key, value


def _read(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as exc:
        raise SettingsError(f"cannot be read: {exc}", path=file) from exc
