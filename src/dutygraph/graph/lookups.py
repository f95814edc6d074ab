"""What a register is read against: places, laws, types of agencies."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache

from dutygraph.graph.agency_types import AgencyTypes, read_agency_types
from dutygraph.graph.decisions import Decisions, read_decisions
from dutygraph.graph.law import LawBook, read_laws
from dutygraph.graph.places import Place, read_divisions, read_places
from dutygraph.resources import data_dir, ontology_dir

__all__ = ["Lookups", "project_lookups"]


@dataclass(frozen=True, slots=True)
class Lookups:
    """Everything ``build_graph`` needs beside the register."""

    places: Mapping[str, Place]
    laws: LawBook
    agency_types: AgencyTypes
    decisions: Decisions = field(default_factory=Decisions)


@cache
def project_lookups() -> Lookups:
    """The lookups that travel with the package, read once."""
    return Lookups(
        places=read_divisions(data_dir() / "lookups" / "divisions.csv")
        | read_places(data_dir() / "lookups" / "places.toml"),
        laws=read_laws(data_dir() / "laws.csv"),
        agency_types=read_agency_types(ontology_dir() / "schemes" / "agency-types.ttl"),
        decisions=read_decisions(data_dir() / "lookups" / "alignment.toml"),
    )
