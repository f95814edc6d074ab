from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dutygraph.read.departments import find_departments, split_departments


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("治安管理大队", ("治安管理大队",)),
        ("治安管理大队、派出所", ("治安管理大队", "派出所")),
        ("治安管理大队，户政科；派出所", ("治安管理大队", "户政科", "派出所")),
        ("治安管理大队和户政科", ("治安管理大队", "户政科")),
        ("办公室、人事科及财务科", ("办公室", "人事科", "财务科")),
        ("卫生和计划生育局", ("卫生和计划生育局",)),
        ("城乡规划和城市管理行政执法局", ("城乡规划和城市管理行政执法局",)),
        ("质量监督 管理局", ("质量监督管理局",)),
        ("治安管理大队 户政科", ("治安管理大队", "户政科")),
        ("1、办公室 2、人事科", ("办公室", "人事科")),
        ("综合科（行政审批、信访）", ("综合科（行政审批、信访）",)),
        ("派出所、派出所。", ("派出所",)),
        ("", ()),
        ("、", ()),
    ],
)
def test_split_departments(cell: str, names: tuple[str, ...]) -> None:
    assert split_departments(cell) == names


@pytest.mark.parametrize(
    ("sentence", "names"),
    [
        ("由网安大队指派2名民警到全区各网吧进行检查", ("网安大队",)),
        ("区公安局治安管理大队应加强日常监督管理", ("治安管理大队",)),
        ("各公安派出所落实对各自辖区的检查，由派出所登记", ("公安派出所", "派出所")),
        ("检查的派出所比例不低于派出所总数的25%", ("派出所",)),
        ("及时通报区局督查部门。", ("督查部门",)),
        ("对各派出所户籍室办理的业务进行抽查", ("派出所", "户籍室")),
        ("由市场监督管理科负责受理", ("市场监督管理科",)),
        ("会同上级管理部门检查，函告有关部门和相关部门", ()),
        ("娱乐场所、营业场所和办公场所", ()),
        ("依法立案查处，处五百元罚款", ()),
        ("对施工单位处1万元以上10万元以下罚款", ()),
        ("畜牧股每季度检查，农机股（含监理站）配合", ("畜牧股", "农机股")),
        ("国有控股、参股企业", ()),
        ("教育、科研、卫生", ()),
        ("由县级以上人民政府公安部门予以收缴", ()),
    ],
)
def test_find_departments(sentence: str, names: tuple[str, ...]) -> None:
    assert find_departments(sentence) == names


@given(st.text(alphabet="治安大队科室所和与、，（） 局公派出所1."))
def test_names_come_from_the_text(text: str) -> None:
    folded = "".join(text.split())
    for name in split_departments(text):
        assert name
        assert name in folded
    for name in find_departments(text):
        assert name in text
