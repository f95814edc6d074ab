"""Who has what part in which matter: matters and agencies, with roles and findings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from dutygraph.analysis.facts import Share, Sheet
from dutygraph.analysis.finding import Finding

__all__ = ["Cell", "Matrix", "matrices"]

_ROLES = {
    "lead": "牵头",
    "approve": "审批",
    "responsible": "负责",
    "supervise": "监督",
    "coordinate": "协调",
    "joint": "会同",
    "guide": "指导",
    "assist": "协助",
    "participate": "参与",
    "inform": "通报",
}


@dataclass(frozen=True, slots=True)
class Cell:
    """An agency's part in a matter: its roles, gravest first, and how many findings concern it."""

    roles: tuple[str, ...]
    findings: int


@dataclass(frozen=True, slots=True)
class Matrix:
    """The matters of one register against the agencies that share them; None where an agency has no part."""

    place: str
    register: str
    agencies: tuple[str, ...]
    rows: tuple[tuple[str, tuple[Cell | None, ...]], ...]


def matrices(sheets: Iterable[Sheet], findings: Iterable[Finding]) -> tuple[Matrix, ...]:
    """One matrix a register that has matters. The agencies stand in the order of how many matters they share. Pure."""
    marked = Counter(subject for finding in findings if finding.severity != "info" for subject in finding.subjects)
    return tuple(_matrix(sheet, marked) for sheet in sheets if sheet.matters)


def _matrix(sheet: Sheet, marked: Counter[str]) -> Matrix:
    counts = Counter(share.name for matter in sheet.matters for share in matter.shares)
    agencies = tuple(name for name, _ in counts.most_common())
    rows = tuple(
        (
            matter.title,
            tuple(_cell([share for share in matter.shares if share.name == name], marked) for name in agencies),
        )
        for matter in sheet.matters
    )
    return Matrix(sheet.place, sheet.id, agencies, rows)


def _cell(shares: list[Share], marked: Counter[str]) -> Cell | None:
    if not shares:
        return None
    held = {role for share in shares for role in share.roles}
    roles = tuple(label for role, label in _ROLES.items() if role in held)
    return Cell(roles, sum(marked[share.node] for share in shares))
