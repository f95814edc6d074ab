"""A table with its header: which column is which, also where the header stands in two rows or names a column twice."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from dutygraph.read.folding import number_value
from dutygraph.read.grid import Cell
from dutygraph.read.headers import DUTIES, MATTERS, REGIMES, find_columns, find_kinds, recognise_header
from dutygraph.read.headings import section_kinds

__all__ = ["Lookups", "Table", "begin_table", "counts_parts", "join_header", "leading_number"]

_BOTH = "·"  # between the two rows of a header: 牵头部门·职责分工
_TWO_LEVELS = re.compile(r"[（(]?\s*(\d{1,3})\s*[.．\-－—–]\s*\d{1,3}\s*[）)]?[、.．]?")
_FEWEST_PAIRS = 2
_FEWEST_BELOW = 2
_COUNTED = {DUTIES: "duty", MATTERS: "matter"}


@dataclass(frozen=True, slots=True)
class Lookups:
    """What register.toml adds to the vocabulary: header word → kind of column, title → section."""

    columns: Mapping[str, str] = field(default_factory=dict)
    sections: Mapping[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Table:
    """A table with its header row. ``section`` is None when its header words are not those of a known section.

    ``pairs`` are the further columns of agency and share beside those in ``columns``: a table that sets the lead apart
    from those who assist says in each row what two agencies do. ``header_rows`` are the rows of the header as they
    stand in the document, where ``header`` joins them."""

    section: str | None
    header: tuple[Cell, ...]
    columns: dict[str, int]
    rows: list[tuple[Cell, ...]] = field(default_factory=list)
    pairs: list[dict[str, int]] = field(default_factory=list)
    header_rows: list[tuple[Cell, ...]] = field(default_factory=list)


def begin_table(section: str | None, row: tuple[Cell, ...], lookups: Mapping[str, str]) -> Table:
    """The table that this header row begins."""
    table = Table(section, row, {}, header_rows=[row])
    if section is not None:
        _find_columns(table, section, [cell.text for cell in row], lookups)
    return table


def join_header(table: Table, row: tuple[Cell, ...], hint: str | None, lookups: Mapping[str, str]) -> bool:
    """Whether a row is the lower one of the table's header; then it is taken into it.

    Its words stand below those that reach over them (牵头部门 over 部门名称 and 职责分工) or beside words that reach
    down to it. A column takes the lower word, and both where the lower ones would be alike.
    """
    upper = table.header_rows[0]
    if table.rows or len(table.header_rows) > 1 or len(row) != len(upper):
        return False
    words = [cell.text for cell in row]
    joined = [cell.text or upper[index].text for index, cell in enumerate(row)]
    below = [index for index, cell in enumerate(row) if cell and cell is not upper[index]]
    reaches_down = any(cell and cell is upper[index] for index, cell in enumerate(row))
    section = table.section or (recognise_header(joined, hint, lookups) if reaches_down else None)
    if section is None:
        return False
    over = _reaching_over(upper, row)
    known = find_kinds(section, words, lookups)
    told = [word if known[index] else f"{over[index]}{word}" for index, word in enumerate(words)]
    stands_alone = recognise_header(words, section, lookups) == section
    if not stands_alone and not (
        _FEWEST_BELOW <= len(below) < sum(map(bool, upper))
        and all(find_kinds(section, [told[index] for index in below], lookups))
        and recognise_header(joined, section, lookups) == section
    ):
        return False
    twice = Counter(words[index] for index in below)
    header = [cell or upper[index] for index, cell in enumerate(row)]
    for index in below:
        if twice[words[index]] > 1 and over[index]:
            header[index] = Cell(f"{over[index]}{_BOTH}{words[index]}", row[index].place)
    table.section, table.header = section, tuple(header)
    table.header_rows.append(row)
    _find_columns(table, section, told, lookups)
    return True


def _reaching_over(upper: Sequence[Cell], row: Sequence[Cell]) -> list[str]:
    """The upper word above each column. Where merges are not kept, a blank one stands under the word left of it."""
    words: list[str] = []
    for index, cell in enumerate(upper):
        words.append(cell.text or (words[-1] if words and row[index] else ""))
    return words


def _find_columns(table: Table, section: str, words: Sequence[str], lookups: Mapping[str, str]) -> None:
    table.columns = find_columns(section, words, lookups)
    pairs = _find_pairs(table.header, find_kinds(section, words, lookups)) if section == MATTERS else []
    if pairs:
        table.columns |= pairs[0]
        table.pairs = pairs[1:]
    if section == REGIMES and "element" not in table.columns:
        _add_sections(table)


def _find_pairs(header: Sequence[Cell], kinds: Sequence[str | None]) -> list[dict[str, int]]:
    """The columns of agencies, each with the column of its shares to the right; none when there are not several."""
    agencies = [index for index, kind in enumerate(kinds) if kind == "agency"]
    pairs: list[dict[str, int]] = []
    for agency, following in pairwise([*agencies, len(kinds)]):
        share = next((index for index in range(agency + 1, following) if kinds[index] == "share"), None)
        if share is not None:
            pairs.append({"agency": agency, "share": share})
    cells = {id(header[index]) for pair in pairs for index in pair.values()}
    return pairs if len(pairs) >= _FEWEST_PAIRS and len(cells) == 2 * len(pairs) else []


def _add_sections(table: Table) -> None:
    """In a table with a column for each section of a regime, a column is one whose word announces what sections of
    regimes hold, though no kind of column has just this word."""
    known = {id(table.header[index]) for index in table.columns.values()}
    for index, cell in enumerate(table.header):
        if cell and id(cell) not in known and section_kinds(cell.text) != ("other",):
            table.columns[f"section {index}"] = index
            known.add(id(cell))


def counts_parts(table: Table) -> bool:
    """Whether the numbers of a table count the parts (work items, shares) and not the records: they have two levels
    (1.1, 1.2), go on while the record's cell is merged over them, or stand where the record has a blank cell."""
    key = _COUNTED.get(table.section or "")
    if key is None or key not in table.columns or "no" not in table.columns:
        return False
    number, name = table.columns["no"], table.columns[key]
    numbers = [row[number].text for row in table.rows if row[number]]
    if sum(leading_number(text) is not None for text in numbers) * 2 > len(numbers):
        return True
    begun = going_on = within = 0
    restarts = False
    last = number_value(table.rows[0][number].text) if table.rows else None
    for above, row in pairwise(table.rows):
        value = number_value(row[number].text) if row[number] and row[number] is not above[number] else None
        if (row[name] and row[name] is above[name]) or (number > name and not row[name]):
            going_on += 1
            within += value is not None
        else:
            begun += 1
            restarts |= value is not None and last is not None and value <= last
        last = value or last
    return within * 2 > going_on and (restarts or within * 2 > begun)


def leading_number(text: str) -> str | None:
    """The first part of a number of two levels: 1 of 1.2; None for any other text."""
    match = _TWO_LEVELS.fullmatch(text)
    return match[1] if match else None
