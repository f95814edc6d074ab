"""What is one across counties by rule or by decision, what is only proposed, and what is neither."""

from pathlib import Path

import pytest
from rdflib import Graph, URIRef
from rdflib.namespace import ORG, RDF, SKOS

from dutygraph.errors import RegisterError
from dutygraph.graph import Named, alignment_graph, build_graph, named_things, project_lookups
from dutygraph.graph.alignment import Kind
from dutygraph.graph.decisions import Decisions, core_of, read_decisions
from dutygraph.graph.vocab import DG
from graph.sample import make_register

TYPES = project_lookups().agency_types


def align(*things: Named, decisions: Decisions | None = None) -> Graph:
    return alignment_graph(things, decisions or Decisions(), TYPES)


def at(place: str, kind: Kind, name: str, scope: str = "") -> Named:
    return Named(kind, f"http://e/{place}/{kind}/{name}", name, f"http://e/{place}", scope)


def concept(graph: Graph, thing: Named) -> URIRef:
    (found,) = (o for p, o in graph.predicate_objects(URIRef(thing.iri)))
    assert isinstance(found, URIRef)
    return found


def candidates(graph: Graph) -> set[frozenset[str]]:
    return {
        frozenset(str(label) for one in graph.objects(node, DG.aligns) for label in graph.objects(one, SKOS.prefLabel))
        for node in graph.subjects(RDF.type, DG.Alignment)
    }


@pytest.mark.parametrize(
    ("name", "space", "core"),
    [
        ("河道采砂事项监管", "matter", "河道采砂"),
        ("河道 采砂的监督管理", "matter", "河道采砂"),
        ("印章、旅馆等特种行业管理工作", "matter", "印章旅馆等特种行业"),
        ("监督管理", "matter", "监督管理"),
        ("管理事项监管工作", "matter", "管理"),
        ("法制大队", "department", "法制"),
        ("ＩＴ科", "department", "it"),
        ("科", "department", "科"),
    ],
)
def test_the_words_of_the_form_do_not_count(name: str, space: str, core: str) -> None:
    assert core_of(name, space) == core  # type: ignore[arg-type]


def test_a_matter_and_a_regime_of_two_counties_are_about_one_concept() -> None:
    matter, regime = at("a", "matter", "河道采砂管理"), at("b", "regime", "河道采砂事项监管")
    graph = align(matter, regime)
    shared = concept(graph, matter)
    assert shared == concept(graph, regime)
    assert (URIRef(matter.iri), DG.matterConcept, shared) in graph
    assert (URIRef(regime.iri), DG.supervises, shared) in graph
    assert [str(label) for label in graph.objects(shared, SKOS.prefLabel)] == ["河道采砂管理"]
    assert [str(label) for label in graph.objects(shared, SKOS.altLabel)] == ["河道采砂事项监管"]
    assert not candidates(graph)


def test_departments_are_one_only_within_agencies_of_one_kind() -> None:
    first, second = at("a", "department", "法制科", "water"), at("b", "department", "法制股", "water")
    other = at("b", "department", "法制科", "police")
    graph = align(first, second, other)
    assert concept(graph, first) == concept(graph, second) != concept(graph, other)
    assert (URIRef(first.iri), ORG.purpose, concept(graph, first)) in graph
    assert not candidates(graph)


def test_names_alike_are_proposed_and_stay_two() -> None:
    first, second = at("a", "matter", "河道采砂管理"), at("b", "matter", "河道采砂许可管理")
    graph = align(first, second, at("b", "matter", "收养登记"))
    assert concept(graph, first) != concept(graph, second)
    assert candidates(graph) == {frozenset({"河道采砂管理", "河道采砂许可管理"})}
    (node,) = graph.subjects(RDF.type, DG.Alignment)
    # 河道 道采 采砂 of 河道 道采 采砂 and 河道 道采 采砂 砂许 许可
    assert str(graph.value(node, DG.similarity)) == "0.75"
    assert str(graph.value(node, DG.reviewStatus)) == "candidate"


def test_two_matters_of_one_county_are_two() -> None:
    assert not candidates(align(at("a", "matter", "河道采砂管理"), at("a", "matter", "河道采砂许可管理")))
    assert candidates(align(at("a", "matter", "河道采砂管理"), at("a", "regime", "河道采砂许可监管")))


def test_what_people_decided_holds(tmp_path: Path) -> None:
    file = tmp_path / "alignment.toml"
    file.write_text(
        '[[same]]\nof = "department"\nnames = ["巡特警大队", "巡警特警大队"]\n'
        '[[different]]\nof = "matter"\nnames = ["河道采砂管理", "河道采砂许可管理"]\n',
        encoding="utf-8",
    )
    decisions = read_decisions(file)
    first, second = at("a", "department", "巡警特警大队", "police"), at("b", "department", "巡特警大队", "police")
    matters = at("a", "matter", "河道采砂管理"), at("b", "matter", "河道采砂许可管理")
    graph = align(first, second, *matters, decisions=decisions)
    assert concept(graph, first) == concept(graph, second)
    assert [str(label) for label in graph.objects(concept(graph, first), SKOS.prefLabel)] == ["巡特警大队"]
    assert concept(graph, matters[0]) != concept(graph, matters[1])
    assert not candidates(graph)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[[same]]\nof = ", "no readable table"),
        ('[[same]]\nof = "river"\nnames = ["a", "b"]', "river"),
        ('[[same]]\nof = "matter"\nnames = ["a"]', "names"),
        ('[[different]]\nof = "matter"\nnames = ["a", "b"]\nwhy = "x"', "why"),
        ("[[maybe]]", "something else"),
        ('[[same]]\nof = "matter"\nnames = ["a", "b"]\n[[same]]\nof = "matter"\nnames = ["c", "b"]', "two"),
    ],
)
def test_a_wrong_table_is_refused_by_name(text: str, words: str, tmp_path: Path) -> None:
    (tmp_path / "alignment.toml").write_text(text, encoding="utf-8")
    with pytest.raises(RegisterError, match=words) as raised:
        read_decisions(tmp_path / "alignment.toml")
    assert "alignment.toml" in str(raised.value)


def test_a_missing_table_is_named(tmp_path: Path) -> None:
    with pytest.raises(RegisterError, match=r"nowhere\.toml"):
        read_decisions(tmp_path / "nowhere.toml")


def test_an_agency_without_a_type_is_proposed_for_one() -> None:
    graph = align(at("a", "agency", "粮食和物资储备局机关"), at("a", "agency", "马戏团"))
    (node,) = graph.subjects(RDF.type, DG.Alignment)
    assert URIRef("http://e/a/agency/粮食和物资储备局机关") in set(graph.objects(node, DG.aligns))


def test_what_a_register_offers_for_alignment() -> None:
    things = list(named_things(build_graph(make_register())))
    assert {(thing.kind, thing.name, thing.scope) for thing in things} == {
        ("matter", "采砂管理", ""),
        ("regime", "采砂监管", ""),
        ("department", "河道科", "water"),
    }
    graph = align(*things)
    assert len(set(graph.objects(None, DG.supervises)) & set(graph.objects(None, DG.matterConcept))) == 1


def test_the_order_of_the_registers_changes_nothing() -> None:
    things = [
        at("a", "matter", "河道采砂管理"),
        at("b", "matter", "河道采砂许可管理"),
        at("c", "regime", "河道采砂监管"),
    ]
    assert set(align(*things)) == set(align(*reversed(things)))
