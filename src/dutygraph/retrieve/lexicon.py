"""The lexicon: concepts that a county governs, with the words people and registers have for them.

A folder of TOML files, each a list of entries:

    [[concept]]
    id = "barking-dogs"                          # unique; lower-case letters, digits and hyphens
    zh = "犬吠扰民"
    en = "barking dogs"
    words = ["狗叫"]                              # everyday Chinese
    en_words = ["barking dog"]                   # everyday English
    official = ["犬吠扰民"]                       # what any register would write; a cell with such a phrase is meant
    near = ["dog-licence"]                       # other concepts, easily mistaken for this one

``words``, ``en_words``, ``official`` and ``near`` may be left out. Any other key is refused: a misspelt key would
otherwise lose its words without a sound.
"""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from dutygraph.errors import LexiconError
from dutygraph.retrieve.normalise import normalise

__all__ = ["Concept", "LexiconNote", "check_lexicon", "read_lexicon"]

_QUESTION_WORDS = "questions.toml"  # the words of questions: read by those who understand questions
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_KEYS = ("id", "zh", "en", "words", "en_words", "official", "near")


@dataclass(frozen=True, slots=True)
class Concept:
    """One entry of the lexicon; see the head of this module for its fields."""

    id: str
    zh: str
    en: str
    words: tuple[str, ...] = ()
    en_words: tuple[str, ...] = ()
    official: tuple[str, ...] = ()
    near: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LexiconNote:
    """Something in the lexicon that may mislead: a word of several concepts (``ambiguous``), a word given twice in one
    (``repeated``), a ``near`` that names no concept (``unknown-near``), an id that stands in two folders
    (``repeated-id``). ``concepts`` are the ids concerned."""

    kind: Literal["ambiguous", "repeated", "unknown-near", "repeated-id"]
    word: str
    concepts: tuple[str, ...]


def read_lexicon(folder: Path) -> tuple[Concept, ...]:
    """The concepts of all TOML files of ``folder``, in the order of file names and entries; none when there are none.

    Raises LexiconError, naming file, entry and mend, when a file is no TOML, an entry lacks ``id``, ``zh`` or ``en``,
    a key is unknown or a value of the wrong type, or an id is given twice.
    """
    concepts: dict[str, Concept] = {}
    origin: dict[str, Path] = {}
    for path in sorted(folder.glob("*.toml")):
        if path.name == _QUESTION_WORDS:
            continue
        for number, entry in enumerate(_entries(path), start=1):
            concept = _concept(entry, path, number)
            if concept.id in concepts:
                first = origin[concept.id].name
                raise LexiconError(f"the id stands in {first} already; give another", path=path, place=concept.id)
            concepts[concept.id], origin[concept.id] = concept, path
    return tuple(concepts.values())


def check_lexicon(concepts: Iterable[Concept]) -> tuple[LexiconNote, ...]:
    """What may mislead in a lexicon, of one folder or of several together. Words are compared as search compares them
    (width, case, script, spacing aside)."""
    notes: list[LexiconNote] = []
    owners: dict[str, list[str]] = defaultdict(list)
    known: set[str] = set()
    everything = list(concepts)
    for concept in everything:
        if concept.id in known:
            notes.append(LexiconNote("repeated-id", concept.id, (concept.id,)))
        known.add(concept.id)
        for words in (concept.words, concept.en_words):
            seen: set[str] = set()
            for word in map(normalise, words):
                if word in seen:
                    notes.append(LexiconNote("repeated", word, (concept.id,)))
                seen.add(word)
        for word in dict.fromkeys(map(normalise, (*concept.words, *concept.en_words))):
            owners[word].append(concept.id)
    for word, ids in owners.items():
        if len(set(ids)) > 1:
            notes.append(LexiconNote("ambiguous", word, tuple(dict.fromkeys(ids))))
    for concept in everything:
        notes += [LexiconNote("unknown-near", near, (concept.id,)) for near in concept.near if near not in known]
    return tuple(notes)


def _entries(path: Path) -> list[object]:
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as exc:
        raise LexiconError(f"is no TOML: {exc}", path=path) from exc
    except (OSError, UnicodeDecodeError) as exc:
        raise LexiconError("cannot be read; it must be UTF-8 text", path=path) from exc
    entries = content.pop("concept", [])
    if content:
        raise LexiconError(f"{next(iter(content))!r} is not known here; entries begin with [[concept]]", path=path)
    if not isinstance(entries, list):
        raise LexiconError("'concept' is one table; write [[concept]] with two brackets", path=path)
    return entries


def _concept(entry: object, path: Path, number: int) -> Concept:
    if not isinstance(entry, Mapping):
        raise LexiconError("is no table; write [[concept]]", path=path, place=f"entry {number}")
    place = entry["id"] if isinstance(entry.get("id"), str) else f"entry {number}"
    for key in entry:
        if key not in _KEYS:
            raise LexiconError(f"the key {key!r} is not known; the keys are {', '.join(_KEYS)}", path=path, place=place)
    concept = Concept(
        id=_text(entry.get("id"), "id", path, place),
        zh=_text(entry.get("zh"), "zh", path, place),
        en=_text(entry.get("en"), "en", path, place),
        words=_texts(entry.get("words", []), "words", path, place),
        en_words=_texts(entry.get("en_words", []), "en_words", path, place),
        official=_texts(entry.get("official", []), "official", path, place),
        near=_texts(entry.get("near", []), "near", path, place),
    )
    if not _ID.fullmatch(concept.id):
        raise LexiconError("an id has lower-case letters, digits and single hyphens only", path=path, place=place)
    return concept


def _text(value: object, key: str, path: Path, place: str) -> str:
    if not isinstance(value, str) or not normalise(value):
        raise LexiconError(f"{key!r} must be a text that is not empty", path=path, place=place)
    return value


def _texts(value: object, key: str, path: Path, place: str) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise LexiconError(f"{key!r} must be a list of texts", path=path, place=place)
    return tuple(_text(each, key, path, place) for each in value)
