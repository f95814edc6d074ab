"""dutygraph build"""

from __future__ import annotations

import argparse
import contextlib
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from dutygraph.settings import Settings

if TYPE_CHECKING:
    from rich.progress import TaskID

    from dutygraph.pipeline import Progress, Summary

__all__ = ["configure", "run", "show_progress"]

COLUMNS = {
    "duties": "主要职责",
    "work_items": "工作事项",
    "departments": "内设机构",
    "matters": "管理事项",
    "shares": "职责分工",
    "legal_bases": "依据",
    "services": "服务",
    "regimes": "监管制度",
    "regime_items": "制度条目",
    "indicators": "指标",
    "penalties": "处罚",
}


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--data", type=Path, action="append", metavar="DIR",
        help="数据文件夹，可多次给出（默认：自带的）· a data folder; more than one adds up",
    )  # fmt: skip
    parser.add_argument("--force", action="store_true", help="没有变化也重建 · build again although nothing changed")


def run(args: argparse.Namespace, settings: Settings) -> int:
    from dutygraph.pipeline import build
    from dutygraph.resources import data_dir

    with show_progress() as on_progress:
        summary = build(
            args.data or [data_dir()],
            settings.home,
            encoder=settings.encoder,
            force=args.force,
            on_progress=on_progress,
        )
    print_summary(summary)
    return 0


@contextlib.contextmanager
def show_progress() -> Iterator[Progress]:
    """Tell how far long work is: a progress bar when standard error is a terminal, plain lines otherwise."""
    if not sys.stderr.isatty():
        yield _print_lines()
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
    from rich.progress import Progress as Bar

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Bar(*columns, console=Console(stderr=True)) as bar:
        tasks: dict[str, TaskID] = {}

        def show(doing: str, done: int, total: int) -> None:
            if doing not in tasks:
                tasks[doing] = bar.add_task(doing, total=total)
            bar.update(tasks[doing], completed=done, total=total)

        yield show


def _print_lines() -> Progress:
    """A line when a piece of work begins and one when it ends."""
    begun: set[str] = set()

    def show(doing: str, done: int, total: int) -> None:
        if doing not in begun or done == total:
            begun.add(doing)
            print(f"{doing} {done}/{total}", file=sys.stderr)

    return show


def print_summary(summary: Summary) -> None:
    """The table of counts, what the reader noticed and what was left out, on standard output."""
    from rich.console import Console
    from rich.table import Table

    console = Console()
    if not summary.fresh:
        console.print("没有变化，上次的结果继续使用 · nothing changed, the last build stands", highlight=False)
    table = Table(title="登记表 · registers")
    table.add_column("")
    for name in summary.registers:
        table.add_column(name, justify="right")
    for key, label in COLUMNS.items():
        table.add_row(label, *(str(report["counts"].get(key, 0)) for report in summary.registers.values()))
    table.add_row("读取发现 · findings", *(str(len(report["findings"])) for report in summary.registers.values()))
    table.add_row("校验不合格 · violations", *(str(len(report["violations"])) for report in summary.registers.values()))
    console.print(table)
    for name, report in summary.registers.items():
        for violation in report["violations"]:
            console.print(f"{name}: {violation}", style="yellow", highlight=False, markup=False)
        for finding in report["findings"]:
            if finding["severity"] == "error":
                console.print(
                    f"{name}: {finding['code']} {finding['message']}", style="red", highlight=False, markup=False
                )
    for stale in summary.stale:
        console.print(
            f"更正未采用，没有唯一的这一格 · correction not applied, no single such cell: {stale}",
            style="yellow",
            highlight=False,
            markup=False,
        )
    console.print(
        f"{summary.triples} 条三元组 · triples, {summary.passages} 个检索段落 · passages, "
        f"{summary.concepts} 个词条 · concepts, {summary.graph_version[:19]}, {summary.seconds} s",
        highlight=False,
    )
