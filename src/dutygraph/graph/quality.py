"""How complete a register is, as the Data Quality Vocabulary (W3C, DQV) says it.

Each metric of ``ontology/schemes/quality-metrics.ttl`` is a share between 0 and 1; ``score`` is the mean of the others,
those that look at nothing left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final, Literal

from rdflib import URIRef

from dutygraph.graph.iris import mint_measurement
from dutygraph.graph.literals import decimal, whole
from dutygraph.graph.provenance import Triple
from dutygraph.graph.sheet import ParseClauses
from dutygraph.graph.vocab import DG, DQV, METRIC, RDF
from dutygraph.model import Matter, Register

__all__ = ["METRICS", "Measurement", "Metric", "measure_quality", "quality_triples"]

Metric = Literal["bases", "leads", "departments", "telephones", "indicators", "score"]
METRICS: Final[tuple[Metric, ...]] = ("bases", "leads", "departments", "telephones", "indicators", "score")


@dataclass(frozen=True, slots=True)
class Measurement:
    """``counted`` of ``out_of`` things have what the metric asks for; ``value`` is between 0 and 1. The score counts
    metrics."""

    metric: Metric
    value: float
    counted: int
    out_of: int


def measure_quality(register: Register, parse_clauses: ParseClauses) -> tuple[Measurement, ...]:
    """The completeness of a register's legal bases, leads, departments, telephones and indicators, and its score. A
    metric that has nothing to look at is left out; a register with nothing at all has none. Pure."""
    shared = [matter for matter in register.matters if len({share.agency_name for share in matter.shares}) > 1]
    held = (
        *(item.departments for duty in register.duties for item in duty.work_items),
        *(service.departments for service in register.services),
        *(regime.departments for regime in register.regimes),
    )
    counts: dict[Metric, list[bool]] = {
        "bases": [bool(matter.basis or matter.legal_bases) for matter in register.matters],
        "leads": [_has_lead(matter, parse_clauses) for matter in shared],
        "departments": [bool(names) for names in held],
        "telephones": [bool(service.phones) for service in register.services],
        "indicators": [bool(regime.indicators) for regime in register.regimes],
    }
    measured = tuple(
        Measurement(metric, sum(found) / len(found), sum(found), len(found))
        for metric, found in counts.items()
        if found
    )
    if not measured:
        return ()
    mean = sum(one.value for one in measured) / len(measured)
    return (*measured, Measurement("score", mean, len(measured), len(counts)))


def _has_lead(matter: Matter, parse_clauses: ParseClauses) -> bool:
    return any(
        share.role == "lead" or any("lead" in clause.roles for clause in parse_clauses(share.text.text))
        for share in matter.shares
    )


def quality_triples(register_id: str, register: URIRef, measured: Iterable[Measurement]) -> Iterator[Triple]:
    """Each measurement as a dqv:QualityMeasurement of the register."""
    for one in measured:
        node = mint_measurement(register_id, one.metric)
        yield register, DQV.hasQualityMeasurement, node
        yield node, RDF.type, DQV.QualityMeasurement
        yield node, DQV.computedOn, register
        yield node, DQV.isMeasurementOf, METRIC[one.metric]
        yield node, DQV.value, decimal(one.value)
        yield node, DG.counted, whole(one.counted)
        yield node, DG.outOf, whole(one.out_of)
