"""What people decided, in the graph: each decision a prov:Activity with its agent, date and reason.

It used the cell as the source has it, and is about the statements quoted from that cell (dg:reviews). A dropped row is
invalidated by it; of a moved share or mended words it generated a corrected reading, a revision of the statement. The
statements themselves stay as the source has them.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from rdflib import Graph, Literal, URIRef
from rdflib.term import Node

from dutygraph.graph.iris import mint_agency, mint_place, mint_reading, mint_review, mint_reviewer
from dutygraph.graph.literals import zh
from dutygraph.graph.provenance import Triple
from dutygraph.graph.reviews import Action, Correction, Located, Spot
from dutygraph.graph.triples import new_graph
from dutygraph.graph.vocab import CV, DCT, DG, OA, PROV, RDF, RDFS, SKOS, XSD

__all__ = ["register_spots", "review_graph"]

_CELLS: Final = (PROV.wasQuotedFrom, DG.basisCell, DG.caseCell, DG.titleCell, DG.departmentCell, DG.phoneCell)
_TEXTS: Final = (DG.citedText, DCT.description, DCT.title)
# Clauses and the like are read out of a statement: what is decided about it holds for them.
_DERIVED: Final = (DG.Clause, DG.Indicator, DG.Penalty)


def register_spots(graph: Graph) -> list[Spot]:
    """The cells of one register's graph that can be reviewed, one spot for each statement quoted from them."""
    titles = {node: str(graph.value(node, DCT.title, any=True)) for node in graph.subjects(RDF.type, DG.Matter)}
    matter_of = dict(titles)
    for part, matter in graph.subject_objects(DG.ofMatter):
        matter_of[part] = titles.get(matter, "")
    for matter, citation in graph.subject_objects(DG.hasCitation):
        matter_of[citation] = titles.get(matter, "")
    derived = {node for kind in _DERIVED for node in graph.subjects(RDF.type, kind)}
    quotes = {
        cell: str(graph.value(words, OA.exact))
        for cell, words in graph.subject_objects(OA.hasSelector)
        if (words, RDF.type, OA.TextQuoteSelector) in graph
    }
    spots = (
        Spot(str(cell), quotes[cell], matter_of.get(node, ""), _agency(graph, node), str(node), text)
        for predicate in _CELLS
        for node, cell in graph.subject_objects(predicate)
        if node not in derived
        for text in [_text_in(graph, node, quotes[cell])]
    )
    return sorted(spots, key=lambda spot: (spot.cell, spot.node))


def _agency(graph: Graph, share: Node) -> str:
    agency = graph.value(share, CV.hasParticipant, any=True)
    return "" if agency is None else str(graph.value(agency, SKOS.prefLabel, any=True))


def _text_in(graph: Graph, node: Node, quote: str) -> str:
    """The longest of the statement's texts that stands in the cell; none when the cell says something else of it."""
    texts = (str(text) for predicate in _TEXTS for text in graph.objects(node, predicate))
    return max((text for text in texts if text in quote), key=len, default="")


def review_graph(located: Located, spots: Mapping[str, Iterable[Spot]], codes: Mapping[str, str]) -> Graph:
    """The triples of the corrections at their cells. ``spots``: by register id, as they were located in; ``codes``:
    the division code of each register."""
    of_cell: dict[str, dict[str, Spot]] = defaultdict(dict)
    for found in spots.values():
        for spot in found:
            of_cell[spot.cell][spot.node] = spot
    graph = new_graph()
    for cell, corrections in located.by_cell.items():
        for correction in corrections:
            statements = _statements(of_cell[cell].values(), correction.action)
            for triple in _review(correction, URIRef(cell), statements, codes[correction.register]):
                graph.add(triple)
    return graph


def _statements(spots: Iterable[Spot], action: Action) -> list[Spot]:
    """Those quoted from the cell. Words that no statement was read out of are mended for what the cell belongs to."""
    known = list(spots)
    quoted = [spot for spot in known if spot.text]
    if quoted or action != "replace":
        return quoted
    return [replace(spot, text=spot.quote) for spot in known]


def _review(correction: Correction, cell: URIRef, statements: Sequence[Spot], code: str) -> Iterator[Triple]:
    c = correction
    review = mint_review(c.register, c.action, cell, c.reason, c.author, c.date.isoformat(), c.to_agency, c.old, c.new)
    reviewer = mint_reviewer(c.author)
    yield review, RDF.type, PROV.Activity
    yield review, DG.decision, Literal(c.action)
    yield review, DCT.description, zh(c.reason)
    yield review, DCT.date, Literal(c.date.isoformat(), datatype=XSD.date)
    yield review, PROV.wasAssociatedWith, reviewer
    yield review, PROV.used, cell
    for name in c.codes:
        yield review, DG.code, URIRef(f"{DG}finding-code/{name}")
    yield reviewer, RDF.type, PROV.Agent
    yield reviewer, RDFS.label, Literal(c.author)
    if c.action == "replace":
        yield review, DG.oldWords, Literal(c.old)
        yield review, DG.newWords, Literal(c.new)
    for statement in statements:
        node = URIRef(statement.node)
        yield review, DG.reviews, node
        if c.action == "drop":
            yield review, PROV.invalidated, node
        elif c.action in ("move", "replace"):
            reading = mint_reading(review, node)
            yield review, PROV.generated, reading
            yield reading, RDF.type, PROV.Entity
            yield reading, PROV.wasRevisionOf, node
            yield from _corrected(reading, correction, statement, code)


def _corrected(reading: URIRef, correction: Correction, statement: Spot, code: str) -> Iterator[Triple]:
    if correction.action == "replace":
        # the words of a cell may be parted by white space anywhere
        old = re.compile(r"\s*".join(map(re.escape, "".join(correction.old.split()))))
        yield reading, DG.correctedText, zh(old.sub(lambda _: correction.new, statement.text))
        return
    agency = mint_agency(code, correction.to_agency)
    yield reading, DG.correctedAgency, agency
    yield agency, RDF.type, CV.PublicOrganisation
    yield agency, SKOS.prefLabel, zh(correction.to_agency)
    yield agency, DCT.spatial, mint_place(code)
