"""What changed between two versions of a register: added, removed, moved to another department, reworded."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from dutygraph.analysis.aligning import pair_off
from dutygraph.model import Quote, Register

__all__ = ["Change", "ChangeKind", "Subject", "diff_registers"]

ChangeKind = Literal["added", "removed", "moved", "reworded"]
Subject = Literal[
    "duty", "work item", "matter", "share", "basis", "case", "service", "regime", "regime item", "indicator"
]

# Shared character bigrams (Dice): within its duty or matter a text may change more than when it also moves elsewhere.
_SIMILAR_HERE, _SIMILAR_ANYWHERE = 0.5, 0.75


@dataclass(frozen=True, slots=True)
class Change:
    """One change. ``within`` is the duty, matter or regime it stands in; ``before`` and ``after`` are the texts (one is
    None when something was added or removed), ``owner_before`` and ``owner_after`` the departments or the agency."""

    kind: ChangeKind
    subject: Subject
    within: str
    before: Quote | None
    after: Quote | None
    owner_before: str = ""
    owner_after: str = ""


@dataclass(frozen=True, slots=True)
class _Entry:
    """Something that can change. ``detail`` is what else is said of it; a change there counts as rewording."""

    within: str
    owner: str
    quote: Quote
    detail: str = ""

    @property
    def text(self) -> str:
        return self.quote.text


def diff_registers(old: Register, new: Register) -> tuple[Change, ...]:
    """The changes from ``old`` to ``new``, by subject and in the order of the sources. Row numbers and places do not
    count; white space is folded already. Pure; never raises."""
    changes: list[Change] = []
    duties = _compare("duty", _duties(old), _duties(new), changes)
    matters = _compare("matter", _matters(old), _matters(new), changes)
    regimes = _compare("regime", _regimes(old), _regimes(new), changes)
    _compare("work item", _renamed(_items(old), duties), _items(new), changes)
    _compare("share", _renamed(_shares(old), matters), _shares(new), changes)
    _compare("basis", _renamed(_bases(old), matters), _bases(new), changes)
    _compare("case", _renamed(_cases(old), matters), _cases(new), changes)
    _compare("service", _services(old), _services(new), changes)
    _compare("regime item", _renamed(_regime_items(old), regimes), _regime_items(new), changes)
    _compare("indicator", _renamed(_indicators(old), regimes), _indicators(new), changes)
    return tuple(changes)


def _duties(register: Register) -> list[_Entry]:
    return [_Entry("", "", duty.text) for duty in register.duties]


def _items(register: Register) -> list[_Entry]:
    return [
        _Entry(duty.text.text, "、".join(item.departments), item.text)
        for duty in register.duties
        for item in duty.work_items
    ]


def _matters(register: Register) -> list[_Entry]:
    return [_Entry("", "", matter.name) for matter in register.matters]


def _shares(register: Register) -> list[_Entry]:
    return [
        _Entry(matter.name.text, share.agency.text, share.text)
        for matter in register.matters
        for share in matter.shares
    ]


def _bases(register: Register) -> list[_Entry]:
    return [
        _Entry(matter.name.text, "", Quote(citation.as_written, citation.at))
        for matter in register.matters
        for citation in matter.legal_bases
    ]


def _cases(register: Register) -> list[_Entry]:
    return [_Entry(matter.name.text, "", matter.case) for matter in register.matters if matter.case]


def _services(register: Register) -> list[_Entry]:
    return [
        _Entry(
            "",
            "、".join(service.departments),
            service.name,
            "\n".join(quote.text for quote in (service.content, service.phone) if quote),
        )
        for service in register.services
    ]


def _regimes(register: Register) -> list[_Entry]:
    return [_Entry("", "", regime.title) for regime in register.regimes]


def _regime_items(register: Register) -> list[_Entry]:
    return [
        _Entry(regime.title.text, "", item.text)
        for regime in register.regimes
        for section in regime.sections
        for item in section.items
    ]


def _indicators(register: Register) -> list[_Entry]:
    return [
        _Entry(regime.title.text, "", Quote(one.text, one.at), f"{one.comparator}{one.value}{one.unit}{one.per}")
        for regime in register.regimes
        for one in regime.indicators
    ]


def _renamed(entries: list[_Entry], names: dict[str, str]) -> list[_Entry]:
    """The entries within what they stand in under its new words."""
    return [replace(entry, within=names.get(entry.within, entry.within)) for entry in entries]


def _compare(subject: Subject, old: list[_Entry], new: list[_Entry], changes: list[Change]) -> dict[str, str]:
    """Append what changed from old to new; returns the new words of each entry that is still there."""
    pairs = list(_pairs(old, new))
    for before, after in pairs:
        if before.owner != after.owner or before.within != after.within:
            changes.append(_change("moved", subject, before, after))
        if before.text != after.text or before.detail != after.detail:
            changes.append(_change("reworded", subject, before, after))
    gone, come = {id(before) for before, _ in pairs}, {id(after) for _, after in pairs}
    changes.extend(_change("removed", subject, entry, None) for entry in old if id(entry) not in gone)
    changes.extend(_change("added", subject, None, entry) for entry in new if id(entry) not in come)
    return {before.text: after.text for before, after in pairs}


def _change(kind: ChangeKind, subject: Subject, before: _Entry | None, after: _Entry | None) -> Change:
    entry = after or before
    assert entry is not None
    return Change(
        kind=kind,
        subject=subject,
        within=entry.within,
        before=before.quote if before else None,
        after=after.quote if after else None,
        owner_before=before.owner if before else "",
        owner_after=after.owner if after else "",
    )


def _pairs(old: Sequence[_Entry], new: Sequence[_Entry]) -> Iterator[tuple[_Entry, _Entry]]:
    """Which new entry each old one has become: the same first, then the same text elsewhere, then the most similar."""
    left, right = list(old), list(new)
    keys: tuple[Callable[[_Entry], object], ...] = (
        lambda entry: (entry.within, entry.owner, entry.text, entry.detail),
        lambda entry: (entry.within, entry.owner, entry.text),
        lambda entry: (entry.within, entry.text),
        lambda entry: entry.text,
    )
    for key in keys:
        by_key: dict[object, list[_Entry]] = {}
        for entry in right:
            by_key.setdefault(key(entry), []).append(entry)
        matched = [(entry, by_key[key(entry)].pop(0)) for entry in left if by_key.get(key(entry))]
        yield from matched
        left, right = _without(left, (a for a, _ in matched)), _without(right, (b for _, b in matched))
    yield from _similar_pairs(left, right)


def _without(entries: Iterable[_Entry], taken: Iterable[_Entry]) -> list[_Entry]:
    ids = {id(entry) for entry in taken}
    return [entry for entry in entries if id(entry) not in ids]


def _similar_pairs(left: Sequence[_Entry], right: Sequence[_Entry]) -> Iterator[tuple[_Entry, _Entry]]:
    """The most similar first; each entry is used once."""
    old_bigrams = [_bigrams(entry.text) for entry in left]
    new_bigrams = [_bigrams(entry.text) for entry in right]
    scored: list[tuple[float, int, int]] = []
    for i, before in enumerate(left):
        for j, after in enumerate(right):
            score = _dice(old_bigrams[i], new_bigrams[j])
            if score >= (_SIMILAR_HERE if before.within == after.within else _SIMILAR_ANYWHERE):
                scored.append((score, i, j))
    for i, j in pair_off(scored):
        yield left[i], right[j]


def _bigrams(text: str) -> Counter[str]:
    return Counter(text[i : i + 2] for i in range(max(len(text) - 1, 1)))


def _dice(first: Counter[str], second: Counter[str]) -> float:
    return 2 * (first & second).total() / (first.total() + second.total())
