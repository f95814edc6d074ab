"""What a check hands over: the facts of a finding, before levels, messages and reviews."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

from dutygraph.analysis.facts import Lexicon, Sheet
from dutygraph.analysis.lookups import Lookups
from dutygraph.analysis.words import Rarity, Words, load_words

__all__ = ["Context", "Draft", "level_of"]


@dataclass(frozen=True, slots=True)
class Draft:
    """``subjects`` are node IRIs, ``cells`` cell IRIs (the first is the one concerned), ``values`` fill the message.
    ``about`` tells two findings on the same subjects apart. ``kind``: which of the code's messages, when it has
    several."""

    code: str
    sheet: Sheet
    subjects: tuple[str, ...]
    labels: tuple[str, ...]
    cells: tuple[str, ...]
    values: dict[str, str] = field(default_factory=dict)
    score: float = 0.9
    about: str = ""
    kind: str = ""


@dataclass(frozen=True)
class Context:
    """What checks may look at: all registers, the vocabulary, the profile's limits, and what is known of the law."""

    sheets: tuple[Sheet, ...]
    agencies: int
    siblings: float
    repealed: dict[str, str]
    lookups: Lookups
    lexicon: Lexicon

    @property
    def words(self) -> Words:
        return load_words()

    @cached_property
    def rarity(self) -> Rarity:
        """Over the texts of duties, work items, shares and the titles of matters and regimes."""
        return Rarity(
            text
            for sheet in self.sheets
            for text in (
                *(duty.text for duty in sheet.duties),
                *(item.text for item in sheet.items),
                *(share.text for matter in sheet.matters for share in matter.shares),
                *(matter.title for matter in sheet.matters),
                *(regime.title for regime in sheet.regimes),
            )
        )

    def touch(self, one: frozenset[str], two: frozenset[str]) -> bool:
        """Whether two sets of topics meet, in one concept or in neighbouring ones."""
        return bool(self.lexicon.around(one) & two or one & self.lexicon.around(two))


def level_of(code: str) -> int:
    """Of a division code: 1 province, 2 city, 3 county or district."""
    return 1 if code.endswith("0000") else 2 if code.endswith("00") else 3
