"""Reviews and corrections kept as files: what a person decided about a finding or a cell, with reason, author, date.

A source is never edited. A correction holds for the cell whose register and words it names, wherever its row has moved;
when no cell has these words any more, it is stale: reported, not applied.
"""

from __future__ import annotations

import tomllib
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Literal, get_args

from dutygraph.errors import SettingsError

__all__ = ["Action", "Correction", "Located", "Spot", "locate", "read_corrections"]

Action = Literal["confirm", "dismiss", "drop", "move", "replace"]

_ACTIONS: tuple[Action, ...] = get_args(Action)
_TEXT_KEYS = ("action", "register", "quote", "matter", "agency", "to_agency", "old", "new", "reason", "author")
_REQUIRED = ("action", "register", "quote", "codes", "reason", "author", "date")
_NEEDS: dict[str, tuple[str, ...]] = {"move": ("to_agency",), "replace": ("old", "new")}


@dataclass(frozen=True, slots=True)
class Correction:
    """``confirm`` or ``dismiss`` the findings of ``codes`` on a cell; ``drop`` a foreign row; ``move`` a share to the
    agency ``to_agency``; ``replace`` the words ``old`` by ``new``. ``matter`` and ``agency`` tell cells with equal
    words apart. ``file``: where it is written."""

    action: Action
    register: str
    quote: str
    codes: tuple[str, ...]
    reason: str
    author: str
    date: date
    matter: str = ""
    agency: str = ""
    to_agency: str = ""
    old: str = ""
    new: str = ""
    file: str = ""

    @property
    def said(self) -> str:
        """Who decided it, when and why, in one line."""
        return f"{self.author}, {self.date.isoformat()}: {self.reason}"


@dataclass(frozen=True, slots=True)
class Spot:
    """A cell that can be reviewed: its IRI and words, with the matter and the agency it belongs to, when it does, and
    the statement (``node``) whose ``text`` stands in it."""

    cell: str
    quote: str
    matter: str = ""
    agency: str = ""
    node: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Located:
    """Corrections at their cells. ``stale``: those whose cell was not found, or stands there more than once."""

    by_cell: dict[str, tuple[Correction, ...]]
    stale: tuple[Correction, ...]

    def corrections_for(self, cell: str) -> tuple[Correction, ...]:
        """What was decided about the cell with this IRI, in the order of the files."""
        return self.by_cell.get(cell, ())


def read_corrections(folder: Path) -> tuple[Correction, ...]:
    """The corrections of every ``.toml`` file of a folder, none when there is no such folder. Raises SettingsError for
    an entry that is wrong, naming the file and the entry."""
    return tuple(correction for path in sorted(folder.glob("*.toml")) for correction in _read_file(path))


def _read_file(path: Path) -> Iterator[Correction]:
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as exc:
        raise SettingsError(f"cannot be read: {exc}", path=path) from exc
    for number, entry in enumerate(raw.get("correction", []), start=1):
        yield _parse(entry, path, f"correction {number}")


def _parse(entry: dict[str, Any], path: Path, place: str) -> Correction:
    unknown = entry.keys() - {*_TEXT_KEYS, "codes", "date"}
    if unknown:
        raise SettingsError(f"unknown key {min(unknown)!r}", path=path, place=place)
    action = next((known for known in _ACTIONS if known == entry.get("action")), None)
    if action is None:
        raise SettingsError(f"action: write {', '.join(_ACTIONS)}", path=path, place=place)
    for key in (*_REQUIRED, *_NEEDS.get(action, ())):
        if not entry.get(key):
            raise SettingsError(f"{key} is missing", path=path, place=place)
    if not isinstance(entry["date"], date):
        raise SettingsError("write the date as date = 2026-11-22", path=path, place=place)
    if not isinstance(entry["codes"], list) or not all(isinstance(code, str) for code in entry["codes"]):
        raise SettingsError('write the codes as codes = ["MIS-01"]', path=path, place=place)
    if action == "replace" and _fold(entry["old"]) not in _fold(entry["quote"]):
        raise SettingsError("the words of `old` are not in `quote`", path=path, place=place)
    texts = {key: str(entry[key]) for key in _TEXT_KEYS if key in entry and key != "action"}
    return Correction(action=action, codes=tuple(entry["codes"]), date=entry["date"], file=path.name, **texts)


def locate(corrections: Iterable[Correction], spots: Mapping[str, Iterable[Spot]]) -> Located:
    """Find the cell of each correction by its register, its exact words (white space aside) and, when given, its matter
    and agency. Row numbers do not count. ``spots``: by register id. Pure."""
    quoted: dict[tuple[str, str], list[Spot]] = defaultdict(list)
    for register, found in spots.items():
        for spot in found:
            quoted[register, _fold(spot.quote)].append(spot)
    by_cell: dict[str, list[Correction]] = defaultdict(list)
    stale: list[Correction] = []
    for correction in corrections:
        of_words = quoted[correction.register, _fold(correction.quote)]
        cells = {spot.cell for spot in of_words if _is_meant(correction, spot)}
        if len(cells) == 1:
            by_cell[cells.pop()].append(correction)
        else:
            stale.append(correction)
    return Located({cell: tuple(found) for cell, found in by_cell.items()}, tuple(stale))


def _is_meant(correction: Correction, spot: Spot) -> bool:
    if correction.matter and _fold(spot.matter) != _fold(correction.matter):
        return False
    return not correction.agency or spot.agency in ("", correction.agency)


def _fold(text: str) -> str:
    """NFKC, lower case, no white space."""
    return "".join(unicodedata.normalize("NFKC", text).split()).lower()
