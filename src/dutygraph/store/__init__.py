"""Put and query RDF: the Store protocol, embedded Oxigraph, a remote SPARQL 1.1 endpoint, and the named queries."""

from __future__ import annotations

from dutygraph.store.binder import ParameterValue, bind
from dutygraph.store.embedded import EmbeddedStore, fill_store, open_store
from dutygraph.store.guard import check_query
from dutygraph.store.named import queries_page, run_named
from dutygraph.store.protocol import Blank, Iri, Literal, Plain, Result, Rows, Store, Term, Triple, Triples, select
from dutygraph.store.remote import RemoteStore
from dutygraph.store.results import GRAPH_FORMATS, RESULT_FORMATS, serialise
from dutygraph.store.templates import Parameter, Template, find_template, load_templates

__all__ = [
    "GRAPH_FORMATS",
    "RESULT_FORMATS",
    "Blank",
    "EmbeddedStore",
    "Iri",
    "Literal",
    "Parameter",
    "ParameterValue",
    "Plain",
    "RemoteStore",
    "Result",
    "Rows",
    "Store",
    "Template",
    "Term",
    "Triple",
    "Triples",
    "bind",
    "check_query",
    "fill_store",
    "find_template",
    "load_templates",
    "open_store",
    "queries_page",
    "run_named",
    "select",
    "serialise",
]
