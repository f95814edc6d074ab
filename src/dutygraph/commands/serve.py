"""dutygraph serve"""

from __future__ import annotations

import argparse
import importlib

from dutygraph.settings import Settings

__all__ = ["configure", "run"]


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--host", default="127.0.0.1", help="监听地址 · address to listen on")
    parser.add_argument("--port", type=int, default=8000, help="端口 · port")


def run(args: argparse.Namespace, settings: Settings) -> int:
    from dutygraph.commands.opening import ensure_built

    ensure_built(settings)
    # The library knows nothing of HTTP: the service is a package of its own, found when it is asked for.
    server = importlib.import_module("dutygraph_api.server")
    server.serve(settings, host=args.host, port=args.port)
    return 0
