"""How complete a register is: each metric counted by hand on a made-up one."""

from __future__ import annotations

from pathlib import Path

import pytest
from rdflib import Graph
from rdflib.namespace import SKOS

from dutygraph.graph import Measurement, build_graph, measure_quality
from dutygraph.graph.quality import METRICS
from dutygraph.graph.vocab import DG, DQV, METRIC
from dutygraph.model import Register, Source
from dutygraph.read import parse_clauses, read_document
from dutygraph.resources import ontology_dir

TEXT = """部门职责登记表
序号\t主要职责\t具体工作事项\t责任股室
1\t负责农药管理。\t核发农药经营许可证。\t种植业股
2\t负责种子管理。\t检验种子质量。\t

职责边界
序号\t管理事项\t相关部门\t职责分工\t相关依据\t案例
1\t饲料管理\t农业局\t牵头负责饲料监督管理。\t《饲料和饲料添加剂管理条例》\t
\t\t质监局\t负责饲料产品标准。\t\t
2\t屠宰管理\t农业局\t负责屠宰检疫。\t\t
\t\t商务局\t负责屠宰定点。\t\t
3\t渔政\t农业局\t牵头渔政执法。\t\t

公共服务事项
序号\t服务事项\t主要内容\t承办机构\t联系电话
1\t测土配方\t免费检测土壤。\t土肥站\t8060123
2\t科技下乡\t讲课。\t土肥站\t

事中事后监管制度
（一）农药经营监管
一、监督检查对象
农药经营单位。
二、监督检查指标
1、每月检查不少于1次。
（二）种子经营监管
一、监督检查对象
种子经营单位。
"""


def register(tmp_path: Path) -> Register:
    path = tmp_path / "register.txt"
    path.write_text(TEXT, encoding="utf-8")
    return read_document(path)


def test_each_metric_counts_what_it_says(tmp_path: Path) -> None:
    found = measure_quality(register(tmp_path), parse_clauses)
    assert found[:-1] == (
        Measurement("bases", 1 / 3, 1, 3),
        Measurement("leads", 0.5, 1, 2),
        Measurement("departments", 0.5, 3, 6),
        Measurement("telephones", 0.5, 1, 2),
        Measurement("indicators", 0.5, 1, 2),
    )
    assert (found[-1].metric, found[-1].counted, found[-1].out_of) == ("score", 5, 5)
    assert found[-1].value == pytest.approx((1 / 3 + 4 * 0.5) / 5)


def test_what_is_not_there_is_not_measured() -> None:
    empty = Register("x", Source("x.txt", "", "txt", "x/x.txt"), "130524", "柏乡县", "农业局", "部门职责登记表")
    assert measure_quality(empty, parse_clauses) == ()


def test_the_graph_says_it_in_dqv_and_every_metric_is_in_the_scheme(tmp_path: Path) -> None:
    graph = build_graph(register(tmp_path), parse_clauses=parse_clauses)
    values = {
        graph.value(node, DQV.isMeasurementOf): str(graph.value(node, DQV.value))
        for node in graph.objects(None, DQV.hasQualityMeasurement)
    }
    assert values[METRIC.bases] == "0.333333"
    assert values[METRIC.score] == "0.466667"
    assert set(graph.objects(None, DG.outOf))
    scheme = Graph().parse(ontology_dir() / "schemes" / "quality-metrics.ttl")
    assert {str(name) for name in scheme.objects(None, SKOS.notation)} == set(METRICS)
    assert set(values) <= set(scheme.subjects())
