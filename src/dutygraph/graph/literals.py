"""Literals in canonical form, so that equal values are equal lines."""

from __future__ import annotations

from rdflib import Literal

from dutygraph.graph.vocab import XSD

__all__ = ["decimal", "whole", "zh"]


def zh(text: str) -> Literal:
    """Words of the source."""
    return Literal(text, lang="zh")


def whole(number: int) -> Literal:
    """An xsd:integer."""
    return Literal(str(number), datatype=XSD.integer)


def decimal(number: float) -> Literal:
    """An xsd:decimal without exponent and without trailing zeros."""
    text = f"{number:.6f}".rstrip("0")
    return Literal(text + "0" if text.endswith(".") else text, datatype=XSD.decimal)
