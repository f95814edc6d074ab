"""Whatever stands in a register, it becomes a graph: nothing is lost, nothing is merged, nothing is invented."""

from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib.namespace import RDF

from dutygraph.graph import build_graph, to_lines
from dutygraph.graph.export import from_lines
from dutygraph.graph.vocab import DG, OA
from dutygraph.model import Duty, Locator, Matter, Quote, Register, Service, Share, Source, WorkItem

WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
PLACES = st.builds(
    Locator,
    section=st.sampled_from(["部门职责", "职责边界", ""]),
    row=st.none() | st.integers(1, 3),
    column=st.none() | st.sampled_from(["甲", "乙", "2"]),
    line=st.none() | st.integers(1, 5),
    cell=st.none() | st.sampled_from(["B7", "表一!B7", "table 1 row 2"]),
)
QUOTES = st.builds(Quote, WORDS, PLACES)
NAMES = st.sampled_from(["公安局", "柏乡县公安局", "治安大队", "治安科", "", "/", "..", "a b"]) | WORDS
DEPARTMENTS = st.lists(NAMES, max_size=2).map(tuple)
ITEMS = st.builds(WorkItem, QUOTES, st.none() | QUOTES, DEPARTMENTS)
SHARES = st.builds(Share, st.builds(Quote, NAMES, PLACES), QUOTES)
REGISTERS = st.builds(
    Register,
    id=st.just("130524-gongan"),
    source=st.just(Source("a.txt", "0" * 64, "txt", "130524-gongan/a.txt")),
    jurisdiction_code=st.just("130524"),
    jurisdiction=st.just("柏乡县"),
    agency=st.just("公安局"),
    title=WORDS,
    aliases=st.dictionaries(NAMES, st.lists(NAMES, max_size=2).map(tuple), max_size=2),
    duties=st.lists(st.builds(Duty, WORDS, QUOTES, st.lists(ITEMS, max_size=3).map(tuple)), max_size=2).map(tuple),
    matters=st.lists(
        st.builds(
            Matter,
            WORDS,
            st.builds(Quote, st.sampled_from(["养犬", "养犬/", ""]), PLACES),
            st.lists(SHARES, max_size=3).map(tuple),
        ),
        max_size=3,
    ).map(tuple),
    services=st.lists(
        st.builds(Service, WORDS, QUOTES, st.none() | QUOTES, st.none() | QUOTES, DEPARTMENTS), max_size=2
    ).map(tuple),
)


@settings(max_examples=60, deadline=None)
@given(REGISTERS)
def test_every_record_is_a_node_of_its_own_and_every_text_a_quote(register: Register) -> None:
    graph = build_graph(register)
    expected = {
        DG.Duty: len(register.duties),
        DG.WorkItem: sum(len(duty.work_items) for duty in register.duties),
        DG.Matter: len(register.matters),
        DG.Share: sum(len(matter.shares) for matter in register.matters),
        DG.ServiceItem: len(register.services),
    }
    assert {kind: len(set(graph.subjects(RDF.type, kind))) for kind in expected} == expected
    quotes = [str(quote) for quote in graph.objects(None, OA.exact)]
    for duty in register.duties:
        assert any(duty.text.text in quote for quote in quotes)
    assert set(from_lines(to_lines(graph))) == set(graph)
