"""Results as files: SPARQL results in JSON, XML, CSV and TSV; graphs in Turtle, N-Triples, RDF/XML, JSON-LD, TriG.

JSON is written here, since the rows may have been cut at a limit; the other formats are Oxigraph's own serialisers.
"""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import Any

import orjson

from dutygraph.errors import StoreError, StoreUnavailable
from dutygraph.store.protocol import (
    RDF_LANG_STRING,
    XSD_STRING,
    Blank,
    Iri,
    Literal,
    Result,
    Rows,
    Term,
    Triple,
    Triples,
)

__all__ = ["GRAPH_FORMATS", "PREFIXES", "RESULT_FORMATS", "read_json", "read_triples", "serialise"]

_ELEMENT_NAME = re.compile(r"[^\W\d][\w.-]*\Z")

RESULT_FORMATS = MappingProxyType(
    {
        "json": "application/sparql-results+json",
        "xml": "application/sparql-results+xml",
        "csv": "text/csv; charset=utf-8",
        "tsv": "text/tab-separated-values; charset=utf-8",
    }
)
"""Formats of SELECT and ASK: name → media type."""

GRAPH_FORMATS = MappingProxyType(
    {
        "ttl": "text/turtle",
        "nt": "application/n-triples",
        "rdfxml": "application/rdf+xml",
        "jsonld": "application/ld+json",
        "trig": "application/trig",
        "nq": "application/n-quads",
    }
)
"""Formats of CONSTRUCT and DESCRIBE: name → media type."""

PREFIXES = MappingProxyType(
    {
        "cpsv": "http://purl.org/vocab/cpsv#",
        "cv": "http://data.europa.eu/m8g/",
        "dcat": "http://www.w3.org/ns/dcat#",
        "dct": "http://purl.org/dc/terms/",
        "dg": "https://w3id.org/dutygraph/def#",
        "eli": "http://data.europa.eu/eli/ontology#",
        "oa": "http://www.w3.org/ns/oa#",
        "org": "http://www.w3.org/ns/org#",
        "prov": "http://www.w3.org/ns/prov#",
        "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
        "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
        "sh": "http://www.w3.org/ns/shacl#",
        "skos": "http://www.w3.org/2004/02/skos/core#",
        "xsd": "http://www.w3.org/2001/XMLSchema#",
    }
)
"""Prefixes of the formats that have them."""


def serialise(result: Result, form: str) -> bytes:
    """A result in the format named ``form``: one of RESULT_FORMATS for rows and truth values, of GRAPH_FORMATS for
    triples. Raises StoreError when the format is of the other kind, or cannot hold the result."""
    known = GRAPH_FORMATS if isinstance(result, Triples) else RESULT_FORMATS
    if form not in known:
        kind = "graph" if isinstance(result, Triples) else "table"
        raise StoreError(f"the answer is a {kind}, which cannot be written as {form!r}; known: {', '.join(known)}")
    if isinstance(result, Triples):
        return _graph(result, form)
    plain = _json(result)
    return plain if form == "json" else _converted(plain, form)


def _json(result: Rows | bool) -> bytes:
    """SPARQL 1.1 Query Results JSON Format."""
    if isinstance(result, bool):
        return orjson.dumps({"head": {}, "boolean": result})
    bindings = [
        {name: _packed(term) for name, term in zip(result.variables, row, strict=True) if term is not None}
        for row in result.rows
    ]
    return orjson.dumps({"head": {"vars": result.variables}, "results": {"bindings": bindings}})


def _packed(term: Term) -> dict[str, str]:
    if isinstance(term, Iri):
        return {"type": "uri", "value": term.value}
    if isinstance(term, Blank):
        return {"type": "bnode", "value": term.value}
    packed = {"type": "literal", "value": term.value}
    if term.language:
        packed["xml:lang"] = term.language
    elif term.datatype != XSD_STRING:
        packed["datatype"] = term.datatype
    return packed


def _converted(plain: bytes, form: str) -> bytes:
    import pyoxigraph as ox

    wanted = {"xml": ox.QueryResultsFormat.XML, "csv": ox.QueryResultsFormat.CSV, "tsv": ox.QueryResultsFormat.TSV}
    body = ox.parse_query_results(plain, ox.QueryResultsFormat.JSON).serialize(format=wanted[form])
    assert body is not None
    return body


def _graph(result: Triples, form: str) -> bytes:
    import pyoxigraph as ox

    def node(term: Iri | Blank) -> ox.NamedNode | ox.BlankNode:
        return ox.NamedNode(term.value) if isinstance(term, Iri) else ox.BlankNode(term.value)

    def value(term: Term) -> ox.NamedNode | ox.BlankNode | ox.Literal:
        if not isinstance(term, Literal):
            return node(term)
        if term.language:
            return ox.Literal(term.value, language=term.language)
        return ox.Literal(term.value, datatype=ox.NamedNode(term.datatype))

    triples = (ox.Triple(node(s), ox.NamedNode(p.value), value(o)) for s, p, o in result.triples)
    if form == "rdfxml":
        _require_element_names(result)
    body = ox.serialize(triples, format=ox.RdfFormat.from_media_type(GRAPH_FORMATS[form]), prefixes=dict(PREFIXES))
    assert body is not None
    return body


def _require_element_names(result: Triples) -> None:
    """RDF/XML writes a predicate as an element, so its IRI must end in a name; Oxigraph would write a broken file."""
    for _, predicate, _ in result.triples:
        if not _ELEMENT_NAME.search(predicate.value):
            raise StoreError(f"the predicate <{predicate}> cannot be written in rdfxml; choose another format")


def read_json(body: bytes) -> Rows | bool:
    """SPARQL 1.1 Query Results JSON back as a result. Raises StoreUnavailable when it is not that."""
    try:
        document: dict[str, Any] = orjson.loads(body)
        if "boolean" in document:
            return bool(document["boolean"])
        variables = tuple(document["head"]["vars"])
        rows = tuple(
            tuple(None if (packed := binding.get(name)) is None else _unpacked(packed) for name in variables)
            for binding in document["results"]["bindings"]
        )
    except (ValueError, KeyError, TypeError) as exc:
        tail = body[-80:].decode(errors="replace")
        raise StoreUnavailable(f"the endpoint's answer is no complete SPARQL results JSON; it ends: {tail!r}") from exc
    return Rows(variables, rows)


def _unpacked(packed: dict[str, str]) -> Term:
    match packed["type"]:
        case "uri":
            return Iri(packed["value"])
        case "bnode":
            return Blank(packed["value"])
        case "literal" | "typed-literal":  # the second is of SPARQL 1.0; Virtuoso still writes it
            language = packed.get("xml:lang")
            datatype = RDF_LANG_STRING if language else packed.get("datatype", XSD_STRING)
            return Literal(packed["value"], datatype, language)
    raise ValueError(f"unknown type of term: {packed['type']}")


def read_triples(body: bytes, media_type: str) -> Triples:
    """A graph in any RDF format as triples. Raises StoreUnavailable when the body is not in that format."""
    import pyoxigraph as ox

    from dutygraph.store.engine import triple_of

    form = ox.RdfFormat.from_media_type(media_type)
    if form is None:
        raise StoreUnavailable(f"the endpoint answered with the unknown media type {media_type!r}")
    try:
        triples: tuple[Triple, ...] = tuple(triple_of(quad.triple) for quad in ox.parse(body, format=form))
    except SyntaxError as exc:
        raise StoreUnavailable(f"the endpoint's answer is no complete {media_type}: {exc}") from exc
    return Triples(triples)
