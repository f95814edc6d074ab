"""The two real registers as graphs."""

import re
from pathlib import Path

import pytest
from rdflib import Graph, URIRef
from rdflib.namespace import RDF

from dutygraph.graph import build_graph, drop_nonconforming, validate_graph
from dutygraph.graph.vocab import DG, OA, ORG, PROV
from dutygraph.model import Register
from dutygraph.read import find_register_folders, read_register
from dutygraph.resources import data_dir

FOLDERS = find_register_folders(data_dir())
FROZEN = Path(__file__).with_name("minted_iris.txt")


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


@pytest.fixture(scope="module", params=FOLDERS, ids=lambda folder: folder.name)
def folder(request: pytest.FixtureRequest) -> Path:
    path: Path = request.param
    return path


@pytest.fixture(scope="module")
def register(folder: Path) -> Register:
    return read_register(folder)


@pytest.fixture(scope="module")
def graph(register: Register) -> Graph:
    return build_graph(register)


def minted(graph: Graph) -> set[str]:
    """The IRIs that others may have written down: everything but cells, which follow the lines of the source."""
    own = "https://w3id.org/dutygraph/id/"
    iris = {str(node) for node in graph.subjects() if isinstance(node, URIRef) and str(node).startswith(own)}
    return {iri.removeprefix(own) for iri in iris if "/cell/" not in iri}


def test_it_conforms(graph: Graph) -> None:
    report = validate_graph(graph)
    assert report.conforms, "\n".join(map(str, report.results))
    assert drop_nonconforming(graph, report) == frozenset()


def test_nothing_of_the_records_is_missing(register: Register, graph: Graph) -> None:
    regimes = register.regimes
    expected = {
        DG.Duty: len(register.duties),
        DG.WorkItem: sum(len(duty.work_items) for duty in register.duties),
        DG.Matter: len(register.matters),
        DG.Share: sum(len(matter.shares) for matter in register.matters),
        DG.CaseExample: sum(bool(matter.case) for matter in register.matters),
        DG.ServiceItem: len(register.services),
        DG.SupervisionRegime: len(regimes),
        DG.Indicator: sum(len(regime.indicators) for regime in regimes),
        DG.Penalty: sum(len(regime.penalties) for regime in regimes),
        DG.RegimeItem: sum(len(one.preamble) + sum(len(part.items) for part in one.sections) for one in regimes),
        DG.UnreadText: len(register.unread),
        ORG.OrganizationalUnit: len(
            {name for duty in register.duties for item in duty.work_items for name in item.departments}
        ),
    }
    assert {kind: len(set(graph.subjects(RDF.type, kind))) for kind in expected} == expected


def test_every_quote_is_in_the_source(folder: Path, register: Register, graph: Graph) -> None:
    source = squeezed((folder / register.source.file).read_text("utf-8"))
    quotes = {str(quote) for quote in graph.objects(None, OA.exact)}
    assert len(quotes) > 100
    assert [quote for quote in quotes if squeezed(quote) not in source] == []


def test_every_statement_has_one_cell(graph: Graph) -> None:
    statements = set(graph.subjects(DG.inRegister)) - set(graph.subjects(RDF.type, ORG.OrganizationalUnit))
    cells = {node: len(set(graph.objects(node, PROV.wasQuotedFrom))) for node in statements if "/agency/" not in node}  # type: ignore[operator]
    assert set(cells.values()) == {1}


def test_iris_stay_what_they_were() -> None:
    """Identity is a promise. When a change of the reader must move an IRI, say so in the change log and write the
    file anew from ``minted``."""
    graphs = [build_graph(read_register(folder)) for folder in FOLDERS]
    assert set().union(*map(minted, graphs)) == set(FROZEN.read_text("utf-8").splitlines())
