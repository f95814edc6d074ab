"""A result of the SPARQL page as a picture: what there is to draw in it, if anything."""

from __future__ import annotations

import math
from collections.abc import Iterator
from decimal import Decimal
from typing import Any
from urllib.parse import unquote

from dutygraph.store import Iri, Literal, Result, Rows, Term, Triples
from dutygraph_api import web

__all__ = ["bars_of", "network_of"]

MOST_BARS = 60
MOST_LINES = 250
LONGEST = 24
"""Characters of a name in a picture."""
TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
NAMING = ("http://www.w3.org/2004/02/skos/core#prefLabel", "http://purl.org/dc/terms/title")


def bars_of(result: Result) -> list[tuple[str, float]]:
    """The first rows of a table as named values: the last column of numbers, named by the other columns before it.
    Empty when there are no such columns."""
    if not isinstance(result, Rows) or not result.rows:
        return []
    numbers = [at for at in range(len(result.variables)) if all(_number(row[at]) is not None for row in result.rows)]
    names = [at for at in range(numbers[-1]) if at not in numbers] if numbers else []
    if not names:
        return []
    return [
        (" · ".join(filter(None, (_name(row[at]) for at in names))), _number(row[numbers[-1]]) or 0)
        for row in result.rows[:MOST_BARS]
    ]


def _number(term: Term | None) -> float | None:
    """The value of a number that can be drawn."""
    value = term.plain if isinstance(term, Literal) else None
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal) or not math.isfinite(value):
        return None
    return float(value)


def network_of(result: Result) -> dict[str, Any] | None:
    """``nodes`` (label, and the address of its page) and ``lines`` between them (positions of two nodes, label), and
    how many lines are ``left_out``: the triples, or the first two columns of a table where both are IRIs, with the
    third as label. None when there is no line."""
    lines = list(_lines(result))
    if not lines:
        return None
    called = _called(result)
    drawn = lines[:MOST_LINES]
    at = {end: number for number, end in enumerate(dict.fromkeys(end for one in drawn for end in (one[0], one[2])))}
    return {
        "nodes": [
            {"label": called.get(end) or _name(end), "address": web.local(end.value) if isinstance(end, Iri) else None}
            for end in at
        ],
        "lines": [{"source": at[source], "target": at[target], "label": label} for source, label, target in drawn],
        "left_out": len(lines) - len(drawn),
    }


def _lines(result: Result) -> Iterator[tuple[Term, str, Term]]:
    if isinstance(result, Triples):
        for subject, predicate, value in result.triples:
            # Classes, which everything has in common, would hide how things hang together.
            if not isinstance(value, Literal) and predicate.value != TYPE:
                yield subject, _name(predicate), value
    elif isinstance(result, Rows) and len(result.variables) >= 2:
        for source, target, *more in result.rows:
            if isinstance(source, Iri) and isinstance(target, Iri):
                yield source, _name(more[0]) if more else "", target


def _called(result: Result) -> dict[Term, str]:
    """The names that a graph itself gives, Chinese ones before others."""
    if not isinstance(result, Triples):
        return {}
    named = [
        (subject, value)
        for subject, predicate, value in result.triples
        if predicate.value in NAMING and isinstance(value, Literal)
    ]
    named.sort(key=lambda one: one[1].language == "zh")  # the last one stays
    return {subject: _short(value.value) for subject, value in named}


def _name(term: Term | None) -> str:
    if isinstance(term, Iri):
        return _short(unquote(term.value.rstrip("/#").rsplit("#", 1)[-1].rsplit("/", 1)[-1]))
    return "" if term is None else _short(term.value)


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"
