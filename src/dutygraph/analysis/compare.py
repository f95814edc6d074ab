"""compare_registers(): what two registers have in common, and where they differ."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import permutations, product

from dutygraph.analysis import entries
from dutygraph.analysis.aligning import Entry, Likeness, Link, align, attach
from dutygraph.analysis.comparison import Aligned, Comparison, Kind, Piece, Side, Subject
from dutygraph.analysis.facts import Item, Matter, Regime, Sheet
from dutygraph.analysis.marking import mark_differences
from dutygraph.analysis.words import bigrams, fold, load_words, unit_field
from dutygraph.errors import SettingsError

__all__ = ["compare_registers", "find_sheet"]

# Texts that say one thing in other words share half of what they are about; a chance pair of characters weighs more in
# a name. Nearly all words of a part stand in the whole. Who has half of a department's work does it.
_TEXT, _NAME, _PART, _WORK = 0.5, 0.6, 0.8, 0.5
_SOME = 0.15  # what two duties must have in common beside the department that has both
_TOUCH = 0.1  # texts with less in common have no task in common
_TELLING = 4  # pairs of characters of a piece that is about something of its own
# What says the same under another word of the form, or of another owner, is not equal.
_OWNED: frozenset[Kind] = frozenset(("share", "item", "service"))


def find_sheet(sheets: Iterable[Sheet], name: str) -> Sheet:
    """The register with this id, or the only one of the county with this code. Raises SettingsError."""
    known = list(sheets)
    found = [sheet for sheet in known if name in (sheet.id, sheet.code)]
    if len(found) == 1:
        return found[0]
    if found:
        raise SettingsError(f"{name} has several registers; name one: {', '.join(sheet.id for sheet in found)}")
    raise SettingsError(f"{name}: no such register; known: {', '.join(sheet.id for sheet in known)}")


def compare_registers(left: Sheet, right: Sheet) -> Comparison:
    """What of ``left`` is what of ``right``: matters with their shares and bases, regimes with their items,
    departments, services, duties and work items.

    Two things are ``equal`` when their words are, white space and punctuation aside, in the same hands and with equal
    parts; ``near`` when they are one thing in other words, hands or parts. Pure.
    """
    return _Comparer(left, right).compare()


class _Work:
    """The work items behind the duties of two registers, which of them are one, and whose departments do them."""

    def __init__(self, sheets: tuple[Sheet, Sheet], tasks: Iterable[Link], units: Iterable[Link]) -> None:
        self._items: dict[str, list[Item]] = defaultdict(list)
        self._hands: dict[str, list[str]] = {}
        for sheet in sheets:
            for item in sheet.items:
                self._items[item.duty].append(item)
                self._hands[item.node] = [entries.unit_node(sheet, unit) for unit in item.units]
        duty_of = {item.node: duty for duty, items in self._items.items() for item in items}
        self._same: dict[str, set[str]] = defaultdict(set)
        for link in tasks:
            self._same[link.left.node].add(duty_of[link.right.node])
            self._same[link.right.node].add(duty_of[link.left.node])
        self._units = frozenset(pair for link in units for pair in permutations((link.left.node, link.right.node)))

    def done(self, duty: str, other: str) -> float:
        """The share of the duty's items that stand behind the other duty too."""
        return self._share(duty, lambda item: other in self._same[item.node])

    def in_hands(self, duty: str, other: str) -> float:
        """The share of the duty's items whose department does items of the other duty."""
        theirs = {unit for item in self._items[other] for unit in self._hands[item.node]}
        return self._share(
            duty, lambda item: any(pair in self._units for pair in product(self._hands[item.node], theirs))
        )

    def _share(self, duty: str, counts: Callable[[Item], bool]) -> float:
        items = self._items[duty]
        return sum(map(counts, items)) / len(items) if items else 0.0


class _Comparer:
    """The two registers, and how telling a pair of characters is in them."""

    def __init__(self, left: Sheet, right: Sheet) -> None:
        self.left, self.right = left, right
        self.words = load_words()
        self.texts = Likeness(text for sheet in (left, right) for text in entries.texts(sheet))
        self.names = Likeness(name for sheet in (left, right) for name in entries.names(sheet))

    def compare(self) -> Comparison:
        units = entries.units(self.left), entries.units(self.right)
        items = entries.items(self.left), entries.items(self.right)
        by_name = align(*units, self.by_name_of_unit, _NAME)
        tasks = self.tasks(*items, by_name)
        departments = [*by_name, *self.by_work(*units, by_name, tasks, items)]
        return Comparison(
            _subject(self.left),
            _subject(self.right),
            (
                *self.matters(),
                *self.regimes(),
                *self.aligned("department", *units, departments),
                *self.services(),
                *self.duties(tasks, departments),
                *self.aligned("item", *items, tasks),
            ),
        )

    # How alike two things are, 0 to 1.

    def by_text(self, one: Entry, two: Entry) -> float:
        return 1.0 if one.key == two.key else min(self.texts.alike(one.text, two.text), 0.99)

    def by_name(self, one: Entry, two: Entry) -> float:
        """By name, or by a topic that both are about."""
        if fold(one.name) == fold(two.name):
            return 1.0
        alike = min(self.names.alike(one.name, two.name), 0.99)
        return max(alike, _NAME) if one.topics & two.topics else alike

    def by_name_of_unit(self, one: Entry, two: Entry) -> float:
        return max(self.by_name(one, two), 0.9 * _is_short_for(one.name, two.name))

    def by_name_of_service(self, one: Entry, two: Entry) -> float:
        short, long = sorted((one.name, two.name), key=len)
        return max(self.by_name(one, two), self.names.within(short, long))

    def by_task(self, one: Entry, two: Entry) -> float:
        """By the whole text and by the clause that is most alike, half each: one of several tasks may be the same."""
        whole = self.by_text(one, two)
        if whole < _TOUCH:
            return whole
        pairs = product(self.tasks_of(one), self.tasks_of(two))
        best = max((self.texts.alike(a, b) for a, b in pairs), default=0.0)
        return max(whole, min((whole + best) / 2, 0.99))

    def tasks_of(self, entry: Entry) -> tuple[str, ...]:
        """The pieces of a text that are about something of their own."""
        pieces = (piece for clause in entry.clauses for piece in clause.split("，"))
        return tuple(one for one in pieces if len(bigrams(one)) >= _TELLING and not self.words.is_residual(one))

    def as_part(self, part: Entry, whole: Entry) -> float:
        return self.texts.within(part.text, whole.text)

    # What is aligned.

    def matters(self) -> Iterator[Aligned]:
        of = {matter.node: matter for sheet in (self.left, self.right) for matter in sheet.matters}
        left, right = entries.matters(self.left), entries.matters(self.right)
        for one in self.aligned("matter", left, right, align(left, right, self.by_name, _NAME)):
            mine, theirs = (of[side.node] if side else None for side in (one.left, one.right))
            bases = self.cells("basis", entries.bases(self.left, mine), entries.bases(self.right, theirs))
            yield _with_parts(one, (*self.shares(mine, theirs), *bases))

    def shares(self, left: Matter | None, right: Matter | None) -> Iterator[Aligned]:
        mine, theirs = entries.shares(left), entries.shares(right)

        def score(one: Entry, two: Entry) -> float:
            """In one matter an agency is itself whatever is said of it; another one only if it has the same task."""
            alike, same = self.by_text(one, two), one.kind == two.kind
            return (alike + same) / 2 if same or alike >= _TEXT else 0.0

        links = align(mine, theirs, score, _TEXT / 2)
        yield from self.aligned("share", mine, theirs, [*links, *attach(mine, theirs, links, self.as_part, _PART)])

    def regimes(self) -> Iterator[Aligned]:
        of = {regime.node: regime for sheet in (self.left, self.right) for regime in sheet.regimes}
        left, right = entries.regimes(self.left), entries.regimes(self.right)
        for one in self.aligned("regime", left, right, align(left, right, self.by_name, _NAME)):
            mine, theirs = (of[side.node] if side else None for side in (one.left, one.right))
            yield _with_parts(one, tuple(self.regime_items(mine, theirs)))

    def regime_items(self, left: Regime | None, right: Regime | None) -> Iterator[Aligned]:
        mine, theirs = entries.regime_items(left), entries.regime_items(right)
        yield from self.aligned("regime item", mine, theirs, align(mine, theirs, self.by_text, _TEXT))

    def services(self) -> Iterator[Aligned]:
        of = {service.node: service for sheet in (self.left, self.right) for service in sheet.services}
        left, right = entries.services(self.left), entries.services(self.right)
        for one in self.aligned("service", left, right, align(left, right, self.by_name_of_service, _NAME)):
            mine, theirs = (of[side.node] if side else None for side in (one.left, one.right))
            contents = self.cells("content", entries.contents(mine), entries.contents(theirs))
            yield _with_parts(one, (*contents, *self.cells("telephone", entries.phones(mine), entries.phones(theirs))))

    def cells(self, kind: Kind, left: list[Entry], right: list[Entry]) -> Iterator[Aligned]:
        """One cell against the other, whatever they say."""
        yield from self.aligned(kind, left, right, [Link(*pair) for pair in zip(left, right, strict=False)])

    def tasks(self, left: list[Entry], right: list[Entry], units: Iterable[Link]) -> list[Link]:
        """The work items; of two that are as alike, the one in the same department."""
        one_unit = {(link.left.name, link.right.name) for link in units}

        def score(one: Entry, two: Entry) -> float:
            alike = self.by_task(one, two)
            here = any((a, b) in one_unit for a in one.owner.split("、") for b in two.owner.split("、"))
            return alike + 0.1 * here if alike >= _TEXT else 0.0

        links = align(left, right, score, _TEXT)
        return [*links, *attach(left, right, links, self.as_part, _PART)]

    def by_work(
        self,
        left: list[Entry],
        right: list[Entry],
        named: Sequence[Link],
        tasks: Iterable[Link],
        items: tuple[list[Entry], list[Entry]],
    ) -> list[Link]:
        """The departments that no name tells, by what they do: most of the work of the one with less of it."""
        taken = {entry.node for link in named for entry in (link.left, link.right)}
        shared = Counter((link.left.owner, link.right.owner) for link in tasks)
        work = [Counter(entry.owner for entry in some) for some in items]

        def score(one: Entry, two: Entry) -> float:
            done = shared[one.name, two.name] / max(min(work[0][one.name], work[1][two.name]), 1)
            short, long = sorted((one.work, two.work), key=len)
            return max(done, self.texts.within(short, long))

        return align(_without(left, taken), _without(right, taken), score, _WORK)

    def duties(self, tasks: Iterable[Link], units: Iterable[Link]) -> Iterator[Aligned]:
        """By their words, by the work items behind them, or by the departments that do those."""
        left, right = entries.duties(self.left), entries.duties(self.right)
        work = _Work((self.left, self.right), tasks, units)

        def score(one: Entry, two: Entry) -> float:
            alike = self.by_text(one, two)
            both = min(work.done(one.node, two.node), work.done(two.node, one.node))
            return max(alike, both, min(work.in_hands(one.node, two.node), work.in_hands(two.node, one.node)))

        def as_part(part: Entry, whole: Entry) -> float:
            shown = max(self.as_part(part, whole), work.done(part.node, whole.node))
            return max(shown, work.in_hands(part.node, whole.node) if shown >= _SOME else 0.0)

        links = align(left, right, score, _TEXT)
        yield from self.aligned("duty", left, right, [*links, *attach(left, right, links, as_part, _WORK)])

    def aligned(
        self, kind: Kind, left: Iterable[Entry], right: Iterable[Entry], links: Iterable[Link]
    ) -> Iterator[Aligned]:
        """In the order of the left register; what only the right one has comes last."""
        of_left: dict[str, list[Link]] = defaultdict(list)
        linked = set()
        for link in links:
            of_left[link.left.node].append(link)
            linked.add(link.right.node)
        for entry in left:
            for link in of_left[entry.node]:
                yield self._pair(kind, link)
            if not of_left[entry.node]:
                yield Aligned(kind, "left", _side(entry, self.left), None, 0.0)
        for entry in right:
            if entry.node not in linked:
                yield Aligned(kind, "right", None, _side(entry, self.right), 0.0)

    def _pair(self, kind: Kind, link: Link) -> Aligned:
        one, two = link.left, link.right
        equal = one.key == two.key and not (kind in _OWNED and one.owner != two.owner)
        left, right = ((), ()) if equal else mark_differences(one.text, two.text)
        return Aligned(
            kind,
            "equal" if equal else "near",
            _side(one, self.left, left),
            _side(two, self.right, right),
            1.0 if equal else self.by_text(one, two),
            part=link.part,
        )


def _with_parts(whole: Aligned, parts: tuple[Aligned, ...]) -> Aligned:
    """A whole is equal only when all its parts are."""
    equal = whole.state == "equal" and all(part.state == "equal" for part in parts)
    return replace(whole, parts=parts, state=whole.state if equal or whole.state != "equal" else "near")


def _side(entry: Entry, sheet: Sheet, pieces: tuple[Piece, ...] = ()) -> Side:
    return Side(
        entry.node,
        entry.name,
        entry.owner,
        entry.text,
        pieces or (Piece(entry.text, "same"),),
        sheet.cells.get(entry.cell),
    )


def _subject(sheet: Sheet) -> Subject:
    return Subject(sheet.iri, sheet.id, sheet.code, sheet.place, sheet.agency_name)


def _without(units: Iterable[Entry], nodes: set[str]) -> list[Entry]:
    return [unit for unit in units if unit.node not in nodes]


def _is_short_for(one: str, two: str) -> bool:
    """经侦大队 and 经济犯罪侦查大队: one name's characters stand in the other's, in their order."""
    short, long = sorted((unit_field(one), unit_field(two)), key=len)
    rest = iter(long)
    return len(short) > 1 and all(character in rest for character in short)
