"""Citations against the law: LAW-01, LAW-02, LAW-03, LAW-05."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from dutygraph.analysis.draft import Context, Draft
from dutygraph.analysis.facts import Citation, Matter, Sheet

__all__ = ["check_citations"]

_INNER_TITLE = re.compile(r"[<〈《]([^<>〈〉《》]+)[>〉》]")


def check_citations(context: Context) -> Iterator[Draft]:
    for sheet in context.sheets:
        titles = {
            **{matter.node: matter.title for matter in sheet.matters},
            **{regime.node: regime.title for regime in sheet.regimes},
        }
        seen: set[tuple[str, str, str]] = set()
        for citation in sheet.citations:
            where = titles.get(citation.holder, "")
            for draft in _check(context, sheet, citation, where):
                key = (draft.code, citation.holder, citation.title)
                if key not in seen:  # the same act cited again in one regime is one finding
                    seen.add(key)
                    yield draft
        for matter in sheet.matters:
            yield from _agencies_of_the_article(context, sheet, matter)


def _check(context: Context, sheet: Sheet, citation: Citation, where: str) -> Iterator[Draft]:
    subject, cells = (citation.node,), (citation.cell,)
    labels = tuple(filter(None, (where, citation.title)))
    values = {"title": citation.title, "number": citation.number, "law": citation.law, "where": where or sheet.title}
    if citation.status in ("wrong-title", "wrong-number"):
        yield Draft("LAW-01", sheet, subject, labels, cells, values, 0.95, kind=citation.status)
    now = citation.now if citation.status in ("repealed", "superseded") else ""
    law = citation.title
    for inner in _INNER_TITLE.findall(unicodedata.normalize("NFKC", citation.title)):
        name = inner.removeprefix("中华人民共和国")
        if name in context.repealed:  # a document that carries out a repealed law
            law, now = name, context.repealed[name]
    if now:
        yield Draft("LAW-02", sheet, subject, labels, cells, {**values, "law": law, "now": now}, 0.9)
    moved = context.lookups.renumbered.get(citation.law)
    if moved and citation.articles and not citation.date:
        more = {"articles": "、".join(citation.articles), "dates": "、".join(moved)}
        yield Draft("LAW-03", sheet, subject, labels, cells, {**values, **more}, 0.9)


def _agencies_of_the_article(context: Context, sheet: Sheet, matter: Matter) -> Iterator[Draft]:
    rows = {share.kind for share in matter.shares}
    for citation in sheet.citations:
        division = context.lookups.divisions.get(citation.law or citation.title)
        if citation.holder != matter.node or division is None:
            continue
        for kind, written in division.kinds.items():
            if kind in rows:
                continue
            values = {
                "matter": matter.title,
                "title": citation.law or citation.title,
                "article": division.article,
                "agency": written,
            }
            labels = (matter.title, written)
            cells = (citation.cell, matter.cell)
            yield Draft("LAW-05", sheet, (matter.node, citation.node), labels, cells, values, 0.85, about=kind)
