from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dutygraph.model import Locator, Quote, Regime, RegimeItem, RegimeSection
from dutygraph.read.headings import is_heading, match_label, section_kinds
from dutygraph.read.regimes import count_numbered_items, parse_regimes
from dutygraph.resources import data_dir

GOLDEN = Path(__file__).parent.parent / "golden" / "regimes"
EXPECTED_COUNTS = {
    "130408-gongan": {"regimes": 12, "sections": 63, "items": 170},
    "130524-gongan": {"regimes": 10, "sections": 51, "items": 138},
}


@pytest.fixture(params=EXPECTED_COUNTS)
def register_id(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def prose(register_id: str) -> tuple[Quote, ...]:
    """The lines of the register from its regimes on, white space folded, each with its number."""
    source = next((data_dir() / "registers" / register_id).glob("*.txt"))
    lines = source.read_text(encoding="utf-8").splitlines()
    first = next(i for i, line in enumerate(lines) if "事中事后" in line)
    return tuple(
        Quote("".join(line.split()), Locator("事中事后监管制度", line=number))
        for number, line in enumerate(lines[first:], first + 1)
    )


def quotes(text: str) -> tuple[Quote, ...]:
    return tuple(Quote(line.strip(), Locator("s", line=n)) for n, line in enumerate(text.strip().splitlines(), 1))


def item_record(item: RegimeItem) -> dict[str, Any]:
    record: dict[str, Any] = {
        "line": item.text.at.line,
        "no": item.no,
        "text": item.text.text,
        "kinds": list(item.kinds),
    }
    return record | ({"subheading": True} if item.subheading else {})


def section_record(section: RegimeSection) -> dict[str, Any]:
    return {"heading": section.heading.text, "line": section.heading.at.line, "kinds": list(section.kinds)}


@pytest.fixture
def regimes(prose: tuple[Quote, ...]) -> tuple[Regime, ...]:
    return parse_regimes(prose)[0]


@pytest.fixture
def golden(register_id: str) -> list[dict[str, Any]]:
    loaded: list[dict[str, Any]] = json.loads((GOLDEN / f"{register_id}.json").read_text(encoding="utf-8"))
    return loaded


def test_counts(register_id: str, regimes: tuple[Regime, ...]) -> None:
    assert {
        "regimes": len(regimes),
        "sections": sum(len(r.sections) for r in regimes),
        "items": count_numbered_items(regimes),
    } == EXPECTED_COUNTS[register_id]


def test_titles_preambles_and_headings(regimes: tuple[Regime, ...], golden: list[dict[str, Any]]) -> None:
    for regime, expected in zip(regimes, golden, strict=True):
        assert (regime.no, regime.title.text, regime.title.at.line) == (
            expected["no"],
            expected["title"],
            expected["line"],
        )
        assert [q.text for q in regime.preamble] == expected["preamble"]
        headings = [{k: s[k] for k in ("heading", "line", "kinds")} for s in expected["sections"]]
        assert [section_record(s) for s in regime.sections] == headings


def test_every_item(regimes: tuple[Regime, ...], golden: list[dict[str, Any]]) -> None:
    read = [[item_record(i) for i in s.items] for r in regimes for s in r.sections]
    assert read == [s["items"] for r in golden for s in r["sections"]]


def test_indicators(regimes: tuple[Regime, ...], golden: list[dict[str, Any]]) -> None:
    for regime, expected in zip(regimes, golden, strict=True):
        read = [
            {
                "kind": i.kind,
                "comparator": i.comparator,
                "value": i.value,
                "unit": i.unit,
                "per": i.per,
                "per_year": i.per_year,
            }
            for i in regime.indicators
        ]
        assert read == expected["indicators"], regime.title.text


def test_penalties_with_a_figure(regimes: tuple[Regime, ...], golden: list[dict[str, Any]]) -> None:
    for regime, expected in zip(regimes, golden, strict=True):
        names = ("min_yuan", "max_yuan", "min_days", "max_days")
        read = [{n: getattr(p, n) for n in names} for p in regime.penalties]
        read = [p for p in read if any(v is not None for v in p.values())]
        assert read == [dict.fromkeys(names) | p for p in expected["penalties"]], regime.title.text


def test_laws_and_departments(regimes: tuple[Regime, ...], golden: list[dict[str, Any]]) -> None:
    for regime, expected in zip(regimes, golden, strict=True):
        assert list(dict.fromkeys(c.title for c in regime.citations)) == expected["laws"]
        assert list(regime.departments) == expected["departments"]


def test_totals_of_indicators_and_penalties(register_id: str, regimes: tuple[Regime, ...]) -> None:
    kinds = Counter(i.kind for r in regimes for i in r.indicators)
    del kinds["officers"]
    figures = [p for r in regimes for p in r.penalties if p.max_yuan is not None or p.max_days is not None]
    expected = {
        "130408-gongan": ({"frequency": 19, "share": 7, "units": 4}, 10),
        "130524-gongan": ({"frequency": 15, "share": 7, "units": 3}, 8),
    }
    assert (dict(kinds), len(figures)) == expected[register_id]


def test_nothing_is_lost_or_doubled(prose: tuple[Quote, ...]) -> None:
    regimes, findings, leftovers = parse_regimes(prose)
    kept = [q.text for q in leftovers]
    kept += [f.quote for f in findings if f.code.startswith("READ-")]
    for regime in regimes:
        kept += [regime.no + regime.title.text, *(q.text for q in regime.preamble)]
        for section in regime.sections:
            kept += [section.heading.text, *(item.no + item.text.text for item in section.items)]
    assert sorted("".join(kept)) == sorted("".join(q.text for q in prose))


def test_findings_say_where_numbers_go_wrong(register_id: str, prose: tuple[Quote, ...]) -> None:
    numbers = [f.at.line for f in parse_regimes(prose)[1] if f.code == "NUM-01" and f.at]
    assert numbers == {"130408-gongan": [1279, 1385, 1393], "130524-gongan": [1186, 1194]}[register_id]


def test_text_sorted_by_what_it_says(regimes: tuple[Regime, ...]) -> None:
    for regime in regimes:
        assert regime.objects
        assert regime.contents
        assert regime.methods
        assert regime.procedures
        assert regime.measures
        assert not any(match_label(q.text) for q in regime.contents)


@pytest.mark.parametrize(
    ("heading", "kinds"),
    [
        ("一、监督检查对象", ("objects",)),
        ("二、监督检查的内容和指标", ("contents", "indicators")),
        ("三、监督检查指标及方式", ("indicators", "methods")),
        ("三、监管检查方式", ("methods",)),
        ("五、监督检查措施及处理", ("measures", "penalties")),
        ("六、处罚依据", ("penalties", "basis")),
        ("六、附则", ("other",)),
    ],
)
def test_section_kinds(heading: str, kinds: tuple[str, ...]) -> None:
    assert section_kinds(heading) == kinds


def test_headings_are_made_of_the_words_of_the_form() -> None:
    assert is_heading("监管内容及抽查比例：")
    assert not is_heading("监督检查人员向被检查人出示证件")
    assert not is_heading("对犬类经营单位的监督检查方式")
    assert match_label("监督检查指标。每月不少于2次。") == 7
    assert match_label("处罚对象不服的，可以申请复议") == 0


OTHER_LAYOUTS = {
    "arabic titles, bracketed headings": """
        1、养老机构监管制度
        为加强养老机构管理，制定本制度。
        （一）监管对象
        全县养老机构
        （二）监管措施
        ①实地检查
        ②约谈
        2、殡葬管理监管制度
        （一）监管对象
        各殡仪馆。
        （二）监管措施
        约谈。
    """,
    "titles without numbers": """
        养老机构监管制度
        为加强养老机构管理，制定本制度。
        一、监管对象
        全县养老机构
        二、监管措施
        1.实地检查。
        2.约谈。
        殡葬管理监管制度
        一、监管对象
        各殡仪馆。
        二、监管措施
        约谈。
    """,
    "titles and headings numbered alike": """
        一、养老机构监管
        一、监管对象
        全县养老机构
        二、监管措施
        （一）实地检查。
        （二）约谈。
        二、殡葬管理监管
        一、监管对象
        各殡仪馆。
        二、监管措施
        约谈。
    """,
    "headings without numbers": """
        （一）养老机构监管
        监管对象
        全县养老机构
        监管措施：
        1、实地检查；
        2、约谈。
        （二）殡葬管理监管
        监管对象
        各殡仪馆。
        监管措施：
        约谈。
    """,
    "labels without numbers": """
        1、养老机构监管
        监管对象：全县养老机构
        监管措施：（1）实地检查；（2）约谈。
        2、殡葬管理监管
        监管对象：各殡仪馆。
        监管措施：约谈。
    """,
    "a title in three lines": """
        （一）养老
        机构
        监管
        为加强养老机构管理，制定本制度。
        1．监管对象
        全县养老机构
        2．监管措施
        （1）实地检查。
        （2）约谈。
        （二）殡葬管理监管
        1．监管对象
        各殡仪馆。
        2．监管措施
        约谈。
    """,
    "headings with their text behind them": """
        （一）养老机构监管
        一、监管对象：全县养老机构
        二、监管措施：（1）实地检查；（2）约谈。
        （二）殡葬管理监管
        部门名称：某县民政局
        一、监管对象：各殡仪馆。
        二、监管措施：约谈。
    """,
}


@pytest.mark.parametrize("layout", OTHER_LAYOUTS)
def test_other_ways_to_number(layout: str) -> None:
    regimes, findings, leftovers = parse_regimes(quotes(OTHER_LAYOUTS[layout]))
    assert [r.title.text.removesuffix("制度") for r in regimes] == ["养老机构监管", "殡葬管理监管"]
    assert [len(r.sections) for r in regimes] == [2, 2]
    assert [q.text for q in regimes[0].objects] == ["全县养老机构"]
    assert [q.text.rstrip("。；") for q in regimes[0].measures] == ["实地检查", "约谈"]
    assert [q.text for q in regimes[1].measures] == ["约谈。"]
    assert not leftovers
    assert not [f for f in findings if f.code == "NUM-01"]


def test_a_heading_of_other_words_is_a_section_too() -> None:
    regimes, _, _ = parse_regimes(quotes("（一）某某监管\n一、监管对象\n甲。\n二、监管要求\n乙。\n三、附则\n丙。"))
    assert [s.kinds for s in regimes[0].sections] == [("objects",), ("other",), ("other",)]


def test_numbers_of_titles_and_headings_are_counted_too() -> None:
    text = "（一）甲监管\n一、监管对象\n甲。\n三、监管措施\n乙。\n（三）丙监管\n一、监管对象\n丙。"
    _, findings, _ = parse_regimes(quotes(text))
    assert [(f.code, f.at.line) for f in findings if f.at] == [("NUM-01", 4), ("NUM-01", 6)]


def test_an_item_broken_at_a_comma_goes_on() -> None:
    regimes, _, _ = parse_regimes(quotes("（一）某某监管\n一、监管对象\n1、养老机构，\n福利院。\n2、殡仪馆。"))
    assert [q.text for q in regimes[0].objects] == ["养老机构，福利院。", "殡仪馆。"]


def test_a_paragraph_broken_within_a_clause_goes_on() -> None:
    objects = "（一）某某监管\n一、监管对象\n养老机构，殡\n仪馆。\n二、监管内容\n"
    text = objects + "（1）\n台账。\n（2）日常检查\n每月一次。\n（3）抽查：随\n机进行。"
    regimes, _, _ = parse_regimes(quotes(text))
    assert [q.text for q in regimes[0].objects] == ["养老机构，殡仪馆。"]
    items = regimes[0].sections[1].items
    assert [(item.no, item.text.text) for item in items] == [
        ("（1）", "台账。"), ("（2）", "日常检查"), ("", "每月一次。"), ("（3）", "抽查：随机进行。"),
    ]  # fmt: skip


def test_chapters_are_regimes() -> None:
    regimes, _, _ = parse_regimes(
        quotes("第一章 养老机构监管\n一、监管对象\n养老机构。\n第二章 殡葬监管\n一、监管对象\n殡仪馆。")
    )
    assert [(regime.no, regime.title.text) for regime in regimes] == [
        ("第一章", "养老机构监管"),
        ("第二章", "殡葬监管"),
    ]


def test_an_item_with_a_label_is_no_heading_among_headings_that_stand_alone() -> None:
    text = "（一）某某监管\n1.监管对象\n养老机构。\n2.监管方式\n1.日常检查：每月一次。\n2.重点检查：每季度一次。"
    regimes, _, _ = parse_regimes(quotes(text))
    assert [section.heading.text for section in regimes[0].sections] == ["1.监管对象", "2.监管方式"]
    assert [item.text.text for item in regimes[0].sections[1].items] == [
        "日常检查：每月一次。",
        "重点检查：每季度一次。",
    ]


def test_prose_without_a_regime_is_left_over() -> None:
    regimes, findings, leftovers = parse_regimes(quotes("说明\n本表由县编办负责解释。"))
    assert (regimes, findings) == ((), ())
    assert [q.text for q in leftovers] == ["说明", "本表由县编办负责解释。"]


@given(
    st.lists(
        st.text(alphabet="第章一二、（）()1.①监督检查对象内容指标部门名称：养老院。；，\n ", max_size=30), max_size=12
    )
)
def test_any_paragraphs_are_read_without_loss(texts: list[str]) -> None:
    paragraphs = tuple(Quote(text, Locator("s", line=n)) for n, text in enumerate(texts))
    regimes, findings, leftovers = parse_regimes(paragraphs)
    kept = [q.text for q in leftovers] + [f.quote for f in findings if f.code.startswith("READ-")]
    for regime in regimes:
        kept += [regime.no, regime.title.text, *(q.text for q in regime.preamble)]
        for section in regime.sections:
            kept += [section.heading.text, *(item.no + item.text.text for item in section.items)]
    assert sorted("".join("".join(kept).split())) == sorted("".join("".join(texts).split()))
