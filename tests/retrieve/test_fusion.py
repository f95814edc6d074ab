from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from dutygraph.retrieve.fusion import fuse

NOTHING = float("nan")
SCORES = st.lists(st.integers(0, 3).map(float) | st.just(NOTHING), min_size=6, max_size=6).map(np.array)


def test_first_in_every_scoring_is_one() -> None:
    by_words, by_meaning, silent = np.array([9.0, 3.0, NOTHING]), np.array([0.8, NOTHING, 0.7]), np.full(3, NOTHING)
    first, second, third = fuse([(by_words, 1.0), (by_meaning, 2.0), (silent, 5.0)], 3)
    assert first == pytest.approx(1.0)
    assert first > third > second


def test_equal_scores_share_the_better_rank() -> None:
    first, second, third = fuse([(np.array([1.0, 1.0, 0.5]), 1.0)], 3)
    assert first == second > third
    assert third == pytest.approx(11 / 13)


def test_nothing_to_fuse() -> None:
    assert len(fuse([], 0)) == len(fuse([(np.zeros(0), 1.0)], 0)) == 0
    assert fuse([(np.full(2, NOTHING), 1.0)], 2).tolist() == [0.0, 0.0]


@given(SCORES, SCORES)
def test_the_order_of_the_things_is_nothing(one: NDArray[np.float64], two: NDArray[np.float64]) -> None:
    turned = fuse([(one[::-1], 1.0), (two[::-1], 2.0)], 6)[::-1]
    assert (fuse([(one, 1.0), (two, 2.0)], 6) == turned).all()


@given(SCORES, st.floats(0.1, 5))
def test_scores_lie_between_nothing_and_one_and_keep_the_order(scores: NDArray[np.float64], weight: float) -> None:
    fused = fuse([(scores, weight)], 6)
    known = ~np.isnan(scores)
    assert ((fused > 0) == known).all()
    assert (fused <= 1 + 1e-9).all()
    assert all(
        (scores[a] > scores[b]) == (fused[a] > fused[b]) for a in range(6) for b in range(6) if known[[a, b]].all()
    )
