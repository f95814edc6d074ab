"""Graphs as N-Triples and N-Quads lines: plain, sorted, the same bytes for the same triples."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Final

from rdflib import BNode, Graph, Literal, URIRef
from rdflib.term import Node

from dutygraph.errors import GraphError

__all__ = ["Written", "graph_version", "to_lines", "write_nquads"]

_ESCAPED: Final = re.compile(r'["\\\x00-\x1f\x7f]')
_ESCAPES: Final = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t", "\b": "\\b", "\f": "\\f"}
_IRI_FORBIDDEN: Final = re.compile(r'[\x00-\x20<>"{}|^`\\]')


@dataclass(frozen=True, slots=True)
class Written:
    """``version``: ``sha256:`` of the sorted lines; ``triples``: the number of different triples."""

    version: str
    triples: int


def to_lines(graph: Graph) -> list[str]:
    """The triples of ``graph`` as sorted N-Triples statements without the final `` .`` and line break.

    Raises GraphError for a blank node, or an IRI with characters that no IRI may have.
    """
    cache: dict[Node, str] = {}

    def written(node: Node) -> str:
        text = cache.get(node)
        if text is None:
            text = cache[node] = _term(node)
        return text

    return sorted(f"{written(s)} {written(p)} {written(o)}" for s, p, o in graph)


def _term(node: Node) -> str:
    if isinstance(node, URIRef):
        if _IRI_FORBIDDEN.search(node):
            raise GraphError(f"not an IRI: {node!r}")
        return f"<{node}>"
    if isinstance(node, Literal):
        words = _ESCAPED.sub(lambda found: _ESCAPES.get(found.group()) or f"\\u{ord(found.group()):04X}", node)
        if node.language:
            return f'"{words}"@{node.language}'
        return f'"{words}"^^<{node.datatype}>' if node.datatype else f'"{words}"'
    kind = "a blank node" if isinstance(node, BNode) else type(node).__name__
    raise GraphError(f"the graph may hold IRIs and literals only, and there is {kind}: {node}")


def graph_version(lines: Iterable[str]) -> str:
    """``sha256:`` and the digest of the sorted, different lines."""
    digest = sha256()
    for line in sorted(set(lines)):
        digest.update(line.encode("utf-8", "surrogatepass"))
        digest.update(b"\n")
    return f"sha256:{digest.hexdigest()}"


def write_nquads(registers: Mapping[str, Iterable[str]], shared: Iterable[str], path: Path) -> Written:
    """Write a store's content to ``path``: each register's lines in its named graph (the mapping's key, an IRI), and
    the lines of all of them, with the shared ones, in the default graph."""
    default = set(shared)
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for name in sorted(registers):
            lines = sorted(registers[name])
            default.update(lines)
            file.writelines(f"{line} <{name}> .\n" for line in lines)
        file.writelines(f"{line} .\n" for line in sorted(default))
    return Written(graph_version(default), len(default))
