"""What a careful reader notices: numbering, telephone numbers, likely misprints, hidden characters."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from dutygraph.model import Finding, Locator, Quote, Regime, Register
from dutygraph.read.folding import number_value, squeeze
from dutygraph.read.grid import Paragraph
from dutygraph.read.headers import DUTIES, MATTERS, REGIMES, SERVICES, misprints
from dutygraph.read.numbering import parse_marker
from dutygraph.read.quotes import iterate_quotes

__all__ = ["check_numbering", "check_phones", "check_texts"]

Numbered = Sequence[tuple[str, Quote]]

_LETTER_FOR_DIGIT = re.compile(r"(?<![A-Za-z0-9])(?:[lIO]\d{2,}|\d+[lO]+\d*|l{1,2}\d+)(?![A-Za-z])")
_DOUBLED = re.compile(r"[，；。、：]{2,}|[；，、][。]|。[，；、]")


def check_numbering(register: Register, contents: Sequence[tuple[Paragraph, str]]) -> list[Finding]:
    """NUM-01: numbers repeated or skipped in a table, and a list of contents that its body does not follow.
    (Numbers in the prose of regimes are checked where they are read.)"""
    return [
        *_sequence(DUTIES, [(duty.no, duty.text) for duty in register.duties]),
        *_sequence(MATTERS, [(matter.no, matter.name) for matter in register.matters]),
        *_sequence(SERVICES, [(service.no, service.name) for service in register.services]),
        *_sequence(REGIMES, [(regime.no, regime.title) for regime in register.regimes if not parse_marker(regime.no)]),
        *_check_contents(register.regimes, contents),
    ]


def _sequence(what: str, numbered: Numbered) -> Iterator[Finding]:
    """Compare each number with the one before it; records without a number are left out."""
    counted = [(value, no, quote) for no, quote in numbered if (value := number_value(no)) is not None]
    for (before, _, _), (value, no, quote) in pairwise(counted):
        yield from _step(what, before, value, no, quote)


def _step(what: str, before: int, value: int, no: str, quote: Quote) -> Iterator[Finding]:
    if value == before + 1:
        return
    if value == before:
        said = f"the number {no} is repeated"
    elif value > before:
        said = f"after {before} comes {no}: {value - before - 1} left out"
    else:
        said = f"after {before} comes {no}: the numbering goes back"
    yield Finding("NUM-01", "info", f"{what}: {said}", quote.at, quote.text)


def _check_contents(regimes: Sequence[Regime], contents: Sequence[tuple[Paragraph, str]]) -> Iterator[Finding]:
    if not contents:
        return
    titles = [squeeze(regime.no + regime.title.text) for regime in regimes]
    entries = [entry for _, entry in contents]
    for paragraph, entry in contents:
        if not any(entry.endswith(title) or title.endswith(entry) for title in titles if title):
            said = "the list of contents names it, the body has no regime of that title"
            yield Finding("NUM-01", "info", said, paragraph.place.at(REGIMES), entry)
    for regime, title in zip(regimes, titles, strict=True):
        if not any(entry.endswith(title) or title.endswith(entry) for entry in entries):
            said = "the list of contents before it does not name this regime"
            yield Finding("NUM-01", "info", said, regime.title.at, regime.title.text)


def check_phones(register: Register) -> list[Finding]:
    """TEL-01: a telephone cell without a usable number, or a number one digit away from that of its neighbours."""
    found: list[Finding] = []
    mains: list[tuple[str, Locator, str]] = []
    for service in register.services:
        if service.phone and not service.phones:
            found.append(Finding("TEL-01", "info", "no telephone number", service.phone.at, service.phone.text))
        elif service.phone:
            mains.extend((phone.split("-")[0], service.phone.at, service.phone.text) for phone in service.phones)
    counts = Counter(main for main, _, _ in mains)
    for main, at, text in mains:
        usual = [other for other in counts if counts[other] > counts[main] and _one_digit_apart(main, other)]
        if usual:
            found.append(
                Finding("TEL-01", "info", f"one digit away from {usual[0]}, which its neighbours have", at, text)
            )
    return found


def _one_digit_apart(first: str, second: str) -> bool:
    return len(first) == len(second) and sum(a != b for a, b in zip(first, second, strict=True)) == 1


def check_texts(register: Register) -> list[Finding]:
    """TXT-01 (likely misprints that no context excuses) and READ-CONTROL (control and direction characters)."""
    found: list[Finding] = []
    seen: set[Locator] = set()
    for quote in iterate_quotes(register):
        if quote.at in seen:
            continue
        seen.add(quote.at)
        found.extend(_misprints(quote))
        hidden = sorted({char for char in quote.text if unicodedata.category(char) in ("Cc", "Cf")})
        if hidden:
            names = ", ".join(f"U+{ord(char):04X}" for char in hidden)
            found.append(Finding("READ-CONTROL", "warning", f"hidden characters in the text: {names}", quote.at))
    return found


def _misprints(quote: Quote) -> Iterable[Finding]:
    for wrong, right in misprints().items():
        if wrong in quote.text:
            yield Finding("TXT-01", "info", f"likely {right}", quote.at, wrong)
    for match in _LETTER_FOR_DIGIT.finditer(quote.text):
        likely = match[0].translate(str.maketrans("lIO", "110"))
        yield Finding("TXT-01", "info", f"a letter for a digit, likely {likely}", quote.at, match[0])
    for match in _DOUBLED.finditer(quote.text):
        yield Finding("TXT-01", "info", "two stops where one belongs", quote.at, match[0])
    if quote.text.count("《") != quote.text.count("》"):
        yield Finding("TXT-01", "info", "《 and 》 do not pair", quote.at, quote.text[:60])
