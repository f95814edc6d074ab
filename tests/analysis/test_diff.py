"""The changes between two versions of a register."""

from __future__ import annotations

from pathlib import Path

import pytest

from analysis.registers import SMALL
from dutygraph.analysis.diff import Change, diff_registers
from dutygraph.model import Register
from dutygraph.read import find_register_folders, read_document
from dutygraph.resources import data_dir


def read(tmp_path: Path, text: str) -> Register:
    path = tmp_path / "source.txt"
    path.write_text(text, encoding="utf-8")
    return read_document(path)


def brief(change: Change) -> tuple[str, str, str | None, str | None, str, str]:
    return (
        change.kind,
        change.subject,
        change.before.text if change.before else None,
        change.after.text if change.after else None,
        change.owner_before,
        change.owner_after,
    )


@pytest.mark.parametrize(
    ("was", "becomes", "changes"),
    [
        ("检查农药经营门店。\t种植业股", "检查农药经营门店。\t执法大队",
         [("moved", "work item", "检查农药经营门店。", "检查农药经营门店。", "种植业股", "执法大队")]),
        ("检查农药经营门店。", "检查农药经营门店和仓库。",
         [("reworded", "work item", "检查农药经营门店。", "检查农药经营门店和仓库。", "种植业股", "种植业股")]),
        ("\t\t检查农药经营门店。\t种植业股\n", "",
         [("removed", "work item", "检查农药经营门店。", None, "种植业股", "")]),
        ("2\t负责种子", "\t\t宣传培训。\t办公室\n2\t负责种子",
         [("added", "work item", None, "宣传培训。", "", "办公室")]),
        ("负责农药管理。", "负责农药和兽药管理。",
         [("reworded", "duty", "负责农药管理。", "负责农药和兽药管理。", "", "")]),
        ("\t质监局\t", "\t市场监管局\t",
         [("moved", "share", "负责饲料产品标准。", "负责饲料产品标准。", "质监局", "市场监管局")]),
        ("《饲料和饲料添加剂管理条例》", "", [("removed", "basis", "《饲料和饲料添加剂管理条例》", None, "", "")]),
        ("条例》\t\n", "条例》\t例：查处一家。\n", [("added", "case", None, "例：查处一家。", "", "")]),
        ("8060123", "8060124", [("reworded", "service", "测土配方", "测土配方", "土肥站", "土肥站")]),
        ("不少于1次", "不少于2次",
         [("reworded", "regime item", "每月检查不少于1次。", "每月检查不少于2次。", "", ""),
          ("reworded", "indicator", "每月检查不少于1次", "每月检查不少于2次", "", "")]),
        ("1\t负责农药", "9\t负责农药", []),
    ],
)  # fmt: skip
def test_one_change(was: str, becomes: str, changes: list[tuple[str, ...]], tmp_path: Path) -> None:
    assert was in SMALL
    old, new = read(tmp_path, SMALL), read(tmp_path, SMALL.replace(was, becomes, 1))
    assert [brief(change) for change in diff_registers(old, new)] == changes


def test_items_stay_with_a_renamed_matter(tmp_path: Path) -> None:
    old, new = read(tmp_path, SMALL), read(tmp_path, SMALL.replace("饲料管理\t", "饲料监督管理\t"))
    assert [brief(change)[:4] for change in diff_registers(old, new)] == [
        ("reworded", "matter", "饲料管理", "饲料监督管理")
    ]


def test_an_item_that_changes_hands_and_words_is_both(tmp_path: Path) -> None:
    new = SMALL.replace("检查农药经营门店。\t种植业股", "检查农药经营门店和仓库。\t执法大队")
    changes = diff_registers(read(tmp_path, SMALL), read(tmp_path, new))
    assert [change.kind for change in changes] == ["moved", "reworded"]
    assert {change.within for change in changes} == {"负责农药管理。"}


def test_a_real_register_does_not_differ_from_itself() -> None:
    for folder in find_register_folders(data_dir()):
        register = read_document(next(folder.glob("*.txt")))
        assert diff_registers(register, register) == ()
