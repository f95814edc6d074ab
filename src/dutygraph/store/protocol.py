"""What a store promises, and the values it answers with. Nothing of any RDF library shows through."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Protocol

from dutygraph.errors import StoreError

__all__ = [
    "RDF_LANG_STRING",
    "XSD",
    "XSD_STRING",
    "Blank",
    "Iri",
    "Literal",
    "Plain",
    "Result",
    "Rows",
    "Store",
    "Term",
    "Triple",
    "Triples",
    "select",
]

XSD = "http://www.w3.org/2001/XMLSchema#"
XSD_STRING = XSD + "string"
RDF_LANG_STRING = "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString"

_INTEGERS = frozenset(
    XSD + name
    for name in (
        "integer", "int", "long", "short", "byte", "nonNegativeInteger", "positiveInteger", "nonPositiveInteger",
        "negativeInteger", "unsignedInt", "unsignedLong", "unsignedShort", "unsignedByte",
    )
)  # fmt: skip
_FLOATS = frozenset((XSD + "double", XSD + "float"))

Plain = str | int | float | bool | Decimal
"""A value as Python sees it: numbers and truth values by their datatype, everything else its text."""


@dataclass(frozen=True, slots=True)
class Iri:
    """An absolute IRI."""

    value: str

    def __str__(self) -> str:
        return self.value

    @property
    def plain(self) -> str:
        return self.value


@dataclass(frozen=True, slots=True)
class Blank:
    """A blank node; its label holds within one result only."""

    value: str

    def __str__(self) -> str:
        return f"_:{self.value}"

    @property
    def plain(self) -> str:
        return str(self)


@dataclass(frozen=True, slots=True)
class Literal:
    """``value`` is the lexical form; ``language`` is set for rdf:langString only."""

    value: str
    datatype: str = XSD_STRING
    language: str | None = None

    def __str__(self) -> str:
        return self.value

    @property
    def plain(self) -> Plain:
        """The Python value; the lexical form where the datatype is another or the form is ill-typed."""
        try:
            if self.datatype in _INTEGERS:
                return int(self.value)
            if self.datatype == XSD + "decimal":
                return Decimal(self.value)
            if self.datatype in _FLOATS:
                return float(self.value)
        except (ValueError, InvalidOperation):
            return self.value
        if self.datatype == XSD + "boolean" and self.value in ("true", "false", "1", "0"):
            return self.value in ("true", "1")
        return self.value


Term = Iri | Blank | Literal
Triple = tuple[Iri | Blank, Iri, Term]


@dataclass(frozen=True, slots=True)
class Rows:
    """The answer to SELECT. Each row has one term, or None, for each variable. ``truncated``: there were more rows
    than the limit allowed."""

    variables: tuple[str, ...]
    rows: tuple[tuple[Term | None, ...], ...]
    truncated: bool = False

    def __len__(self) -> int:
        return len(self.rows)

    def dicts(self) -> Iterator[dict[str, Plain | None]]:
        """The rows as ``{variable: plain Python value or None}``, in order."""
        for row in self.rows:
            yield {name: None if term is None else term.plain for name, term in zip(self.variables, row, strict=True)}

    def column(self, name: str) -> list[Plain | None]:
        """The plain values of one variable. Raises KeyError when the query has no such variable."""
        if name not in self.variables:
            raise KeyError(name)
        at = self.variables.index(name)
        return [None if (term := row[at]) is None else term.plain for row in self.rows]


@dataclass(frozen=True, slots=True)
class Triples:
    """The answer to CONSTRUCT and DESCRIBE. ``truncated``: there were more triples than the limit allowed."""

    triples: tuple[Triple, ...]
    truncated: bool = False

    def __len__(self) -> int:
        return len(self.triples)


Result = Rows | Triples | bool
"""SELECT, CONSTRUCT and DESCRIBE, ASK."""


class Store(Protocol):
    """A store that can be asked. Filling one is another matter (``fill_store``): readers never write."""

    def query(
        self,
        sparql: str,
        *,
        rows: int | None = None,
        seconds: float | None = None,
        default_graphs: Sequence[str] = (),
        named_graphs: Sequence[str] = (),
    ) -> Result:
        """Answer a SPARQL 1.1 query.

        ``rows``: at most so many rows or triples are returned, and ``truncated`` says whether there were more.
        ``seconds``: the query is ended at this limit; None trusts the query. ``default_graphs`` and ``named_graphs``
        are IRIs that replace the query's own dataset (SPARQL 1.1 Protocol, 2.1.4).

        Raises QuerySyntaxError, QueryTimeout, StoreUnavailable, StoreError. Which queries strangers may send is the
        business of ``check_query``.
        """
        ...

    def graphs(self) -> frozenset[str]:
        """The IRIs of the named graphs held."""
        ...

    def close(self) -> None:
        """Let go of files, processes and connections. Later queries raise StoreUnavailable."""
        ...


def select(store: Store, sparql: str, *, rows: int | None = None, seconds: float | None = None) -> Rows:
    """The rows of a SELECT query. Raises StoreError when the query is of another form, and what ``query`` raises."""
    result = store.query(sparql, rows=rows, seconds=seconds)
    if not isinstance(result, Rows):
        raise StoreError("a SELECT query is needed here", query=sparql)
    return result
