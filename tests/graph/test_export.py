import io
import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from rdflib import Dataset, Graph
from rdflib.compare import isomorphic

from dutygraph.errors import GraphError
from dutygraph.graph import build_graph, read_rdf, shared_graph, to_lines
from dutygraph.graph.export import EXPORT_FORMATS, ExportFormat, from_lines, serialise
from dutygraph.graph.workbook import export_workbook
from dutygraph.model import Share, WorkItem
from graph.sample import make_register, quote

NAME = "https://w3id.org/dutygraph/id/register/130524-shuili"


@pytest.fixture(scope="module")
def graph() -> Graph:
    return build_graph(make_register())


@pytest.mark.parametrize("form", EXPORT_FORMATS)
def test_every_format_comes_back_as_it_went(form: ExportFormat, graph: Graph, tmp_path: Path) -> None:
    shared = shared_graph()
    path = tmp_path / f"out.{form}"
    path.write_bytes(serialise({NAME: graph}, shared, form))
    assert isomorphic(read_rdf(path), graph + shared)


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@pytest.mark.parametrize("form", ["trig", "nq"])
def test_registers_keep_their_named_graphs(form: ExportFormat, graph: Graph) -> None:
    dataset = Dataset()
    dataset.parse(data=serialise({NAME: graph}, Graph(), form), format={"nq": "nquads"}.get(form, form))
    assert {str(g) for _, _, _, g in dataset.quads()} == {NAME}
    assert len(list(dataset.quads())) == len(graph)


@pytest.mark.parametrize("form", EXPORT_FORMATS)
def test_the_same_graph_gives_the_same_file(form: ExportFormat) -> None:
    one, other = (serialise({NAME: build_graph(make_register())}, Graph(), form) for _ in range(2))
    assert one == other


def test_json_ld_uses_names_a_reader_knows(graph: Graph) -> None:
    document = json.loads(serialise({NAME: graph}, Graph(), "jsonld"))
    assert document["@context"] == "https://w3id.org/dutygraph/context.jsonld"
    (register,) = (node for node in document["@graph"] if node["@id"] == NAME)
    assert register["dct:publisher"] == "https://w3id.org/dutygraph/id/agency/130524/水利局"


def test_lines_make_a_graph_again(graph: Graph) -> None:
    assert set(from_lines(to_lines(graph))) == set(graph)
    with pytest.raises(GraphError, match="not N-Triples"):
        from_lines(["nonsense"])


def sheet_rows(graph: Graph, name: str) -> list[tuple[str, ...]]:
    book = load_workbook(io.BytesIO(export_workbook({NAME: graph}, shared_graph())))
    return [tuple(str(value or "") for value in row) for row in book[name].iter_rows(values_only=True)]


def test_a_clerk_finds_each_table_with_places(graph: Graph) -> None:
    header, first, second = sheet_rows(graph, "职责边界")
    assert header[3:6] == ("管理事项", "相关部门", "职责分工")
    assert first == (
        "柏乡县",
        "水利局",
        "1",
        "采砂管理",
        "水利局",
        "负责采砂许可。",
        "《河道管理条例》（国务院令第3号）",
        "某日，水利局会同国土资源局查处一起非法采砂。",
        "职责边界，row 1, line 14",
    )
    assert second[4] == "国土资源局"
    assert [row[5] for row in sheet_rows(graph, "主要职责")[1:]] == ["河道科", "河道科"]
    assert sheet_rows(graph, "监管指标")[1][4:8] == (">=", "2.0", "次", "P1M")
    assert sheet_rows(graph, "依据")[1][5:8] == ("第34条", "unknown", "")


@settings(max_examples=20, deadline=None)
@given(st.sampled_from(["=", "+", "-", "@", "\t", ""]), st.text(min_size=1, max_size=20))
def test_no_text_becomes_a_formula(start: str, rest: str) -> None:
    words = start + rest
    matter = make_register().matters[0]
    share = Share(matter.shares[0].agency, quote(words, 14))
    graph = build_graph(make_register(matters=(type(matter)("1", matter.name, (share,)),)))
    book = load_workbook(io.BytesIO(export_workbook({NAME: graph}, Graph())))
    cell = book["职责边界"]["F2"]
    assert cell.data_type in {"s", "n"}  # n: a text of white space alone reads back as an empty cell
    assert bool(cell.quotePrefix) == words.startswith(("=", "+", "-", "@", "\t", "\r"))


def test_a_formula_in_a_register_stays_words() -> None:
    duty = make_register().duties[0]
    item = WorkItem(quote('=HYPERLINK("http://example.org")', 5), None)
    graph = build_graph(make_register(duties=(type(duty)("1", duty.text, (item,)),)))
    assert sheet_rows(graph, "主要职责")[1][4] == '=HYPERLINK("http://example.org")'
