"""Oxigraph spoken to directly: evaluate a query, turn its terms into ours, translate its errors.

Used in process by ``embedded`` and, for queries that must be endable, in the child process of ``worker``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from dutygraph.errors import QuerySyntaxError, StoreError, StoreUnavailable
from dutygraph.store.protocol import Blank, Iri, Literal, Result, Rows, Term, Triple, Triples

if TYPE_CHECKING:
    import pyoxigraph as ox

__all__ = ["check_syntax", "evaluate", "open_folder", "syntax_error", "triple_of"]

_POSITION = re.compile(r"error at (\d+):(\d+): (.*)", re.DOTALL)
_MESSAGE = 160


def open_folder(folder: Path) -> ox.Store:
    """Open a filled store for reading. Raises StoreUnavailable when there is none, or it is damaged."""
    import pyoxigraph as ox

    if not (folder / "CURRENT").is_file():
        raise StoreUnavailable("no store here yet; run `dutygraph build`", path=folder)
    try:
        return ox.Store.read_only(str(folder))
    except (OSError, RuntimeError) as exc:  # RocksDB corruption arrives as RuntimeError
        raise StoreUnavailable(f"the store cannot be opened ({exc}); run `dutygraph build` again", path=folder) from exc


def evaluate(
    store: ox.Store,
    sparql: str,
    rows: int | None,
    default_graphs: Sequence[str] = (),
    named_graphs: Sequence[str] = (),
) -> Result:
    """Run a query to its end, or to ``rows`` results. Raises QuerySyntaxError, StoreUnavailable, StoreError."""
    import pyoxigraph as ox

    with _translated(sparql):
        default: list[ox.NamedNode | ox.BlankNode | ox.DefaultGraph] = [ox.NamedNode(iri) for iri in default_graphs]
        named: list[ox.NamedNode | ox.BlankNode] = [ox.NamedNode(iri) for iri in named_graphs]
        if default or named:
            # with one of the two given, the other is empty: SPARQL 1.1 Protocol, 2.1.4
            answer = store.query(sparql, default_graph=default, named_graphs=named)
        else:
            answer = store.query(sparql)
        if isinstance(answer, ox.QueryBoolean):
            return bool(answer)
        limit = None if rows is None else rows + 1
        if isinstance(answer, ox.QuerySolutions):
            variables = tuple(variable.value for variable in answer.variables)
            found = [tuple(None if (t := row[name]) is None else _term(t) for name in variables)
                     for row in islice(answer, limit)]  # fmt: skip
            return Rows(variables, tuple(found[:rows]), rows is not None and len(found) > rows)
        triples = [triple_of(triple) for triple in islice(answer, limit)]
        return Triples(tuple(triples[:rows]), rows is not None and len(triples) > rows)


def check_syntax(sparql: str) -> None:
    """Parse a trusted query by evaluating it over nothing. Raises QuerySyntaxError."""
    import pyoxigraph as ox

    with _translated(sparql):
        ox.Store().query(sparql)


def triple_of(triple: ox.Triple) -> Triple:
    """Oxigraph's triple as ours. Raises StoreError for the triple terms of RDF 1.2."""
    return _node(triple.subject), Iri(triple.predicate.value), _term(triple.object)


def _term(term: object) -> Term:
    import pyoxigraph as ox

    if isinstance(term, ox.Literal):
        return Literal(term.value, term.datatype.value, term.language)
    return _node(term)


def _node(term: object) -> Iri | Blank:
    import pyoxigraph as ox

    if isinstance(term, ox.NamedNode):
        return Iri(term.value)
    if isinstance(term, ox.BlankNode):
        return Blank(term.value)
    raise StoreError("the result holds a triple term of RDF 1.2; only RDF 1.1 terms can be returned")


@contextmanager
def _translated(sparql: str) -> Iterator[None]:
    try:
        yield
    except SyntaxError as exc:
        raise syntax_error(str(exc), sparql) from exc
    except ValueError as exc:  # an IRI of default_graphs or named_graphs
        raise StoreError(str(exc), query=sparql) from exc
    except OSError as exc:
        raise StoreUnavailable(f"the store cannot be read: {exc}", query=sparql) from exc
    except RuntimeError as exc:
        raise StoreError(f"the query failed: {exc}", query=sparql) from exc


def syntax_error(message: str, sparql: str) -> QuerySyntaxError:
    """A QuerySyntaxError that names line and column when the parser's message does (``error at 2:8: …``)."""
    message = _one_line(message)
    found = _POSITION.search(message)
    if not found:
        return QuerySyntaxError(f"not SPARQL: {message}", words=message, query=sparql)
    line, column, words = int(found[1]), int(found[2]), found[3].strip()
    place = f"line {line}, column {column}"
    return QuerySyntaxError(f"not SPARQL: {words}", place=place, words=words, line=line, column=column, query=sparql)


def _one_line(message: str) -> str:
    """Oxigraph lists every character class it would have taken, over many lines; the first words say enough."""
    folded = " ".join(message.split())
    return folded if len(folded) <= _MESSAGE else folded[:_MESSAGE].rsplit(", ", 1)[0] + " …"
