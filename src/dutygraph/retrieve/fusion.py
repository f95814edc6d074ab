"""One order out of two: by words and by meaning."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from typing import TypeVar

__all__ = ["fuse"]

Key = TypeVar("Key", bound=Hashable)

_FLAT = 60  # Cormack, Clarke and Büttcher, SIGIR 2009: the value they fixed


def fuse(rankings: Sequence[tuple[Mapping[Key, float], float]]) -> dict[Key, float]:
    """Reciprocal rank fusion: from several scorings of the same things, each with its weight, one score between 0 and 1
    that looks at ranks only. Things that score alike share the better rank, so the order of the mappings is nothing."""
    best = sum(weight for _, weight in rankings) / (_FLAT + 1)
    fused: dict[Key, float] = {}
    for scores, weight in rankings:
        rank, last = 0, None
        for place, (key, score) in enumerate(sorted(scores.items(), key=lambda pair: -pair[1]), start=1):
            if score != last:
                rank, last = place, score
            fused[key] = fused.get(key, 0.0) + weight / (_FLAT + rank) / best
    return fused
