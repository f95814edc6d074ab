from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dutygraph.read.clause_words import load_clause_words
from dutygraph.read.clauses import ClauseText, parse_clauses
from dutygraph.resources import ontology_dir

GOLDEN = Path(__file__).parent.parent / "golden" / "clauses.jsonl"
POWERS = {
    "许可": "licensing",
    "处罚": "punishment",
    "强制": "coercion",
    "征收": "levy",
    "征用": "requisition",
    "给付": "payment",
    "确认": "confirmation",
    "裁决": "adjudication",
    "奖励": "reward",
    "检查": "inspection",
    "备案": "filing",
    "其他": "other",
}


def labelled() -> list[dict[str, Any]]:
    """Clauses labelled by reading the registers, before any rule was run on them."""
    return [json.loads(line) for line in GOLDEN.read_text(encoding="utf-8").splitlines()]


def one(text: str) -> ClauseText:
    (clause,) = parse_clauses(text)
    return clause


def test_measured_on_the_labelled_clauses() -> None:
    rows = labelled()
    right = {"span": 0, "role": 0, "power": 0, "object": 0}
    for row in rows:
        found = {clause.text: clause for clause in parse_clauses(row["cell"])}.get(row["clause"])
        if found is None:
            continue
        right["span"] += 1
        right["role"] += sorted(found.roles) == row["roles"]
        right["power"] += sorted(found.powers) == sorted(POWERS[p] for p in row["powers"])
        right["object"] += (found.object or "").endswith(row["head"]) and bool(found.object) == bool(row["head"])
    shares = {name: count / len(rows) for name, count in right.items()}
    assert len(rows) >= 150
    assert shares["span"] >= 0.99
    assert shares["role"] >= 0.98
    assert shares["power"] >= 0.98
    assert shares["object"] >= 0.97


@pytest.mark.parametrize(
    ("text", "action", "thing"),
    [
        ("审批旅馆、印章刻制等特种行业。", "审批", "旅馆、印章刻制等特种行业"),
        ("负责犬类许可证的审批、核发", "审批", "犬类许可证"),
        ("对养老机构进行日常检查", "检查", "养老机构"),
        ("负责对无证经营的行政处罚", "行政处罚", "无证经营"),
        ("依法对公共场所进行监督检查", "监督检查", "公共场所"),
        ("根据《殡葬管理条例》对殡仪馆进行检查", "检查", "殡仪馆"),
        ("负责殡葬管理工作", "管理", "殡葬"),
        ("民政局负责对不符合条件的人员征收抚养费", "征收", "抚养费"),
        ("会同民政局等部门制定救助方案", "制定", "救助方案"),
        ("负责信访工作", None, "信访"),
    ],
)
def test_action_and_object(text: str, action: str | None, thing: str) -> None:
    clause = one(text)
    assert (clause.action, clause.object) == (action, thing)


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        ("牵头全县反恐怖工作", ("lead",)),
        ("负责犬类许可证的审批", ("responsible", "approve")),
        ("核发许可证", ("approve",)),
        ("协助公安局检查邮件", ("assist",)),
        ("会同民政局制定方案", ("joint",)),
        ("参与处置突发事件", ("participate",)),
        ("指导、监督企业的安全保卫工作", ("guide", "supervise")),
        ("负责组织、协调救援工作", ("responsible", "coordinate")),
        ("通报公安局", ("inform",)),
        ("查处或协助查处涉外案件", ("responsible", "assist")),
        ("指导或直接侦办刑事案件", ("responsible", "guide")),
        ("受理护照申请，并报上级机关批准", ("responsible",)),
        ("拟定文件，经审核通过后组织实施", ("responsible",)),
        ("养老服务", ("responsible",)),
    ],
)
def test_roles(text: str, roles: tuple[str, ...]) -> None:
    assert one(text).roles == roles


@pytest.mark.parametrize(
    ("text", "powers"),
    [
        ("负责设立养老机构的许可", ("licensing",)),
        ("审核内地居民赴港澳申请", ("licensing",)),
        ("对有关案件进行法律审核", ("other",)),
        ("负责犬吠扰民的行政处罚", ("punishment",)),
        ("负责事故的调查处理", ("other",)),
        ("查封违法经营场所", ("coercion",)),
        ("征收社会抚养费", ("levy",)),
        ("负责流浪人员的救助", ("payment",)),
        ("负责收养登记", ("confirmation",)),
        ("出具弃婴报案的证明", ("confirmation",)),
        ("负责土地权属争议的裁决", ("adjudication",)),
        ("负责表彰工作", ("reward",)),
        ("负责烟花爆竹的监督管理", ("inspection",)),
        ("负责购买备案工作", ("filing",)),
        ("羁押被拘留的人员", ("other",)),
        ("落实许可证管理制度", ("other",)),
    ],
)
def test_powers(text: str, powers: tuple[str, ...]) -> None:
    assert one(text).powers == powers


def test_stage_and_qualifier() -> None:
    clause = one("负责食用农产品在进入批发、零售市场或生产加工企业前的质量安全监督管理")
    assert clause.stage == "在进入批发、零售市场或生产加工企业前"
    assert (clause.object, clause.qualifier, clause.action) == ("食用农产品", "质量安全", "监督管理")
    assert one("负责收养登记后办理落户手续").stage == "收养登记后"


@pytest.mark.parametrize(
    ("text", "clauses"),
    [
        ("负责审批；负责处罚。", ["负责审批", "负责处罚"]),
        ("负责安全管理，核发许可证，并负责登记工作。", ["负责安全管理", "核发许可证", "并负责登记工作"]),
        ("加强对邮件的检查，防止邮寄毒品。", ["加强对邮件的检查，防止邮寄毒品"]),
        ("搜集影响稳定，危害安全的情况。", ["搜集影响稳定，危害安全的情况"]),
        ("对储存危险品（包括管道，下同）的项目进行审查。", ["对储存危险品（包括管道，下同）的项目进行审查"]),
        ("查处以下噪声：一是夜间施工。二是装修。", ["查处以下噪声：一是夜间施工。二是装修"]),
        ("", []),
        ("。；", []),
    ],
)
def test_where_clauses_begin(text: str, clauses: list[str]) -> None:
    assert [c.text for c in parse_clauses(text)] == clauses


def test_the_vocabulary_speaks_the_words_of_the_schemes() -> None:
    words = load_clause_words()
    for scheme, used in (("roles", set(words.roles)), ("powers", {*words.powers, *words.powers_with_object})):
        text = (ontology_dir() / "schemes" / f"{scheme}.ttl").read_text(encoding="utf-8")
        assert not [name for name in used if f'skos:notation "{name}"' not in text]


@given(st.text(alphabet="负责审批处罚对的，。；：、在前后进行指导会同局（）《》一是和并报检查工作等 \n", max_size=60))
def test_whatever_comes_spans_are_exact(text: str) -> None:
    last = 0
    for clause in parse_clauses(text):
        assert text[clause.start : clause.end] == clause.text
        assert clause.start >= last
        assert clause.text.strip()
        assert clause.roles
        assert clause.powers
        for part in (clause.action, clause.stage):
            assert part is None or part in clause.text
        last = clause.end


@given(st.text(alphabet="负责审批的，。；：、在对一是并工作 \n", max_size=60))
def test_nothing_but_stops_is_left_out(text: str) -> None:
    kept = "".join(clause.text for clause in parse_clauses(text))
    stops = "，,、。；;！？ \t\n\r　"
    assert [c for c in kept if c not in stops] == [c for c in text if c not in stops]
