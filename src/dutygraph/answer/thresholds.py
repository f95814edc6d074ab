"""The numbers that decide, from thresholds.toml: how reasons are weighed, and when an answer is sure enough."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

from dutygraph.answer.odds import Odds

__all__ = ["Floors", "Thresholds", "Weights", "read_thresholds", "thresholds_file"]


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each reason for a record counts; in a story many words are shared by chance.
    ``official`` weighs the words by which registers put the question's concepts. ``certainty`` bounds what one concept
    can prove, ``inherited`` is the part of it that goes from a matter to its shares; a cosine is full at
    ``cosine_spread`` above the crowd of the question's other hits, a BM25 score at ``bm25_full``. ``near`` is the part
    of a concept's word that a concept beside it gets."""

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


@dataclass(frozen=True, slots=True)
class Floors:
    """``answer``: the least score of a record that may answer; ``cell``: the least probability of one that may hold
    what is asked besides who is responsible, ``rival``: the share of the likeliest one's odds at which another is said
    with it, ``kindred``: the same for one of the same section; ``near``: the share of the best score that another
    record needs to be named beside it; ``sibling``: the share of the best place's score that another place needs,
    ``alone``: the same where neither a concept nor a word of the question is in its record; ``inside``: the share of
    an agency's own score that its department needs; ``hands``: the concept that another record of the same unit needs
    to be said with the first; ``covered``: the share of the question's terms that a record must say for the question
    to be about it and not about all of a kind; ``absent``: another place's best score times this above the asked one's
    means that the asked one lacks the matter; ``absent_though_known``: the same where the asked place has ``known`` or
    more of a concept in a record of its own; ``within``: the least probability that the registers answer, for a
    question about one thing; ``vague``: how likely a question must be to mean nothing in particular to be asked back,
    ``vague_though_named``: the same when it names a thing, ``vague_though_unknown``: the same when nothing it says is
    known and it would be declined; ``doubted``: instead of ``within``, to show what was found, asking back, when
    nothing that the question says is known;
    ``unrecorded``: how likely it must be to be on a fact that no duty register carries for that to be said; ``sure``:
    the confidence below which it is asked back which matter is meant; ``meant``:
    the concept that makes a record the very thing asked about; ``overlap``: the share of the best score at which
    another unit does the same."""

    answer: float
    cell: float
    rival: float
    kindred: float
    near: float
    sibling: float
    alone: float
    inside: float
    hands: float
    covered: float
    absent: float
    known: float
    absent_though_known: float
    within: float
    vague: float
    vague_though_named: float
    vague_though_unknown: float
    doubted: float
    unrecorded: float
    sure: float
    meant: float
    overlap: float


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Everything thresholds.toml says. ``ranking``: from the Reasons for a record to its being the right one;
    ``cells``: the same for what is asked besides who is responsible, with the traits of records as further reasons;
    ``first``: from the score of the best record to its being the right one; ``within``: from the Signs of a question
    to the registers answering it."""

    weights: Weights
    floors: Floors
    ranking: Odds
    cells: Odds
    first: Odds
    within: Odds


def thresholds_file(*, by_words: bool) -> Path:
    """The thresholds that come along, beside this module: those for search by meaning, or ``by_words`` those for search
    without an encoder."""
    return Path(__file__).with_name("thresholds-words.toml" if by_words else "thresholds.toml")


def read_thresholds(path: Path | None = None, *, by_words: bool = False) -> Thresholds:
    """The thresholds of ``path``, by default those that come along."""
    table = tomllib.loads((path or thresholds_file(by_words=by_words)).read_text("utf-8"))
    learned = {name: Odds(**table[name]) for name in ("ranking", "cells", "first", "within")}
    return Thresholds(Weights(**table["weights"]), Floors(**table["floors"]), **learned)
