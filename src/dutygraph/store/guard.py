"""Which queries strangers may send: reading ones, over the graphs that are held, that call no other server.

Two things make a query harmful here. SERVICE makes the engine fetch from any address; FROM names a graph that some
engines would fetch too. Both are spelled in the text, so a text without the letters needs no further look; that keeps
the check at microseconds for most queries. For the others the parsed algebra decides (rdflib's parser, 7 to 25 ms, kept
in a cache). A second, different reader, the tokeniser, must agree: engines take texts apart in their own ways (Oxigraph
reads ``FILTER(1<2)SERVICE#>`` as the keyword where a tokeniser by the book sees an IRI, and ``trueSERVICE`` as two
words), and a query that passes has to fool both.
"""

from __future__ import annotations

import threading
from collections.abc import Collection, Iterable
from functools import lru_cache

from dutygraph.errors import QueryRefused, QuerySyntaxError
from dutygraph.store.lexer import expand_codepoints, tokenise

__all__ = ["MAX_QUERY_LENGTH", "check_query"]

MAX_QUERY_LENGTH = 100_000
"""Characters of a query that strangers may send."""

_UPDATES = frozenset(("INSERT", "DELETE", "LOAD", "CLEAR", "CREATE", "DROP", "COPY", "MOVE", "ADD", "WITH"))
_PARSER = threading.Lock()


def check_query(sparql: str, graphs: Collection[str] = (), dataset: Iterable[str] = ()) -> None:
    """Let a query pass, or say why not.

    ``graphs``: IRIs of the named graphs that FROM and FROM NAMED may name; ``dataset``: those asked for beside the
    query (default-graph-uri and named-graph-uri of the SPARQL 1.1 Protocol).

    Raises QueryRefused for an update, SERVICE, a graph that is not held, a query too long or too deeply nested;
    QuerySyntaxError, with line and column, when the text must be parsed for that and is not SPARQL. A wrong query that
    asks for none of these is left to the engine, which says what is wrong with it.
    """
    if len(sparql) > MAX_QUERY_LENGTH:
        raise QueryRefused(f"the query is longer than {MAX_QUERY_LENGTH} characters")
    for iri in (*dataset, *_graphs_named(sparql)):
        if iri not in graphs:
            raise QueryRefused(
                f"there is no graph <{iri}> here; the graphs held are listed by GRAPH ?g {{ ?s ?p ?o }}", graph=iri
            )


@lru_cache(maxsize=2048)
def _graphs_named(sparql: str) -> tuple[str, ...]:
    """The graphs of the FROM clauses of a query that is otherwise harmless."""
    expanded = expand_codepoints(sparql)
    for text in {sparql, expanded}:
        _refuse_updates(text)
        _refuse_service_words(text)
    letters = f"{sparql} {expanded}".casefold()
    if "service" in letters or "from" in letters:
        return _graphs_in_algebra(sparql)
    return ()


def _refuse_updates(sparql: str) -> None:
    """The first keyword after BASE and PREFIX says what a request is."""
    for token in tokenise(sparql):
        if token.kind == "word" and token.text.upper() not in ("BASE", "PREFIX"):
            if token.text.upper() in _UPDATES:
                raise QueryRefused(f"{token.text.upper()} is an update; only queries are answered here", query=sparql)
            return


def _refuse_service_words(sparql: str) -> None:
    for token in tokenise(sparql):
        if token.kind == "word" and "SERVICE" in token.text.upper():
            raise QueryRefused("SERVICE would call another server; it is not allowed here", query=sparql)


def _graphs_in_algebra(sparql: str) -> tuple[str, ...]:
    from pyparsing import ParseException
    from rdflib.plugins.sparql.algebra import translateQuery
    from rdflib.plugins.sparql.parser import parseQuery
    from rdflib.plugins.sparql.parserutils import CompValue

    def names(node: object) -> Iterable[str]:
        if isinstance(node, CompValue):
            yield node.name
            for child in node.values():
                yield from names(child)
        elif isinstance(node, list | tuple | set):
            for child in node:
                yield from names(child)

    try:
        with _PARSER:
            algebra = translateQuery(parseQuery(sparql)).algebra
        if "ServiceGraphPattern" in set(names(algebra)):
            raise QueryRefused("SERVICE would call another server; it is not allowed here", query=sparql)
    except ParseException as exc:
        place = f"line {exc.lineno}, column {exc.column}"
        raise QuerySyntaxError(
            f"not SPARQL: {exc.msg}", place=place, words=exc.msg, line=exc.lineno, column=exc.column, query=sparql
        ) from exc
    except RecursionError as exc:
        raise QueryRefused("the query is nested too deeply", query=sparql) from exc
    except QueryRefused:
        raise
    except Exception as exc:
        raise QuerySyntaxError(f"not SPARQL: {exc}", words=str(exc), query=sparql) from exc
    clauses = algebra.datasetClause or ()
    return tuple(str(clause.default or clause.named) for clause in clauses)
