"""The vocabulary of the form (words.toml) and how texts are compared with it."""

from __future__ import annotations

import math
import re
import tomllib
import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

__all__ = ["Rarity", "Words", "bigrams", "core", "elements", "fold", "load_words", "share_run", "squeeze", "unit_field"]

_KEPT = 50_000  # texts whose reading is kept: all of a province at once
_LIST = re.compile(r"[、，,；;。：:（）()“”\"《》]|以及|及其|和|与|及|或")
_UNIT_TAIL = re.compile(r"(?:警察|保卫|安全|监察|管理|监督)*(?:大队|中队|支队|科|室|股|处|办|所|中心)$")
_TAIL = re.compile(r"(?:等|等.{0,6}|的|的情报信息|情报信息|情况|工作|业务|手续)$")


@dataclass(frozen=True, slots=True)
class Words:
    """words.toml, compiled."""

    form: re.Pattern[str]
    opening: re.Pattern[str]
    residual: re.Pattern[str]
    relational: tuple[str, ...]
    umbrellas: dict[str, tuple[str, ...]]
    stages: dict[str, tuple[str, ...]]
    steps: dict[str, tuple[str, ...]]
    acts: dict[str, str]
    area: tuple[str, ...]
    whole_lead: tuple[str, ...]
    matter_lead: tuple[str, ...]
    levels: dict[str, re.Pattern[str]]
    level_units: dict[str, tuple[str, ...]]
    headings: dict[str, tuple[str, ...]]

    def spelled_out(self, text: str) -> str:
        """The text with the things that its collective words stand for (特种行业: 旅馆, 印章 …)."""
        members = (" ".join(things) for name, things in self.umbrellas.items() if name in text)
        return " ".join((text, *members))

    def act(self, verb: str) -> str:
        """The group an act belongs to; itself when it is in none."""
        return self.acts.get(verb, verb)

    def stages_of(self, text: str) -> frozenset[str]:
        """The stages of a thing's life that a text names."""
        return frozenset(stage for stage, names in self.stages.items() if any(name in text for name in names))

    def steps_of(self, text: str) -> frozenset[str]:
        """The steps of a procedure that a text names."""
        return frozenset(step for step, names in self.steps.items() if any(name in text for name in names))

    def is_residual(self, text: str) -> bool:
        return self.residual.search(text) is not None


@cache
def load_words() -> Words:
    """The vocabulary that comes with the package."""
    raw: dict[str, Any] = tomllib.loads((Path(__file__).parent / "words.toml").read_text(encoding="utf-8"))
    return Words(
        form=_any(raw["form"]),
        opening=re.compile(rf"^(?:{_any(raw['opening']).pattern})+"),
        residual=re.compile("|".join(raw["residual"])),
        relational=tuple(raw["relational"]),
        umbrellas={name: tuple(members) for name, members in raw["umbrellas"].items()},
        stages={stage: tuple(names) for stage, names in raw["stages"].items()},
        steps={step: tuple(names) for step, names in raw["steps"].items()},
        acts={name: group for group, names in raw["acts"].items() for name in names},
        area=tuple(raw["parting"]["area"]),
        whole_lead=tuple(raw["implicit_lead"]["whole"]),
        matter_lead=tuple(raw["implicit_lead"]["over_matter"]),
        levels={level: re.compile("|".join(patterns)) for level, patterns in raw["levels"].items()},
        level_units={level: tuple(names) for level, names in raw["levels_unit"].items()},
        headings={kind: tuple(names) for kind, names in raw["headings"].items()},
    )


def _any(words: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(re.escape(word) for word in sorted(words, key=len, reverse=True)))


@lru_cache(maxsize=_KEPT)
def _spelled_bigrams(text: str) -> frozenset[str]:
    return bigrams(load_words().spelled_out(text))


@lru_cache(maxsize=_KEPT)
def _runs(text: str, length: int) -> frozenset[str]:
    """Every run of ``length`` characters, none over a word of the form."""
    runs = load_words().form.sub(" ", fold(text)).split()
    return frozenset(run[i : i + length] for run in runs for i in range(len(run) - length + 1))


@lru_cache(maxsize=_KEPT)
def _spelled_folded(text: str) -> str:
    return fold(load_words().spelled_out(text))


def share_run(one: str, two: str, least: int = 3) -> bool:
    """Whether a run of ``least`` characters stands in both, words of the form aside (on what they stand for too)."""
    there = _spelled_folded(two)
    return any(run in there for run in _runs(one, least))


def squeeze(text: str) -> str:
    """Without any white space."""
    return "".join(text.split())


@lru_cache(maxsize=_KEPT)
def fold(text: str) -> str:
    """NFKC, lower case, no white space: for comparing, never for showing."""
    return squeeze(unicodedata.normalize("NFKC", text)).lower()


@lru_cache(maxsize=_KEPT)
def bigrams(text: str) -> frozenset[str]:
    """The pairs of neighbouring characters of what a text is about: words of the form are taken out first, and no pair
    reaches over a gap. A piece of one character counts as itself."""
    found: set[str] = set()
    for run in re.split(r"[^0-9a-z\u3007\u4e00-\u9fff]+", load_words().form.sub(" ", fold(text))):
        found.update(run[i : i + 2] for i in range(len(run) - 1))
        if len(run) == 1:
            found.add(run)
    return frozenset(found)


@lru_cache(maxsize=_KEPT)
def core(text: str) -> str:
    """An object without what opens and closes it: 影响社会稳定的情况 → 社会稳定."""
    bare = load_words().opening.sub("", re.sub(r"[“”\"]", "", fold(text)))
    for _ in range(3):
        shorter = _TAIL.sub("", bare)
        if not shorter or shorter == bare:
            break
        bare = shorter
    return bare


@lru_cache(maxsize=_KEPT)
def elements(text: str) -> tuple[str, ...]:
    """The single things a list names: 国家安全和社会政治稳定的情报信息 → 国家安全, 社会政治稳定."""
    pieces = (core(piece) for piece in _LIST.split(fold(text)))
    return tuple(dict.fromkeys(piece for piece in pieces if len(piece) > 1))


def unit_field(name: str) -> str:
    """What a department is called after, without the words for a department: 治安管理大队 → 治安."""
    return _UNIT_TAIL.sub("", fold(name))


class Rarity:
    """How telling a pair of characters is: the rarer among the texts, the more."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._counts: Counter[str] = Counter()
        self._texts = 0
        for text in texts:
            self._texts += 1
            self._counts.update(bigrams(text))

    def weight(self, pair: str) -> float:
        """Between 0 and 1: 1 for a pair in one text only."""
        return 1.0 / (1.0 + math.log1p(max(self._counts[pair] - 1, 0)))

    def covered(self, text: str, *others: str) -> float:
        """The share of what ``text`` is about, by weight, that the others speak of too; 1 for a text about nothing."""
        wanted = bigrams(text)
        there = frozenset[str]().union(*map(_spelled_bigrams, others))
        total = sum(self.weight(pair) for pair in wanted)
        return sum(self.weight(pair) for pair in wanted & there) / total if total else 1.0
