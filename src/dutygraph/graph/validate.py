"""SHACL validation of a register's graph, and the gate that leaves out what does not conform."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final, Literal

from rdflib import Graph, URIRef
from rdflib.term import Node

from dutygraph.errors import ValidationFailure
from dutygraph.graph.engines import Engine, installed_engine, run_pyshacl
from dutygraph.graph.vocab import CV, DCT, DG, DGSH, OA, ORG, PROV, RDF, SH
from dutygraph.resources import ontology_dir

__all__ = ["CellReference", "Level", "Report", "Result", "drop_nonconforming", "load_shapes", "validate_graph"]

Level = Literal["violation", "warning", "info"]

_LEVELS: Final[dict[Node, Level]] = {SH.Violation: "violation", SH.Warning: "warning", SH.Info: "info"}
_CELLS: Final = (
    PROV.wasQuotedFrom,
    DG.titleCell,
    DG.agencyCell,
    DG.departmentCell,
    DG.phoneCell,
    DG.basisCell,
    DG.caseCell,
)
# How a statement names an agency or a department, which have no cell of their own.
_NAMES: Final = (CV.hasParticipant, DG.responsibleUnit, DG.mentionsAgency)
# What a node cannot be without: when the object is left out, so is the subject.
_NEEDS: Final = (
    DCT.isPartOf,
    DCT.publisher,
    DG.inRegister,
    DG.ofMatter,
    CV.hasCompetentAuthority,
    CV.hasParticipant,
    OA.hasSource,
    ORG.unitOf,
    PROV.hadPrimarySource,
    PROV.wasQuotedFrom,
)
# What exists only as a part of its subject.
_OWNS: Final = (
    DG.hasCase,
    DG.hasCitation,
    DG.hasClause,
    DG.hasIndicator,
    DG.hasItem,
    DG.hasPenalty,
    DG.hasShare,
    OA.hasSelector,
)


@dataclass(frozen=True, slots=True)
class CellReference:
    """Where to look in the source: file, section, place in words, exact words."""

    iri: str
    document: str
    section: str
    locator: str
    quote: str

    def __str__(self) -> str:
        return f"{self.document}, {self.section}, {self.locator}: {self.quote or '（空白 · blank）'}"


@dataclass(frozen=True, slots=True)
class Result:
    """One node that breaks one rule. ``shape`` is the rule's local name; ``cell`` is None for a node without a cell."""

    shape: str
    severity: Level
    focus: str
    message_zh: str
    message_en: str
    cell: CellReference | None = None

    def __str__(self) -> str:
        return f"{self.severity} {self.shape}: {self.message_zh} {self.message_en} [{self.cell or self.focus}]"


@dataclass(frozen=True, slots=True)
class Report:
    """What validation found, violations first."""

    results: tuple[Result, ...]

    @property
    def conforms(self) -> bool:
        """Whether nothing is a sh:Violation; warnings and notes do not count."""
        return not any(result.severity == "violation" for result in self.results)


@cache
def load_shapes() -> Graph:
    """All rules of ontology/shapes. Raises ValidationFailure when a file cannot be parsed."""
    shapes = Graph()
    for path in sorted((ontology_dir() / "shapes").glob("*.ttl")):
        try:
            shapes.parse(path, format="turtle")
        except Exception as exc:
            raise ValidationFailure(f"the shapes cannot be parsed: {exc}", path=path) from exc
    return shapes


def validate_graph(graph: Graph, shapes: Graph | None = None, *, run: Engine | None = None) -> Report:
    """Check one register's graph (or any graph in our terms) against the shapes, by default all of ours.

    ``run`` is the engine. Our own shapes run on the native one when the extra ``shacl-fast`` is installed (both give
    the same report on them), shapes of others always on pyshacl, which refuses what is malformed. A register takes
    pyshacl about half a second, the native engine a tenth of one; validate register by register, since the time of
    pyshacl grows with the square of the triples. Raises ValidationFailure when validation itself fails.
    """
    rules = load_shapes() if shapes is None else shapes
    engine = run or (installed_engine() if shapes is None else run_pyshacl)
    results = engine(graph, rules)
    found = (_result(graph, rules, results, node) for node in results.subjects(RDF.type, SH.ValidationResult))
    order = list(_LEVELS.values())
    return Report(tuple(sorted(set(found), key=lambda one: (order.index(one.severity), one.shape, one.focus))))


def _result(graph: Graph, rules: Graph, results: Graph, node: Node) -> Result:
    source = results.value(node, SH.sourceShape)
    rule = (
        source
        if source is None or (source, RDF.type, SH.NodeShape) in rules
        else rules.value(None, SH.property, source)
    )
    messages = {getattr(one, "language", None): str(one) for one in results.objects(node, SH.resultMessage)}
    focus = results.value(node, SH.focusNode)
    plain = next(iter(messages.values()), "")
    severity = results.value(node, SH.resultSeverity)
    return Result(
        shape=str(rule or "").removeprefix(str(DGSH)),
        severity=_LEVELS.get(severity or SH.Violation, "violation"),
        focus=str(focus),
        message_zh=messages.get("zh", plain),
        message_en=messages.get("en", plain),
        cell=_cell_of(graph, focus),
    )


def _cell_of(graph: Graph, focus: Node | None) -> CellReference | None:
    """The cell of a node: itself, or one it names, or (agencies, departments) one of a statement that names it."""
    if focus is None:
        return None
    if (focus, RDF.type, OA.SpecificResource) in graph:
        return _reference(graph, focus)
    naming = (node for predicate in _NAMES for node in graph.subjects(predicate, focus))
    for node in (focus, *sorted(naming, key=str)):
        for predicate in _CELLS:
            cell = graph.value(node, predicate, any=True)
            if cell is not None:
                return _reference(graph, cell)
    return None


def _reference(graph: Graph, cell: Node) -> CellReference:
    source = graph.value(cell, OA.hasSource, any=True)
    quotes = (graph.value(selector, OA.exact, any=True) for selector in graph.objects(cell, OA.hasSelector))
    return CellReference(
        iri=str(cell),
        document=str(graph.value(source, DG.document, any=True) or "") if source else "",
        section=str(graph.value(cell, DG.section, any=True) or ""),
        locator=str(graph.value(cell, DG.locator, any=True) or ""),
        quote=next((str(quote) for quote in quotes if quote is not None), ""),
    )


def drop_nonconforming(graph: Graph, report: Report) -> frozenset[str]:
    """Take the nodes that violate a rule out of ``graph``, with everything that cannot be without them; the rest stays.

    Returns the IRIs that were left out. A register, source file or publisher that violates a rule takes the whole
    register with it.
    """
    waiting: list[Node] = [URIRef(one.focus) for one in report.results if one.severity == "violation"]
    gone: set[Node] = set()
    while waiting:
        node = waiting.pop()
        if node not in gone:
            gone.add(node)
            waiting.extend(_hanging_on(graph, node))
    for node in gone:
        graph.remove((node, None, None))
        graph.remove((None, None, node))
    return frozenset(map(str, gone))


def _hanging_on(graph: Graph, node: Node) -> Iterator[Node]:
    for predicate in _NEEDS:
        yield from graph.subjects(predicate, node)
    for predicate in _OWNS:
        yield from graph.objects(node, predicate)
