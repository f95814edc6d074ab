"""Questions that are not understood are asked back, not declined."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Ask = Callable[..., dict[str, Any]]


@pytest.mark.parametrize(
    "question", ["他们把我那个给没收了，咋办", "人家非说我没手续", "My neighbour won't stop, whose job is it"]
)
def test_what_sounds_a_little_vague_is_asked_back_and_not_declined(ask: Ask, question: str) -> None:
    answer = ask(question)
    assert (answer["status"], answer["reason"]) == ("clarify", "ambiguous")
    assert len(answer["options"]) > 1
    assert not answer["results"]


def test_what_is_known_to_be_elsewhere_is_declined_and_not_asked_back(ask: Ask) -> None:
    assert ask("磁县公墓建设审批找谁")["status"] == "abstained"


@pytest.mark.parametrize(
    "question",
    [
        "挨着磁县的肥乡区谁管公墓审批",
        "我们不是涉县的，是肥乡区的，公墓归谁审批",
        "Feixiang District, next county to Cixian: who approves cemeteries?",
        "Who approves cemeteries in Feixiang District, She County's neighbour?",
    ],
)
def test_a_place_that_says_where_another_one_lies_is_not_asked_about(ask: Ask, question: str) -> None:
    answer = ask(question)
    assert (answer["status"], answer["reason"]) == ("abstained", "not_in_register")


def test_a_place_is_asked_about_that_lies_beside_another(ask: Ask) -> None:
    assert ask("紧邻肥乡区的涉县，公墓建设谁审批")["jurisdictions"] == ["130426"]
