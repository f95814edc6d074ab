from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dutygraph.model import Locator, Penalty, Quote
from dutygraph.read.penalties import parse_penalties


def parse(text: str) -> tuple[Penalty, ...]:
    return parse_penalties(Quote(text, Locator("s", line=1)))


@pytest.mark.parametrize(
    ("text", "yuan", "days"),
    [
        ("以上行为处五百元以上一千元以下罚款", (500, 1000), (None, None)),
        ("并处5000元以上3 万元以下罚款", (5000, 30_000), (None, None)),
        ("处以100 元以下罚款", (None, 100), (None, None)),
        ("处1万元以上的罚款", (10_000, None), (None, None)),
        ("处2至5万元罚款", (20_000, 50_000), (None, None)),
        ("处500元至1000元罚款", (500, 1000), (None, None)),
        ("处二百元罚款", (200, 200), (None, None)),
        ("罚款人民币500元", (500, 500), (None, None)),
        ("处警告或者二百元以上一千元以下的罚款", (200, 1000), (None, None)),
        ("处五日以上十日以下拘留", (None, None), (5, 10)),
        ("处15日以下行政拘留", (None, None), (None, 15)),
    ],
)
def test_one_figure(text: str, yuan: tuple[float | None, float | None], days: tuple[int | None, int | None]) -> None:
    (penalty,) = parse(text)
    assert ((penalty.min_yuan, penalty.max_yuan), (penalty.min_days, penalty.max_days)) == (yuan, days)


@pytest.mark.parametrize(
    "text",
    [
        "公安机关应当责令限期整改，并处警告。",
        "可以吊销相关许可证。",
        "依法追究刑事责任。",
        "按相关规定给予行政处分；",
        "责令停止燃放。",
        "没收非法烟花爆竹。",
        "给予责任人相应处分。",
        "依法进行当场或者立案处罚。",
        "按照《中华人民共和国治安管理处罚法》等法律法规进行处罚。",
        "予以收缴《特种行业许可证》",
        "追究有关责任人的法律、纪律责任。",
    ],
)
def test_penalties_without_a_figure(text: str) -> None:
    (penalty,) = parse(text)
    assert (penalty.min_yuan, penalty.max_yuan, penalty.min_days, penalty.max_days) == (None,) * 4


@pytest.mark.parametrize(
    "text",
    [
        "",
        "吊销许可证、查封等行政处罚和行政强制措施是否合法和适当；",
        "进行执法过错责任追究；",
        "其他应当给予处分的情形。",
        "对没收的非法烟花爆竹，进行就地封存",
        "限期进行改正；对符合立案条件的违法行为，依法予以立案查处。",
        "看守所、拘留所的执法情况；",
        "注册资本5万元以上的企业",
        "违反《治安管理处罚法》的行为",
    ],
)
def test_what_is_no_penalty(text: str) -> None:
    assert parse(text) == ()


def test_each_clause_has_its_penalty_and_condition() -> None:
    text = (
        "经营单位擅自改变设施，责令限期改正；逾期不改正的，处一千元以上五千元以下的罚款；"
        "情节严重的，依照《中华人民共和国治安管理处罚法》有关规定，吊销《特种行业许可证》。"
    )
    fine, licence = parse(text)
    assert fine.text == "经营单位擅自改变设施，责令限期改正；逾期不改正的，处一千元以上五千元以下的罚款"
    assert fine.condition == "经营单位擅自改变设施，责令限期改正；逾期不改正的"
    assert licence.text == text.removesuffix("。")
    assert licence.condition is not None
    assert licence.condition.endswith("情节严重的")


def test_detention_and_fine_are_two() -> None:
    detention, fine = parse("情节严重的，处五日以上十日以下拘留，并处五百元以上一千元以下罚款。")
    assert (detention.min_days, detention.max_days, detention.max_yuan) == (5, 10, None)
    assert (fine.min_yuan, fine.max_yuan, fine.max_days) == (500, 1000, None)
    assert detention.condition == fine.condition == "情节严重的"


def test_a_sentence_that_points_back_takes_the_one_before() -> None:
    text = "收购赃物的；收购国家禁止收购的物品的。以上行为处五百元以上一千元以下罚款。"
    (penalty,) = parse(text)
    assert penalty.text == text.removesuffix("。")
    assert penalty.condition == "收购赃物的；收购国家禁止收购的物品的。以上行为"


@pytest.mark.parametrize(
    ("text", "condition"),
    [
        ("典当行违反办法的，由区级以上人民政府公安机关责令改正，并处5000元以下罚款", "典当行违反办法的"),
        ("尚不构成犯罪的，按相关规定给予行政处分", "尚不构成犯罪的"),
        ("存在违法违规行为的，局视情追究有关责任人的法律责任", "存在违法违规行为的"),
        ("冒用他人证件的，除收缴其证件外，应当视情节给予警告或者处以100元以下罚款", "冒用他人证件的"),
        ("处五百元罚款", None),
    ],
)
def test_conditions(text: str, condition: str | None) -> None:
    assert [p.condition for p in parse(text)] == [condition]


@given(st.text(alphabet="处五百元以上一千万下罚款拘留日警告吊销责令停止3０至、，；。《》的是否 "))
def test_whatever_comes_the_words_are_the_source_s(text: str) -> None:
    for penalty in parse(text):
        assert penalty.text in text
        assert penalty.condition is None or penalty.condition in text
        assert penalty.max_yuan is None or penalty.max_yuan >= 0
