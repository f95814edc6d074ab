"""Names of places, agencies and departments, and when two of them mean the same.

Nothing is known here of any one county: places come in as ``Place``, short names as
``aliases``, both from the registers.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dutygraph.evaluation.fold import fold, width_folded
from dutygraph.model import Register

__all__ = ["NameBook", "Place", "aliases_of", "as_list", "is_name", "places_of", "text_of"]

_NAME_ENDINGS = (
    *("局", "大队", "中队", "支队", "队", "科", "室", "所", "中心", "处", "委", "委员会", "办", "办公室"),
    *("政府", "部门", "站"),
)
_DEPARTMENT_ENDINGS = ("大队", "中队", "科", "室", "所", "中心", "处")
_LONGEST_NAME = 22
_SEPARATORS = re.compile(r"[、,，;；/|\n]+")
_SIX_DIGITS = re.compile(r"(?<!\d)\d{6}(?!\d)")
# in an object that stands where a name was expected
_LABEL_KEYS = ("label", "name", "department", "agency")


@dataclass(frozen=True, slots=True)
class Place:
    """A jurisdiction of the registers. ``names``: every way to write it (东山县, 东山, Dongshan …); ``agencies``: those
    whose registers these are; ``within``: the names of the places above it, the largest first."""

    code: str
    names: tuple[str, ...]
    agencies: tuple[str, ...] = ()
    within: tuple[str, ...] = ()


def places_of(
    registers: Iterable[Register],
    names: Mapping[str, Iterable[str]] | None = None,
    within: Mapping[str, Iterable[str]] | None = None,
) -> tuple[Place, ...]:
    """One ``Place`` per jurisdiction code. ``names`` and ``within`` add, by code, what the registers do not say: other
    and English names, and the places above. The name without its last 区, 县, 市 or 旗 is always one of the names."""
    agencies: dict[str, dict[str, None]] = {}
    called: dict[str, dict[str, None]] = {}
    for register in registers:
        code = register.jurisdiction_code
        agencies.setdefault(code, {})[register.agency] = None
        own = called.setdefault(code, {})
        for name in (register.jurisdiction, *(names or {}).get(code, ())):
            own[name] = None
            if len(name) > 2 and name[-1] in "区县市旗":
                own[name[:-1]] = None
    return tuple(
        Place(code, tuple(called[code]), tuple(agencies[code]), tuple((within or {}).get(code, ())))
        for code in sorted(called)
    )


def aliases_of(registers: Iterable[Register]) -> dict[str, tuple[str, ...]]:
    """Short name → the full names it may stand for, over all registers."""
    full_names: dict[str, dict[str, None]] = {}
    for register in registers:
        for full, shorts in register.aliases.items():
            for short in shorts:
                full_names.setdefault(short, {})[full] = None
    return {short: tuple(fulls) for short, fulls in full_names.items()}


def as_list(value: Any) -> list[Any]:
    """A JSON value as a list: null and "" are none, a single value is one."""
    if value is None or value == "":
        return []
    return list(value) if isinstance(value, list | tuple) else [value]


def text_of(value: Any) -> str:
    """A JSON value as text; of an object its plain values, addresses left out."""
    if isinstance(value, Mapping):
        plain = (v for k, v in value.items() if k not in ("iri", "at") and isinstance(v, str | int | float))
        return " ".join(str(v) for v in plain)
    return "" if value is None else str(value)


def is_name(text: object) -> bool:
    """Does it look like the name of an agency or department?"""
    folded = fold(text)
    return len(folded) <= _LONGEST_NAME and folded.endswith(_NAME_ENDINGS)


class NameBook:
    """The places and aliases of the registers, ready for comparing names."""

    def __init__(self, places: Sequence[Place], aliases: Mapping[str, Iterable[str]]) -> None:
        self.places = {place.code: place for place in places}
        self._place_names = {place.code: tuple(fold(name) for name in place.names) for place in places}
        self._agencies = frozenset(fold(agency) for place in places for agency in place.agencies)
        self._prefix = re.compile(self._prefix_pattern(places))
        self._full_names = {fold(short): frozenset(fold(full) for full in fulls) for short, fulls in aliases.items()}

    @staticmethod
    def _prefix_pattern(places: Sequence[Place]) -> str:
        above = {fold(name) for place in places for name in place.within}
        own = {re.sub("[区县]$", "", fold(name)) for place in places for name in place.names}
        optional = [
            f"(?:{'|'.join(map(re.escape, sorted(group, key=len, reverse=True)))})" for group in (above, own) if group
        ]
        pattern = (f"{optional[0]}*" if above else "") + (f"{optional[-1]}?" if own else "")
        return pattern + "[区县]?"

    def plain(self, name: object) -> str:
        """The name without the place before it, and a department's without its agency's: 东山县林业局 → 林业局,
        林业局森林防火大队 → 森林防火大队."""
        folded = fold(name)
        match = self._prefix.match(folded)
        rest = folded[match.end() :] if match else folded
        plain = rest if len(rest) >= 2 else folded
        for agency in self._agencies:
            if plain.startswith(agency) and len(plain) > len(agency) + 2 and plain.endswith(_DEPARTMENT_ENDINGS):
                return plain[len(agency) :]
        return plain

    def same(self, one: object, other: object) -> bool:
        """Equal, or one the short form of the other. Two short forms of one name are not the same: the relation is
        not transitive, since a short form may stand for several names."""
        a, b = self.plain(one), self.plain(other)
        return a == b or b in self._full_names.get(a, ()) or a in self._full_names.get(b, ())

    def among(self, name: object, names: Iterable[object]) -> bool:
        return any(self.same(name, other) for other in names)

    def forms(self, name: object) -> tuple[str, ...]:
        """The plain name, what it is short for, and its own short forms."""
        plain = self.plain(name)
        return (plain, *sorted(self._full_names.get(plain, ())), *self.short_forms(plain))

    def short_forms(self, name: object) -> tuple[str, ...]:
        plain = self.plain(name)
        return tuple(short for short, fulls in self._full_names.items() if plain in fulls)

    def is_home(self, name: object) -> bool:
        """Is it an agency whose register was read, rather than one of its departments or another agency?"""
        return self.plain(name) in self._agencies

    def is_department(self, name: object) -> bool:
        return self.plain(name).endswith(_DEPARTMENT_ENDINGS)

    def split(self, values: Any) -> list[str]:
        """Single names, in order, without repeats: 林业局（森林防火大队）、农业局 → three."""
        found: dict[str, str] = {}
        for value in as_list(values):
            labels = [value.get(key) for key in _LABEL_KEYS] if isinstance(value, Mapping) else [value]
            for piece in _SEPARATORS.split(str(next(filter(None, labels), ""))):
                for name in _without_brackets(piece):
                    plain = self.plain(name)
                    if plain:
                        found.setdefault(plain, name.strip())
        return list(found.values())

    def code_of(self, value: object) -> str | None:
        """The code of the place that a code, name or label names; any other six digits stand for themselves."""
        folded = fold(value)
        for code, names in self._place_names.items():
            if code in folded or any(name in folded for name in names):
                return code
        match = _SIX_DIGITS.search(folded)
        return match.group() if match else None

    def mentions(self, text: object, code: str) -> bool:
        folded = fold(text)
        return code in folded or any(name in folded for name in self._place_names.get(code, ()))

    def passages_by_place(self, text: str) -> dict[str, str]:
        """Prose cut at the names of places: what follows a name is said of that place."""
        low = width_folded(text).lower()  # punctuation stays, so that sentences can still be told apart
        marks = sorted(
            (match.start(), -len(name), code)
            for code, names in self._place_names.items()
            for name in set(names)
            for match in re.finditer(re.escape(name), low)
        )
        said: dict[str, str] = {}
        for i, (start, _, code) in enumerate(marks):
            end = marks[i + 1][0] if i + 1 < len(marks) else len(low)
            said[code] = said.get(code, "") + low[start:end] + "\n"
        return said


def _without_brackets(piece: str) -> list[str]:
    """A name and, when the brackets after it hold a name, that one too; other brackets are dropped."""
    trimmed = piece.strip()
    match = re.match(r"^(.*?)[（(](.+?)[)）]$", trimmed)
    if not match:
        return [piece]
    return [match[1], match[2]] if is_name(match[2]) else [match[1]]
