"""Listed things: when one is another, and how well two lists agree."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dutygraph.evaluation.fold import bigrams, fold, fold_numbers, has_fragment
from dutygraph.evaluation.names import NameBook, is_name, text_of

__all__ = ["Agreement", "agreement", "same_thing"]

# （一） 1、 2. before a listed thing, but not the 1. of 1.10
_NUMBERING = re.compile(
    r"^\s*(?:[（(][\d一二三四五六七八九十]{1,3}[)）]|[\d一二三四五六七八九十]{1,3}[、.\uff0e)）])\s*(?!\d)"
)
_EXPLANATION = re.compile(r"[:：—（(]|--")  # what follows a listed thing to explain it
_NEARLY = 0.8


def _forms(thing: Any) -> set[str]:
    """The thing as written, without its numbering, and both without the explanation after them."""
    written = text_of(thing)
    whole = {written, _NUMBERING.sub("", written)}
    return {form for form in whole | {_EXPLANATION.split(text)[0] for text in whole} if fold(form)}


def same_thing(gold: str, said: Any, book: NameBook, variants: Collection[str] = (), *, inside: bool = False) -> bool:
    """Is the thing said the gold one? Names exactly (short forms count), anything longer at four fifths of its bigrams
    and a comparable length. ``inside``: it may also stand inside a longer statement."""
    return any(_same(wording, form, book, inside) for wording in (gold, *variants) for form in _forms(said))


def _same(wanted: str, form: str, book: NameBook, inside: bool) -> bool:
    gold, said = fold(wanted), fold(form)
    if gold == said or (inside and len(gold) >= 4 and gold in said):
        return True
    if is_name(wanted):
        return book.same(form, wanted)
    if len(said) <= 2 * len(gold) + 10 and has_fragment(form, wanted):
        return True
    pairs = bigrams(fold_numbers(wanted))
    shortened = _NEARLY * len(gold) <= len(said) < len(gold)
    return shortened and len(pairs & bigrams(fold_numbers(form))) >= _NEARLY * len(pairs)


@dataclass(frozen=True, slots=True)
class Agreement:
    """How a list agrees with the gold one, each 0 to 1."""

    f1: float
    precision: float
    recall: float


def agreement(
    gold: Sequence[str],
    said: Sequence[Any],
    book: NameBook,
    *,
    neutral: Collection[str] = (),
    variants: Mapping[str, Collection[str]] | None = None,
    inside: bool = False,
    needed: int | None = None,
) -> Agreement:
    """Precision, recall and F1 of the things said. Each gold thing takes one of them; ``neutral`` ones neither earn nor
    cost; with ``needed`` so many hits are a full recall."""
    distinct: dict[str, Any] = {}
    for thing in said:
        distinct.setdefault(fold(text_of(thing)), thing)
    distinct.pop("", None)
    left = list(distinct.values())
    hits = 0
    for wanted in gold:
        forms = (variants or {}).get(wanted, ())
        found = next((i for i, thing in enumerate(left) if same_thing(wanted, thing, book, forms, inside=inside)), None)
        if found is not None:
            del left[found]
            hits += 1
    if not hits:
        return Agreement(0.0, 0.0, 0.0)
    wrong = [thing for thing in left if not any(same_thing(n, thing, book, inside=inside) for n in neutral)]
    recall = min(1.0, hits / (needed or len(gold)))
    precision = hits / (hits + len(wrong))
    return Agreement(2 * precision * recall / (precision + recall), precision, recall)
