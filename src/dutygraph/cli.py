"""The command line: parses, calls one function, prints, exits.

Exit codes: 0 done · 1 the check did not hold · 2 wrong usage or bad input · 3 store or index unavailable.
"""

from __future__ import annotations

import argparse
import importlib
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

from dutygraph import __version__
from dutygraph.errors import DutygraphError, IndexUnavailable, QueryRefused, QuerySyntaxError, StoreError
from dutygraph.settings import read_settings

__all__ = ["main"]

COMMANDS = {
    "build": "读取登记表，建图、校验、装库、建索引 · read every register, build the graph, the store and the index",
    "read": "只读：打印记录和读取时的发现 · only read: print the records and what the reader noticed",
    "ask": "回答一个问题，附出处 · answer a question, with the cell it comes from",
    "query": "运行命名查询或 .rq 文件 · run a named query or a .rq file",
    "export": "导出整个图或一份登记表 · export the whole graph, or one register",
    "add": "把一份登记表放进数据文件夹 · put a register into a data folder",
    "diff": "比较一份登记表的两个版本 · what changed between two versions of a register",
    "compare": "对照两份登记表：相同、相近、仅一方有 · what two registers have in common, and where they differ",
    "lexicon": "检查词库 · look after the lexicon",
    "findings": "职责的重叠、冲突、缺失和错位 · overlapping, conflicting, missing and misplaced responsibilities",
    "validate": "用 SHACL 校验登记表或 RDF 文件 · validate a register or an RDF file with SHACL",
    "feedback": "读者指出答错的地方 · what readers said is wrong in answers",
    "eval": "用问题文件给回答打分 · score the answering of a question file",
    "calibrate": "从有标准答案的问题学习权重和阈值 · learn from questions with gold what evidence is worth",
    "model": "编码器：导出、比较 · the encoder: export the weights to train, compare models",
    "serve": "网页、HTTP API 和 SPARQL 端点 · web pages, HTTP API and SPARQL endpoint",
    "mcp": "供智能体调用的工具（MCP）· the same tools for agents, over the Model Context Protocol",
}


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        """One line on standard error, as for every other mistake."""
        self.exit(2, f"{self.prog}: {message}; see `{self.prog} --help`\n")


def build_parser() -> argparse.ArgumentParser:
    """The whole command line as argparse sees it."""
    common = _Parser(add_help=False)
    common.add_argument(
        "--home", type=Path, default=argparse.SUPPRESS, metavar="DIR",
        help="库和索引所在的文件夹（环境变量 DUTYGRAPH_HOME）· where stores and indexes live",
    )  # fmt: skip
    common.add_argument(
        "--debug", action="store_true", default=argparse.SUPPRESS,
        help="出错时打印完整的调用栈 · print the traceback of an error",
    )  # fmt: skip
    parser = _Parser(
        prog="dutygraph", parents=[common],
        description="职责登记表的知识图谱：谁负责、依据什么、怎么联系，每个回答都注明出处。"
        " Chinese duty registers as a knowledge graph that answers, with the cell it answers from.",
    )  # fmt: skip
    parser.add_argument("--version", action="version", version=f"dutygraph {__version__}")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for name, summary in COMMANDS.items():
        sub = commands.add_parser(name, parents=[common], help=summary, description=summary)
        importlib.import_module(f"dutygraph.commands.{name}").configure(sub)
    return parser


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    args = build_parser().parse_args(argv)
    command = importlib.import_module(f"dutygraph.commands.{args.command}")
    try:
        settings = read_settings(getattr(args, "home", None))
        code = int(command.run(args, settings))
        sys.stdout.flush()
    except DutygraphError as exc:
        if getattr(args, "debug", False):
            raise
        print(f"dutygraph: {exc}", file=sys.stderr)
        return _exit_code(exc)
    except BrokenPipeError:
        # The reader of our output (head, less) has gone: nothing is left to say.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        return 130
    return code


def _exit_code(exc: DutygraphError) -> int:
    if isinstance(exc, (QuerySyntaxError, QueryRefused)):
        return 2
    return 3 if isinstance(exc, (StoreError, IndexUnavailable)) else 2


if __name__ == "__main__":
    sys.exit(main())
