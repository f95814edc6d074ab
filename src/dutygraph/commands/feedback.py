"""dutygraph feedback"""

from __future__ import annotations

import argparse
import csv
import sys
from typing import TYPE_CHECKING

from dutygraph.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dutygraph.pipeline import Feedback

__all__ = ["configure", "run"]

# What spreadsheet programs take for a formula when a text begins with it.
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def configure(parser: argparse.ArgumentParser) -> None:
    tasks = parser.add_subparsers(dest="task", metavar="TASK", required=True)
    summary = "列出读者指出的错误 · list what readers said is wrong"
    listing = tasks.add_parser("list", help=summary, description=summary)
    listing.add_argument("--format", choices=["text", "json", "csv"], default="text", help="输出格式 · output format")


def run(args: argparse.Namespace, settings: Settings) -> int:
    from dutygraph.pipeline import read_feedback

    said = read_feedback(settings.home)
    match args.format:
        case "json":
            import orjson

            sys.stdout.buffer.write(orjson.dumps(said, option=orjson.OPT_INDENT_2) + b"\n")
        case "csv":
            _write_csv(said)
        case _:
            _print(said)
    return 0


def _write_csv(said: Sequence[Feedback]) -> None:
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(("date", "question", "note", "answer", "graph_version"))
    for one in said:
        row = (one.date.isoformat(), one.question, one.note, one.answer, one.graph_version)
        writer.writerow(f"'{text}" if text.startswith(FORMULA) else text for text in row)


def _print(said: Sequence[Feedback]) -> None:
    for one in said:
        print(f"{one.date.isoformat()}  {_line(one.question)}")
        print(f"    {_line(one.note) or '（没有说明 · no note）'}")
        print(f"    {one.answer}  {one.graph_version[:19]}")
    print(f"{len(said)} 条 · in all")


def _line(text: str) -> str:
    """One printable line: what somebody typed into a page must not steer the terminal it is read on."""
    return "".join(one if one.isprintable() else " " for one in " ".join(text.split()))
