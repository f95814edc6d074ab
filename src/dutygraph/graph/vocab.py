"""Every namespace and term that the graph uses, as constants.

``dg:`` is ours; the others are reused as they are published and never redefined: CPSV-AP 3.2.0 and CPOV 2.1.2
(``cpsv:``, ``cv:``), ORG, ELI, PROV-O, Web Annotation, SKOS, DCMI Terms, DCAT 3, DQV, VoID, SHACL, SPARQL 1.1 Service
Description. A term that is not here is not in the graph.
"""

from __future__ import annotations

from typing import Final

from rdflib import Namespace, URIRef
from rdflib.namespace import DCAT, DCTERMS, ORG, OWL, PROV, RDF, RDFS, SH, SKOS, VOID, XSD

__all__ = [
    "BASE",
    "CPSV",
    "CV",
    "DCAT",
    "DCT",
    "DG",
    "DGSH",
    "DQV",
    "ELI",
    "METRIC",
    "OA",
    "ORG",
    "OWL",
    "POWER",
    "PREFIXES",
    "PROV",
    "RDF",
    "RDFS",
    "RFC5147",
    "ROLE",
    "SD",
    "SECTION_KINDS",
    "SH",
    "SKOS",
    "VOID",
    "XSD",
]

BASE: Final = "https://w3id.org/dutygraph/id/"
"""Where the things of the registers live."""

DG: Final = Namespace("https://w3id.org/dutygraph/def#")
DGSH: Final = Namespace("https://w3id.org/dutygraph/shapes#")
ROLE: Final = Namespace("https://w3id.org/dutygraph/def#role/")
POWER: Final = Namespace("https://w3id.org/dutygraph/def#power/")
METRIC: Final = Namespace("https://w3id.org/dutygraph/def#quality-metric/")
CPSV: Final = Namespace("http://purl.org/vocab/cpsv#")
CV: Final = Namespace("http://data.europa.eu/m8g/")
DQV: Final = Namespace("http://www.w3.org/ns/dqv#")
ELI: Final = Namespace("http://data.europa.eu/eli/ontology#")
OA: Final = Namespace("http://www.w3.org/ns/oa#")
SD: Final = Namespace("http://www.w3.org/ns/sparql-service-description#")
DCT: Final = DCTERMS
RFC5147: Final = URIRef("http://tools.ietf.org/rfc/rfc5147")
"""The specification that a ``line=`` fragment follows, by the IRI that the Web Annotation Model gives for it."""

PREFIXES: Final[dict[str, str]] = {
    "cpsv": str(CPSV),
    "cv": str(CV),
    "dcat": str(DCAT),
    "dct": str(DCT),
    "dg": str(DG),
    "dgsh": str(DGSH),
    "dqv": str(DQV),
    "eli": str(ELI),
    "oa": str(OA),
    "org": str(ORG),
    "owl": str(OWL),
    "prov": str(PROV),
    "rdf": str(RDF),
    "rdfs": str(RDFS),
    "sd": str(SD),
    "sh": str(SH),
    "skos": str(SKOS),
    "void": str(VOID),
    "xsd": str(XSD),
}
"""The prefixes of every serialisation."""

SECTION_KINDS: Final = frozenset(
    {
        "objects",
        "contents",
        "indicators",
        "methods",
        "procedures",
        "measures",
        "penalties",
        "basis",
        "preamble",
        "other",
    }
)
"""The values of dg:sectionKind."""
