"""What all statements of a register have in common: identity, place, order, cell, who is responsible."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from rdflib import Literal, URIRef

from dutygraph.graph.clauses import Clause, clause_triples
from dutygraph.graph.iris import Mint, mint_place, mint_register, mint_source
from dutygraph.graph.law import citation_triples
from dutygraph.graph.literals import whole, zh
from dutygraph.graph.lookups import Lookups
from dutygraph.graph.parties import Parties
from dutygraph.graph.places import place_triples
from dutygraph.graph.provenance import CellBook, Triple
from dutygraph.graph.vocab import DCAT, DCT, DG, PROV, RDF
from dutygraph.model import Citation, Quote, Register

__all__ = ["ParseClauses", "Sheet"]

ParseClauses = Callable[[str], Sequence[Clause]]
"""Splits the text of a cell into clauses; positions count characters of that text."""


class Sheet:
    """One register on its way into triples: its IRIs, cells and parties, and what all statements have in common."""

    def __init__(self, register: Register, lookups: Lookups, parse_clauses: ParseClauses | None) -> None:
        self.register = register
        self.lookups = lookups
        self.iri = mint_register(register.id)
        self.place = mint_place(register.jurisdiction_code)
        self.mint = Mint(register.id)
        self.cells = CellBook(register, self.mint)
        self.parties = Parties(register, lookups.places, lookups.agency_types)
        self._parse_clauses = parse_clauses
        self._order = 0

    def head(self) -> Iterator[Triple]:
        """The register itself, its source file and its place."""
        register, iri = self.register, self.iri
        yield iri, RDF.type, DG.Register
        yield iri, RDF.type, DCAT.Dataset
        yield iri, DCT.title, zh(register.title)
        yield iri, DG.registerId, Literal(register.id)
        yield iri, DCT.spatial, self.place
        yield iri, DCT.publisher, self.parties.publisher
        yield iri, PROV.hadPrimarySource, mint_source(register.id)
        if register.date:
            yield iri, DG.assuredOn, Literal(register.date)
        yield from self.cells.source_triples(register)
        known = self.lookups.places.get(register.jurisdiction_code)
        if known is not None:
            yield from place_triples(known)

    def statement(self, node: URIRef, kind: URIRef, quote: Quote | Citation) -> Iterator[Triple]:
        """What every statement-bearing node carries: type, register, place, order, cell."""
        yield node, RDF.type, kind
        yield node, DG.inRegister, self.iri
        yield node, DCT.spatial, self.place
        self._order += 1
        yield node, DG.order, whole(self._order)
        yield node, PROV.wasQuotedFrom, self.cells.cell(quote)

    def described(self, node: URIRef, kind: URIRef, quote: Quote) -> Iterator[Triple]:
        """A statement whose text is its description."""
        yield from self.statement(node, kind, quote)
        yield node, DCT.description, zh(quote.text)

    def responsible(self, node: URIRef, agency: URIRef, departments: Sequence[str] = ()) -> Iterator[Triple]:
        """The direct properties, derived by one rule: whoever the cell beside a statement names is responsible for it,
        and a department only when it is one of the publisher's own."""
        yield node, DG.responsibleAgency, agency
        for name in departments:
            department = self.parties.department(name)
            if department is not None:
                yield node, DG.responsibleUnit, department
            elif not self.parties.is_publisher(name):
                yield node, DG.departmentName, Literal(name)

    def cited(self, holder: URIRef, citations: Sequence[Citation]) -> Iterator[Triple]:
        """The citations of a statement, each resolved against the law file and left as it was written."""
        for citation in citations:
            node = self.mint.hashed("citation", str(holder), citation.as_written, citation.title, *citation.articles)
            yield holder, DG.hasCitation, node
            yield from self.statement(node, DG.Citation, citation)
            yield from citation_triples(node, citation, self.lookups.laws)

    def clauses(self, holder: URIRef, quote: Quote) -> Iterator[Triple]:
        """The clauses of a statement's text."""
        if self._parse_clauses is None:
            return
        for clause in self._parse_clauses(quote.text):
            node = self.mint.hashed("clause", str(holder), str(clause.start), clause.text)
            yield holder, DG.hasClause, node
            yield from self.statement(node, DG.Clause, quote)
            yield from clause_triples(node, holder, clause)

    def mentioned(self, node: URIRef, quote: Quote, acting: URIRef | None = None) -> Iterator[Triple]:
        """Agencies that a text names beside the one that acts: mentions, never shares."""
        for agency in self.parties.mentions(quote.text, acting):
            yield node, DG.mentionsAgency, agency
