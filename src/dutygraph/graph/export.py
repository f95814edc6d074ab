"""The graph as files for others: Turtle, TriG, N-Quads, JSON-LD."""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Mapping
from typing import Final, Literal, get_args

from rdflib import Dataset, Graph, URIRef
from rdflib.graph import DATASET_DEFAULT_GRAPH_ID

from dutygraph.errors import GraphError
from dutygraph.graph.nquads import to_lines
from dutygraph.graph.reading import CONTEXT
from dutygraph.graph.triples import new_graph
from dutygraph.graph.vocab import PREFIXES
from dutygraph.resources import ontology_dir

__all__ = ["EXPORT_FORMATS", "ExportFormat", "from_lines", "serialise"]

ExportFormat = Literal["ttl", "trig", "nq", "jsonld"]
EXPORT_FORMATS: Final[tuple[ExportFormat, ...]] = get_args(ExportFormat)


def from_lines(lines: Iterable[str]) -> Graph:
    """The graph of N-Triples statements as ``to_lines`` writes them. Raises GraphError when a line is none."""
    try:
        return new_graph().parse(data="".join(f"{line} .\n" for line in lines), format="nt")
    except Exception as exc:
        raise GraphError(f"not N-Triples: {exc}") from exc


def serialise(registers: Mapping[str, Graph], shared: Graph, form: ExportFormat) -> bytes:
    """The graphs in one file, UTF-8. ``registers``: each register's graph by its name (an IRI).

    TriG and N-Quads keep each register in its named graph and the shared triples in the default graph; Turtle and
    JSON-LD hold the union. JSON-LD names its context by IRI; the context itself is ontology/context.jsonld.
    """
    if form == "nq":
        lines = [f"{line} <{name}> .\n" for name in sorted(registers) for line in to_lines(registers[name])]
        return "".join([*lines, *(f"{line} .\n" for line in to_lines(shared))]).encode()
    if form == "trig":
        return _trig(registers, shared)
    union = new_graph()
    for graph in (shared, *registers.values()):
        for triple in graph:
            union.add(triple)
    return union.serialize(format="turtle", encoding="utf-8") if form == "ttl" else _json_ld(union)


def _trig(registers: Mapping[str, Graph], shared: Graph) -> bytes:
    dataset = Dataset()
    for prefix, namespace in PREFIXES.items():
        dataset.bind(prefix, namespace)
    contents = {DATASET_DEFAULT_GRAPH_ID: shared, **{URIRef(name): registers[name] for name in sorted(registers)}}
    for name, graph in contents.items():
        named = dataset.graph(name)
        for triple in graph:
            named.add(triple)
    with warnings.catch_warnings():
        # rdflib 7.6 calls its own deprecated Dataset.contexts while it writes
        warnings.simplefilter("ignore", DeprecationWarning)
        return dataset.serialize(format="trig", encoding="utf-8")


def _json_ld(graph: Graph) -> bytes:
    import orjson

    context = orjson.loads((ontology_dir() / "context.jsonld").read_bytes())["@context"]
    document = orjson.loads(graph.serialize(format="json-ld", context=context))
    document["@context"] = CONTEXT
    return orjson.dumps(document, option=orjson.OPT_INDENT_2 | orjson.OPT_SORT_KEYS)
