"""dutygraph validate"""

from __future__ import annotations

import argparse
from pathlib import Path

from dutygraph.commands.read import read_any
from dutygraph.settings import Settings

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
    whole = True
    for path in args.files:
        results, conforms = _validate(path)
        whole = whole and conforms
        print(f"{path}: {'合格 · conforms' if conforms else '不合格 · does not conform'}")
        for result in results:
            print(f"  {result}")
    return 0 if whole else 1


def _validate(path: Path) -> tuple[list[str], bool]:
    """What is wrong with a file, line by line, and whether it conforms. The reader's errors count too: a register that
    holds other counts than its register.toml expects was not read as it was written."""
    from dutygraph.graph import build_graph, check_code, project_lookups, read_rdf, validate_graph

    if path.suffix.lower() in RDF_SUFFIXES:
        report = validate_graph(read_rdf(path))
        return [str(result) for result in report.results], report.conforms
    from dutygraph.read import parse_clauses

    register = read_any(path)
    if register.jurisdiction_code:
        check_code(register.jurisdiction_code, project_lookups().places)
    report = validate_graph(build_graph(register, parse_clauses=parse_clauses))
    errors = [finding for finding in register.findings if finding.severity == "error"]
    lines = [f"error {finding.code}: {finding.message}" for finding in errors]
    return [*lines, *(str(result) for result in report.results)], report.conforms and not errors
