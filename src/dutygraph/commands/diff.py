"""dutygraph diff"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dutygraph.commands.read import describe_place, read_any
from dutygraph.settings import Settings

if TYPE_CHECKING:
    from dutygraph.analysis.diff import Change
    from dutygraph.graph import Measurement, Metric
    from dutygraph.model import Quote, Register

    Scores = dict[Metric, tuple[Measurement | None, Measurement | None]]

__all__ = ["configure", "run"]

METRICS: dict[Metric, str] = {
    "bases": "依据 · legal bases",
    "leads": "牵头 · leads",
    "departments": "科室 · departments",
    "telephones": "电话 · telephones",
    "indicators": "指标 · indicators",
    "score": "总分 · score",
}
KINDS = {"added": "新增", "removed": "删去", "moved": "转移", "reworded": "改写"}
SUBJECTS = {
    "duty": "主要职责",
    "work item": "工作事项",
    "matter": "管理事项",
    "share": "职责分工",
    "basis": "依据",
    "case": "案例",
    "service": "服务",
    "regime": "监管制度",
    "regime item": "制度条目",
    "indicator": "指标",
}


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("old", type=Path, metavar="A", help="旧版文件或登记表文件夹 · old file or register folder")
    parser.add_argument("new", type=Path, metavar="B", help="新版文件或登记表文件夹 · new file or register folder")
    parser.add_argument("--format", choices=["table", "json"], default="table", help="输出格式 · output format")


def run(args: argparse.Namespace, settings: Settings) -> int:
    from dutygraph.analysis.diff import diff_registers

    old, new = read_any(args.old), read_any(args.new)
    changes = diff_registers(old, new)
    scores = _scores(old, new)
    if args.format == "json":
        import orjson

        sys.stdout.buffer.write(orjson.dumps(_as_json(old, new, changes, scores), option=orjson.OPT_INDENT_2) + b"\n")
    else:
        _print_table(changes)
        _print_scores(scores)
    return 0


def _scores(old: Register, new: Register) -> Scores:
    from dutygraph.graph import measure_quality
    from dutygraph.read import parse_clauses

    measured = [{one.metric: one for one in measure_quality(register, parse_clauses)} for register in (old, new)]
    return {metric: (measured[0].get(metric), measured[1].get(metric)) for metric in METRICS}


def _as_json(old: Register, new: Register, changes: tuple[Change, ...], scores: Scores) -> dict[str, Any]:
    return {
        "old": {"file": old.source.file, "sha256": old.source.sha256},
        "new": {"file": new.source.file, "sha256": new.source.sha256},
        "quality": {
            metric: {
                side: one and {"value": round(one.value, 4), "counted": one.counted, "out_of": one.out_of}
                for side, one in zip(("old", "new"), pair, strict=True)
            }
            for metric, pair in scores.items()
        },
        "counts": dict(sorted(Counter(change.kind for change in changes).items())),
        "changes": [
            {
                "kind": change.kind,
                "subject": change.subject,
                "within": change.within,
                "before": _side(change.before, change.owner_before),
                "after": _side(change.after, change.owner_after),
            }
            for change in changes
        ],
    }


def _side(quote: Quote | None, owner: str) -> dict[str, Any] | None:
    from dutygraph.read import as_place

    return None if quote is None else {"text": quote.text, "owner": owner, "at": as_place(quote.at)}


def _print_table(changes: tuple[Change, ...]) -> None:
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table("变化 · change", "内容 · of", box=box.SIMPLE_HEAD, show_lines=True)
    table.add_column("属于 · within", ratio=1, overflow="fold")
    for side in ("旧 · before", "新 · after"):
        table.add_column(side, ratio=2, overflow="fold")
    for change in changes:
        cells = (
            f"{KINDS[change.kind]} {change.kind}",
            f"{SUBJECTS[change.subject]} {change.subject}",
            change.within,
            _words(change.before, change.owner_before),
            _words(change.after, change.owner_after),
        )
        table.add_row(*map(Text, cells))
    # Texts are wrapped, never cut; piped output is as wide as a wide terminal.
    Console(width=None if sys.stdout.isatty() else 200).print(table, highlight=False)
    counts = Counter[str](change.kind for change in changes)
    print(f"{len(changes)} 处变化 · changes: " + "，".join(f"{KINDS[kind]} {counts[kind]}" for kind in KINDS))


def _print_scores(scores: Scores) -> None:
    """How complete each version is, and which way it went."""
    print("完整程度 · completeness (旧 → 新 · old → new)")
    for metric, (old, new) in scores.items():
        if old or new:
            way = (
                ""
                if old is None or new is None
                else "="
                if new.value == old.value
                else "↑"
                if new.value > old.value
                else "↓"
            )
            print(f"  {METRICS[metric]}：{_share(old)} → {_share(new)} {way}".rstrip())


def _share(one: Measurement | None) -> str:
    return "－" if one is None else f"{one.value:.0%} ({one.counted}/{one.out_of})"


def _words(quote: Quote | None, owner: str) -> str:
    if quote is None:
        return ""
    return f"{f'【{owner}】' if owner else ''}{quote.text} ({describe_place(quote.at)})"
