"""Stores made from registers in memory, for planting faults in them."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from dutygraph.graph import build_graph, concept_graph, node_texts, shared_graph, to_lines, write_nquads
from dutygraph.graph.iris import mint_register
from dutygraph.model import Register
from dutygraph.read import find_register_folders, parse_clauses, read_register
from dutygraph.resources import data_dir
from dutygraph.retrieve import read_lexicon
from dutygraph.store import Store, fill_store, open_store

__all__ = ["SMALL", "make_store", "real_registers"]

SMALL = """部门职责登记表
序号\t主要职责\t具体工作事项\t责任股室
1\t负责农药管理。\t核发农药经营许可证。\t种植业股
\t\t检查农药经营门店。\t种植业股
2\t负责种子管理。\t检验种子质量。\t种子站

职责边界
序号\t管理事项\t相关部门\t职责分工\t相关依据\t案例
1\t饲料管理\t农业局\t负责饲料生产许可。\t《饲料和饲料添加剂管理条例》\t
\t\t质监局\t负责饲料产品标准。\t\t

公共服务事项
序号\t服务事项\t主要内容\t承办机构\t联系电话
1\t测土配方\t免费检测土壤。\t土肥站\t8060123

事中事后监管制度
（一）农药经营监管
一、监督检查对象
全县农药经营单位。
二、监督检查指标
1、每月检查不少于1次。
"""
"""A register of an agriculture bureau, to change a word of and to compare with."""


@cache
def real_registers() -> tuple[Register, ...]:
    return tuple(read_register(folder) for folder in find_register_folders(data_dir()))


@cache
def _shared() -> list[str]:
    return to_lines(shared_graph())


def make_store(registers: list[Register], folder: Path) -> Store:
    """A store of these registers with everything a build puts in one."""
    graphs = {register.id: build_graph(register, parse_clauses=parse_clauses) for register in registers}
    nodes = [pair for graph in graphs.values() for pair in node_texts(graph)]
    concepts = [concept for path in sorted((data_dir() / "lexicon").glob("*.toml")) for concept in read_lexicon(path)]
    lines = {str(mint_register(name)): to_lines(graph) for name, graph in graphs.items()}
    shared = [*_shared(), *to_lines(concept_graph(concepts, nodes))]
    folder.mkdir(parents=True, exist_ok=True)
    write_nquads(lines, shared, folder / "graph.nq")
    fill_store(folder / "store", folder / "graph.nq")
    return open_store(folder / "store")
