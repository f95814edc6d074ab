"""Put and query RDF: the Store protocol, embedded Oxigraph, a remote SPARQL 1.1 endpoint, and the named queries."""

from __future__ import annotations

from dutygraph.store.embedded import EmbeddedStore, fill_store, open_store
from dutygraph.store.protocol import Blank, Iri, Literal, Plain, Result, Rows, Store, Term, Triple, Triples, select

__all__ = [
    "Blank",
    "EmbeddedStore",
    "Iri",
    "Literal",
    "Plain",
    "Result",
    "Rows",
    "Store",
    "Term",
    "Triple",
    "Triples",
    "fill_store",
    "open_store",
    "select",
]
