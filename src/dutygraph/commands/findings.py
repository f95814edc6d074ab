"""dutygraph findings"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from dutygraph.commands.output import write_output
from dutygraph.errors import SettingsError
from dutygraph.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dutygraph.analysis import Correction, Finding, Profile, Sheet

__all__ = ["configure", "run"]

FORMATS = ("table", "json", "csv", "xlsx", "html", "ttl")


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--code", action="append", metavar="CODE", help="只要这些代码，可多次给出 · only these codes")
    parser.add_argument("--jurisdiction", metavar="CODE", help="只要这个行政区划 · only this county")
    parser.add_argument("--lang", choices=["zh", "en"], default="zh", help="说明的语言 · language of the messages")
    parser.add_argument("--format", choices=FORMATS, default="table", help="输出格式 · output format")
    parser.add_argument(
        "--fail-on",
        choices=["violation", "warning"],
        help="有此级别或更重且未排除的，退出码为 1 · exit 1 when one of this level or graver is not dismissed",
    )
    parser.add_argument("--output", type=Path, metavar="FILE", help="写入文件 · write to a file")
    parser.add_argument(
        "--data",
        type=Path,
        action="append",
        metavar="DIR",
        help="复核和级别所在的数据文件夹（默认：自带的）· the data folders with corrections and levels",
    )


def run(args: argparse.Namespace, settings: Settings) -> int:
    from dutygraph.analysis import codes, find_findings, load_sheets, locate_corrections
    from dutygraph.commands.opening import ensure_built
    from dutygraph.pipeline import current_build, open_templates
    from dutygraph.store import open_store

    if args.format == "xlsx" and args.output is None and sys.stdout.isatty():
        raise SettingsError("a workbook needs --output FILE")
    for code in args.code or ():
        if code not in codes():
            raise SettingsError(f"--code {code}: no such code; known: {', '.join(codes())}")
    profile, corrections = _read_data(args.data, settings.home)
    templates = open_templates()
    ensure_built(settings)
    build = current_build(settings.home)
    assert build is not None
    registers = build.info["registers"]
    known = {register["jurisdiction_code"] for register in registers.values()}
    if args.jurisdiction is not None and args.jurisdiction not in known:
        raise SettingsError(f"--jurisdiction {args.jurisdiction}: no register of it; known: {', '.join(sorted(known))}")
    store = open_store(build.store)
    try:
        findings = find_findings(
            store,
            templates,
            notes={name: register["findings"] for name, register in registers.items()},
            profile=profile,
            corrections=corrections,
            codes=args.code,
            jurisdiction=args.jurisdiction,
        )
        sheets = load_sheets(store, templates)
    finally:
        store.close()
    for stale in locate_corrections(corrections, sheets).stale:
        if stale.register in registers:
            print(
                f"未采用 · not applied: {stale.file}: {stale.register} 中没有唯一的这一格 · no single such cell: "
                f"{stale.quote[:40]}",
                file=sys.stderr,
            )
    _write(args, findings, [sheet for sheet in sheets if args.jurisdiction in (None, sheet.code)])
    return _exit_code(findings, args.fail_on)


def _read_data(folders: Sequence[Path] | None, home: Path) -> tuple[Profile, list[Correction]]:
    """The last folder that has a profile sets the levels; the corrections of all folders add up, and last come those
    that reviewers left in the home folder."""
    from dutygraph.analysis import read_corrections, read_profile
    from dutygraph.resources import data_dir

    chosen = list(folders or [data_dir()])
    for folder in chosen:
        if not folder.is_dir():
            raise SettingsError("no such folder", path=folder)
    profiles = [path for folder in chosen if (path := folder / "lookups" / "findings.toml").is_file()]
    profile = read_profile(profiles[-1] if profiles else data_dir() / "lookups" / "findings.toml")
    return profile, [
        correction for folder in (*chosen, home) for correction in read_corrections(folder / "corrections")
    ]


def _write(args: argparse.Namespace, findings: Sequence[Finding], sheets: Sequence[Sheet]) -> None:
    if args.format == "table" and args.output is None:
        _print_table(findings, args.lang)
        return
    write_output(_content(args, findings, sheets), args.output)


def _content(args: argparse.Namespace, findings: Sequence[Finding], sheets: Sequence[Sheet]) -> bytes:
    from datetime import datetime

    import orjson

    from dutygraph.analysis.reports import to_csv, to_html, to_turtle, to_workbook

    match args.format:
        case "json":
            found = [finding.as_json(args.lang) for finding in findings]
            return orjson.dumps(found, option=orjson.OPT_INDENT_2) + b"\n"
        case "csv":
            return to_csv(findings, args.lang)
        case "xlsx":
            return to_workbook(findings, args.lang)
        case "html":
            return to_html(findings, sheets, args.lang, datetime.now().astimezone().date())
        case "ttl":
            return to_turtle(findings)
    lines = (f"{finding.code}\t{finding.severity}\t{finding.texts(args.lang).title}" for finding in findings)
    return "".join(f"{line}\n" for line in lines).encode()


def _print_table(findings: Sequence[Finding], lang: str) -> None:
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from dutygraph.analysis.reports import LEVEL_NAMES, STATUS_NAMES

    header = ("级别", "代码", "状态", "登记表", "标题", "出处") if lang == "zh" else (
        "level", "code", "status", "register", "title", "place"
    )  # fmt: skip
    table = Table(*header, box=box.SIMPLE_HEAD)
    for finding in findings:
        first = finding.evidence[0] if finding.evidence else None
        table.add_row(
            LEVEL_NAMES[lang][finding.severity],
            finding.code,
            STATUS_NAMES[lang][finding.status],
            finding.register,
            Text(finding.texts(lang).title),
            Text(f"{first.section}, {first.locator}" if first else ""),
        )
    # Piped output is cut nowhere; on a terminal the columns share its width.
    Console(width=None if sys.stdout.isatty() else 10_000).print(table, highlight=False)
    counts = Counter[str](finding.severity for finding in findings)
    print(", ".join(f"{LEVEL_NAMES[lang][level]} {counts[level]}" for level in LEVEL_NAMES[lang]))


def _exit_code(findings: Sequence[Finding], fail_on: str | None) -> int:
    from dutygraph.analysis import LEVELS

    if fail_on is None:
        return 0
    grave = LEVELS[: LEVELS.index(fail_on) + 1]
    return int(any(finding.severity in grave and finding.status != "dismissed" for finding in findings))
