"""Which cells of the registers the corrections are about."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from dutygraph.analysis.facts import Sheet
from dutygraph.graph.reviews import Correction, Located, Spot, locate, read_corrections

__all__ = ["Correction", "Located", "locate_corrections", "read_corrections"]


def locate_corrections(corrections: Iterable[Correction], sheets: Iterable[Sheet]) -> Located:
    """Find the cell of each correction by its register, its exact words (white space aside) and, when given, its matter
    and agency. Row numbers do not count. Pure."""
    return locate(corrections, {sheet.id: _spots(sheet) for sheet in sheets})


def _spots(sheet: Sheet) -> Iterator[Spot]:
    quotes = {cell: at.quote for cell, at in sheet.cells.items() if at.document == sheet.document}
    for matter in sheet.matters:
        for share in matter.shares:
            if share.cell in quotes:
                yield Spot(share.cell, quotes[share.cell], matter.title, share.name)
        if matter.basis in quotes:
            yield Spot(matter.basis, quotes[matter.basis], matter.title)
    for cell, quote in quotes.items():
        yield Spot(cell, quote)
