"""Which names mean one thing: the rule for names of the form, and what people decided in ``lookups/alignment.toml``."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import combinations
from pathlib import Path
from typing import Any, Final, Literal

from dutygraph.errors import RegisterError

__all__ = ["Decisions", "Space", "core_of", "read_decisions"]

Space = Literal["matter", "department"]
"""What is compared with what: matters and regimes are about one kind of concept, departments about another."""

# What a name has at its end because it stands in one table of the form or in another.
_ENDINGS: Final[Mapping[Space, re.Pattern[str]]] = {
    "matter": re.compile(r"的?(?:监督管理|监督检查|监管|监督|管理|事项|事务|工作|制度|等)$"),
    "department": re.compile(r"(?:[支大中]队|科|股|处|室)$"),
}
_SHORTEST: Final = 2


@dataclass(frozen=True, slots=True)
class Decisions:
    """``same``: the core of a name → the core it is taken for; ``different``: pairs of cores that look alike and are
    not."""

    same: Mapping[tuple[Space, str], str] = field(default_factory=dict)
    different: frozenset[tuple[Space, frozenset[str]]] = frozenset()


def core_of(name: str, space: Space) -> str:
    """The name without white space, punctuation and the endings that the form adds.

    >>> core_of("互联网上网服务营业场所 管理", "matter")
    '互联网上网服务营业场所'
    """
    core = "".join(c for c in unicodedata.normalize("NFKC", name) if unicodedata.category(c)[0] in "LN").lower()
    while True:
        shorter = _ENDINGS[space].sub("", core)
        if shorter == core or len(shorter) < _SHORTEST:
            return core
        core = shorter


def read_decisions(path: Path) -> Decisions:
    """The ``[[same]]`` and ``[[different]]`` entries of an alignment file, each with ``of`` (matter or department) and
    ``names``. Raises RegisterError when the file is missing or wrong, naming the entry."""
    try:
        table = tomllib.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as exc:
        raise RegisterError(f"no readable table of alignments: {exc}", path=path) from exc
    if table.keys() - {"same", "different"}:
        raise RegisterError("holds something else than [[same]] and [[different]]", path=path)
    same: dict[tuple[Space, str], str] = {}
    for space, cores in (_entry(entry, path) for entry in table.get("same", ())):
        for core in cores:
            if same.setdefault((space, core), cores[0]) != cores[0]:
                raise RegisterError("stands in two [[same]] entries; make them one", path=path, place=core)
    different = {
        (space, frozenset(pair))
        for space, cores in (_entry(entry, path) for entry in table.get("different", ()))
        for pair in combinations(cores, 2)
    }
    return Decisions(same, frozenset(different))


def _entry(entry: Any, path: Path) -> tuple[Space, list[str]]:
    """The space and the cores of the names."""
    match entry:
        case {"of": "matter" | "department" as space, "names": [str(), str(), *_] as names, **rest} if not rest:
            return space, [core_of(str(name), space) for name in names]
    raise RegisterError(
        'an entry needs of = "matter" or "department" and names = ["…", "…"]', path=path, place=str(entry)
    )
