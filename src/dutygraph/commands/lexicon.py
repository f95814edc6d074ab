"""dutygraph lexicon"""

from __future__ import annotations

import argparse
from pathlib import Path

from dutygraph.settings import Settings

__all__ = ["configure", "run"]

NOTES = {
    "ambiguous": "一词多义 · a word of several concepts",
    "repeated": "重复的词 · a word given twice",
    "unknown-near": "near 指向不存在的词条 · near names no concept",
    "repeated-id": "重复的编号 · an id in two folders",
}
# A question with an ambiguous word may be asked back; the other kinds are mistakes.
HARMLESS = "ambiguous"


def configure(parser: argparse.ArgumentParser) -> None:
    tasks = parser.add_subparsers(dest="task", metavar="TASK", required=True)
    summary = "列出词库中可能误导的词 · list what may mislead in the lexicon"
    check = tasks.add_parser("check", help=summary, description=summary)
    check.add_argument(
        "--data",
        type=Path,
        action="append",
        default=[],
        metavar="DIR",
        help="数据文件夹，和自带的词库一起检查 · a data folder, checked together with the lexicon that comes along",
    )


def run(args: argparse.Namespace, settings: Settings) -> int:
    from dutygraph.pipeline.inputs import find_lexicons
    from dutygraph.retrieve import check_lexicon, read_lexicon

    concepts = [concept for folder in find_lexicons(args.data) for concept in read_lexicon(folder)]
    notes = check_lexicon(concepts)
    for kind, label in NOTES.items():
        of_kind = [note for note in notes if note.kind == kind]
        if of_kind:
            print(f"{label} ({len(of_kind)})")
        for note in of_kind:
            print(f"  {note.word}: {', '.join(note.concepts)}")
    mistakes = sum(note.kind != HARMLESS for note in notes)
    print(f"{len(concepts)} 个词条 · concepts, {len(notes)} 条提示 · notes, {mistakes} 个错误 · mistakes")
    return 1 if mistakes else 0
