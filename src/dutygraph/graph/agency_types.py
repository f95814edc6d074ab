"""Types of agencies (公安, 应急管理, 市场监管 …): the same kind of agency under its old, new and short names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from rdflib import Graph, URIRef

from dutygraph.graph.vocab import SKOS

__all__ = ["AgencyTypes", "read_agency_types"]


@dataclass(frozen=True, slots=True)
class AgencyTypes:
    """``by_name``: the type concept of every name, old, new or short. ``full_names``: those that are whole names of an
    agency, by which it is recognised inside a text."""

    by_name: Mapping[str, URIRef]
    full_names: frozenset[str]


def read_agency_types(path: Path) -> AgencyTypes:
    """The names of a SKOS scheme of agency types; a name that two types share belongs to neither."""
    scheme = Graph().parse(path, format="turtle")
    owners: dict[str, set[URIRef]] = {}
    full: set[str] = set()
    for predicate in (SKOS.prefLabel, SKOS.altLabel, SKOS.hiddenLabel):
        for concept, name in scheme.subject_objects(predicate):
            if isinstance(concept, URIRef) and getattr(name, "language", None) == "zh":
                owners.setdefault(str(name), set()).add(concept)
                # 海关 stands inside 上海关于 too: two characters are no name to look for in a text
                if predicate != SKOS.hiddenLabel and len(str(name)) > 2:
                    full.add(str(name))
    by_name = {name: next(iter(types)) for name, types in owners.items() if len(types) == 1}
    return AgencyTypes(by_name, frozenset(full & by_name.keys()))
