from __future__ import annotations

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dutygraph.model import Citation, Locator, Quote
from dutygraph.read.citations import is_act_title, parse_citations


def parse(text: str) -> tuple[Citation, ...]:
    return parse_citations(Quote(text, Locator("s", line=1)))


@dataclass(frozen=True)
class Basis:
    """A cell of 相关依据, copied from a register, and what a reader finds cited in it."""

    cell: str
    cited: tuple[tuple[str, str | None, str | None, str | None], ...]  # title, number, issuer, date


ADOPTION = (
    ("中国公民收养子女登记办法", "民政部第14号令", "民政部", "1999年5月25日"),
    ("司法部关于贯彻执行<收养法>若干问题的意见", "司发通〔2000〕33号", "司法部", None),
)
BASES_130408 = [
    Basis(
        "《烟花爆竹安全管理条例》（中华人民共和国国务院令第455号令）",
        (("烟花爆竹安全管理条例", "国务院令第455号", "国务院", None),),
    ),
    Basis(
        "《互联网上网服务营业场所管理条例》（中华人民共和国国务院令第363号）",
        (("互联网上网服务营业场所管理条例", "国务院令第363号", "国务院", None),),
    ),
    Basis(
        "《中国公民收养子女登记办法》（1999年5月25日民政部第14号令》；"
        "《司法部关于贯彻执行<收养法>若干问题的意见》（司发通〔2000〕33号）",
        ADOPTION,
    ),
    Basis(
        "邯郸市机构编制委员会关于印发《关于邯郸市公安局成立食品药品安全保卫支队的批复》（邯编办字〔201２〕３６号）",
        (
            (
                "关于邯郸市公安局成立食品药品安全保卫支队的批复",
                "邯编办字〔201２〕３６号",
                "邯郸市机构编制委员会",
                None,
            ),
        ),
    ),
    Basis(
        "《娱乐场所管理条例》（中华人民共和国国务院令第458号令）",
        (("娱乐场所管理条例", "国务院令第458号", "国务院", None),),
    ),
    Basis(
        "《中华人民共和国禁毒法》（2007年12月29日第十届全国人民代表大会常务委员会第三十一次会议通过）、"
        "《易制毒化学品管理条例》（中华人民共和国国务院令第445号令）",
        (
            ("中华人民共和国禁毒法", None, "第十届全国人民代表大会常务委员会", "2007年12月29日"),
            ("易制毒化学品管理条例", "国务院令第445号", "国务院", None),
        ),
    ),
]
BASES_130524 = [
    Basis(
        "《危险化学品安全管理条例》(中华人民共和国国务院令第591号)",
        (("危险化学品安全管理条例", "国务院令第591号", "国务院", None),),
    ),
    Basis(
        "《烟花爆竹安全管理条例》（中华人民共和国国务院令第455 号令）",
        (("烟花爆竹安全管理条例", "国务院令第455号", "国务院", None),),
    ),
    Basis(
        "《易制毒化学品安全管理条例》（中华人民共和国国务院\n\n令第445 号）",
        (("易制毒化学品安全管理条例", "国务院令第445号", "国务院", None),),
    ),
    Basis(
        "《互联网上网服务营业场所管理条例》（中华人民共国国务院令第363号）",
        (("互联网上网服务营业场所管理条例", "国务院令第363号", "国务院", None),),
    ),
    Basis("《关于放射源安全监管部门职责分工的通知》", (("关于放射源安全监管部门职责分工的通知", None, None, None),)),
    Basis(
        "《中国公民收养子女登记办法（1999年5 月25 日民政部第14 号令》；"
        "《司法部关于贯彻执行<收养法>若干问题的意见》（司发通〔2000〕33 号）)",
        ADOPTION,
    ),
    Basis(
        "《关于进一步加强食品安全监督管理工作的意见》",
        (("关于进一步加强食品安全监督管理工作的意见", None, None, None),),
    ),
    Basis("《娱乐场所管理条\n例》", (("娱乐场所管理条例", None, None, None),)),
]


@pytest.mark.parametrize("basis", BASES_130408 + BASES_130524, ids=lambda b: b.cell[:20])
def test_bases_of_the_two_registers(basis: Basis) -> None:
    assert tuple((c.title, c.number, c.issuer, c.date) for c in parse(basis.cell)) == basis.cited


def test_number_of_bases() -> None:
    assert sum(len(parse(b.cell)) for b in BASES_130408) == 8
    assert sum(len(parse(b.cell)) for b in BASES_130524) == 9


@pytest.mark.parametrize(
    ("text", "title", "as_written", "number", "articles"),
    [
        (
            "对违反国务院令315号《印刷业管理条例》第34、36、37、41条的行为进行行政处罚。",
            "印刷业管理条例",
            "国务院令315号《印刷业管理条例》第34、36、37、41条",
            "国务院令315号",
            ("第34条", "第36条", "第37条", "第41条"),
        ),
        (
            "依据《企业事业单位内部治安保卫条例》第十九条规定对于单位",
            "企业事业单位内部治安保卫条例",
            "《企业事业单位内部治安保卫条例》第十九条",
            None,
            ("第十九条",),
        ),
        (
            "《治安管理处罚法》第三条第一款、第五条第二项",
            "治安管理处罚法",
            "《治安管理处罚法》第三条第一款、第五条第二项",
            None,
            ("第三条第一款", "第五条第二项"),
        ),
        (
            "《食品安全法》（主席令第21号）第一百二十二条第一款",
            "食品安全法",
            "《食品安全法》（主席令第21号）第一百二十二条第一款",
            "主席令第21号",
            ("第一百二十二条第一款",),
        ),
        ("单位违反《条例》规定，存在隐患的", "条例", "《条例》", None, ()),
        ("负责《刑法》及其各修正案中规定的刑事案件", "刑法", "《刑法》", None, ()),
        ("《河北省犬类管理办法（试行）》", "河北省犬类管理办法（试行）", "《河北省犬类管理办法（试行）》", None, ()),
        ("《养犬管理办法》（试行）第三条", "养犬管理办法", "《养犬管理办法》（试行）第三条", None, ("第三条",)),
        ("《殡葬管理条例》（见附件）", "殡葬管理条例", "《殡葬管理条例》", None, ()),
        ("《殡葬管理条例，由民政局负责", "殡葬管理条例", "《殡葬管理条例", None, ()),
        ("殡葬管理条例", "殡葬管理条例", "殡葬管理条例", None, ()),
        ("殡葬管理条例（国务院令第225号）", "殡葬管理条例", "殡葬管理条例（国务院令第225号）", "国务院令第225号", ()),
    ],
)
def test_one_citation(text: str, title: str, as_written: str, number: str | None, articles: tuple[str, ...]) -> None:
    (citation,) = parse(text)
    assert (citation.title, citation.as_written, citation.number, citation.articles) == (
        title,
        as_written,
        number,
        articles,
    )
    assert citation.at == Locator("s", line=1)


@pytest.mark.parametrize(
    "text",
    [
        "应当制作《检查笔录》，如实记录",
        "吊销《特种行业许可证》",
        "制作《责令改正通知书》。",
        "是否取得《焰火燃放许可证》",
        "失效的《边境通行证》",
        "出具《捡拾弃婴报案及查找不到生父母证明》",
        "填写《收养登记申请表》",
        "负责贯彻执行有关规定",
        "按照有关规定处理，落实各项制度。",
        "",
        "《》",
    ],
)
def test_what_is_no_citation(text: str) -> None:
    assert parse(text) == ()


def test_acts_and_forms() -> None:
    assert is_act_title("全国人民代表大会常务委员会关于禁毒的决定")
    assert is_act_title("维也纳公约议定书")
    assert not is_act_title("行政处罚决定书")
    assert not is_act_title("收养登记")


@given(
    st.text(alphabet="《》（）()<>〔〕；。、，国务院令第455号年月日条款关于印发办法通知12三 \n", max_size=60).map(
        lambda s: s if "《" in s else "《" + s
    )
)
def test_whatever_comes_the_words_are_the_source_s(text: str) -> None:
    folded = "".join(text.split())
    for citation in parse(text):
        assert citation.as_written in text
        assert citation.title in folded
        for value in (citation.number, citation.issuer, citation.date):
            assert value is None or value
