"""The words of questions, from data/lexicon/questions.toml: intents, actions, what is listed, care."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from dutygraph.errors import SettingsError

__all__ = ["ODDITIES", "Action", "Cue", "QuestionWords", "read_question_words"]

ODDITIES = ("misnamed", "numbering", "written_twice", "doubled", "hidden", "repeated", "shifted", "stray")
"""The modifiers that ask after something odd in a register by itself, the most particular first."""


@dataclass(frozen=True, slots=True)
class Cue:
    """How an intent sounds: a ``strong`` pattern decides, a ``weak`` one leans."""

    strong: re.Pattern[str]
    weak: re.Pattern[str]

    def score(self, text: str) -> float:
        """0 … 1: the strength of this intent in a normalised question. More of the question covered means more."""
        strong = sum(len(found.group()) for found in self.strong.finditer(text))
        if strong:
            return min(1.0, 0.7 + 0.05 * strong)
        return 0.3 if self.weak.search(text) else 0.0


@dataclass(frozen=True, slots=True)
class Action:
    """A kind of official doing: how askers put it, and the words by which registers state it."""

    asked: re.Pattern[str]
    stated: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class QuestionWords:
    """Everything questions.toml says, compiled."""

    shells: re.Pattern[str]
    stopwords: frozenset[str]
    particles: frozenset[str]
    intents: Mapping[str, Cue]
    targets: Mapping[str, re.Pattern[str]]
    nouns: Mapping[str, re.Pattern[str]]
    comparisons: Mapping[str, re.Pattern[str]]
    fields: Mapping[str, re.Pattern[str]]
    modifiers: Mapping[str, re.Pattern[str]]
    actions: Mapping[str, Action]
    sections: Mapping[str, re.Pattern[str]]
    rows: Mapping[str, re.Pattern[str]]
    care: Mapping[str, re.Pattern[str]]
    pinyin: tuple[str, ...]


def read_question_words(path: Path) -> QuestionWords:
    """The words of ``path``. Raises SettingsError when the file is missing or wrong."""
    try:
        table = tomllib.loads(path.read_text("utf-8"))
        return QuestionWords(
            shells=_any(table["shells"]["patterns"]),
            stopwords=frozenset(table["stopwords"]["zh"]) | frozenset(table["stopwords"]["en"]),
            particles=frozenset(table["stopwords"]["particles"]),
            intents={name: Cue(_any(cue["strong"]), _any(cue["weak"])) for name, cue in table["intents"].items()},
            targets=_all(table["targets"]),
            nouns=_all(table["nouns"]),
            comparisons=_all(table["comparisons"]),
            fields=_all(table["fields"]),
            modifiers=_all(table["modifiers"]),
            actions={
                name: Action(_any(action["asked"]), tuple(action["stated"]))
                for name, action in table["actions"].items()
            },
            sections=_all(table["sections"]),
            rows=_all(table["rows"]),
            care=_all(table["care"]),
            pinyin=tuple(table["pinyin"]["words"]),
        )
    except (OSError, ValueError, KeyError, TypeError, re.error) as exc:
        raise SettingsError(f"the words of questions cannot be used: {exc!r}", path=path) from exc


def _all(table: Mapping[str, list[str]]) -> dict[str, re.Pattern[str]]:
    return {name: _any(patterns) for name, patterns in table.items()}


def _any(patterns: list[str]) -> re.Pattern[str]:
    """One expression that finds any of the patterns; none at all finds nothing."""
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns) or r"(?!)")
