"""The SHACL engines: pyshacl, and a native one that comes with the extra ``shacl-fast``."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from importlib.util import find_spec
from typing import Any

from rdflib import Graph

from dutygraph.errors import ValidationFailure

__all__ = ["Engine", "installed_engine", "run_native", "run_pyshacl"]

Engine = Callable[[Graph, Graph], Graph]
"""Checks a graph against shapes and returns SHACL's own report as a graph. Raises ValidationFailure when it cannot."""


def installed_engine() -> Engine:
    """The native engine when it is installed, else pyshacl."""
    return run_native if find_spec("shacl") else run_pyshacl


def run_pyshacl(graph: Graph, shapes: Graph) -> Graph:
    """Validate with pyshacl."""
    import pyshacl

    try:
        # in place: nothing is inferred, so nothing is added, and copying the graph would take a third of the time
        _, results, text = pyshacl.validate(graph, shacl_graph=shapes, advanced=True, inplace=True, allow_warnings=True)
    except Exception as exc:
        raise ValidationFailure(f"SHACL validation failed: {exc}") from exc
    if not isinstance(results, Graph):
        raise ValidationFailure(f"SHACL validation failed: {text}")
    return results


def run_native(graph: Graph, shapes: Graph) -> Graph:
    """Validate with the package ``shacl``, compiled code that reads and writes N-Triples."""
    try:
        report = _compiled(shapes).validate_turtle(graph.serialize(format="nt"))
        return Graph().parse(data=report.serialize("ntriples"), format="nt")
    except Exception as exc:
        raise ValidationFailure(f"SHACL validation failed: {exc}") from exc


@lru_cache(maxsize=2)
def _compiled(shapes: Graph) -> Any:
    import shacl

    return shacl.Shapes.from_turtle(shapes.serialize(format="nt"))
