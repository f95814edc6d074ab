"""The service description (https://www.w3.org/TR/sparql11-service-description/) of the endpoint."""

from __future__ import annotations

from collections.abc import Iterable

from dutygraph.store import Blank, Iri, Triple, Triples

__all__ = ["describe_service"]

SD = "http://www.w3.org/ns/sparql-service-description#"
FORMATS = "http://www.w3.org/ns/formats/"
TYPE = Iri("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
RESULT_FORMATS = (
    "SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV",
    "Turtle", "N-Triples", "RDF_XML", "JSON-LD", "TriG", "N-Quads",
)  # fmt: skip
"""Names of https://www.w3.org/ns/formats/."""


def describe_service(endpoint: str, graphs: Iterable[str]) -> Triples:
    """What the endpoint at the IRI ``endpoint`` can do, and which named graphs it holds."""
    service, dataset, default = Blank("service"), Blank("dataset"), Blank("default")

    def sd(name: str) -> Iri:
        return Iri(SD + name)

    triples: list[Triple] = [
        (service, TYPE, sd("Service")),
        (service, sd("endpoint"), Iri(endpoint)),
        (service, sd("supportedLanguage"), sd("SPARQL11Query")),
        *((service, sd("resultFormat"), Iri(FORMATS + name)) for name in RESULT_FORMATS),
        (service, sd("defaultDataset"), dataset),
        (dataset, TYPE, sd("Dataset")),
        (dataset, sd("defaultGraph"), default),
        (default, TYPE, sd("Graph")),
    ]
    for number, graph in enumerate(graphs):
        node = Blank(f"g{number}")
        triples += [
            (dataset, sd("namedGraph"), node),
            (node, TYPE, sd("NamedGraph")),
            (node, sd("name"), Iri(graph)),
        ]
    return Triples(tuple(triples))
