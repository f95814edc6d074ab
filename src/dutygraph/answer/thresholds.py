"""The numbers that decide, from thresholds.toml: how reasons are weighed, and when an answer is sure enough."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

__all__ = ["Floors", "Thresholds", "Weights", "read_thresholds"]


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each reason for a record counts; in a story many words are shared by chance.
    ``official`` weighs the words by which registers put the question's concepts.
    ``certainty`` bounds what one concept can prove, ``inherited`` is the
    part of it that goes from a matter to its shares; a cosine is full at ``cosine_spread`` above the
    crowd of the question's other hits, a BM25 score at ``bm25_full``. ``near`` is the
    part of a concept's word that a concept beside it gets. ``responsible`` scales, when the question is who is
    responsible, by the kind of record that says so; ``stray`` scales a share
    of a matter that the question is not about, ``beside`` a record that only says who assists."""

    concept: float
    coverage: float
    dense: float
    lexical: float
    lexical_in_story: float
    official: float
    action: float
    literal: float
    certainty: float
    inherited: float
    cosine_spread: float
    bm25_full: float
    near: float
    stray: float
    beside: float
    responsible: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Floors:
    """``answer``: the least score of a record that may answer; ``near``: the share of the best score that another
    record needs to be named beside it; ``sibling``: the share of the best place's score that another place needs;
    ``inside``: the share of an agency's own score that its department needs;
    ``hands``: the concept that another record of the same unit needs to be said with the first; ``covered``: the
    share of the question's terms that a record must say for the question to be about it and not about all of a kind;
    ``absent``: another place's best score times this above the asked one's means that the asked one lacks the matter;
    ``absent_though_known``: the same where the asked place has ``known`` or more of a concept in a record of its own;
    ``alike``: the least cosine of the best record, ``alone``: the same where nothing but the encoder speaks for it, and
    ``farther``: how far the best of another place may be above it, unless a concept of ``meant`` or more says that the
    asked place has the matter;
    ``overlap``: the share of the best score at which another unit does the same."""

    answer: float
    near: float
    sibling: float
    inside: float
    hands: float
    covered: float
    absent: float
    known: float
    absent_though_known: float
    alike: float
    alone: float
    farther: float
    meant: float
    overlap: float


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Everything thresholds.toml says."""

    weights: Weights
    floors: Floors


def read_thresholds(path: Path | None = None) -> Thresholds:
    """The thresholds of ``path``, by default the calibrated ones beside this module."""
    table = tomllib.loads((path or Path(__file__).with_name("thresholds.toml")).read_text("utf-8"))
    return Thresholds(Weights(**table["weights"]), Floors(**table["floors"]))
