"""One order out of several: by words, by official phrases and by meaning."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["fuse"]

# Cormack, Clarke and Büttcher (SIGIR 2009) take 60, for lists of a thousand. Here the first few places count: 10 was
# better than 60 at every depth, and weighted sums of normalised scores were no better (docs/evaluation.md).
_FLAT = 10


def fuse(rankings: Sequence[tuple[NDArray[np.float64], float]], size: int) -> NDArray[np.float64]:
    """Reciprocal rank fusion: from several scorings of the same ``size`` things, each with its weight, one score
    between 0 and 1 that looks at ranks only; 1 is the first place in every scoring that says anything. NaN says nothing
    of a thing. Things that score alike share the better rank."""
    import numpy as np

    telling = [(scores, known, weight) for scores, weight in rankings if (known := ~np.isnan(scores)).any()]
    best = sum(weight for _, _, weight in telling) / (_FLAT + 1)
    fused = np.zeros(size)
    for scores, known, weight in telling:
        falling = -scores[known]
        ranks = np.searchsorted(np.sort(falling), falling) + 1
        fused[known] += weight / (_FLAT + ranks) / best
    return fused
