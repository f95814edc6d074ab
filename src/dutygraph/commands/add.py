"""dutygraph add"""

from __future__ import annotations

import argparse
from pathlib import Path

from dutygraph.settings import Settings

__all__ = ["configure", "run"]


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE", help=".txt .docx .xlsx .html .csv")
    parser.add_argument(
        "--jurisdiction",
        required=True,
        metavar="CODE",
        help="六位行政区划代码，如 130524 · the six digits of GB/T 2260",
    )
    parser.add_argument(
        "--agency", required=True, metavar="NAME", help="登记机关，如 公安局 · the agency whose register it is"
    )
    parser.add_argument(
        "--data",
        type=Path,
        default=Path("data"),
        metavar="DIR",
        help="数据文件夹（默认：当前目录下的 data）· the data folder (default: data in the current folder)",
    )
    parser.add_argument(
        "--name",
        metavar="SLUG",
        help="文件夹名的后半（默认：机关名的拼音）· end of the folder's name (default: pinyin)",
    )
    parser.add_argument("--title", help="登记表的标题 · title of the register")
    parser.add_argument("--date", help="登记表的日期，如 2018-03-21 · date of the register")


def run(args: argparse.Namespace, settings: Settings) -> int:
    from dutygraph.commands.read import print_summary
    from dutygraph.pipeline import add_register

    added = add_register(
        args.file,
        args.data,
        code=args.jurisdiction,
        agency=args.agency,
        name=args.name,
        title=args.title,
        date=args.date,
    )
    print_summary(added.register)
    print(f"已放入 · added: {added.folder}")
    print(f"下一步 · next: dutygraph build --data {args.data}")
    return 0
