from dataclasses import replace

import pytest
from rdflib import Graph, Literal, URIRef
from rdflib.namespace import DCTERMS, RDF

from dutygraph.errors import ValidationFailure
from dutygraph.graph import Report, build_graph, drop_nonconforming, shared_graph, validate_graph
from dutygraph.graph.vocab import CV, DG, PROV
from dutygraph.model import Share
from graph.sample import make_register, quote

ID = "https://w3id.org/dutygraph/id/"


def with_blank_share() -> Graph:
    matter = make_register().matters[0]
    blank = Share(matter.shares[0].agency, quote("", 14, "职责边界", 1, "职责分工"))
    return build_graph(make_register(matters=(replace(matter, shares=(blank, matter.shares[1])),)))


def test_it_conforms_beside_the_ontology_too() -> None:
    """There rdfs:subClassOf widens the targets: a work item is judged as a public service."""
    assert validate_graph(build_graph(make_register()) + shared_graph()).results == ()


def test_a_violation_names_its_cell_in_both_languages() -> None:
    report = validate_graph(with_blank_share())
    (result,) = report.results
    assert not report.conforms
    assert (result.shape, result.severity) == ("ShareHasText", "violation")
    assert result.cell is not None
    assert (result.cell.document, result.cell.section, result.cell.locator) == (
        "130524-shuili/source.txt",
        "职责边界",
        "row 1, line 14",
    )
    assert "部门分工没有写明职责内容" in str(result)
    assert "The share does not say" in str(result)
    assert "row 1, line 14" in str(result)


def test_a_share_of_nobody_is_refused_and_shown() -> None:
    matter = make_register().matters[0]
    nobody = replace(matter.shares[0], agency=quote("", 13, "职责边界", 1, "相关部门"))
    (result,) = validate_graph(build_graph(make_register(matters=(replace(matter, shares=(nobody,)),)))).results
    assert result.shape == "ShareHasParticipant"
    assert result.cell is not None
    assert result.cell.quote == "负责采砂许可。"


def test_an_agency_is_shown_by_the_cell_that_names_it() -> None:
    graph = build_graph(make_register())
    graph.remove((URIRef(ID + "agency/130524/国土资源局"), None, Literal("国土资源局", lang="zh")))
    (result,) = validate_graph(graph).results
    assert result.shape == "OrganisationHasName"
    assert result.cell is not None


def test_a_warning_does_not_stop_a_register() -> None:
    register = make_register()
    item = replace(register.duties[0].work_items[0], department=None, departments=())
    report = validate_graph(build_graph(make_register(duties=(replace(register.duties[0], work_items=(item,)),))))
    assert [(one.shape, one.severity) for one in report.results] == [("WorkItemHasUnit", "warning")]
    assert report.conforms


def test_the_gate_leaves_out_what_violates_and_keeps_the_rest() -> None:
    graph = with_blank_share()
    before = len(set(graph.subjects(RDF.type, DG.Share)))
    gone = drop_nonconforming(graph, validate_graph(graph))
    assert before - len(set(graph.subjects(RDF.type, DG.Share))) == 1
    assert len(set(graph.subjects(RDF.type, DG.Matter))) == 1
    assert not any(str(node) in gone for triple in graph for node in triple)
    assert validate_graph(graph).conforms


def test_what_hangs_on_a_node_goes_with_it() -> None:
    graph = build_graph(make_register())
    (matter,) = graph.subjects(RDF.type, DG.Matter)
    graph.remove((matter, DCTERMS.title, None))
    gone = drop_nonconforming(graph, validate_graph(graph))
    for kind in (DG.Matter, DG.Share, DG.CaseExample):
        assert (None, RDF.type, kind) not in graph
    assert any("/citation/" in iri for iri in gone)
    assert len(set(graph.subjects(RDF.type, DG.WorkItem))) == 2
    assert validate_graph(graph).conforms


def test_a_wrong_register_goes_whole() -> None:
    graph = build_graph(make_register())
    graph.set((URIRef(ID + "register/130524-shuili"), DG.registerId, Literal("../water")))
    drop_nonconforming(graph, validate_graph(graph))
    assert (None, DG.inRegister, None) not in graph
    assert (None, PROV.wasQuotedFrom, None) not in graph


def test_an_agency_without_a_name_takes_its_shares_with_it() -> None:
    graph = build_graph(make_register())
    nameless = URIRef(ID + "agency/130524/国土资源局")
    graph.remove((nameless, None, Literal("国土资源局", lang="zh")))
    drop_nonconforming(graph, validate_graph(graph))
    assert (None, CV.hasParticipant, nameless) not in graph
    assert len(set(graph.subjects(RDF.type, DG.Share))) == 1
    assert validate_graph(graph).conforms


def test_a_conforming_graph_passes_the_gate_untouched() -> None:
    graph = build_graph(make_register())
    before = set(graph)
    assert drop_nonconforming(graph, Report(())) == frozenset()
    assert set(graph) == before


def test_shapes_that_cannot_run_are_a_failure_and_no_verdict() -> None:
    broken = Graph().parse(
        data="@prefix sh: <http://www.w3.org/ns/shacl#> . <urn:s> a sh:NodeShape ; sh:targetNode <urn:x> ;"
        " sh:property [ sh:minCount 1 ] .",
        format="turtle",
    )
    with pytest.raises(ValidationFailure):
        validate_graph(build_graph(make_register()), broken)
