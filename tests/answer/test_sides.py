"""Two things that a question describes one beside the other."""

from __future__ import annotations

import pytest

from answer.conftest import Ask


@pytest.mark.parametrize(
    ("question", "units"),
    [
        ("涉县一个科管结婚登记，一个科管公墓审批，是哪两个科", {"婚姻登记处", "社会事务科"}),
        ("涉县办离婚登记的和查乱埋乱葬的，分别是哪两个科", {"婚姻登记处", "社会事务科"}),
    ],
)
def test_each_unit_is_found_by_what_it_does(ask: Ask, question: str, units: set[str]) -> None:
    assert set(ask(question)["names"]) >= units


def test_two_regimes_of_one_place_are_told_beside_each_other(ask: Ask) -> None:
    answer = ask("涉县歧视老年人的养老机构，跟挪用捐赠物资的慈善组织，各罚多少")
    said = " ".join([*answer["values"], *(result["statement"] for result in answer["results"])])
    assert answer["intent"] == "compare"
    assert "三千元以上三万元以下" in said
    assert "二千元" in said


def test_numbers_to_call_are_not_compared(ask: Ask) -> None:
    assert ask("涉县敬老月和婚俗改革宣传周分别打哪个电话")["intent"] != "compare"
