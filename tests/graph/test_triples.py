from collections.abc import Iterator
from dataclasses import dataclass, replace

import pytest
from rdflib import BNode, Graph, Literal, URIRef
from rdflib.compare import isomorphic
from rdflib.namespace import DCTERMS, ORG, PROV, RDF, SKOS, XSD

from dutygraph.errors import GraphError
from dutygraph.graph import build_graph, validate_graph
from dutygraph.graph.vocab import CV, DG, OA, POWER, ROLE
from dutygraph.model import Matter, Register, Share
from graph.sample import make_register, quote

ID = "https://w3id.org/dutygraph/id/"


def graph_of(**changes: object) -> Graph:
    return build_graph(make_register(**changes))


def labels(graph: Graph, node: URIRef, predicate: URIRef) -> set[str]:
    return {str(graph.value(other, SKOS.prefLabel)) for other in graph.objects(node, predicate)}


def only(graph: Graph, kind: URIRef, **having: str) -> URIRef:
    texts = set(having.values())
    (node,) = (n for n in graph.subjects(RDF.type, kind) if not texts or texts & set(map(str, graph.objects(n))))
    assert isinstance(node, URIRef)
    return node


def cell_words(graph: Graph, node: URIRef, predicate: URIRef = PROV.wasQuotedFrom) -> str:
    (cell,) = graph.objects(node, predicate)
    (words,) = (
        graph.value(one, OA.exact) for one in graph.objects(cell, OA.hasSelector) if (one, OA.exact, None) in graph
    )
    return str(words)


def test_the_sample_conforms_to_every_rule() -> None:
    assert validate_graph(graph_of()).results == ()


def test_the_same_register_gives_the_same_graph() -> None:
    assert set(graph_of()) == set(graph_of())


def test_there_are_no_blank_nodes() -> None:
    assert not any(isinstance(node, BNode) for triple in graph_of() for node in triple)


def test_a_register_names_place_publisher_and_source() -> None:
    graph, register = graph_of(), URIRef(ID + "register/130524-shuili")
    assert graph.value(register, DCTERMS.spatial) == URIRef(ID + "place/130524")
    assert graph.value(register, DCTERMS.publisher) == URIRef(ID + "agency/130524/水利局")
    assert graph.value(URIRef(ID + "source/130524-shuili"), DG.document) == Literal("130524-shuili/source.txt")


def test_a_line_is_a_cell_with_its_words_and_its_place() -> None:
    graph, cell = graph_of(), URIRef(ID + "cell/130524-shuili/L14")
    assert graph.value(cell, DG.locator) == Literal("row 1, line 14")
    assert graph.value(URIRef(f"{cell}#quote"), OA.exact) == Literal("负责采砂许可。")
    assert graph.value(URIRef(f"{cell}#position"), RDF.value) == Literal("line=13,14")


def test_a_part_of_a_sentence_is_quoted_from_the_whole_cell() -> None:
    graph = graph_of()
    assert cell_words(graph, only(graph, DG.Indicator)) == "每月检查不少于2次。"


def test_a_merged_cell_is_one_cell_in_both_its_rows() -> None:
    graph = graph_of()
    cells = {graph.value(item, DG.departmentCell) for item in graph.subjects(RDF.type, DG.WorkItem)}
    assert cells == {URIRef(ID + "cell/130524-shuili/L6")}


def test_two_cells_of_one_line_have_two_iris() -> None:
    matter = Matter(
        "1",
        quote("采砂", 3, "职责边界", 1, "管理事项"),
        (Share(quote("水利局", 3, "职责边界", 1, "相关部门"), quote("许可", 3, "职责边界", 1, "职责分工")),),
    )
    graph = graph_of(matters=(matter,))
    share = only(graph, DG.Share)
    assert cell_words(graph, share) == "许可"
    assert cell_words(graph, share, DG.agencyCell) == "水利局"


def test_departments_resolve_by_alias_and_keep_the_words_of_the_cell() -> None:
    graph = graph_of()
    service = only(graph, DG.ServiceItem, title="“3·22”世界水日")
    assert labels(graph, service, DG.responsibleUnit) == {"河道科"}
    assert set(graph.objects(service, DG.departmentName)) == {Literal("河道管理科")}


def test_a_department_that_the_register_does_not_have_stays_a_name() -> None:
    graph = graph_of()
    service = only(graph, DG.ServiceItem, title="水质咨询")
    assert (service, DG.responsibleUnit, None) not in graph
    assert set(graph.objects(service, DG.departmentName)) == {Literal("水质科")}


@pytest.mark.parametrize("name", ["柏乡县水利局河道科", "水利局河道管理科", "河道科"])
def test_place_and_agency_in_front_of_a_department_are_seen_through(name: str) -> None:
    register = make_register()
    service = replace(register.services[0], departments=(name,))
    graph = build_graph(replace(register, services=(service,)))
    assert labels(graph, only(graph, DG.ServiceItem), DG.responsibleUnit) == {"河道科"}


def test_an_alias_of_two_departments_is_nobody() -> None:
    register = make_register(aliases={"河道科": ("水科",), "水政科": ("水科",)})
    graph = build_graph(replace(register, services=(replace(register.services[0], departments=("水科",)),)))
    assert (only(graph, DG.ServiceItem), DG.responsibleUnit, None) not in graph


def shares_of(register: Register) -> Iterator[tuple[str, str]]:
    graph = build_graph(register)
    for share in graph.subjects(RDF.type, DG.Share):
        assert isinstance(share, URIRef)
        yield cell_words(graph, share, DG.agencyCell), str(graph.value(share, CV.hasParticipant)).removeprefix(ID)


def test_agencies_resolve_by_alias() -> None:
    assert dict(shares_of(make_register()))["国土局"] == "agency/130524/国土资源局"


@pytest.mark.parametrize(
    ("name", "iri"),
    [
        ("柏乡县公安局", "agency/130524/公安局"),
        ("县公安局", "agency/130524/公安局"),
        ("县委", "agency/130524/县委"),
        ("邢台市公安局", "agency/1305/公安局"),
    ],
)
def test_the_place_in_front_of_an_agency_is_its_place(name: str, iri: str) -> None:
    matter = Matter("1", quote("采砂", 1), (Share(quote(name, 2), quote("查处", 3)),))
    assert dict(shares_of(make_register(matters=(matter,)))) == {name: iri}


def test_the_responsible_agency_of_a_share_is_its_participant() -> None:
    graph = graph_of()
    for share in graph.subjects(RDF.type, DG.Share):
        assert list(graph.objects(share, DG.responsibleAgency)) == list(graph.objects(share, CV.hasParticipant))


def test_an_agency_named_inside_another_cell_is_mentioned_and_has_no_share() -> None:
    graph = graph_of()
    mentioned = URIRef(ID + "agency/130524/农业局")
    assert (None, CV.hasParticipant, mentioned) not in graph
    assert {graph.value(node, RDF.type) for node in graph.subjects(DG.mentionsAgency, mentioned)} & {DG.Share, DG.Duty}


def test_agencies_of_one_kind_are_classified_alike_whatever_their_name() -> None:
    graph = graph_of()
    (kind,) = graph.objects(URIRef(ID + "agency/130524/国土资源局"), ORG.classification)
    assert str(kind).endswith("agency-type/natural-resources")


def test_a_blank_cell_is_kept_as_evidence_that_nothing_is_recorded() -> None:
    blank = quote("", 15, "职责边界", 1, "相关依据")
    matter = replace(make_register().matters[0], basis=blank, legal_bases=())
    graph = graph_of(matters=(matter,))
    node = only(graph, DG.Matter)
    assert (node, DG.hasCitation, None) not in graph
    assert cell_words(graph, node, DG.basisCell) == ""


def test_dates_numbers_and_periods_are_typed() -> None:
    graph = graph_of()
    indicator = only(graph, DG.Indicator)
    assert graph.value(indicator, DG.value) == Literal("2.0", datatype=XSD.decimal)
    assert graph.value(indicator, DG.perYearRate) == Literal("24.0", datatype=XSD.decimal)
    assert graph.value(indicator, DG.period) == Literal("P1M", datatype=XSD.duration)
    service = only(graph, DG.ServiceItem, title="“3·22”世界水日")
    assert graph.value(service, DG.annualDate) == Literal("--03-22", datatype=XSD.gMonthDay)
    assert graph.value(only(graph, DG.Penalty), DG.maxAmount) == Literal("1000.0", datatype=XSD.decimal)


def test_a_heading_that_announces_two_things_leaves_each_paragraph_its_own() -> None:
    graph = graph_of()
    kinds = {
        str(graph.value(item, DCTERMS.description)): sorted(map(str, graph.objects(item, DG.sectionKind)))
        for item in graph.subjects(RDF.type, DG.RegimeItem)
    }
    assert kinds["是否持证采砂；"] == ["contents"]
    assert kinds["每月检查不少于2次。"] == ["indicators"]
    assert kinds["为加强监管，特制定如下制度："] == ["preamble"]


def test_what_was_not_read_is_in_the_graph() -> None:
    graph = graph_of()
    assert cell_words(graph, only(graph, DG.UnreadText)) == "填表人：张三"


def test_a_sentence_that_stands_twice_is_two_nodes() -> None:
    duty = make_register().duties[0]
    graph = graph_of(duties=(replace(duty, work_items=(duty.work_items[0],) * 2),))
    assert len(set(graph.subjects(RDF.type, DG.WorkItem))) == 2


def test_identity_does_not_depend_on_lines_or_numbers() -> None:
    """A row put in above moves every line below, and no IRI."""
    register = make_register()
    moved = replace(
        register.matters[0],
        no="7",
        shares=tuple(
            Share(quote(one.agency.text, 99 + i), quote(one.text.text, 199 + i))
            for i, one in enumerate(register.matters[0].shares)
        ),
    )
    before, after = build_graph(register), build_graph(replace(register, matters=(moved,)))
    for kind in (DG.Matter, DG.Share):
        assert set(before.subjects(RDF.type, kind)) == set(after.subjects(RDF.type, kind))
    assert not isomorphic(before, after)


@dataclass(frozen=True)
class FakeClause:
    text: str
    start: int
    end: int
    roles: tuple[str, ...] = ("responsible",)
    powers: tuple[str, ...] = ("licensing",)
    action: str | None = "许可"
    object: str | None = None
    stage: str | None = None
    qualifier: str | None = None


def test_clauses_hang_on_their_statement() -> None:
    graph = build_graph(make_register(), parse_clauses=lambda text: [FakeClause(text, 0, len(text))])
    share = only(graph, DG.Share, text="负责采砂许可。")
    (clause,) = graph.objects(share, DG.hasClause)
    assert graph.value(clause, CV.role) == ROLE.responsible
    assert graph.value(clause, DG.power) == POWER.licensing
    assert graph.value(clause, DCTERMS.isPartOf) == share
    assert validate_graph(graph).results == ()


def test_a_share_has_the_role_that_the_form_gives_it_and_its_agency_no_note() -> None:
    shares = (
        Share(quote("公安局（牵头）", 2), quote("负责查处。", 3), role="lead", note="（牵头）"),
        Share(quote("水利局", 4), quote("负责许可。", 5), role="assist"),
        Share(quote("公安局（特警）", 6), quote("负责警戒。", 7)),
    )
    graph = graph_of(matters=(Matter("1", quote("采砂", 1), shares),))
    found = {
        (cell_words(graph, share, DG.agencyCell), *labels(graph, share, CV.hasParticipant)): graph.value(share, CV.role)
        for share in graph.subjects(RDF.type, DG.Share)
        if isinstance(share, URIRef)
    }
    assert found == {
        ("公安局（牵头）", "公安局"): ROLE.lead,
        ("水利局", "水利局"): ROLE.assist,
        ("公安局（特警）", "公安局（特警）"): None,
    }
    assert validate_graph(graph).results == ()


@pytest.mark.parametrize("unknown", [{"roles": ("boss",)}, {"powers": ("magic",)}])
def test_an_unknown_role_or_power_takes_no_default(unknown: dict[str, tuple[str, ...]]) -> None:
    with pytest.raises(GraphError, match=r"boss|magic"):
        build_graph(make_register(), parse_clauses=lambda text: [FakeClause(text, 0, 1, **unknown)])
