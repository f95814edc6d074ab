"""Forms: small tables that hold one record each, a label on the left and what it says on the right.

    管理事项 | 货车治理                        a label and its text
    相关依据 | 《公路法》
    序号     | 相关部门 | 职责分工              a list in the middle, under a header of its own
    1        | 公安局   | 负责指挥车辆。
    案例     |                                 a blank text stays blank

The list may also stand beside a label that reaches down over it. A form becomes a table with one column a label, in
which the texts reach over the rows of the list, as if they had been merged.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from dutygraph.read.folding import number_value
from dutygraph.read.grid import BLANK, Cell, Paragraph
from dutygraph.read.headers import DUTIES, MATTERS, SERVICES, find_kinds, recognise_header, recognise_title
from dutygraph.read.tables import Table

__all__ = ["read_forms"]

_SECTIONS = (MATTERS, SERVICES, DUTIES)
_KEYS = {MATTERS: ("matter",), SERVICES: ("service",), DUTIES: ("duty", "department")}
_LISTED = {MATTERS: ("agency", "share"), SERVICES: (), DUTIES: ("department", "item")}
_FEWEST_LABELS = 2
_LABELS_A_ROW = 2
_LONGEST_LABEL = 20
_COUPLED = ("agency", "share")
_UNKNOWN = "?"
_STOPS = "。；，、：;,:"

Run = tuple[int, Cell]


@dataclass(slots=True)
class _Form:
    """One form while it is read: its labels with their texts (those of an agency and its share in couples, for a form
    may name the lead and those who assist), the rows of its list by kind of column, and what only orders it."""

    labels: dict[str, tuple[Cell, Cell]] = field(default_factory=dict)
    couples: list[dict[str, tuple[Cell, Cell]]] = field(default_factory=list)
    heads: dict[str, Cell] = field(default_factory=dict)
    places: dict[str, int] = field(default_factory=dict)
    listed: list[dict[str, Cell]] = field(default_factory=list)
    furniture: list[Cell] = field(default_factory=list)


def read_forms(
    rows: Sequence[Sequence[Cell]], start: int, hint: str | None, lookups: Mapping[str, str]
) -> tuple[list[Table | Paragraph], list[Cell], int]:
    """The forms that begin in this row, each as a table, with the lines between them; the cells that only order them
    (numbers of the lists, their headers); and how many rows they take. Nothing, 0 when no form begins here."""
    for section in _SECTIONS:
        reader = _Reader(section, hint, lookups)
        if reader.begins(_runs(rows[start])) and (taken := reader.read(rows, start)):
            parts = [_table(part, section) if isinstance(part, _Form) else part for part in reader.parts]
            ordering = [cell for part in reader.parts if isinstance(part, _Form) for cell in part.furniture]
            return parts, ordering, taken
    return [], [], 0


def _runs(row: Sequence[Cell]) -> list[Run]:
    """The cells of a row with their columns: one that reaches over several, or is written again in them, once; blank
    ones beside each other as one, and none of them at the end of more than a label and its text."""
    runs: list[Run] = []
    for column, cell in enumerate(row):
        if not runs or cell.text != runs[-1][1].text:
            runs.append((column, cell))
    return runs[:-1] if len(runs) > _LABELS_A_ROW and not runs[-1][1] else runs


class _Reader:
    """Reads the rows of a grid as forms of one section."""

    def __init__(self, section: str, hint: str | None, lookups: Mapping[str, str]) -> None:
        self.section = section
        self.hint = hint
        self.lookups = lookups
        self.parts: list[_Form | Paragraph] = []
        self.form = _Form()
        self.lines: list[Paragraph] = []
        self.beside: Cell | None = None
        self.row = self.behind = 0

    def begins(self, runs: list[Run]) -> bool:
        """Whether a form can begin with this row: its first cell is a label, and the next one is none."""
        kinds = self._kinds(runs[:_LABELS_A_ROW])
        return len(runs) > 1 and kinds[0] is not None and kinds[1] is None

    def read(self, rows: Sequence[Sequence[Cell]], start: int) -> int:
        """Read the forms and the lines across them up to the first row that is neither, and no further than the last
        whole form; how many rows that makes."""
        takers = (self._take_labels, self._take_header, self._take_listed, self._take_unknown)
        self.behind = start
        for self.row in range(start, len(rows) + 1):
            if self.row == len(rows):
                break
            runs = _runs(rows[self.row])
            line = self._line(runs)
            if line is None and not any(take(runs) for take in takers):
                break
            if line is not None and recognise_title(line.text) is not None:
                break
            if line is not None:
                self.lines.append(line)
        self._end()
        return self.behind - start

    def _line(self, runs: list[Run]) -> Paragraph | None:
        """The line that a row is with one filled cell, unless that is a label whose text is blank."""
        filled = [cell for _, cell in runs if cell]
        known = len(runs) > 1 and self._kinds(runs)[0] is not None
        listed = bool(self.form.places) and not runs[0][1]
        return Paragraph(filled[0].text, filled[0].place) if len(filled) == 1 and not known and not listed else None

    def _end(self) -> bool:
        """End the form before this row; whether it was whole."""
        whole = self._is_whole()
        if whole:
            self.parts.extend([*self.lines, self.form])
            self.behind = self.row
        self.form, self.lines, self.beside = _Form(), [], None
        return whole

    def _is_whole(self) -> bool:
        """Whether the labels and headers of the form are those of a record of the section, and of no other section."""
        form = self.form
        labels = [*form.labels.values(), *(pair for couple in form.couples for pair in couple.values())]
        words = [cell.text for cell in (*(label for label, _ in labels), *form.heads.values())]
        named = any(key in form.labels and form.labels[key][1] for key in _KEYS[self.section])
        enough = len(labels) >= _FEWEST_LABELS or bool(form.listed)
        return named and enough and recognise_header(words, self.hint, self.lookups) == self.section

    def _kinds(self, runs: Sequence[Run]) -> list[str | None]:
        words = [cell.text if len(cell.text) <= _LONGEST_LABEL else "" for _, cell in runs]
        return find_kinds(self.section, words, self.lookups)

    def _take_labels(self, runs: list[Run]) -> bool:
        """One or two labels, each with its text to the right. A label that stood already begins the next form."""
        kinds = self._kinds(runs)
        labels, texts = kinds[::2], kinds[1::2]
        if len(runs) > 2 * _LABELS_A_ROW or len(labels) != len(texts) or None in labels or any(texts):
            return False
        for index, kind in enumerate(labels):
            label, text = runs[2 * index][1], runs[2 * index + 1][1]
            if kind in _COUPLED:
                self._couple(kind, label, text)
                continue
            if kind in self.form.labels and (kind not in (*_KEYS[self.section], "no") or not self._end()):
                return False
            self.form.labels[kind or ""] = label, text
        return True

    def _couple(self, kind: str, label: Cell, text: Cell) -> None:
        couples = self.form.couples
        if kind == "agency" or not couples or kind in couples[-1]:
            couples.append({})
        couples[-1][kind] = label, text

    def _take_unknown(self, runs: list[Run]) -> bool:
        """A label that the vocabulary lacks, within a form: a column of its own, kept raw as in any table."""
        if len(runs) != 2 or not self.form.labels:
            return False
        label, text = runs[0][1], runs[1][1]
        if not label or len(label.text) > _LONGEST_LABEL or any(stop in label.text for stop in _STOPS):
            return False
        self.form.labels[f"{_UNKNOWN}{len(self.form.labels)}"] = label, text
        return True

    def _take_header(self, runs: list[Run]) -> bool:
        """The header of the list: every cell names a column of it, the first perhaps the label that reaches down."""
        kinds = self._kinds(runs)
        listed = _LISTED[self.section]
        if len(runs) > 1 and None not in kinds[1:] and kinds[0] in (*listed, "no") and not self.form.listed:
            beside = len(kinds) > len(set(kinds)) and kinds[0] != "no"
            own = runs[1:] if beside else runs
            self.beside = runs[0][1] if beside else None
            places = {kind: column for (column, _), kind in zip(own, self._kinds(own), strict=True) if kind}
            if not {*listed}.isdisjoint(places) and len(places) == len(own):
                self.form.places = places
                self.form.heads = {kind: cell for (_, cell), kind in zip(own, self._kinds(own), strict=True) if kind}
                self.form.furniture.extend(cell for _, cell in runs)
                return True
        return False

    def _take_listed(self, runs: list[Run]) -> bool:
        """A row of the list, under its header or beside a label."""
        listed = _LISTED[self.section]
        if self.beside is None and not self.form.places and len(runs) == 3 and self._kinds(runs)[0] in listed:
            self.beside = runs[0][1]
            self.form.furniture.append(self.beside)
            self.form.heads = dict.fromkeys(listed, self.beside)
            self.form.places = {kind: runs[i][0] for i, kind in enumerate(listed, start=1)}
        if self.beside is not None and runs[0][1].text != self.beside.text:
            return False
        cells = dict(runs)
        first = min(self.form.places.values(), default=0)
        if not self.form.places or (self.beside is None and first not in cells):
            return False
        if recognise_header([cell.text for _, cell in runs], self.hint, self.lookups) is not None:
            return False  # another table begins
        if any(cell and column not in self.form.places.values() for column, cell in runs[self.beside is not None :]):
            return False
        row = {kind: cells.get(column, BLANK) for kind, column in self.form.places.items()}
        number = row.pop("no", BLANK)
        if number and number_value(number.text) is None:
            return False
        self.form.furniture.append(number)
        self.form.listed.append(row)
        return True


def _table(form: _Form, section: str) -> Table:
    """A form as a table: a column a label, then those of the list; each couple of agency and share is a pair."""
    header: list[Cell] = []
    texts: list[Cell] = []

    def place(pairs: Mapping[str, tuple[Cell, Cell]]) -> dict[str, int]:
        columns = {kind: len(header) + index for index, kind in enumerate(pairs)}
        header.extend(label for label, _ in pairs.values())
        texts.extend(text for _, text in pairs.values())
        return columns

    columns = {kind: index for kind, index in place(form.labels).items() if not kind.startswith(_UNKNOWN)}
    sets = [place(couple) for couple in form.couples]
    heads = {kind: cell for kind, cell in form.heads.items() if kind != "no"}
    if heads:
        sets.append({kind: len(header) + index for index, kind in enumerate(heads)})
        header.extend(heads.values())
    rows = [(*texts, *(row.get(kind, BLANK) for kind in heads)) for row in form.listed or [{}]]
    first, *further = sets or [{}]
    return Table(section, tuple(header), columns | first, rows, further, [tuple(header)])
