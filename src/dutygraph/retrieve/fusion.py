"""One order out of two: by words and by meaning."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from typing import TypeVar

__all__ = ["fuse"]

Key = TypeVar("Key", bound=Hashable)

# Cormack, Clarke and Büttcher (SIGIR 2009) take 60, for lists of a thousand. Here the first few places count: 10 was
# better than 60 at every depth, and weighted sums of normalised scores were no better (docs/evaluation.md).
_FLAT = 10


def fuse(rankings: Sequence[tuple[Mapping[Key, float], float]]) -> dict[Key, float]:
    """Reciprocal rank fusion: from several scorings of the same things, each with its weight, one score between 0 and 1
    that looks at ranks only; 1 is the first place in every scoring that says anything. Things that score alike share
    the better rank, so the order of the mappings is nothing."""
    best = sum(weight for scores, weight in rankings if scores) / (_FLAT + 1)
    fused: dict[Key, float] = {}
    for scores, weight in rankings:
        rank, last = 0, None
        for place, (key, score) in enumerate(sorted(scores.items(), key=lambda pair: -pair[1]), start=1):
            if score != last:
                rank, last = place, score
            fused[key] = fused.get(key, 0.0) + weight / (_FLAT + rank) / best
    return fused
