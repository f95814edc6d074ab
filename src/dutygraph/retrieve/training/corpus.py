"""The everyday corpus: what people say, and what registers write for it.

Each line of ``data/everyday/*.jsonl`` is a group: one official sentence (``p``), sentences that are near and wrong
(``neg``), and wordings (``q``), each with its language (``zh``, ``en``) and style. ``splits.toml`` beside them says
which topics are kept from training.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Final, Literal

from dutygraph.errors import SettingsError
from dutygraph.retrieve.normalise import normalise

__all__ = ["SPLITS", "Group", "Split", "Wording", "find_repeats", "read_corpus", "split_corpus"]

Split = Literal["training", "development", "test", "known"]
SPLITS: Final[tuple[Split, ...]] = ("training", "development", "test", "known")
"""``test``: topics left out of training. ``known``: official sentences left out, of topics that are trained on."""


@dataclass(frozen=True, slots=True)
class Wording:
    """One way to say it."""

    text: str
    language: str
    style: str


@dataclass(frozen=True, slots=True)
class Group:
    """An official sentence, its near misses and its everyday wordings."""

    topic: str
    intent: str
    official: str
    near: tuple[str, ...]
    wordings: tuple[Wording, ...]


def read_corpus(folder: Path) -> list[Group]:
    """Every group of the folder's files, by file name and line. Raises SettingsError for a line that is none."""
    return [group for path in sorted(folder.glob("*.jsonl")) for group in _read_file(path)]


def _read_file(path: Path) -> Iterator[Group]:
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, start=1):
            try:
                row = json.loads(line)
                wordings = tuple(Wording(str(text), str(lang), str(style)) for text, lang, style in row["q"])
                near = tuple(map(str, row["neg"]))
                yield Group(str(row["topic"]), str(row["intent"]), str(row["p"]), near, wordings)
            except (ValueError, KeyError, TypeError) as exc:
                raise SettingsError(f"line {number} is no group of wordings", path=path) from exc


def split_corpus(groups: Iterable[Group], folder: Path) -> dict[Split, list[Group]]:
    """The groups of each split, by the rule of ``splits.toml`` in the folder: topics named there are for development or
    test; of the other topics one official sentence in ``known_share``, by its hash, is kept out, and all else is for
    training. Raises SettingsError when the file is missing or has no such keys."""
    path = folder / "splits.toml"
    try:
        rule = tomllib.loads(path.read_text(encoding="utf-8"))
        development, test, share = set(rule["development"]), set(rule["test"]), int(rule["known_share"])
    except (OSError, ValueError, KeyError, TypeError) as exc:
        raise SettingsError("does not say how the corpus is split", path=path) from exc
    split: dict[Split, list[Group]] = {name: [] for name in SPLITS}
    for group in groups:
        if group.topic in test:
            split["test"].append(group)
        elif group.topic in development:
            split["development"].append(group)
        elif int(sha256(normalise(group.official).encode()).hexdigest()[:8], 16) % share == 0:
            split["known"].append(group)
        else:
            split["training"].append(group)
    return split


def find_repeats(split: dict[Split, list[Group]]) -> list[str]:
    """What stands in two groups, or twice in one, and must not: a wording (two answers to one question), or an
    official sentence. Each as ``<text>: <split>/<topic>, <split>/<topic>``, compared in normalised form."""
    places: dict[str, list[str]] = {}
    for name, groups in split.items():
        for group in groups:
            for text in (group.official, *(wording.text for wording in group.wordings)):
                places.setdefault(normalise(text), []).append(f"{name}/{group.topic}")
    return [f"{text}: {', '.join(where)}" for text, where in places.items() if len(where) > 1]
