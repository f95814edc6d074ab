"""dutygraph compare"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from dutygraph.commands.output import write_output
from dutygraph.errors import SettingsError
from dutygraph.settings import Settings

if TYPE_CHECKING:
    from dutygraph.analysis import Comparison

__all__ = ["configure", "run"]

FORMATS = ("text", "json", "html", "xlsx", "md")


def configure(parser: argparse.ArgumentParser) -> None:
    for name, metavar in (("left", "A"), ("right", "B")):
        parser.add_argument(
            name, metavar=metavar, help="行政区划代码或登记表编号 · a division code or the id of a register"
        )
    parser.add_argument("--format", choices=FORMATS, default="text", help="输出格式 · output format")
    parser.add_argument("--lang", choices=["zh", "en"], default="zh", help="说明的语言 · language of the headings")
    parser.add_argument("--output", type=Path, metavar="FILE", help="写入文件 · write to a file")


def run(args: argparse.Namespace, settings: Settings) -> int:
    from dutygraph.analysis import compare_registers, find_sheet, load_sheets
    from dutygraph.commands.opening import ensure_built
    from dutygraph.pipeline import current_build, open_templates
    from dutygraph.store import open_store

    if args.format == "xlsx" and args.output is None and sys.stdout.isatty():
        raise SettingsError("a workbook needs --output FILE")
    ensure_built(settings)
    build = current_build(settings.home)
    assert build is not None
    store = open_store(build.store)
    try:
        sheets = load_sheets(store, open_templates())
    finally:
        store.close()
    comparison = compare_registers(find_sheet(sheets, args.left), find_sheet(sheets, args.right))
    content = _content(comparison, args.format, args.lang)
    write_output(content, args.output)
    return 0


def _content(comparison: Comparison, form: str, lang: str) -> bytes:
    from datetime import datetime

    import orjson

    from dutygraph.analysis import comparison_reports as reports

    match form:
        case "json":
            return orjson.dumps(comparison.as_json(), option=orjson.OPT_INDENT_2) + b"\n"
        case "html":
            return reports.comparison_html(comparison, lang, datetime.now().astimezone().date())
        case "xlsx":
            return reports.comparison_workbook(comparison, lang)
        case "md":
            return reports.comparison_markdown(comparison, lang).encode()
    return reports.comparison_text(comparison, lang).encode()
