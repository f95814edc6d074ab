"""docs/commands.md: what ``--help`` says of every command, in one page."""

from __future__ import annotations

import argparse
from collections.abc import Iterator

from dutygraph.cli import build_parser

__all__ = ["commands_page"]

HEAD = """# Commands

Made from the `--help` of the program by `make docs`; do not edit here.

Every command takes `--home DIR` (or `DUTYGRAPH_HOME`), the folder of stores and indexes, and `--debug`, which prints
the traceback of an error. Other settings are environment variables: `DUTYGRAPH_QUERY_SECONDS` and
`DUTYGRAPH_QUERY_ROWS` bound one query, `DUTYGRAPH_ENCODER` is `auto`, `none` or the folder of a model.

Exit codes: 0 done · 1 the check did not hold · 2 wrong usage or bad input, with one line on standard error ·
3 store or index unavailable.
"""
COMMON = {"--home", "--debug", "--help"}


def commands_page() -> str:
    """The page as Markdown."""
    lines = [HEAD]
    for name, parser in _commands(build_parser()):
        lines += _section(f"dutygraph {name}", parser, 2)
    return "\n".join(lines)


def _commands(parser: argparse.ArgumentParser) -> Iterator[tuple[str, argparse.ArgumentParser]]:
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            yield from action.choices.items()


def _section(name: str, parser: argparse.ArgumentParser, level: int) -> list[str]:
    rows = [
        f"| {_written(action)} | {(action.help or '').replace('|', chr(92) + '|')} |"
        for action in parser._actions
        if not isinstance(action, argparse._SubParsersAction) and not COMMON & set(action.option_strings)
    ]
    table = ["| | |", "|---|---|", *rows, ""] if rows else []
    tasks = [line for task, below in _commands(parser) for line in _section(f"{name} {task}", below, level + 1)]
    return [f"{'#' * level} {name}", "", f"{parser.description}", "", *table, *tasks]


def _written(action: argparse.Action) -> str:
    """The option or argument as it is typed."""
    value = ""
    if action.nargs != 0:
        plain = action.metavar or (action.dest.upper() if action.option_strings else action.dest)
        words = " ".join(plain) if isinstance(plain, tuple) else str(plain)
        value = "{" + ",".join(map(str, action.choices)) + "}" if action.choices else words
        value = {"+": f"{value}…", "*": f"[{value}…]", "?": f"[{value}]"}.get(str(action.nargs), value)
    named = " ".join(filter(None, (action.option_strings[-1] if action.option_strings else "", value)))
    return f"`{named}`" + (" (required)" if action.required and action.option_strings else "")
