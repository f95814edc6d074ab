"""dutygraph mcp"""

from __future__ import annotations

import argparse
import contextlib
import importlib
import sys

from dutygraph.errors import SettingsError
from dutygraph.settings import Settings

__all__ = ["configure", "run"]


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--http", action="store_true", help="用 HTTP 而不是标准输入输出 · over HTTP instead of stdio")
    parser.add_argument("--host", default="127.0.0.1", help="监听地址（--http）· address to listen on")
    parser.add_argument("--port", type=int, default=8001, help="端口（--http）· port")


def run(args: argparse.Namespace, settings: Settings) -> int:
    from dutygraph.commands.opening import ensure_built

    try:
        # The library knows nothing of agents: the service is a package of its own, found when it is asked for.
        module = importlib.import_module("dutygraph_api.mcp")
    except ModuleNotFoundError as exc:
        if exc.name is None or exc.name.split(".")[0] != "mcp":
            raise
        raise SettingsError("dutygraph mcp needs the MCP SDK: pip install 'dutygraph[mcp]'") from exc
    with contextlib.redirect_stdout(sys.stderr):  # standard output belongs to the protocol
        ensure_built(settings)
    if args.http:
        importlib.import_module("dutygraph_api.server").serve_mcp(settings, host=args.host, port=args.port)
    else:
        module.serve_stdio(settings)
    return 0
