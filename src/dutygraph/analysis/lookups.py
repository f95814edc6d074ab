"""What the analysis knows from data that a user can extend: levels, renumbered acts, agencies in articles, remits."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_args

from dutygraph.analysis.finding import Level
from dutygraph.errors import SettingsError

__all__ = ["LawAgencies", "Lookups", "Profile", "read_lookups", "read_profile"]


@dataclass(frozen=True, slots=True)
class Profile:
    """``levels``: the level of each code; a code that is off is not in it. ``agencies``: from so many a matter is
    fragmented. ``siblings``: the share of the siblings that must have what a register lacks."""

    levels: dict[str, Level]
    agencies: int
    siblings: float


@dataclass(frozen=True, slots=True)
class LawAgencies:
    """The article of an act that divides the work, and the agency types it names, each as the article writes it."""

    article: str
    kinds: dict[str, str]


@dataclass(frozen=True, slots=True)
class Lookups:
    """``renumbered``: the dates at which the articles of an act moved, by title. ``divisions``: by title.
    ``remits``: the words that only one kind of agency uses of its work, by agency type notation."""

    renumbered: dict[str, tuple[str, ...]]
    divisions: dict[str, LawAgencies]
    remits: dict[str, tuple[str, ...]]


def read_profile(path: Path) -> Profile:
    """Raises SettingsError when the file is missing or says something unknown."""
    raw = _read(path)
    levels: dict[str, Level] = {}
    for code, level in raw.get("levels", {}).items():
        if level in get_args(Level):
            levels[code] = level
        elif level != "off":
            raise SettingsError(f"{code} = {level!r}: write violation, warning, info or off", path=path)
    limits = raw.get("limits", {})
    return Profile(levels, int(limits.get("agencies", 5)), float(limits.get("siblings", 0.5)))


def read_lookups(folder: Path) -> Lookups:
    """Read ``finding-laws.toml`` and ``finding-remits.toml`` of a lookups folder. Raises SettingsError."""
    laws = _read(folder / "finding-laws.toml")
    return Lookups(
        renumbered={title: tuple(dates) for title, dates in laws.get("renumbered", {}).items()},
        divisions={
            one["title"]: LawAgencies(one["article"], dict(one["agencies"])) for one in laws.get("division", [])
        },
        remits={kind: tuple(words) for kind, words in _read(folder / "finding-remits.toml").items()},
    )


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as exc:
        raise SettingsError(f"cannot be read: {exc}", path=path) from exc
