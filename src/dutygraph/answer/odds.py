"""Evidence weighed to a probability, as it was learned from questions with known answers."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

__all__ = ["Odds"]


@dataclass(frozen=True, slots=True)
class Odds:
    """A logistic model: ``start`` are the log odds without any evidence, ``weights`` what a whole of each piece of it
    adds. ``dutygraph calibrate`` learns them."""

    start: float
    weights: Mapping[str, float]

    def probability(self, evidence: Mapping[str, float]) -> float:
        """0 … 1. Evidence without a weight counts nothing."""
        odds = self.start + sum([self.weights.get(name, 0.0) * value for name, value in evidence.items()])
        return 1 / (1 + math.exp(-odds))
