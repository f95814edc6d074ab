from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dutygraph.answer.odds import Odds
from dutygraph.answer.thresholds import read_thresholds

ODDS = Odds(-1.0, {"concept": 2.0, "stray": -0.5})


def test_weighs_what_it_knows() -> None:
    assert ODDS.probability({}) == pytest.approx(1 / (1 + math.e))
    assert ODDS.probability({"concept": 0.5, "unknown": 9.0}) == pytest.approx(0.5)


@given(st.floats(0, 1), st.floats(0, 1))
def test_more_evidence_never_makes_it_less_probable(less: float, more: float) -> None:
    less, more = sorted((less, more))
    assert ODDS.probability({"concept": less}) <= ODDS.probability({"concept": more})
    assert ODDS.probability({"stray": less}) >= ODDS.probability({"stray": more})


def test_without_an_encoder_nothing_is_expected_of_one() -> None:
    by_words, by_meaning = read_thresholds(by_words=True), read_thresholds()
    of_meaning = {"cosine", "bridged", "standing"}
    assert of_meaning <= set(by_meaning.ranking.weights)
    assert not of_meaning & set(by_words.ranking.weights)
    assert {"known", "alike", "landmark"} <= set(by_meaning.within.weights)
    assert not {"known", "alike", "landmark"} & set(by_words.within.weights)
