"""dutygraph export"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from dutygraph.commands.output import write_output
from dutygraph.errors import SettingsError
from dutygraph.settings import Settings

if TYPE_CHECKING:
    from dutygraph.pipeline.exporting import ExportForm

__all__ = ["configure", "run"]

FORMATS: tuple[ExportForm, ...] = ("ttl", "trig", "nq", "jsonld", "xlsx")


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--format",
        choices=FORMATS,
        help="格式（默认：按输出文件的后缀，否则 ttl）· format (default: by the suffix of the output file, else ttl)",
    )
    parser.add_argument(
        "--output",
        type=Path,
        metavar="FILE",
        help="输出文件（默认：标准输出）· file to write (default: standard output)",
    )
    parser.add_argument("--register", metavar="ID", help="只导出这份登记表，如 130524-gongan · only this register")


def run(args: argparse.Namespace, settings: Settings) -> int:
    from dutygraph.commands.opening import ensure_built
    from dutygraph.pipeline import export_graph

    suffix = args.output.suffix.lstrip(".").lower() if args.output else ""
    wanted = args.format or suffix
    if suffix and wanted not in FORMATS:
        raise SettingsError(f"no format is known by the ending .{suffix}; give --format", path=args.output)
    form = next((form for form in FORMATS if form == wanted), FORMATS[0])
    if form == "xlsx" and args.output is None:
        raise SettingsError("a workbook needs a file: give --output FILE.xlsx")
    ensure_built(settings)
    content = export_graph(settings.home, form, register=args.register)
    write_output(content, args.output)
    return 0
