"""Where a question lies among the encoder's landmarks, the official sentences on all that a county governs."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from dutygraph.retrieve.encoders import Encoder

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["Bearing", "Bearings", "take_bearings", "weigh_bearings"]

# What the encoder sees of a long message: this many Chinese characters or Latin words. It takes 0.4 ms for each, and
# more than these found nothing more.
_QUESTION = re.compile(r"(?:\s?[a-z0-9'-]+|[\s\S]){0,150}")
_AROUND = 8  # landmarks that say where a question lies
_SHARPNESS = 30.0  # what the encoder was trained with: cosines times this are the odds of meaning the same
_DIGITS = 6  # as scores are rounded


@dataclass(frozen=True, slots=True)
class Bearing:
    """Where a question lies among the encoder's landmarks. ``nearest``: the cosine of the nearest one; ``known``: by
    jurisdiction, how near its passages come (a cosine) to the landmarks around the question, each weighed by its own
    nearness."""

    nearest: float
    known: Mapping[str, float]


class Bearings(NamedTuple):
    """A question's vector, tokens and their rarity, and the landmarks around it: their numbers (None without any),
    cosines and vectors."""

    vector: NDArray[np.float32]
    tokens: NDArray[np.int8] | None
    rarity: NDArray[np.uint8] | None
    around: NDArray[np.intp] | None
    cosines: NDArray[np.float64]
    landmarks: NDArray[np.float32]


def take_bearings(encoder: Encoder, question: str) -> Bearings:
    """The vector of a normalised question, as far as the encoder sees it, and the landmarks around that."""
    import numpy as np

    begun = _QUESTION.match(question)
    vector, tokens, rarity = encoder.query(begun.group() if begun else "")
    landmarks = encoder.landmarks
    if landmarks is None:
        return Bearings(vector, tokens, rarity, None, np.zeros(0), np.zeros((0, len(vector)), dtype=np.float32))
    near = np.argsort(-(landmarks @ vector), kind="stable")[:_AROUND]
    cosines = landmarks[near].astype(np.float64) @ vector.astype(np.float64)
    return Bearings(vector, tokens, rarity, near, cosines, landmarks[near])


def weigh_bearings(found: Bearings, nearness: Mapping[str, NDArray[np.float64]]) -> Bearing | None:
    """``nearness``: by jurisdiction, how near its passages come to each landmark. None without landmarks."""
    if found.around is None:
        return None
    import numpy as np

    weights = np.exp(_SHARPNESS * (found.cosines - found.cosines.max()))
    weights /= weights.sum()
    known = {code: round(float(weights @ near[found.around]), _DIGITS) for code, near in nearness.items()}
    return Bearing(round(float(found.cosines.max()), _DIGITS), known)
