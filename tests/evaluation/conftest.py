"""Two invented counties with a register each, and the marking of one answer against one gold."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from dutygraph.evaluation import Place, evaluate, parse_question
from dutygraph.evaluation.report import Row

EAST, WEST = "990101", "990102"
PLACES = (
    Place(EAST, ("东山县", "东山", "Dongshan"), ("林业局",), ("海川省", "海川市")),
    Place(WEST, ("西水区", "西水", "Xishui"), ("林业局",), ("海川省", "海川市")),
)
ALIASES = {
    "防火大队": ("森林防火大队",),
    "林政科": ("林政资源管理科", "林政资源科"),
    "各林场": ("林场",),
}

# a table as it stands in a text dump: every cell begins with a tab, four columns, then a prose section
EAST_TEXT = """职责边界

\t序号
\t管理事项
\t单位
\t职责分工

\t1
\t古树保护
\t林业局
\t负责古树名木的普查登记和挂牌保护。

\t
\t
\t住建局
\t负责城区古树的日常养护。

\t2
\t山林防火
\t林业局
\t负责林区火情瞭望，每月巡山不少于2次。《森林防火条例》（国务院令第541号）

事中事后监管制度

（一）采伐许可事项监管
一、监督检查指标
对采伐单位每季度检查1次，每次2名以上人员，罚款500元以上2000元以下。
"""
WEST_TEXT = """职责边界

\t序号
\t管理事项
\t单位
\t职责分工

\t1
\t古树保护
\t园林局
\t负责古树名木的巡查，每年巡查3次，电话5512345。《海川省古树名木保护办法》
"""
DOCUMENTS = {f"{EAST}-linye/east.txt": EAST_TEXT, f"{WEST}-linye/west.txt": WEST_TEXT}

MarkOne = Callable[..., Row]


@pytest.fixture
def mark_one() -> MarkOne:
    """Mark one answer: ``mark_one(kind, gold, answer, jurisdiction=EAST, …question fields)``."""

    def run(kind: str, gold: dict[str, Any], answer: dict[str, Any] | None, **fields: Any) -> Row:
        raw = {"id": "q", "lang": "zh", "question": "?", "kind": kind, "jurisdiction": EAST, "gold": gold, **fields}
        answers = {} if answer is None else {"q": {"id": "q", "status": "answered", **answer}}
        return evaluate([parse_question(raw)], answers, DOCUMENTS, PLACES, ALIASES).rows[0]

    return run
