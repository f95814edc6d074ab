"""Put and query RDF: the Store protocol, embedded Oxigraph, a remote SPARQL 1.1 endpoint, and the named queries."""

from __future__ import annotations

from dutygraph.store.binder import ParameterValue, bind
from dutygraph.store.embedded import EmbeddedStore, fill_store, open_store
from dutygraph.store.protocol import Blank, Iri, Literal, Plain, Result, Rows, Store, Term, Triple, Triples, select
from dutygraph.store.templates import Parameter, Template, find_template, load_templates

__all__ = [
    "Blank",
    "EmbeddedStore",
    "Iri",
    "Literal",
    "Parameter",
    "ParameterValue",
    "Plain",
    "Result",
    "Rows",
    "Store",
    "Template",
    "Term",
    "Triple",
    "Triples",
    "bind",
    "fill_store",
    "find_template",
    "load_templates",
    "open_store",
    "select",
]
