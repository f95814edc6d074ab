from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dutygraph.model import Indicator, Locator, Quote
from dutygraph.read.indicators import parse_indicators


def parse(text: str) -> tuple[Indicator, ...]:
    return parse_indicators(Quote(text, Locator("s", line=1)))


def values(text: str) -> list[tuple[str, str, float, str, str | None, float | None]]:
    return [(i.kind, i.comparator, i.value, i.unit, i.per, i.per_year) for i in parse(text)]


@pytest.mark.parametrize(
    ("text", "comparator", "value", "per", "per_year"),
    [
        ("每月不少于1次的日常巡查", ">=", 1, "P1M", 12),
        ("每季度不少于一次", ">=", 1, "P3M", 4),
        ("每季不少于1次全面检查", ">=", 1, "P3M", 4),
        ("每季度检查不少1次", ">=", 1, "P3M", 4),
        ("每年不低于4次", ">=", 4, "P1Y", 4),
        ("局每季度组织一次实地检查", "=", 1, "P3M", 4),
        ("每年组织1次对所有单位的检查", "=", 1, "P1Y", 1),
        ("每家每月不少于2次", ">=", 2, "P1M", 24),
        ("每月对辖区所有旅馆进行1次监督检查", "=", 1, "P1M", 12),
        ("台账资料和档案抽查，每年1次", "=", 1, "P1Y", 1),
        ("每半年至少检查一次", ">=", 1, "P6M", 2),
        ("每两月巡查一次", "=", 1, "P2M", 6),
        ("每2年检查一次", "=", 1, "P2Y", 0.5),
        ("每周不得少于３次", ">=", 3, "P7D", 156),
        ("每年不超过2次", "<=", 2, "P1Y", 2),
        ("每年检查2次以上", ">=", 2, "P1Y", 2),
        ("全年检查不少于6次", ">=", 6, "P1Y", 6),
        ("检查不少于2次", ">=", 2, None, None),
    ],
)
def test_frequencies(text: str, comparator: str, value: float, per: str | None, per_year: float | None) -> None:
    assert values(text) == [("frequency", comparator, value, "次", per, per_year)]


@pytest.mark.parametrize(
    ("text", "kind", "comparator", "value", "unit"),
    [
        ("抽查面每次不少于30%", "share", ">=", 0.30, "%"),
        ("检查的派出所比例不低于派出所总数的25%", "share", ">=", 0.25, "%"),
        ("抽查比例不低于总办件量的１０％", "share", ">=", 0.10, "%"),
        ("抽查比例达到百分之五", "share", ">=", 0.05, "%"),
        ("抽查比例为2.5%", "share", "=", 0.025, "%"),
        ("每次不少于5家网站", "units", ">=", 5, "家"),
        ("各公安派出所检查不少于20人", "units", ">=", 20, "人"),
        ("每次抽查10家以上", "units", ">=", 10, "家"),
        ("每家每年至少抽检1批次", "units", ">=", 1, "批次"),
        ("指派2名以上民警到现场", "officers", ">=", 2, "名"),
        ("区局指定两名以上民警进行检查", "officers", ">=", 2, "名"),
        ("指派二名以上执法人员", "officers", ">=", 2, "名"),
        ("派出2人以上民警", "officers", ">=", 2, "人"),
        ("指派2名民警到全区", "officers", "=", 2, "名"),
        ("检查人员不少于2人", "officers", ">=", 2, "人"),
        ("确定各网站至少一名联络员", "officers", ">=", 1, "名"),
    ],
)
def test_shares_units_and_officers(text: str, kind: str, comparator: str, value: float, unit: str) -> None:
    assert values(text) == [(kind, comparator, value, unit, None, None)]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "在本县区域内申请举办1000人以上营业性演出的承办单位。",
        "第十届全国人民代表大会常务委员会第三十一次会议",
        "处五百元以上一千元以下罚款",
        "由专管民警每月定期或不定期对区内各网站进行巡查",
        "是否存在第五条所列的9种违法信息",
        "上述指标与上级下达监督检查指标不一致的，以上级下达监督检查指标为准。",
    ],
)
def test_what_is_no_indicator(text: str) -> None:
    assert parse(text) == ()


@pytest.mark.parametrize(
    ("text", "carried"),
    [
        (
            "专项督察：每年不少于4次，抽查面每次不少于30%。",
            ["专项督察：每年不少于4次", "专项督察：每年不少于4次，抽查面每次不少于30%"],
        ),
        (
            "监督检查可以采取定期检查（每季度不少于一次）、随机抽查（每季度不少于一次，抽查面不少于30%）等方式进行。",
            [
                "监督检查可以采取定期检查（每季度不少于一次）",
                "随机抽查（每季度不少于一次，抽查面不少于30%）",
                "随机抽查（每季度不少于一次，抽查面不少于30%）",
            ],
        ),
        (
            "日常巡查：所有公安派出所落实对各自辖区的日常监督检查。每家每月不少于2次。",
            ["日常巡查：所有公安派出所落实对各自辖区的日常监督检查。每家每月不少于2次"],
        ),
        (
            "监督检查指标。检查每月不少于2次，每次不少于5家网站。",
            ["检查每月不少于2次", "检查每月不少于2次，每次不少于5家网站"],
        ),
        (
            "其中旅馆业要求每月对辖区所有旅馆进行1次监督检查，印章、典当业每季度不少于1次。",
            ["其中旅馆业要求每月对辖区所有旅馆进行1次监督检查", "印章、典当业每季度不少于1次"],
        ),
    ],
)
def test_the_text_can_be_understood_alone(text: str, carried: list[str]) -> None:
    assert [i.text for i in parse(text)] == carried


@given(st.text(alphabet="每月季年度半不少于低至一二两3０％%次家名人民警检查抽（）。；，、：第百分之以上"))
def test_whatever_comes_the_words_are_the_source_s(text: str) -> None:
    for indicator in parse(text):
        assert indicator.text in text
        assert indicator.value >= 0
        assert indicator.comparator in (">=", "<=", "=")
