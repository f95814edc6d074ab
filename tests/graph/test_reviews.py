"""What people decided, in the graph: with its agent, date and reason, and the source left as it is."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from rdflib import Graph, Literal, URIRef
from rdflib.namespace import DCTERMS, PROV, RDF, RDFS, SKOS, XSD

from dutygraph.graph import Correction, build_graph, locate, register_spots, review_graph, validate_graph
from dutygraph.graph.vocab import CV, DG
from dutygraph.read import read_document

TEXT = """职责边界
序号\t管理事项\t相关部门\t职责分工\t相关依据\t案例
1\t饲料管理\t农业局\t负责饲料生 产许可。\t《饲料和饲料添加剂管理条列》\t
\t\t质监局\t负责饲料产品标准。\t\t
2\t屠宰管理\t农业局\t负责屠宰检疫。\t\t
\t\t质监局\t负责饲料产品标准。\t\t
"""
BASE = Correction(
    action="drop",
    register="x",
    quote="负责饲料产品标准。",
    codes=("MIS-01",),
    reason="与屠宰无关",
    author="核查员",
    date=date(2026, 11, 22),
    matter="屠宰管理",
)


@pytest.fixture
def graph(tmp_path: Path) -> Graph:
    path = tmp_path / "source.txt"
    path.write_text(TEXT, encoding="utf-8")
    read = replace(read_document(path), id="x", jurisdiction_code="130524", jurisdiction="柏乡县", agency="农业局")
    return build_graph(read)


def reviewed(graph: Graph, correction: Correction) -> tuple[Graph, URIRef]:
    spots = {"x": register_spots(graph)}
    found = review_graph(locate([correction], spots), spots, {"x": "130524"})
    (review,) = found.subjects(RDF.type, PROV.Activity)
    assert isinstance(review, URIRef)
    return found, review


def share(graph: Graph, matter: str, agency: str) -> URIRef:
    (found,) = (
        node
        for node in graph.subjects(RDF.type, DG.Share)
        if str(graph.value(graph.value(node, DG.ofMatter), DCTERMS.title)) == matter
        and str(graph.value(graph.value(node, CV.hasParticipant), SKOS.prefLabel)) == agency
    )
    assert isinstance(found, URIRef)
    return found


def test_a_dropped_row_is_invalidated_with_author_date_and_reason(graph: Graph) -> None:
    found, review = reviewed(graph, BASE)
    row = share(graph, "屠宰管理", "质监局")
    assert list(found.objects(review, PROV.invalidated)) == list(found.objects(review, DG.reviews)) == [row]
    assert found.value(review, PROV.used) == graph.value(row, PROV.wasQuotedFrom)
    assert found.value(review, DCTERMS.description) == Literal("与屠宰无关", lang="zh")
    assert found.value(review, DCTERMS.date) == Literal("2026-11-22", datatype=XSD.date)
    agent = found.value(review, PROV.wasAssociatedWith)
    assert (agent, RDF.type, PROV.Agent) in found
    assert found.value(agent, RDFS.label) == Literal("核查员")
    assert not set(found.subjects(RDF.type, DG.Share))
    assert "ReviewIsArgued" not in {result.shape for result in validate_graph(graph + found).results}


def test_a_moved_share_has_a_reading_with_the_other_agency(graph: Graph) -> None:
    correction = replace(BASE, action="move", quote="负责屠宰检疫。", agency="农业局", to_agency="畜牧局")
    found, review = reviewed(graph, correction)
    reading = found.value(review, PROV.generated)
    assert found.value(reading, PROV.wasRevisionOf) == share(graph, "屠宰管理", "农业局")
    agency = found.value(reading, DG.correctedAgency)
    assert agency == URIRef("https://w3id.org/dutygraph/id/agency/130524/畜牧局")
    assert found.value(agency, SKOS.prefLabel) == Literal("畜牧局", lang="zh")


@pytest.mark.parametrize(
    ("quote", "old", "new", "text"),
    [
        ("《饲料和饲料添加剂管理条列》", "条列", "条例", "《饲料和饲料添加剂管理条例》"),
        ("负责饲料生 产许可。", "生产许可", "经营许可", "负责饲料经营许可。"),
    ],
)
def test_mended_words_are_those_of_the_statement(graph: Graph, quote: str, old: str, new: str, text: str) -> None:
    correction = replace(BASE, action="replace", matter="饲料管理", quote=quote, old=old, new=new)
    found, review = reviewed(graph, correction)
    assert found.value(found.value(review, PROV.generated), DG.correctedText) == Literal(text, lang="zh")
    assert (found.value(review, DG.oldWords), found.value(review, DG.newWords)) == (Literal(old), Literal(new))


@pytest.mark.parametrize("action", ["confirm", "dismiss"])
def test_a_review_of_a_finding_corrects_nothing(graph: Graph, action: str) -> None:
    found, review = reviewed(graph, replace(BASE, action=action))  # type: ignore[arg-type]
    assert found.value(review, DG.decision) == Literal(action)
    assert found.value(review, DG.code) == URIRef(f"{DG}finding-code/MIS-01")
    assert not list(found.objects(None, PROV.generated))
    assert not list(found.objects(None, PROV.invalidated))


@pytest.mark.parametrize(
    "changed",
    [
        {"quote": "负责饲料产品标准工作。"},
        {"matter": ""},  # the words stand in two cells
        {"agency": "农业局"},
        {"register": "y"},
    ],
)
def test_what_has_no_single_cell_is_stale(graph: Graph, changed: dict[str, str]) -> None:
    correction = replace(BASE, **changed)  # type: ignore[arg-type]
    located = locate([correction], {"x": register_spots(graph)})
    assert located.stale == (correction,)
    assert not located.by_cell
