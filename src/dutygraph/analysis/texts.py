"""What the reader noticed in a source (NUM-01, TEL-01, TXT-01), as findings like the others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from dutygraph.analysis.draft import Draft
from dutygraph.analysis.facts import Sheet
from dutygraph.analysis.finding import Evidence

__all__ = ["check_notes"]

_CODES = frozenset(("NUM-01", "TEL-01", "TXT-01"))


def check_notes(
    sheets: Iterable[Sheet], notes: Mapping[str, Iterable[Mapping[str, Any]]]
) -> Iterator[tuple[Draft, Evidence | None]]:
    """``notes``: the findings of the reader by register id, as in a build's report. Those of one place and one word are
    one finding."""
    known = list(sheets)
    # every sheet holds the cells of all
    cells = {(at.document, at.section, at.locator): cell for cell, at in (known[0].cells if known else {}).items()}
    for sheet in known:
        titles = {item.cell: regime.title for regime in sheet.regimes for item in regime.items}
        seen: set[tuple[str, str, str]] = set()
        for note in notes.get(sheet.id, ()):
            if note["code"] not in _CODES:
                continue
            at = note.get("at") or {}
            quote = str(note.get("quote") or "")
            key = (note["code"], str(at.get("section")), quote)
            if key in seen and note["code"] != "NUM-01":
                continue
            seen.add(key)
            evidence = Evidence(sheet.document, str(at.get("section") or ""), _locator(at), quote)
            values = {"quote": quote, "message": str(note["message"])}
            about = f"{evidence.section}|{quote}"
            cell = cells.get((evidence.document, evidence.section, evidence.locator), "")
            labels = (quote, titles.get(cell, ""))
            draft = Draft(note["code"], sheet, (sheet.iri,), labels, (cell,) if cell else (), values, 0.8, about=about)
            yield draft, None if cell else evidence


def _locator(at: Mapping[str, Any]) -> str:
    parts = [f"{name} {at[name]}" for name in ("row", "line") if at.get(name) is not None]
    return ", ".join([*parts, *([str(at["cell"])] if at.get("cell") else [])])
