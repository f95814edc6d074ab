from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rdflib import Graph, Literal
from rdflib.namespace import RDF, XSD

from dutygraph.errors import RegisterError
from dutygraph.graph.articles import article_parts, article_triples
from dutygraph.graph.iris import mint_law
from dutygraph.graph.law import LawBook, citation_triples, law_triples, read_laws
from dutygraph.graph.vocab import DG, ELI
from dutygraph.model import Citation, Locator
from dutygraph.resources import data_dir

HEADER = "title,number,issuer,adopted,effective,amended,status,superseded_by,note"
AT = Locator("职责边界", 1, "相关依据", 9)
ROWS = """\
水法,,全国人民代表大会常务委员会,1988-01-21,2002-10-01,2002-08-29;2016-07-02,in_force,,
河道管理条例,国务院令第3号,国务院,1988-06-10,1988-06-10,,in_force,,
河道采砂管理条例,国务院令第3号,,,,,unknown,,没有这一标题
旧办法,水利部令第1号,水利部,1990-01-01,1990-01-01,,repealed,水法,
老办法,水利部令第2号,水利部,1991-01-01,1991-01-01,,unknown,水法,
关于贯彻《中华人民共和国水法》的意见,水政〔1988〕33号,水利部,1988-03-01,,,unknown,,
没查到的办法,,,,,,unknown,,
"""


def book(tmp_path: Path, rows: str = ROWS) -> LawBook:
    (tmp_path / "laws.csv").write_text(f"{HEADER}\n{rows}", "utf-8")
    return read_laws(tmp_path / "laws.csv")


@pytest.mark.parametrize(
    ("title", "number", "status", "law"),
    [
        ("水法", None, "matched", "水法"),
        ("中华人民共和国水法", None, "matched", "水法"),
        ("河道管理条例", "中华人民共和国国务院令第 3 号令", "matched", "河道管理条例"),
        ("河道管理条例", None, "matched", "河道管理条例"),
        ("河道管理条例", "国务院令第4号", "wrong-number", "河道管理条例"),
        ("河道采砂管理条例", "国务院令第３号", "wrong-title", "河道管理条例"),
        ("关于贯彻<水法>的意见", "水政[1988]33号", "alias", "关于贯彻《中华人民共和国水法》的意见"),
        ("旧办法", None, "repealed", "旧办法"),
        ("老办法", "水利部第2号令", "superseded", "老办法"),
        ("没查到的办法", None, "unknown", None),
        ("条例", None, "unknown", None),
    ],
)
def test_a_citation_resolves(tmp_path: Path, title: str, number: str | None, status: str, law: str | None) -> None:
    resolution = book(tmp_path).resolve(Citation(title, f"《{title}》", AT, number=number))
    assert resolution.status == status
    assert (resolution.law.title if resolution.law else None) == law


def test_two_acts_of_one_title_are_told_apart_by_number_or_not_at_all(tmp_path: Path) -> None:
    laws = book(tmp_path, "办法,省令第1号,省,1990-01-01,,,unknown,,\n办法,省令第2号,省,2000-01-01,,,in_force,,\n")
    assert laws.resolve(Citation("办法", "《办法》", AT)).status == "unknown"
    chosen = laws.resolve(Citation("办法", "《办法》", AT, number="省令第2号")).law
    assert chosen is not None
    assert chosen.iri == mint_law("办法", "省令第2号")
    assert laws.laws[0].iri == mint_law("办法")


def test_a_new_row_is_all_it_takes(tmp_path: Path) -> None:
    citation = Citation("没查到的办法", "《没查到的办法》", AT)
    row = "没查到的办法,省令第9号,省人民政府,2020-01-01,2020-02-01,,in_force,,\n"
    assert book(tmp_path).resolve(citation).law is None
    assert book(tmp_path, ROWS + row).resolve(citation).status == "matched"


def test_the_words_of_a_citation_stay_as_they_are(tmp_path: Path) -> None:
    node = mint_law("x")
    written = "《河道采砂管理条例》（国务院令第 3号令）第34条"
    citation = Citation("河道采砂管理条例", written, AT, number="国务院令第 3号令", articles=("第34条",))
    graph = Graph()
    for triple in citation_triples(node, citation, book(tmp_path)):
        graph.add(triple)
    assert graph.value(node, DG.citedTitle) == Literal("河道采砂管理条例")
    assert graph.value(node, DG.citedText) == Literal(written)
    assert graph.value(node, DG.citedArticle) == Literal("第34条")
    assert graph.value(node, DG.resolvesTo) == mint_law("河道管理条例")
    assert str(graph.value(node, DG.resolvesToArticle)).endswith("河道管理条例/第三十四条")


def test_laws_carry_dates_status_and_successor(tmp_path: Path) -> None:
    graph = Graph()
    for triple in law_triples(book(tmp_path)):
        graph.add(triple)
    assert len(set(graph.subjects(RDF.type, ELI.LegalResource))) == 5
    old, water = mint_law("旧办法"), mint_law("水法")
    assert graph.value(old, ELI.repealed_by) == graph.value(old, DG.supersededBy) == water
    assert graph.value(mint_law("老办法"), ELI.repealed_by) is None
    assert graph.value(water, ELI.first_date_entry_in_force) == Literal("2002-10-01", datatype=XSD.date)
    assert len(set(graph.objects(water, DG.amendedOn))) == 2


@pytest.mark.parametrize(
    ("rows", "complaint"),
    [
        ("水法,,人大,1988,,,in_force,,\n", "line 2: '1988' is no date"),
        ("水法,,人大,,,,valid,,\n", "line 2: status 'valid'"),
        (",,人大,,,,in_force,,\n", "line 2: a law needs a title"),
        ("水法,,人大,,,,in_force,,,多了一格\n", "line 2: a law needs a title and one cell for each column"),
    ],
)
def test_a_wrong_row_is_named(tmp_path: Path, rows: str, complaint: str) -> None:
    with pytest.raises(RegisterError, match=complaint):
        book(tmp_path, rows)


def test_a_file_that_is_no_table_of_laws_is_refused(tmp_path: Path) -> None:
    (tmp_path / "laws.csv").write_text("a,b\n1,2\n", "utf-8")
    with pytest.raises(RegisterError, match="the columns must be title"):
        read_laws(tmp_path / "laws.csv")
    with pytest.raises(RegisterError, match="no readable table"):
        read_laws(tmp_path / "none.csv")


def test_the_projects_own_laws_are_readable_and_their_successors_known() -> None:
    laws = read_laws(data_dir() / "laws.csv")
    assert all(laws.by_title(law.superseded_by) for law in laws.laws if law.superseded_by)


@pytest.mark.parametrize(
    ("written", "parts"),
    [
        ("第三十四条", ("第三十四条",)),
        ("第34条", ("第三十四条",)),
        ("第 10 条第2款第（一）项", ("第十条", "第二款")),
        ("第105条第二款第3项", ("第一百零五条", "第二款", "第三项")),
        ("第一百三十三条之一", ("第一百三十三条之一",)),
        ("第二款", ()),
        ("附则", ()),
    ],
)
def test_articles_are_read_into_levels(written: str, parts: tuple[str, ...]) -> None:
    assert article_parts(written) == parts


@given(st.integers(1, 9999), st.integers(1, 9999))
def test_different_articles_never_share_a_name(one: int, other: int) -> None:
    assert (article_parts(f"第{one}条") == article_parts(f"第{other}条")) == (one == other)


def test_an_article_hangs_on_its_law() -> None:
    graph, law = Graph(), mint_law("水法")
    for triple in article_triples(law, "第34条第2款"):
        graph.add(triple)
    assert [graph.value(node, ELI.number) for node in graph.objects(law, ELI.has_part)] == [Literal("第三十四条")]
    assert len(set(graph.subjects(RDF.type, ELI.LegalResourceSubdivision))) == 2
