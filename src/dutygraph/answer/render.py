"""What both languages need of a draft to put it into words."""

from __future__ import annotations

from dataclasses import dataclass

from dutygraph.answer.catalogue import Catalogue
from dutygraph.answer.context import Draft
from dutygraph.answer.model import Content, Law, Reason

__all__ = ["SHOWN", "STOPS", "Saying", "law_text"]

SHOWN = 8
"""Results spelt out in the text; all of them are in `results`."""

STOPS = "。；;，,"
"""What a quoted text ends with is left out before the sentence goes on."""


@dataclass(frozen=True, slots=True)
class Saying:
    """A draft with the places it was asked for: ``silent`` are those whose register does not have it."""

    draft: Draft
    catalogue: Catalogue
    codes: tuple[str, ...]
    named: bool
    reason: Reason | None = None

    @property
    def silent(self) -> tuple[str, ...]:
        """The places asked about that the draft says nothing of."""
        return tuple(code for code in self.codes if code not in self.draft.by_place)

    @property
    def spoken(self) -> tuple[tuple[str, Content], ...]:
        """The places with what is said of them, the one that says most first."""
        return tuple(self.draft.by_place.items())


def law_text(law: Law) -> str:
    """《title》（number，articles)."""
    inside = "，".join(filter(None, (law.number, "、".join(law.articles))))
    return f"《{law.title}》" + (f"（{inside}）" if inside else "")
