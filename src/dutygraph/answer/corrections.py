"""What people decided about records that stand wrong in a register: the corrected reading, beside the cell as it is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

__all__ = ["Correction", "read_corrections"]


@dataclass(frozen=True, slots=True)
class Correction:
    """``dropped``: the row belongs to something else and answers nothing; ``agency`` (with its IRI) whose row it is,
    when not the one it stands in; ``old`` → ``new``, words that are miswritten. Each empty when that is not what was
    decided. Who decided it, when (ISO 8601) and why goes with the answer."""

    dropped: bool
    agency: str
    agency_iri: str
    old: str
    new: str
    reason: str
    author: str
    date: str


def read_corrections(rows: Iterable[Mapping[str, object]]) -> dict[str, Correction]:
    """From the rows of the query ``corrections``, by the IRI of the record. Mere reviews, which confirm or dismiss a
    finding, correct nothing. Of several the last one counts."""
    found: dict[str, Correction] = {}
    for row in rows:
        text = {name: "" if value is None else str(value) for name, value in row.items()}
        decision = text["decision"]
        if decision in ("drop", "move", "replace"):
            found[text["node"]] = Correction(
                dropped=decision == "drop",
                agency=text["agencyName"],
                agency_iri=text["agency"],
                old=text["old"],
                new=text["new"],
                reason=text["reason"],
                author=text["author"],
                date=text["date"],
            )
    return found
