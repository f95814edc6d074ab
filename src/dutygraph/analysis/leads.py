"""Who leads, and among how many: FRA-01, LEAD-01, LEAD-02."""

from __future__ import annotations

from collections.abc import Iterator

from dutygraph.analysis.draft import Context, Draft
from dutygraph.analysis.facts import Clause, Matter, Share, Sheet
from dutygraph.analysis.words import Words, fold

__all__ = ["check_leads", "leads_implicitly"]


def check_leads(context: Context) -> Iterator[Draft]:
    for sheet in context.sheets:
        for matter in sheet.matters:
            names = tuple(dict.fromkeys(share.name for share in matter.shares))
            if len(names) >= context.agencies:
                values = {"matter": matter.title, "count": str(len(names)), "agencies": "、".join(names)}
                cells = tuple(share.agency_cell for share in matter.shares)
                yield Draft("FRA-01", sheet, (matter.node,), (matter.title, *names), (matter.cell, *cells), values, 1.0)
            if len(names) > 1:
                yield from _lead(sheet, matter, names, context.words)


def _lead(sheet: Sheet, matter: Matter, names: tuple[str, ...], words: Words) -> Iterator[Draft]:
    if any("lead" in share.roles for share in matter.shares):
        return
    implicit = [share for share in matter.shares if _leads(share, matter, words)]
    if not implicit:
        values = {"matter": matter.title, "agencies": "、".join(names)}
        cells = (matter.cell, *(share.cell for share in matter.shares))
        yield Draft("LEAD-01", sheet, (matter.node,), (matter.title,), cells, values, 0.9)
    for share in implicit[:1]:
        values = {"matter": matter.title, "agency": share.name}
        labels = (matter.title, share.name)
        yield Draft("LEAD-02", sheet, (matter.node, share.node), labels, (share.cell, matter.cell), values, 0.85)


def _leads(share: Share, matter: Matter, words: Words) -> bool:
    texts = [clause.text for clause in share.clauses] or [share.text]
    return any(_says_so(text, matter.title, words) for text in texts)


def leads_implicitly(clause: Clause, matter: Matter, words: Words) -> bool:
    """Whether the clause gives the whole matter to its agency, or the others' work on it."""
    return _says_so(clause.text, matter.title, words)


def _says_so(text: str, title: str, words: Words) -> bool:
    folded = fold(text)
    if any(word in folded for word in words.whole_lead):
        return True
    # 组织、协调…救助管理工作: the matter itself is coordinated, not a part of it
    return any(word in folded for word in words.matter_lead) and fold(title) in folded
