"""How likely each intent is, as it was learned from questions with known intents: from their wording, their cues, and
what the encoder makes of them when there is one."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import orjson

from dutygraph.answer.question import Question
from dutygraph.answer.words import QuestionWords

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["BY_WORDS", "MODEL", "UNASKED", "Asking", "Heard", "Meaning", "cues", "hear", "read_asking", "wording"]

MODEL, BY_WORDS = (Path(__file__).with_name(name) for name in ("asking.json", "asking-words.json"))
"""The learned weights, with those of meaning and without, written by ``python -m dutygraph.commands.asking``."""

UNASKED = ("unrecorded", "vague")
"""What a question may be besides asking for something: for a fact that no duty register carries (prices, hours, papers,
opinions), or for nothing in particular."""

_LONGEST = 240  # characters of the part that asks; what a longer one says beyond is its story
_RUN = re.compile(r"[^\sa-z0-9'’]+")
_WORD = re.compile(r"[a-z]+(?:['’][a-z]+)?|[0-9]+|[?,:;]")
_LATIN = re.compile(r"[a-z]")
_CHARACTERS = 4  # of a piece of Chinese
_WORDS = 2  # of a piece of English
_UNIT = 0.1  # weights are whole numbers of this
_SHARPNESS = 1000  # vectors are whole numbers of one part in so many


class Meaning(NamedTuple):
    """A question as an encoder sees it: the encoder's name, and the vector of the whole question."""

    encoder: str
    vector: NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Asking:
    """A multinomial logistic model. Per intent, and for each of ``UNASKED``, in tenths: ``start`` without any evidence,
    ``cues`` for a whole of each cue, ``wording`` for each piece of the wording, whose sum counts by the root of the
    number of pieces; ``meaning`` for a whole of each number of the vector that ``encoder`` gives, a row each."""

    intents: tuple[str, ...]
    start: tuple[int, ...]
    cues: Mapping[str, tuple[int, ...]]
    wording: Mapping[str, tuple[int, ...]]
    meaning: NDArray[np.int64] | None = None
    encoder: str = ""

    def probabilities(
        self, heard: Mapping[str, float], pieces: frozenset[str], meaning: Meaning | None = None
    ) -> dict[str, float]:
        """The probability of every intent for a question with these cues, pieces of wording and meaning, rounded so
        that it is the same on every machine. A model of meanings needs one that its encoder gave."""
        known = [self.wording[piece] for piece in pieces if piece in self.wording]
        # Whole numbers add up to the same in any order.
        said = [sum(column) for column in zip(*known, strict=True)] or [0] * len(self.start)
        meant = self._meant(meaning) if meaning else [0.0] * len(self.start)
        share = 1 / math.sqrt(max(1, len(pieces)))
        weighed = [(self.cues[name], value) for name, value in heard.items() if value and name in self.cues]
        odds = [
            (start + sum(weights[place] * value for weights, value in weighed) + said[place] * share + meant[place])
            * _UNIT
            for place, start in enumerate(self.start)
        ]
        powers = [math.exp(each - max(odds)) for each in odds]
        return {intent: round(power / sum(powers), 4) for intent, power in zip(self.intents, powers, strict=True)}

    def _meant(self, meaning: Meaning) -> list[float]:
        import numpy as np

        assert self.meaning is not None
        whole = np.rint(meaning.vector * _SHARPNESS).astype(np.int64)
        return [int(each) / _SHARPNESS for each in whole @ self.meaning]


class Heard(NamedTuple):
    """What a question sounds like: its ``cues``, and by what was learned how ``likely`` each intent, and each of
    ``UNASKED``, is; whether that was learned ``by_meaning``, too."""

    cues: Mapping[str, float]
    likely: Mapping[str, float]
    by_meaning: bool = False


def hear(question: Question, words: QuestionWords, meaning: Meaning | None = None) -> Heard:
    """What a question sounds like, by the words of questions.toml and the model that comes along: the one that knows
    meanings when the encoder it was learned with says what the question means. What a long message means is its story,
    and says little of what is asked."""
    heard, pieces = dict(cues(question, words)), wording(question)
    if meaning is not None and not question.story and (learned := read_asking()).encoder == meaning.encoder:
        return Heard(heard, learned.probabilities(heard, pieces, meaning), by_meaning=True)
    return Heard(heard, read_asking(BY_WORDS).probabilities(heard, pieces))


def wording(question: Question) -> frozenset[str]:
    """The pieces of the part that asks: up to four characters of Chinese, up to two words of English, with its ends."""
    text = question.focus[:_LONGEST]
    pieces = {
        run[start : start + length]
        for run in _RUN.findall(f"^{text}$")
        for length in range(1, _CHARACTERS + 1)
        for start in range(len(run) - length + 1)
    }
    if _LATIN.search(text):
        spoken = ("^", *_WORD.findall(text), "$")
        pieces |= {
            "_".join(("", *spoken[start : start + length]))
            for length in range(1, _WORDS + 1)
            for start in range(len(spoken) - length + 1)
        }
    return frozenset(pieces)


def cues(question: Question, words: QuestionWords) -> Iterator[tuple[str, float]]:
    """What the words of questions.toml say of it, each with a name: 0 … 1."""
    for intent, cue in words.intents.items():
        yield f"intents.{intent}", cue.score(question.focus)
    for group in ("targets", "modifiers", "fields", "sections"):
        for name, pattern in getattr(words, group).items():
            yield f"{group}.{name}", float(bool(pattern.search(question.focus)))
    yield "english", float(question.lang == "en")
    yield "story", float(question.story)


@cache
def read_asking(path: Path = MODEL) -> Asking:
    """The model of ``path``."""
    table = orjson.loads(path.read_bytes())
    base = Asking(tuple(table["intents"]), tuple(table["start"]), table["cues"], table["wording"])
    if "meaning" not in table:
        return base
    import numpy as np

    return replace(base, meaning=np.array(table["meaning"], dtype=np.int64), encoder=table["encoder"])
