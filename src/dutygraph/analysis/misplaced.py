"""What stands where it does not belong: MIS-01 to MIS-05."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from dutygraph.analysis.draft import Context, Draft
from dutygraph.analysis.facts import Matter, Mention, Regime, Share, Sheet
from dutygraph.analysis.words import Words, bigrams, elements, fold, load_words, share_run, squeeze

__all__ = ["check_misplaced", "foreign_shares", "opening_subject"]

# A row says another's words when it holds so much of them by weight, and no word of its own matter.
_SAME_WORDS = 0.9
_OWN_WORDS = 0.12
_TELLING = 0.25
_TITLE_IN_BODY = 0.34


def check_misplaced(context: Context) -> Iterator[Draft]:
    for sheet in context.sheets:
        for matter in sheet.matters:
            foreign = {draft.subjects[0] for draft in _foreign(context, sheet, matter)}
            yield from _foreign(context, sheet, matter)
            yield from _shifted(context, sheet, matter, foreign)
        for regime in sheet.regimes:
            yield from _title(context, sheet, regime)
            yield from _sections(context.words, sheet, regime)
        yield from _levels(context.words, sheet)


def foreign_shares(context: Context) -> frozenset[str]:
    """The shares that MIS-01 is about, or whose rows seem exchanged: they are not what their agency does there."""
    return frozenset(
        node
        for draft in check_misplaced(context)
        if draft.code == "MIS-01" or (draft.code == "MIS-02" and draft.kind == "remit")
        for node in draft.subjects[:1]
    )


def _foreign(context: Context, sheet: Sheet, matter: Matter) -> Iterator[Draft]:
    for share in matter.shares:
        rest = [other.text for other in matter.shares if other.node != share.node]
        source = _original(context, sheet, matter, share)
        values = {"matter": matter.title, "agency": share.name}
        labels = (matter.title, share.name)
        if source is not None:
            home, original = source
            more = {**values, "home": home.title}
            cells = (share.cell, original.cell)
            yield Draft("MIS-01", sheet, (share.node, home.node), labels, cells, more, 0.98, kind="copy")
        elif rest and _strange(context, sheet, matter, share, rest):
            yield Draft("MIS-01", sheet, (share.node, matter.node), labels, (share.cell, matter.cell), values, 0.8)


def _original(context: Context, sheet: Sheet, matter: Matter, share: Share) -> tuple[Matter, Share] | None:
    """The row of another matter whose words these are, when they speak of that matter and not of this one."""
    for home in sheet.matters:
        if (
            home.node == matter.node
            or not _about(context, home.title, share.text)
            or _about(context, matter.title, share.text)
        ):
            continue
        for original in home.shares:
            if fold(original.text) == fold(share.text):
                return home, original
            long = len(share.text) >= 12 and len(original.text) >= 12
            if long and context.rarity.covered(share.text, original.text) >= _SAME_WORDS:
                return home, original
    return None


def _about(context: Context, title: str, text: str) -> bool:
    """Whether a text speaks of what a title names; pairs of characters that half the register uses say nothing."""
    return any(context.rarity.weight(pair) >= _TELLING for pair in bigrams(title) & bigrams(text))


def _strange(context: Context, sheet: Sheet, matter: Matter, share: Share, rest: list[str]) -> bool:
    topics = sheet.topics_of(share.node)
    around = sheet.topics_of(matter.node).union(
        *(sheet.topics_of(other.node) for other in matter.shares if other != share)
    )
    if context.touch(topics, around) or _about(context, matter.title, share.text) or not bigrams(share.text):
        return False
    if any(
        share_run(home.title, share.text) and not any(share_run(home.title, other) for other in (matter.title, *rest))
        for home in sheet.matters
    ):
        return True  # it names what another matter is about, and nobody else here does
    return context.rarity.covered(share.text, matter.title, *rest) <= _OWN_WORDS


def _shifted(context: Context, sheet: Sheet, matter: Matter, foreign: set[str]) -> Iterator[Draft]:
    for share in matter.shares:
        if share.node in foreign:
            continue
        subject = opening_subject(share)
        if subject is not None:
            named = [other for other in matter.shares if other.kind == subject.kind]
            values = {"matter": matter.title, "agency": share.name, "subject": subject.name}
            labels = (matter.title, share.name, subject.name, *(other.name for other in named))
            cells = (share.cell, share.agency_cell, *(other.cell for other in named))
            yield Draft("MIS-02", sheet, (share.node,), labels, cells, values, 0.95, kind="subject")
            continue
        kind = _other_remit(context, matter, share)
        if kind is not None:
            values = {"matter": matter.title, "agency": share.name, "subject": kind.name}
            labels = (matter.title, share.name, kind.name)
            cells = (share.cell, share.agency_cell, kind.cell)
            yield Draft("MIS-02", sheet, (share.node,), labels, cells, values, 0.8, kind="remit")


def opening_subject(share: Share) -> Mention | None:
    """The agency whose task the text begins to tell, when it is another than the row's."""
    return next((m for m in share.mentions if _opens(m.name, share.text) and m.kind != share.kind), None)


def _opens(name: str, text: str) -> bool:
    return re.match(rf"\s*{re.escape(name)}(?:负责|承担|组织|对|依法|主管|应|要)", text) is not None


def _other_remit(context: Context, matter: Matter, share: Share) -> Share | None:
    """The row whose agency's remit the words are of, when they are of none of the own agency's."""
    remits = context.lookups.remits
    text = squeeze(share.text)
    counts = {kind: sum(word in text for word in words) for kind, words in remits.items()}
    if counts.get(share.kind, 0) or share.kind not in remits:
        return None
    for other in matter.shares:
        if other.kind == share.kind or not counts.get(other.kind, 0):
            continue
        theirs = squeeze(other.text)
        if any(word in theirs for word in remits[other.kind]):
            continue  # the two share a word; the other's row is its own
        subject = opening_subject(other)
        back = any(word in theirs for word in remits[share.kind]) or (subject and subject.kind == share.kind)
        if back or counts[other.kind] > 1:
            return other
    return None


def _title(context: Context, sheet: Sheet, regime: Regime) -> Iterator[Draft]:
    body = " ".join(item.text for item in regime.items)
    if not bigrams(body):
        return
    values, labels = {"regime": regime.title}, (regime.title,)
    cells = (regime.cell, *(item.cell for item in regime.items[:2]))
    if context.rarity.covered(regime.title, body) < _TITLE_IN_BODY:
        yield Draft("MIS-03", sheet, (regime.node,), labels, cells, values, 0.9)
        return
    strange = [element for element in elements(regime.title) if _missing_run(element, body)]
    if strange:
        more = {**values, "part": "、".join(strange)}
        yield Draft("MIS-03", sheet, (regime.node,), (*labels, *strange), cells, more, 0.7, kind="part")


def _missing_run(element: str, body: str) -> bool:
    """Whether three characters of the element in a row are nowhere in the body."""
    folded = fold(body)
    for run in load_words().form.sub(" ", element).split():
        pairs = [run[i : i + 2] for i in range(len(run) - 1)]
        if any(a not in folded and b not in folded for a, b in pairwise(pairs)):
            return True
    return False


def _sections(words: Words, sheet: Sheet, regime: Regime) -> Iterator[Draft]:
    indicated = {indicator.item: indicator.kind for indicator in regime.indicators}
    for item in regime.items:
        announced = {kind for kind, names in words.headings.items() if any(name in item.heading for name in names)}
        if not announced:
            continue
        kind = ""
        if "indicators" in item.kinds and item.node in indicated and not announced & {"indicators", "methods"}:
            kind = "indicators"
        elif item.node in regime.penalties and not announced & {"penalties", "measures"}:
            kind = "penalties"
        if kind:
            values = {"regime": regime.title, "heading": item.heading, "kind": words.headings[kind][0]}
            labels = (regime.title, item.heading)
            yield Draft("MIS-05", sheet, (item.node,), labels, (item.cell,), values, 0.75, about=kind)


def _levels(words: Words, sheet: Sheet) -> Iterator[Draft]:
    level = sheet.place[-1:]
    pattern = words.levels.get(level)
    if pattern is None:
        return
    units = sorted({*sheet.units, *(alias for of in sheet.aliases.values() for alias in of)}, key=len, reverse=True)
    above = "|".join(words.level_units.get(level, ()))
    own = re.compile(rf"(?<![\u4e00-\u9fff])(?:{above})(?={'|'.join(map(re.escape, units))})") if units else None
    for cell, text in _texts(sheet):
        bare = re.sub(r"《[^》]*》", "", squeeze(text))
        found = pattern.search(bare) or (own.search(bare) if own else None)
        if found is not None:
            around = bare[max(0, found.start() - 2) : found.end() + 12]
            values = {"word": found[0], "around": around, "level": level}
            yield Draft("MIS-04", sheet, (cell,), (around,), (cell,), values, 0.9)


def _texts(sheet: Sheet) -> Iterator[tuple[str, str]]:
    seen: set[str] = set()
    rows = [
        *((duty.cell, duty.text) for duty in sheet.duties),
        *((item.cell, item.text) for item in sheet.items),
        *((share.cell, share.text) for matter in sheet.matters for share in matter.shares),
        *((item.cell, item.text) for regime in sheet.regimes for item in regime.items),
    ]
    for cell, text in rows:
        if cell not in seen:
            seen.add(cell)
            yield cell, text
