"""What a page is about, in the words of schema.org: as JSON-LD, for search engines.

Services, duties and work items are a GovernmentService, agencies and departments a GovernmentOrganization, as the
ontology aligns them (``ontology/alignments.ttl``). Matters, regimes and statutes have no such class there.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from dutygraph.store import Iri
from dutygraph_api.service import Live

__all__ = ["TYPES", "describe"]

SERVICE, ORGANISATION = "GovernmentService", "GovernmentOrganization"
TYPES: Mapping[str, str] = MappingProxyType(
    {"service": SERVICE, "duty": SERVICE, "item": SERVICE, "agency": ORGANISATION, "department": ORGANISATION}
)
"""Kind, the first segment of the IRI → class of schema.org."""


def describe(build: Live, iri: str, kind: str, name: str) -> dict[str, Any] | None:
    """The JSON-LD object of a thing shown under ``name``; None when schema.org has no class for its kind."""
    if kind not in TYPES:
        return None
    rows = build.rows("schema-org", node=Iri(iri))
    about: dict[str, Any] = {"@context": "https://schema.org", "@type": TYPES[kind], "@id": iri, "name": name}
    if not rows:
        return about
    first = rows[0]
    about["areaServed"] = {"@type": "AdministrativeArea", "name": first["place"], "identifier": first["code"]}
    agency = _organisation(first["agency"], first["agencyName"]) if first["agency"] else None
    if kind == "department" and agency:
        about["parentOrganization"] = agency
    if TYPES[kind] == SERVICE:
        units = {str(row["unit"]): row["unitName"] for row in rows if row["unit"]}
        above = {"parentOrganization": agency} if agency else {}
        departments = [{**_organisation(unit, unit_name), **above} for unit, unit_name in units.items()]
        about["serviceOperator"] = departments or agency
        about["description"] = first["text"] or name
        phones = dict.fromkeys(number for row in rows for number in str(row["phone"] or "").split())
        about["availableChannel"] = [
            {"@type": "ServiceChannel", "servicePhone": {"@type": "ContactPoint", "telephone": number}}
            for number in phones
        ]
    return {key: value for key, value in about.items() if value}


def _organisation(iri: object, name: object) -> dict[str, Any]:
    return {"@type": ORGANISATION, "@id": iri, "name": name}
