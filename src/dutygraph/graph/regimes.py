"""事中事后监管制度 as triples: a regime, the paragraphs of its sections, and the indicators and penalties in them."""

from __future__ import annotations

from collections.abc import Iterator

from rdflib import Literal, URIRef

from dutygraph.graph.literals import decimal, whole, zh
from dutygraph.graph.provenance import Triple
from dutygraph.graph.sheet import Sheet
from dutygraph.graph.vocab import CPSV, CV, DCT, DG, RDF, XSD
from dutygraph.model import Indicator, Locator, Penalty, Quote, Regime, RegimeItem, RegimeSection, SectionKind

__all__ = ["regime_triples"]

_Written = list[tuple[Quote, URIRef]]


def regime_triples(sheet: Sheet) -> Iterator[Triple]:
    """All regimes of the register."""
    for regime in sheet.register.regimes:
        yield from _regime(sheet, regime)


def _regime(sheet: Sheet, regime: Regime) -> Iterator[Triple]:
    node = sheet.mint.hashed("regime", regime.title.text)
    yield from sheet.statement(node, DG.SupervisionRegime, regime.title)
    yield node, RDF.type, CPSV.Rule
    yield node, DCT.identifier, Literal(regime.no)
    yield node, DCT.title, zh(regime.title.text)
    yield node, CV.hasCompetentAuthority, sheet.parties.publisher
    yield from sheet.responsible(node, sheet.parties.publisher, regime.departments)
    written: _Written = []
    for item, heading, kinds in _paragraphs(regime):
        item_node = sheet.mint.hashed("regime-item", regime.title.text, heading, item.no, item.text.text)
        written.append((item.text, item_node))
        yield node, DG.hasItem, item_node
        yield item_node, DCT.isPartOf, node
        yield from _item(sheet, item_node, item, heading, kinds)
    for indicator in regime.indicators:
        yield from _indicator(sheet, node, indicator, _holder(written, indicator.text, indicator.at))
    for penalty in regime.penalties:
        yield from _penalty(sheet, node, penalty, _holder(written, penalty.text, penalty.at))
    yield from sheet.cited(node, regime.citations)


def _kinds(regime: Regime, section: RegimeSection, quote: Quote) -> tuple[str, ...]:
    """What a paragraph is. A heading may announce two things (监督检查内容及指标); then the paragraph is what the
    reader sorted it under, or both."""
    if len(section.kinds) < 2:
        return section.kinds
    sorted_under: dict[SectionKind, tuple[Quote, ...]] = {
        "objects": regime.objects,
        "contents": regime.contents,
        "methods": regime.methods,
        "procedures": regime.procedures,
        "measures": regime.measures,
    }
    named = {kind for kind, quotes in sorted_under.items() if quote in quotes}
    named |= {"indicators" for one in regime.indicators if one.at == quote.at and one.text in quote.text}
    named |= {"penalties" for one in regime.penalties if one.at == quote.at and one.text in quote.text}
    return tuple(kind for kind in section.kinds if kind in named) or section.kinds


def _paragraphs(regime: Regime) -> Iterator[tuple[RegimeItem, str, tuple[str, ...]]]:
    """Every paragraph with its heading and with what it is."""
    for quote in regime.preamble:
        yield RegimeItem("", quote), "", ("preamble",)
    for section in regime.sections:
        for item in section.items:
            yield item, section.heading.text, _kinds(regime, section, item.text)


def _item(sheet: Sheet, node: URIRef, item: RegimeItem, heading: str, kinds: tuple[str, ...]) -> Iterator[Triple]:
    yield from sheet.described(node, DG.RegimeItem, item.text)
    for kind in kinds:
        yield node, DG.sectionKind, Literal(kind)
    if heading:
        yield node, DG.heading, zh(heading)
    if item.no:
        yield node, DCT.identifier, Literal(item.no)
    yield node, DG.level, whole(item.level)
    yield from sheet.mentioned(node, item.text, sheet.parties.publisher)


def _holder(written: _Written, words: str, at: Locator) -> URIRef | None:
    """The paragraph that holds the words."""
    return next((node for quote, node in written if quote.at == at and words in quote.text), None)


def _indicator(sheet: Sheet, regime_node: URIRef, indicator: Indicator, item: URIRef | None) -> Iterator[Triple]:
    reads = f"{indicator.value}{indicator.unit}"
    node = sheet.mint.hashed("indicator", str(item or regime_node), indicator.text, reads)
    yield regime_node, DG.hasIndicator, node
    yield from sheet.described(node, DG.Indicator, Quote(indicator.text, indicator.at))
    yield node, DCT.isPartOf, regime_node
    if item is not None:
        yield node, DG.fromItem, item
    yield node, DG.indicatorKind, Literal(indicator.kind)
    yield node, DG.comparator, Literal(indicator.comparator)
    yield node, DG.value, decimal(indicator.value)
    yield node, DG.unit, Literal(indicator.unit)
    if indicator.per is not None:
        yield node, DG.period, Literal(indicator.per, datatype=XSD.duration)
    if indicator.per_year is not None:
        yield node, DG.perYearRate, decimal(indicator.per_year)


def _penalty(sheet: Sheet, regime_node: URIRef, penalty: Penalty, item: URIRef | None) -> Iterator[Triple]:
    node = sheet.mint.hashed("penalty", str(item or regime_node), penalty.text)
    yield regime_node, DG.hasPenalty, node
    yield from sheet.described(node, DG.Penalty, Quote(penalty.text, penalty.at))
    yield node, DCT.isPartOf, regime_node
    if item is not None:
        yield node, DG.fromItem, item
    for predicate, amount in ((DG.minAmount, penalty.min_yuan), (DG.maxAmount, penalty.max_yuan)):
        if amount is not None:
            yield node, predicate, decimal(amount)
    for predicate, days in ((DG.minDays, penalty.min_days), (DG.maxDays, penalty.max_days)):
        if days is not None:
            yield node, predicate, whole(days)
    if penalty.condition:
        yield node, DG.condition, zh(penalty.condition)
