"""Where each fact comes from: the source file and its cells as Web Annotation resources.

A cell is an oa:SpecificResource of the source file with two selectors: the exact words (TextQuoteSelector) and, for
text dumps, the line (FragmentSelector, RFC 5147; there positions count from 0 between lines, so line 692 is
``line=691,692``).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass

from rdflib import Literal, URIRef
from rdflib.term import Node

from dutygraph.graph.iris import Mint, mint_source
from dutygraph.graph.vocab import DCT, DG, OA, RDF, RFC5147, XSD
from dutygraph.model import Citation, Indicator, Locator, Penalty, Quote, Register

__all__ = ["CellBook", "Triple", "describe_locator"]

Triple = tuple[URIRef, URIRef, Node]
_Place = tuple[str, str | None, int | str | None]


def describe_locator(at: Locator) -> str:
    """The place in words, as evidence shows it: ``row 10, line 692``, ``row 3, B7``, ``line 901``."""
    parts = [f"row {at.row}"] if at.row is not None else []
    if at.line is not None:
        parts.append(f"line {at.line}")
    if at.cell is not None:
        parts.append(at.cell)
    return ", ".join(parts)


def _place(at: Locator) -> _Place:
    # A merged cell carried down stands in several rows and is still one cell: the row is no part of its identity
    # when the document itself names the cell or the line.
    return at.section, at.column, at.cell or at.line or (f"row {at.row}" if at.row is not None else None)


def _placed_texts(value: object) -> Iterator[tuple[str, Locator]]:
    """Every text of the records with its place, in the order of the records."""
    if isinstance(value, Quote | Indicator | Penalty):
        yield value.text, value.at
    elif isinstance(value, Citation):
        yield value.as_written, value.at
    elif isinstance(value, tuple):
        for member in value:
            yield from _placed_texts(member)
    elif is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            yield from _placed_texts(getattr(value, field.name))


class CellBook:
    """The cells of one register.

    A text that is a piece of another one at the same place (an indicator inside its sentence) belongs to that cell, so
    that a cell's quote is always the whole cell.
    """

    def __init__(self, register: Register, mint: Mint) -> None:
        self._source = mint_source(register.id)
        self._texts: dict[_Place, list[str]] = {}
        self._locators: dict[_Place, Locator] = {}
        records = (register.duties, register.matters, register.services, register.regimes, register.unread)
        for text, at in _placed_texts(records):
            self._note(text, at)
        self._iris = self._mint_all(mint)

    def _note(self, text: str, at: Locator) -> None:
        place = _place(at)
        self._locators.setdefault(place, at)
        known = self._texts.setdefault(place, [])
        if not any(text in other for other in known):
            known[:] = [*(other for other in known if other not in text), text]

    def _mint_all(self, mint: Mint) -> Mapping[tuple[_Place, str], URIRef]:
        iris: dict[tuple[_Place, str], URIRef] = {}
        for place, texts in self._texts.items():
            section, column, name = place
            at = self._locators[place]
            short = at.cell or (f"L{at.line}" if at.line is not None else f"{section}-{name or 'whole'}")
            # Two cells of one line (CSV), or of one name on two sheets, take the column and the section into the name.
            names = [(short,), (short, column or ""), (short, column or "", section)]
            key = (section, column or "", str(name))
            choice = next((names_ for names_ in names if not mint.taken(mint.cell(*names_), *key, "1")), names[-1])
            for text in texts:
                iris[place, text] = mint.counted(mint.cell(*choice), *key)
        return iris

    def cell(self, quote: Quote | Indicator | Penalty | Citation) -> URIRef:
        """The IRI of the cell that holds the words."""
        place = _place(quote.at)
        words = quote.as_written if isinstance(quote, Citation) else quote.text
        whole = next(text for text in self._texts[place] if words in text)
        return self._iris[place, whole]

    def triples(self) -> Iterator[Triple]:
        """All cells with their selectors."""
        for (place, text), cell in self._iris.items():
            at = self._locators[place]
            yield cell, RDF.type, OA.SpecificResource
            yield cell, OA.hasSource, self._source
            yield cell, DG.section, Literal(at.section)
            yield cell, DG.locator, Literal(describe_locator(at))
            if at.row is not None:
                yield cell, DG.row, Literal(str(at.row), datatype=XSD.integer)
            if at.column is not None:
                yield cell, DG.column, Literal(at.column)
            words = URIRef(f"{cell}#quote")
            yield cell, OA.hasSelector, words
            yield words, RDF.type, OA.TextQuoteSelector
            yield words, OA.exact, Literal(text)
            yield from self._position(cell, at)

    @staticmethod
    def _position(cell: URIRef, at: Locator) -> Iterator[Triple]:
        if at.line is None and at.cell is None:
            return
        position = URIRef(f"{cell}#position")
        yield cell, OA.hasSelector, position
        yield position, RDF.type, OA.FragmentSelector
        if at.line is not None:
            yield position, DCT.conformsTo, RFC5147
            yield position, RDF.value, Literal(f"line={at.line - 1},{at.line}")
        else:
            yield position, RDF.value, Literal(at.cell)

    def source_triples(self, register: Register) -> Iterator[Triple]:
        """The file itself: its name, its checksum, its format, where it was published."""
        source = self._source
        yield source, RDF.type, DG.SourceDocument
        yield source, DG.document, Literal(register.source.document)
        yield source, DG.sha256, Literal(register.source.sha256)
        yield source, DCT["format"], Literal(register.source.format)
        if register.source_url:
            yield source, DCT.source, Literal(register.source_url, datatype=XSD.anyURI)
