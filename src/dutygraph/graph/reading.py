"""RDF files from outside: read with care, because nobody vouches for them."""

from __future__ import annotations

import warnings
from pathlib import Path
from typing import Any, Final

from rdflib import Dataset, Graph

from dutygraph.errors import ReadError, UnreadableDocument, UnsupportedFormat
from dutygraph.graph.triples import new_graph
from dutygraph.resources import ontology_dir

__all__ = ["CONTEXT", "MAX_BYTES", "RDF_FORMATS", "read_rdf"]

MAX_BYTES: Final = 20_000_000
"""The largest file that is read: about fifty registers."""

CONTEXT: Final = "https://w3id.org/dutygraph/context.jsonld"
"""The JSON-LD context that needs no network: it lies in ontology/."""

RDF_FORMATS: Final = {
    ".ttl": "turtle",
    ".nt": "nt",
    ".nq": "nquads",
    ".trig": "trig",
    ".jsonld": "json-ld",
    ".rdf": "xml",
    ".owl": "xml",
}
"""rdflib's parser by file suffix."""

_WITH_NAMED_GRAPHS: Final = {"nquads", "trig", "json-ld"}
_BASE: Final = "urn:dutygraph:file"


def read_rdf(path: Path) -> Graph:
    """The triples of a file in Turtle, N-Triples, N-Quads, TriG, JSON-LD or RDF/XML; named graphs are merged.

    Nothing is fetched: a JSON-LD context that is not our own or written out is refused, and so is a document type
    declaration in XML. Raises UnsupportedFormat, UnreadableDocument or ReadError.
    """
    parser = RDF_FORMATS.get(path.suffix.lower())
    if parser is None:
        raise UnsupportedFormat(f"no RDF file: give one of {', '.join(RDF_FORMATS)}", path=path)
    text = _text(path)
    if parser == "json-ld":
        text = _with_local_context(text, path)
    if parser == "xml" and ("<!DOCTYPE" in text or "<!ENTITY" in text):
        raise ReadError("XML with a document type declaration is not read; save it without", path=path)
    try:
        return _parsed(text, parser)
    except RecursionError as exc:
        raise UnreadableDocument("is nested too deeply", path=path) from exc
    except Exception as exc:
        raise UnreadableDocument(f"is not valid {parser}: {_first_line(exc)}", path=path) from exc


def _parsed(text: str, parser: str) -> Graph:
    graph = new_graph()
    if parser not in _WITH_NAMED_GRAPHS:
        return graph.parse(data=text, format=parser, publicID=_BASE)
    dataset = Dataset()
    with warnings.catch_warnings():
        # rdflib 7.6 calls its own deprecated Dataset.default_context while it parses quads
        warnings.simplefilter("ignore", DeprecationWarning)
        dataset.parse(data=text, format=parser, publicID=_BASE)
        for subject, predicate, value, _ in dataset.quads():
            graph.add((subject, predicate, value))
    return graph


def _text(path: Path) -> str:
    try:
        if path.stat().st_size > MAX_BYTES:
            raise UnreadableDocument(
                f"is larger than {MAX_BYTES // 1_000_000} MB; validate register by register", path=path
            )
        return path.read_bytes().decode("utf-8-sig")
    except OSError as exc:
        raise UnreadableDocument(f"cannot be read: {exc.strerror}", path=path) from exc
    except UnicodeDecodeError as exc:
        raise UnreadableDocument(f"is not UTF-8 (byte {exc.start}); save it as UTF-8", path=path) from exc


def _with_local_context(text: str, path: Path) -> str:
    """The JSON with our context written in. rdflib would fetch any other, from the network or from this disk."""
    import orjson

    try:
        document = orjson.loads(text)
        context = orjson.loads((ontology_dir() / "context.jsonld").read_bytes())["@context"]
        return orjson.dumps(_localised(document, context, path)).decode()
    except RecursionError as exc:
        raise UnreadableDocument("is nested too deeply", path=path) from exc
    except ValueError as exc:
        raise UnreadableDocument(f"is not JSON: {_first_line(exc)}", path=path) from exc


def _localised(value: Any, context: Any, path: Path) -> Any:
    if isinstance(value, list):
        return [_localised(member, context, path) for member in value]
    if not isinstance(value, dict):
        return value
    if "@import" in value:
        raise ReadError("its JSON-LD @context imports another one; write it out", path=path)
    return {
        key: _local_context(member, context, path) if key == "@context" else _localised(member, context, path)
        for key, member in value.items()
    }


def _local_context(value: Any, context: Any, path: Path) -> Any:
    if isinstance(value, list):
        return [_local_context(member, context, path) for member in value]
    if isinstance(value, str):
        if value != CONTEXT:
            raise ReadError(f"its JSON-LD @context {value} is not fetched; write it out, or use {CONTEXT}", path=path)
        return context
    return _localised(value, context, path)


def _first_line(exc: Exception) -> str:
    return (str(exc).splitlines() or [type(exc).__name__])[0][:200]
