"""Likely misprints that only the other texts show (TXT-01): a character left out or mistaken for one that sounds the
same, words said twice, digits of two widths in one number.

All registers together say what usually follows what. A place is reported when no other text has it, when nearly all
others that begin (or go on) like it have one more character there, and when that character makes known words of both
sides; or when a rare pair of characters sounds like a common one that would stand there as well.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from dutygraph.analysis.draft import Context, Draft
from dutygraph.analysis.facts import Sheet
from dutygraph.analysis.words import squeeze

__all__ = ["Slip", "check_misprints", "likely_misprints"]

# A neighbour is expected from so many texts on when nearly all agree; without a known word after it, from more on.
_SHARE, _SUPPORT = 0.95, 10
_SURE_SHARE, _SURE_SUPPORT = 0.97, 40
# A pair is a word's own from so many texts on, and a rival's slip when that one is so many times as common.
_COMMON, _TIMES = 8, 4
_RARE = 2  # texts that have a pair with what is beside it: a slip may be copied once
# Characters that may stand or be left out anywhere.
_LOOSE = frozenset("的地得和及与或等内中上下在对由以为将应可有是并其各")
_HAN = re.compile("[\u4e00-\u9fff]")
_TWICE = re.compile(r"([\u4e00-\u9fff]{3,})[，、；]\1(?![\u4e00-\u9fff])")
_TWO_WIDTHS = re.compile(r"(?=[0-9０-９]*[0-9])(?=[0-9０-９]*[０-９])[0-9０-９]{2,}")
_START, _END = "\x02", "\x03"
_AROUND = 4


@dataclass(frozen=True, slots=True)
class Slip:
    """``wrong``: the words as they stand; ``right``: what they likely should be. ``kind``: which message says so."""

    kind: str
    wrong: str
    right: str = ""


@dataclass(slots=True)
class _Usage:
    """In how many texts each run of two and three characters stands, and what follows and comes before each."""

    pairs: Counter[str] = field(default_factory=Counter)
    triples: Counter[str] = field(default_factory=Counter)
    after: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    before: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))

    @classmethod
    def of(cls, texts: Iterable[str]) -> _Usage:
        usage = cls()
        for text in texts:
            usage.pairs.update({text[i : i + 2] for i in range(len(text) - 1)})
            usage.triples.update({text[i : i + 3] for i in range(len(text) - 2)})
        for run, count in usage.triples.items():
            usage.after[run[:2]][run[2]] += count
            usage.before[run[1:]][run[0]] += count
        return usage


def check_misprints(context: Context) -> Iterator[Draft]:
    cells = [(sheet, cell, text) for sheet in context.sheets for cell, text in _texts(sheet)]
    slips = likely_misprints(text for _, _, text in cells)
    found: dict[tuple[str, Slip], list[str]] = defaultdict(list)
    for sheet, cell, text in cells:
        for slip in slips.get(text, ()):
            found[sheet.id, slip].append(cell)
    sheets = {sheet.id: sheet for sheet in context.sheets}
    for (register, slip), places in found.items():
        values = {"wrong": slip.wrong, "right": slip.right}
        nodes, labels, about = tuple(places), (slip.wrong, slip.right), f"{slip.wrong}|{slip.right}"
        yield Draft("TXT-01", sheets[register], nodes, labels, nodes, values, 0.6, about, slip.kind)


def likely_misprints(texts: Iterable[str]) -> dict[str, tuple[Slip, ...]]:
    """The slips of each text that has one, found by what all of them write. Equal texts count once. Pure."""
    known = {text: f"{_START}{text}{_END}" for text in texts}
    usage = _Usage.of(known.values())
    rivals = _rivals(usage)
    found = {
        text: tuple(dict.fromkeys((*_plain(text), *_left_out(framed, usage), *_sounding(framed, usage, rivals))))
        for text, framed in known.items()
    }
    return {text: slips for text, slips in found.items() if slips}


def _texts(sheet: Sheet) -> Iterator[tuple[str, str]]:
    """The cells that hold sentences, each once, without white space."""
    cells = (
        *(duty.cell for duty in sheet.duties),
        *(item.cell for item in sheet.items),
        *(share.cell for matter in sheet.matters for share in matter.shares),
        *(matter.basis for matter in sheet.matters),
        *(item.cell for regime in sheet.regimes for item in regime.items),
    )
    for cell in dict.fromkeys(cells):
        if cell in sheet.cells:
            yield cell, squeeze(sheet.cells[cell].quote)


def _plain(text: str) -> Iterator[Slip]:
    """What is wrong whatever others write."""
    for match in _TWICE.finditer(text):
        yield Slip("twice", match[0], match[1])
    for match in _TWO_WIDTHS.finditer(text):
        yield Slip("widths", match[0])


def _left_out(text: str, usage: _Usage) -> Iterator[Slip]:
    for i in range(1, len(text) - 2):
        here, following = text[i], text[i + 1]
        if usage.triples[text[i - 1 : i + 2]] != 1 or usage.pairs[here + following] != 1 or not _HAN.match(here):
            continue
        if not (_HAN.match(following) or following.isdigit()):
            continue
        missing = _expected(usage, text, i)
        if missing:
            wrong = text[max(0, i - _AROUND + 1) : i + 1], text[i + 1 : i + 1 + _AROUND]
            yield Slip("likely", _bare("".join(wrong)), _bare(missing.join(wrong)))


def _expected(usage: _Usage, text: str, i: int) -> str:
    """The character that others have after ``text[i]``; empty when they do not agree."""
    here, following = text[i], text[i + 1]
    character, share, support = _usual(usage.after[text[i - 1 : i + 1]], following)
    known = usage.pairs[character + following] > 0
    word = usage.pairs[text[i + 1 : i + 3]] >= _COMMON
    if share >= _SHARE and support >= _SUPPORT and known:
        return character
    if share >= _SURE_SHARE and support >= _SURE_SUPPORT and word:
        return character
    character, share, support = _usual(usage.before[text[i + 1 : i + 3]], here)
    return character if share >= _SHARE and support >= _SUPPORT and usage.pairs[here + character] else ""


def _usual(neighbours: Counter[str], but: str) -> tuple[str, float, int]:
    """The commonest neighbour besides the one in question, its share of them, and in how many texts it stands."""
    others = {character: count for character, count in neighbours.items() if character != but}
    if not others:
        return "", 0.0, 0
    character = max(others, key=lambda one: (others[one], one))
    count, share = others[character], others[character] / sum(others.values())
    inside_a_word = share >= _SURE_SHARE and count >= _SURE_SUPPORT // 2  # 共和国
    if not _HAN.match(character) or (character in _LOOSE and not inside_a_word):
        return "", 0.0, 0
    return character, share, count


def _rivals(usage: _Usage) -> dict[str, tuple[str, ...]]:
    """The pairs that sound like a much commoner one with the same first character: what may stand in their place."""
    from dutygraph.retrieve.spelling import readings

    sounds = readings()
    common: dict[tuple[str, str], list[str]] = defaultdict(list)
    for pair, count in usage.pairs.items():
        if count >= _COMMON:
            for syllable in sounds.get(pair[1], ()):
                common[pair[0], syllable].append(pair)
    found: dict[str, tuple[str, ...]] = {}
    for pair, count in usage.pairs.items():
        alike = {rival for syllable in sounds.get(pair[1], ()) for rival in common.get((pair[0], syllable), ())}
        rivals = sorted(rival for rival in alike if rival != pair and usage.pairs[rival] >= _TIMES * count)
        if rivals and _HAN.match(pair[0]):
            found[pair] = tuple(rivals)
    return found


def _sounding(text: str, usage: _Usage, rivals: dict[str, tuple[str, ...]]) -> Iterator[Slip]:
    for i in range(1, len(text) - 1):
        pair = text[i - 1 : i + 1]
        if pair not in rivals or usage.pairs[text[i : i + 2]] >= _COMMON:
            continue
        beside = (text[i - 2 : i + 1] if i > 1 else "", text[i - 1 : i + 2])
        if max(usage.triples[run] for run in beside) > _RARE:
            continue
        for rival in rivals[pair]:
            if usage.triples[rival + text[i + 1]]:
                yield Slip("likely", pair, rival)


def _bare(text: str) -> str:
    return text.strip(_START + _END)
