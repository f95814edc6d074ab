"""Media types of results: what may be asked for, by Accept, by ``format=`` or by suffix, and what is sent back."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from dutygraph.store import GRAPH_FORMATS, RESULT_FORMATS, Result, Triples
from dutygraph_api.negotiate import choose

__all__ = ["GRAPH_TYPES", "HTML", "RESULT_TYPES", "pick", "types_of"]

HTML = "text/html"

RESULT_TYPES: Mapping[str, str] = MappingProxyType(
    {
        **{media_type: form for form, media_type in RESULT_FORMATS.items()},
        "application/json": "json",
        "application/xml": "xml",
        "text/xml": "xml",
    }
)
"""Of tables and truth values: media type → form, with the general names that clients send too."""

GRAPH_TYPES: Mapping[str, str] = MappingProxyType(
    {
        **{media_type: form for form, media_type in GRAPH_FORMATS.items()},
        "application/json": "jsonld",
        "application/xml": "rdfxml",
        "text/xml": "rdfxml",
        "text/plain": "nt",
    }
)
"""Of graphs: media type → form."""


def types_of(result: Result) -> Mapping[str, str]:
    """The media types that can hold a result."""
    return GRAPH_TYPES if isinstance(result, Triples) else RESULT_TYPES


OTHER_NAMES: Mapping[str, str] = MappingProxyType(
    {
        "turtle": "ttl",
        "n3": "ttl",
        "ntriples": "nt",
        "n-triples": "nt",
        "json-ld": "jsonld",
        "json": "jsonld",
        "rdf": "rdfxml",
        "rdf+xml": "rdfxml",
        "xml": "rdfxml",
    }
)
"""How clients name forms of graphs; of tables, ``json`` and ``xml`` are names of their own."""


def pick(types: Mapping[str, str], accept: str | None, form: str | None) -> tuple[str, str] | None:
    """Media type and form to send: of the form asked for by its name, by another name of it or by its media type, else
    by Accept. None when neither can be met."""
    if form is not None:
        form = form.lower()
        names = (form, OTHER_NAMES.get(form, form), types.get(form, form))
        return next(((one, known) for name in names for one, known in types.items() if known == name), None)
    media_type = choose(accept, types)
    return None if media_type is None else (media_type, types[media_type])
