"""dutygraph read"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from dutygraph.settings import Settings

if TYPE_CHECKING:
    from dutygraph.model import Locator, Register

__all__ = ["configure", "describe_place", "read_any", "run"]


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "files",
        nargs="+",
        type=Path,
        metavar="FILE",
        help=".txt .docx .xlsx .html .csv，或登记表文件夹 · or a register folder",
    )
    parser.add_argument(
        "--format", choices=["text", "json"], default="text", help="摘要或全部记录 · a summary, or all records"
    )
    parser.add_argument(
        "--strict", action="store_true", help="有错误级发现时以 1 退出 · exit 1 when the reader found an error"
    )


def run(args: argparse.Namespace, settings: Settings) -> int:
    from dutygraph.read import as_records

    registers = [read_any(path) for path in args.files]
    if args.format == "json":
        import orjson

        records = [as_records(register) for register in registers]
        whole = records[0] if len(records) == 1 else records
        sys.stdout.buffer.write(orjson.dumps(whole, option=orjson.OPT_INDENT_2) + b"\n")
    else:
        for register in registers:
            print_summary(register)
    failed = any(finding.severity == "error" for register in registers for finding in register.findings)
    return 1 if args.strict and failed else 0


def read_any(path: Path) -> Register:
    """The register of a file or of a register folder. A file that lies in a register folder is read with its
    register.toml, which says what the text does not."""
    from dutygraph.read import read_document, read_register

    if path.is_file() and (path.parent / "register.toml").is_file():
        return read_register(path.parent)
    return read_register(path) if path.is_dir() else read_document(path)


def print_summary(register: Register) -> None:
    """What was read, in a few lines, and what the reader noticed."""
    print(f"{register.source.file} ({register.source.format}, sha256 {register.source.sha256[:12]}…)")
    print(f"  {register.jurisdiction_code} {register.jurisdiction} {register.agency} {register.title}".rstrip())
    items = sum(len(duty.work_items) for duty in register.duties)
    shares = sum(len(matter.shares) for matter in register.matters)
    print(f"  主要职责 · duties {len(register.duties)}, 具体工作事项 · work items {items}")
    print(f"  管理事项 · matters {len(register.matters)}, 职责分工 · shares {shares}")
    print(f"  公共服务 · services {len(register.services)}, 监管制度 · regimes {len(register.regimes)}")
    for finding in register.findings:
        place = describe_place(finding.at) if finding.at else ""
        print(f"  {finding.severity:<8}{finding.code:<12}{place}: {finding.message}")


def describe_place(at: Locator) -> str:
    """Section, row and line or cell, for people."""
    parts = [f"row {at.row}" if at.row else "", f"line {at.line}" if at.line else "", at.cell or ""]
    return f"{at.section} {', '.join(part for part in parts if part)}".strip()
