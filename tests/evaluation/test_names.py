from __future__ import annotations

import pytest

from dutygraph.evaluation import Place, aliases_of, places_of
from dutygraph.evaluation.names import NameBook, is_name, text_of
from dutygraph.model import Register, Source

from .conftest import ALIASES, EAST, PLACES, WEST

BOOK = NameBook(PLACES, ALIASES)


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("东山县林业局", "林业局"),
        ("海川省海川市西水区林业局", "林业局"),
        ("县林业局", "林业局"),
        ("林业局森林防火大队", "森林防火大队"),
        ("东山县林业局森林防火大队", "森林防火大队"),
        ("林业局林科", "林业局林科"),  # two characters are too few for a department's name
        ("东山", "东山"),  # never stripped to nothing
    ],
)
def test_a_name_loses_its_place_and_agency(written: str, plain: str) -> None:
    assert BOOK.plain(written) == plain


def test_short_forms_are_the_same_name_but_not_transitively() -> None:
    assert BOOK.same("东山县林业局防火大队", "森林防火大队")
    assert BOOK.same("林政资源管理科", "林政科")
    assert BOOK.same("林政资源科", "林政科")
    assert not BOOK.same("林政资源管理科", "林政资源科")
    assert BOOK.short_forms("林政资源科") == ("林政科",)


def test_names_are_split_at_separators_and_brackets() -> None:
    assert BOOK.split(
        ["林业局（森林防火大队）、园林局", "林业局", {"label": "住建局"}, "园林局（只管城区）", None]
    ) == [
        "林业局",
        "森林防火大队",
        "园林局",
        "住建局",
    ]


@pytest.mark.parametrize(
    ("written", "code"),
    [("990101", EAST), ("东山", EAST), ("In Xishui District", WEST), ("130000", "130000"), ("别处", None)],
)
def test_a_place_is_known_by_code_and_by_every_name(written: str, code: str | None) -> None:
    assert BOOK.code_of(written) == code


def test_prose_is_cut_at_the_names_of_places() -> None:
    assert BOOK.passages_by_place("东山由甲局。西水区由乙局。") == {EAST: "东山由甲局。\n", WEST: "\n西水区由乙局。\n"}
    assert BOOK.passages_by_place("由甲局") == {}


def test_what_looks_like_a_name() -> None:
    assert is_name("森林防火大队")
    assert not is_name("负责古树名木的普查登记")
    assert not is_name("某" * 30 + "局")


def test_an_object_as_text_leaves_addresses_out() -> None:
    assert text_of({"label": "甲", "value": 2, "iri": "x", "at": {"row": 1}, "laws": []}) == "甲 2"


def test_places_and_aliases_come_from_the_registers() -> None:
    source = Source("a.txt", "0", "txt", f"{EAST}-linye/a.txt")
    forest = Register(f"{EAST}-linye", source, EAST, "东山县", "林业局", "表", aliases={"森林防火大队": ("防火大队",)})
    civil = Register(f"{EAST}-minzheng", source, EAST, "东山县", "民政局", "表", aliases={"森林防火处": ("防火大队",)})
    assert places_of([forest, civil], names={EAST: ["Dongshan"]}, within={EAST: ["海川省"]}) == (
        Place(EAST, ("东山县", "东山", "Dongshan"), ("林业局", "民政局"), ("海川省",)),
    )
    assert aliases_of([forest, civil]) == {"防火大队": ("森林防火大队", "森林防火处")}
