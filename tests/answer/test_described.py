"""Agencies and work of what a question only describes, on the registers made up for these tests."""

from __future__ import annotations

import pytest

from answer.conftest import Ask


@pytest.mark.parametrize(
    "asked",
    [
        "殡葬这一摊，涉县哪几家单位分着管",
        "Which agencies in She County have a say over funerals and burial?",
    ],
)
def test_the_agencies_that_share_what_is_described(ask: Ask, asked: str) -> None:
    assert set(ask(asked)["items"]) == {"民政局", "自然资源局", "市场监督管理局"}


def test_how_many_share_what_is_described(ask: Ask) -> None:
    assert ask("殡葬这事，涉县一共几家单位在管")["count"] == 3


@pytest.mark.parametrize(
    "asked", ["涉县管养老机构的那个科，名下几样工作，都念一念", "涉县负责养老的那个科室手里头都有啥活"]
)
def test_the_work_of_the_unit_that_is_described(ask: Ask, asked: str) -> None:
    assert len(ask(asked)["items"]) == 3


def test_a_gloss_beside_the_name_of_a_unit_says_nothing_more(ask: Ask) -> None:
    assert ask("How many tasks are listed for the She County elderly welfare unit (养老服务科)?")["count"] == 3


def test_a_number_that_is_of_nothing_is_none(ask: Ask) -> None:
    assert ask("涉县敬老月那阵子，一共送几样东西")["count"] is None


def test_a_cell_that_is_simply_blank(ask: Ask) -> None:
    assert ask("For how many shared matters of She County is the legal-basis cell simply blank?")["count"] == 1


def test_steps_after_a_comma_are_no_program_to_write(ask: Ask) -> None:
    assert ask("涉县上头下来查养老机构，程序走哪几步")["reason"] != "out_of_scope"


def test_a_rough_number_is_not_asked_for(ask: Ask) -> None:
    asked = "想给十几个老人办养老机构备案，涉县哪个科室经手"
    assert "养老服务科" in ask(asked)["departments"]
