from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dutygraph.retrieve.fusion import fuse

SCORES = st.dictionaries(st.sampled_from("abcdef"), st.integers(0, 3).map(float), max_size=6)


def test_first_in_every_scoring_is_one() -> None:
    fused = fuse([({"a": 9.0, "b": 3.0}, 1.0), ({"a": 0.8, "c": 0.7}, 2.0), ({}, 5.0)])
    assert fused["a"] == pytest.approx(1.0)
    assert fused["a"] > fused["c"] > fused["b"]


def test_equal_scores_share_the_better_rank() -> None:
    fused = fuse([({"a": 1.0, "b": 1.0, "c": 0.5}, 1.0)])
    assert fused["a"] == fused["b"] > fused["c"]
    assert fused["c"] == pytest.approx(11 / 13)


def test_nothing_to_fuse() -> None:
    assert fuse([]) == fuse([({}, 1.0)]) == {}


@given(SCORES, SCORES)
def test_the_order_of_the_mappings_is_nothing(one: dict[str, float], two: dict[str, float]) -> None:
    def turned(scores: dict[str, float]) -> dict[str, float]:
        return dict(reversed(scores.items()))

    assert fuse([(one, 1.0), (two, 2.0)]) == fuse([(turned(one), 1.0), (turned(two), 2.0)])


@given(SCORES, st.floats(0.1, 5))
def test_scores_lie_between_nothing_and_one_and_keep_the_order(scores: dict[str, float], weight: float) -> None:
    fused = fuse([(scores, weight)])
    assert all(0 < score <= 1 + 1e-9 for score in fused.values())
    assert all((scores[a] > scores[b]) == (fused[a] > fused[b]) for a in scores for b in scores)
