"""Two registers side by side: what was labelled by reading them is aligned, and what differs is marked."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from analysis.registers import SMALL, make_store
from dutygraph.analysis import Aligned, Comparison, Sheet, Side, compare_registers, find_sheet, load_sheets
from dutygraph.analysis.marking import mark_differences
from dutygraph.errors import SettingsError
from dutygraph.model import Register
from dutygraph.pipeline import current_build, open_templates
from dutygraph.read import read_document
from dutygraph.settings import Settings
from dutygraph.store import open_store

LABELS = Path(__file__).parents[1] / "golden" / "comparison" / "130408-130524.jsonl"
Row = tuple[Aligned, Aligned | None]
NAMED = frozenset(("department", "matter", "regime", "service"))


@dataclass(frozen=True)
class Label:
    """``left`` and ``right`` are words of what is meant; of a share its matter, agency and words."""

    kind: str
    left: Any
    right: Any

    def fits(self, row: Row) -> bool:
        return row[0].kind == self.kind and all(
            (words is None and side is None) or (words is not None and self.means(words, side, row[1]))
            for words, side in ((self.left, row[0].left), (self.right, row[0].right))
        )

    def touches(self, row: Row) -> bool:
        sides = ((self.left, row[0].left), (self.right, row[0].right))
        return row[0].kind == self.kind and any(
            words is not None and self.means(words, side, row[1]) for words, side in sides
        )

    def means(self, words: Any, side: Side | None, whole: Aligned | None) -> bool:
        if side is None:
            return False
        if isinstance(words, list):
            matter = whole and (whole.left or whole.right)
            return bool(matter) and words[0] == matter.name and words[1] == side.owner and words[2] in side.text
        return "".join(words.split()) in "".join((side.name if self.kind in NAMED else side.text).split())


@pytest.fixture(scope="module")
def sheets(settings: Settings) -> tuple[Sheet, ...]:
    build = current_build(settings.home)
    assert build is not None
    store = open_store(build.store)
    found = load_sheets(store, open_templates())
    store.close()
    return found


@pytest.fixture(scope="module")
def rows(sheets: tuple[Sheet, ...]) -> list[Row]:
    return list(compare_registers(find_sheet(sheets, "130408"), find_sheet(sheets, "130524-gongan")).rows())


@pytest.fixture(scope="module")
def labels() -> list[Label]:
    read = map(json.loads, LABELS.read_text("utf-8").splitlines())
    return [Label(one["kind"], one["left"], one["right"]) for one in read]


def test_what_belongs_together_is_found(labels: list[Label], rows: list[Row]) -> None:
    pairs = [label for label in labels if label.left is not None and label.right is not None]
    missed = [label for label in pairs if not any(label.fits(row) for row in rows)]
    assert len(pairs) >= 60
    assert 1 - len(missed) / len(pairs) >= 0.9, missed


def test_what_only_one_has_stays_alone(labels: list[Label], rows: list[Row]) -> None:
    alone = [label for label in labels if label.left is None or label.right is None]
    missed = [label for label in alone if not any(label.fits(row) for row in rows)]
    assert len(alone) >= 60
    assert 1 - len(missed) / len(alone) >= 0.95, missed


def test_few_pairs_are_wrong(labels: list[Label], rows: list[Row]) -> None:
    told = [row for row in rows if row[0].left and row[0].right and any(label.touches(row) for label in labels)]
    wrong = [row for row in told if not any(label.fits(row) for label in labels)]
    assert 1 - len(wrong) / len(told) >= 0.95, wrong


def test_every_thing_stands_in_the_comparison_and_shows_its_cell(sheets: tuple[Sheet, ...], rows: list[Row]) -> None:
    there = {side.node for one, _ in rows for side in (one.left, one.right) if side}
    for sheet in sheets:
        for things in (sheet.matters, sheet.regimes, sheet.services, sheet.duties, sheet.items):
            assert {thing.node for thing in things} <= there
        assert {share.node for matter in sheet.matters for share in matter.shares} <= there
    for side in sides_of(rows):
        assert side.evidence is not None
        assert "".join(piece.text for piece in side.pieces) == side.text


def sides_of(rows: list[Row]) -> Iterator[Side]:
    yield from (side for one, _ in rows for side in (one.left, one.right) if side)


@pytest.mark.parametrize(
    ("left", "right", "mine", "theirs"),
    [
        ("每月不少于1次", "每月不少于12次", [("1", "number")], [("12", "number")]),
        ("罚款五百元", "罚款三千元", [("五百", "number")], [("三千", "number")]),
        ("全县犬类管理。", "全区犬类管理", [], []),
        ("负责审核", "负责审批", [("核", "words")], [("批", "words")]),
        ("甲、乙和丙", "甲、乙、丁和丙", [], [("丁", "words")]),
        ("一是农药", "农药", [("一是", "words")], []),
    ],
)
def test_words_and_numbers_that_differ_are_marked(
    left: str, right: str, mine: list[tuple[str, str]], theirs: list[tuple[str, str]]
) -> None:
    marked = mark_differences(left, right)
    assert ["".join(piece.text for piece in pieces) for pieces in marked] == [left, right]
    assert [[(piece.text, piece.mark) for piece in pieces if piece.mark != "same"] for pieces in marked] == [
        mine,
        theirs,
    ]


def compared(tmp_path: Path, other: str) -> Comparison:
    read: list[Register] = []
    for number, text in enumerate((SMALL, other)):
        path = tmp_path / f"{number}.txt"
        path.write_text(text, encoding="utf-8")
        code = f"13052{number + 3}"
        read.append(
            replace(
                read_document(path), id=f"{code}-nongye", jurisdiction_code=code, jurisdiction=f"{'甲乙'[number]}县"
            )
        )
    store = make_store(read, tmp_path / "store")
    sheets = load_sheets(store, open_templates())
    store.close()
    return compare_registers(*sheets)


def differing(comparison: Comparison) -> list[tuple[str, str, str | None, str | None]]:
    return [
        (one.kind, one.state, one.left and one.left.text, one.right and one.right.text)
        for one, _ in comparison.rows()
        if one.state != "equal"
    ]  # type: ignore[misc]


def test_a_register_equals_its_copy_in_another_county_but_for_the_level(tmp_path: Path) -> None:
    assert differing(compared(tmp_path, SMALL.replace("全县", "全区"))) == []


def test_one_difference_of_each_kind(tmp_path: Path) -> None:
    other = (
        SMALL.replace("检查农药经营门店。\t种植业股", "检查农药经营门店。\t执法大队")
        .replace("\t质监局\t负责饲料产品标准。", "\t市场监管局\t负责饲料产品标准。")
        .replace("不少于1次", "不少于4次")
        .replace("8060123", "8060124")
        .replace("2\t负责种子管理。\t检验种子质量。\t种子站\n", "")
    )
    assert differing(compared(tmp_path, other)) == [
        ("matter", "near", "饲料管理", "饲料管理"),
        ("share", "near", "负责饲料产品标准。", "负责饲料产品标准。"),
        ("regime", "near", "农药经营监管", "农药经营监管"),
        ("regime item", "near", "每月检查不少于1次。", "每月检查不少于4次。"),
        ("department", "left", "种子站", None),
        ("department", "right", None, "执法大队"),
        ("service", "near", "测土配方", "测土配方"),
        ("telephone", "near", "8060123", "8060124"),
        ("duty", "left", "负责种子管理。", None),
        ("item", "near", "检查农药经营门店。", "检查农药经营门店。"),
        ("item", "left", "检验种子质量。", None),
    ]


def test_a_register_is_named_by_its_id_or_its_county(sheets: tuple[Sheet, ...]) -> None:
    assert find_sheet(sheets, "130408").id == "130408-gongan"
    with pytest.raises(SettingsError, match="known: 130408-gongan, 130524-gongan"):
        find_sheet(sheets, "130999")
    twin = replace(sheets[0], id="130408-nongye")
    with pytest.raises(SettingsError, match="name one: 130408-gongan, 130408-nongye"):
        find_sheet([*sheets, twin], "130408")
