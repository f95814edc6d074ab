"""Reads the facts from a store, by the queries of queries/findings/."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from dutygraph.analysis.facts import (
    Citation,
    Clause,
    Duty,
    Indicator,
    Item,
    Lexicon,
    Matter,
    Mention,
    Regime,
    RegimeItem,
    Score,
    Service,
    Share,
    Sheet,
)
from dutygraph.analysis.finding import Evidence
from dutygraph.analysis.words import fold
from dutygraph.store import Plain, Store, Template, bind, find_template, select

__all__ = ["load_lexicon", "load_sheets", "repealed_acts"]

Row = dict[str, str]


class _Reader:
    """Asks the named queries, and gives text for every term."""

    def __init__(self, store: Store, templates: Mapping[str, Template], jurisdiction: str | None) -> None:
        self._store = store
        self._templates = templates
        self._params = {"jurisdiction": jurisdiction} if jurisdiction else {}

    def rows(self, name: str) -> Iterator[Row]:
        rows = select(self._store, bind(find_template(self._templates, name), self._params))
        for row in rows.dicts():
            yield {key: _text(value) for key, value in row.items()}

    def grouped(self, name: str, by: str) -> dict[str, list[Row]]:
        groups: dict[str, list[Row]] = defaultdict(list)
        for row in self.rows(name):
            groups[row[by]].append(row)
        return groups


def _kind(row: Row) -> str:
    """The notation of the agency type, the name where the type is unknown."""
    return row["kind"].rpartition("/")[2] or row["name"]


def _text(value: Plain | None) -> str:
    return "" if value is None else str(value)


def load_sheets(store: Store, templates: Mapping[str, Template], jurisdiction: str | None = None) -> tuple[Sheet, ...]:
    """Every register of the store, or of one county, in the order of their ids. Raises what ``Store.query`` raises."""
    ask = _Reader(store, templates, jurisdiction)
    cells = {
        row["cell"]: Evidence(row["document"], row["section"], row["locator"], row["quote"])
        for row in ask.rows("facts-cells")
    }
    topics = {
        node: frozenset(row["concept"] for row in rows) for node, rows in ask.grouped("facts-topics", "node").items()
    }
    clauses = {holder: _clauses(rows) for holder, rows in ask.grouped("facts-clauses", "holder").items()}
    duties = ask.grouped("facts-duties", "register")
    items = ask.grouped("facts-items", "register")
    matters = ask.grouped("facts-matters", "register")
    shares = _shares(ask, clauses)
    services = ask.grouped("facts-services", "register")
    regimes = _regimes(ask)
    citations = ask.grouped("facts-citations", "register")
    units = ask.grouped("facts-units", "register")
    scores = ask.grouped("facts-quality", "register")
    return tuple(
        Sheet(
            iri=row["register"],
            id=row["id"],
            code=row["jurisdiction"],
            place=row["place"],
            title=row["title"],
            date=row["date"],
            agency=row["agency"],
            agency_name=row["name"],
            kind=_kind(row),
            document=row["document"],
            duties=tuple(
                Duty(one["node"], one["no"], one["text"], one["cell"], clauses.get(one["node"], ()))
                for one in duties[row["register"]]
            ),
            items=tuple(_items(items[row["register"]], clauses)),
            matters=tuple(
                Matter(
                    one["node"], one["title"], one["cell"], one["basis"], one["example"], shares.get(one["node"], ())
                )
                for one in matters[row["register"]]
            ),
            services=tuple(_services(services[row["register"]])),
            regimes=regimes.get(row["register"], ()),
            citations=tuple(_citations(citations[row["register"]])),
            aliases=_aliases(units[row["register"]]),
            scores=tuple(_scores(scores[row["register"]])),
            cells=cells,
            topics=topics,
        )
        for row in ask.rows("facts-registers")
    )


def repealed_acts(store: Store, templates: Mapping[str, Template]) -> dict[str, str]:
    """The titles of the acts known to be repealed, each with the act in its place."""
    return {row["title"]: row["now"] for row in _Reader(store, templates, None).rows("facts-repealed")}


def load_lexicon(store: Store, templates: Mapping[str, Template]) -> Lexicon:
    """How registers write the concepts that stand for something, and which concepts are near each other."""
    phrases: dict[str, set[str]] = defaultdict(set)
    near: dict[str, set[str]] = defaultdict(set)
    for row in _Reader(store, templates, None).rows("facts-lexicon"):
        if row["phrase"]:
            phrases[row["concept"]].add(fold(row["phrase"]))
        if row["near"]:
            near[row["concept"]].add(row["near"])
    return Lexicon(
        {concept: tuple(sorted(found)) for concept, found in phrases.items()},
        {concept: frozenset(found) for concept, found in near.items()},
    )


def _by_node(rows: list[Row]) -> Iterator[list[Row]]:
    """Rows of one node together, in the order of their first row."""
    nodes: dict[str, list[Row]] = {}
    for row in rows:
        nodes.setdefault(row["node"], []).append(row)
    yield from nodes.values()


def _all(rows: list[Row], key: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(row[key] for row in rows if row[key]))


def _clauses(rows: list[Row]) -> tuple[Clause, ...]:
    return tuple(
        Clause(
            one[0]["node"],
            one[0]["text"],
            one[0]["action"],
            one[0]["object"],
            one[0]["stage"],
            one[0]["qualifier"],
            frozenset(_all(one, "role")),
            frozenset(_all(one, "power")),
        )
        for one in _by_node(rows)
    )


def _items(rows: list[Row], clauses: dict[str, tuple[Clause, ...]]) -> Iterator[Item]:
    for one in _by_node(rows):
        row = one[0]
        yield Item(
            row["node"],
            row["duty"],
            row["text"],
            row["cell"],
            _all(one, "name"),
            row["unit_cell"],
            clauses.get(row["node"], ()),
        )


def _shares(ask: _Reader, clauses: dict[str, tuple[Clause, ...]]) -> dict[str, tuple[Share, ...]]:
    mentions = ask.grouped("facts-mentions", "node")
    return {
        matter: tuple(
            Share(
                row["node"],
                row["agency"],
                row["name"],
                _kind(row),
                row["text"],
                row["cell"],
                row["agency_cell"],
                clauses.get(row["node"], ()),
                tuple(Mention(one["name"], _kind(one)) for one in mentions.get(row["node"], ())),
                row["role"],
            )
            for row in rows
        )
        for matter, rows in ask.grouped("facts-shares", "matter").items()
    }


def _services(rows: list[Row]) -> Iterator[Service]:
    for one in _by_node(rows):
        row = one[0]
        phones = _all(one, "phone")
        yield Service(
            row["node"],
            row["title"],
            row["cell"],
            row["written"],
            row["name"],
            row["unit_cell"],
            phones,
            row["phone_cell"],
            row["content"],
            row["content_cell"],
        )


def _regimes(ask: _Reader) -> dict[str, tuple[Regime, ...]]:
    items = ask.grouped("facts-regime-items", "regime")
    indicators = ask.grouped("facts-indicators", "regime")
    penalties = ask.grouped("facts-penalties", "regime")
    return {
        register: tuple(
            Regime(
                one[0]["node"],
                one[0]["title"],
                one[0]["cell"],
                _all(one, "name"),
                _all(one, "written"),
                tuple(
                    RegimeItem(
                        rows_of[0]["node"],
                        rows_of[0]["heading"],
                        rows_of[0]["text"],
                        frozenset(_all(rows_of, "kind")),
                        rows_of[0]["cell"],
                    )
                    for rows_of in _by_node(items.get(one[0]["node"], []))
                ),
                tuple(
                    Indicator(
                        row["node"],
                        row["item"],
                        row["kind"],
                        row["text"],
                        row["comparator"],
                        float(row["value"]),
                        row["unit"],
                        row["period"],
                        row["cell"],
                    )
                    for row in indicators.get(one[0]["node"], [])
                ),
                frozenset(row["item"] for row in penalties.get(one[0]["node"], [])),
            )
            for one in _by_node(rows)
        )
        for register, rows in ask.grouped("facts-regimes", "register").items()
    }


def _citations(rows: list[Row]) -> Iterator[Citation]:
    for one in _by_node(rows):
        row = one[0]
        yield Citation(
            row["node"],
            row["holder"],
            row["title"],
            row["written"],
            row["number"],
            row["date"],
            _all(one, "article"),
            row["status"],
            row["law"],
            row["now"],
            row["cell"],
        )


def _aliases(rows: list[Row]) -> dict[str, tuple[str, ...]]:
    names: dict[str, list[Row]] = {}
    for row in rows:
        names.setdefault(row["name"], []).append(row)
    return {name: _all(of, "alias") for name, of in names.items()}


def _scores(rows: list[Row]) -> Iterator[Score]:
    for row in sorted(rows, key=lambda row: row["metric"] == "score"):
        yield Score(row["metric"], row["zh"], row["en"], float(row["value"]), int(row["counted"]), int(row["total"]))
