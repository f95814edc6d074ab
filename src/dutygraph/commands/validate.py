"""dutygraph validate"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from dutygraph.commands.read import read_any
from dutygraph.settings import Settings

if TYPE_CHECKING:
    from dutygraph.graph import Report

__all__ = ["configure", "run"]

RDF_SUFFIXES = {".ttl", ".nt", ".nq", ".trig", ".jsonld", ".rdf"}


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "files",
        nargs="+",
        type=Path,
        metavar="FILE",
        help="登记表、登记表文件夹或 RDF 文件 · a register, its folder, or an RDF file",
    )


def run(args: argparse.Namespace, settings: Settings) -> int:
    conforms = True
    for path in args.files:
        report = _validate(path)
        conforms = conforms and report.conforms
        print(f"{path}: {'合格 · conforms' if report.conforms else '不合格 · does not conform'}")
        for result in report.results:
            print(f"  {result}")
    return 0 if conforms else 1


def _validate(path: Path) -> Report:
    from dutygraph.graph import build_graph, read_rdf, validate_graph

    if path.suffix.lower() in RDF_SUFFIXES:
        return validate_graph(read_rdf(path))
    from dutygraph.read import parse_clauses

    return validate_graph(build_graph(read_any(path), parse_clauses=parse_clauses))
