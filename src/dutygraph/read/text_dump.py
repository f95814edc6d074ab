"""Text dumps of a register: tables printed cell by cell, as word processors do when saving as plain text.

A line break followed by a tab begins a cell; a line without a tab goes on with the cell. A blank line ends a row only
when the row has all the columns of its header: until then it is a paragraph break or a page break inside a cell. Lines
outside rows are prose. Tables whose rows are single lines with tabs between the cells are read as well.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate

from dutygraph.model import Finding
from dutygraph.read.folding import fold, number_value, squeeze
from dutygraph.read.grid import Block, Cell, Document, Grid, Paragraph, Place, make_cell
from dutygraph.read.headers import (
    find_columns,
    find_department_line,
    is_number_column,
    recognise_header,
    recognise_title,
)
from dutygraph.read.spans import pad_rows

__all__ = ["read_text_dump"]

_ORDINAL = "[一二三四五六七八九十]+"
_HEADING = re.compile(rf"{_ORDINAL}[、.．]|[（(]{_ORDINAL}[）)]|第{_ORDINAL}[部章节]|注[:：]")
_PROSE_TITLE = 40  # a heading between two rows is shorter than this
_WIDEST_HEADER = 20
_RUNNING_TEXT = 15  # a cell this long may have another paragraph


@dataclass(slots=True)
class _Lines:
    """The numbered lines of the file, with what lies ahead."""

    lines: Sequence[str]

    def next_filled(self, index: int) -> int:
        """Index of the next line at or after ``index`` that is not blank (a lone tab is an empty cell, not blank)."""
        while index < len(self.lines) and not self.lines[index]:
            index += 1
        return index

    def run(self, index: int) -> list[str]:
        """The texts of the cells from ``index`` to the next blank line; lines without a tab go on with their cell."""
        cells: list[str] = []
        while index < len(self.lines) and self.lines[index]:
            line = self.lines[index]
            if line.startswith("\t"):
                cells.extend(line[1:].split("\t"))
            elif cells:
                cells[-1] += line
            else:
                break
            index += 1
        return cells


@dataclass(slots=True)
class _OpenCell:
    """A cell being read: its lines with their numbers."""

    parts: list[tuple[int, str]] = field(default_factory=list)

    def close(self, findings: list[Finding]) -> Cell:
        parts = [(number, text) for number, line in self.parts if (text := fold(line))]
        if not parts:
            return Cell("", Place(line=self.parts[0][0]))
        place = Place(line=parts[0][0])
        kept = _without_repeat([line for _, line in self.parts if squeeze(line)])
        if len(kept) < len(parts):
            findings.append(
                Finding(
                    "READ-MERGED", "info", "the cell stands twice, over a page break; it is read once",
                    place.at(""), parts[len(kept)][1],
                )
            )  # fmt: skip
        return make_cell(kept, place)


def _without_repeat(lines: list[str]) -> list[str]:
    """The lines before a page break that repeats the whole cell, or all when nothing is repeated."""
    pieces = [squeeze(line) for line in lines]
    ends = list(accumulate(map(len, pieces)))
    whole = "".join(pieces)
    half = len(whole) // 2
    return lines[: ends.index(half) + 1] if half in ends and whole[:half] == whole[half:] else lines


def _trim(line: str) -> str:
    """The line without blanks at its ends; its tabs stay, they begin cells."""
    return line.strip("\u3000\u00a0\u200b\ufeff \r\f\v")


class _Dump:
    """One pass over the lines: rows are gathered into grids, the rest into paragraphs."""

    def __init__(self, text: str, lookups: Mapping[str, str]) -> None:
        self.source = _Lines([_trim(line) for line in text.split("\n")])
        self.lookups = lookups
        self.blocks: list[Block] = []
        self.findings: list[Finding] = []
        self.rows: list[tuple[Cell, ...]] = []
        self.row: list[_OpenCell] = []
        self.header: list[str] = []

    def read(self) -> Document:
        index = 0
        while (index := self.source.next_filled(index)) < len(self.source.lines):
            line = self.source.lines[index]
            if not self.row and "\t" in line.strip("\t") and not self._in_cells(line):
                index = self._read_tabbed(index)
            elif line.startswith("\t"):
                index = self._read_row(index)
            elif self._goes_on(index):
                self._extend(index)
                index += 1
            else:
                self._close_grid()
                self.blocks.append(Paragraph(fold(line), Place(line=index + 1)))
                index += 1
        self._close_grid()
        return Document(tuple(self.blocks), tuple(self.findings))

    def _in_cells(self, line: str) -> bool:
        return line.startswith("\t") and bool(self.header)

    # -- one cell a line ---------------------------------------------------------------------------------------------

    def _read_row(self, index: int) -> int:
        """Read a row (or a header, where a table begins) that starts at ``index``; returns where it ends."""
        if not self.header or self._is_header(index):
            self._close_grid()
            return self._read_header(index)
        width = len(self.header)
        lines = self.source.lines
        while index < len(lines):
            line = lines[index]
            if not line:
                after = self.source.next_filled(index)
                if len(self.row) >= width or after >= len(lines) or self._is_short(after):
                    break
                index = after
            elif line.startswith("\t"):
                if len(self.row) >= width:
                    break
                for text in line[1:].split("\t"):
                    self.row.append(_OpenCell([(index + 1, text)]))
                index += 1
            else:
                self.row[-1].parts.append((index + 1, line))
                index += 1
        self._close_row()
        return index

    def _is_short(self, after: int) -> bool:
        """Whether the unfinished row lacks cells: what follows the blank line is a whole row, a header or a title."""
        if not self.source.lines[after].startswith("\t"):
            return self._is_landmark(self.source.lines[after])
        run = self.source.run(after)
        return len(self.row) + len(run) > len(self.header) == len(run) or self._is_header(after)

    def _is_landmark(self, line: str) -> bool:
        return recognise_title(line) is not None or find_department_line(line) is not None

    def _is_header(self, index: int) -> bool:
        words = self._header_words(index)[0]
        return len(words) > 1 and (
            is_number_column(words[0]) or recognise_header(words, None, self.lookups) is not None
        )

    def _header_words(self, index: int) -> tuple[list[str], list[int], int]:
        """Words and line numbers of the header that begins at ``index``, and where it ends: at a blank line, or where
        the first row number stands. A header word may be broken over lines."""
        words: list[str] = []
        numbers: list[int] = []
        lines = self.source.lines
        while index < len(lines):
            line = lines[index]
            if not line:
                after = self.source.next_filled(index)
                if after < len(lines) and words and self._header_goes_on(words, after):
                    index = after
                    continue
                break
            if line.startswith("\t"):
                texts = line[1:].split("\t")
                if words and (number_value(texts[0]) is not None or len(words) > _WIDEST_HEADER):
                    break
                words.extend(fold(text) for text in texts)
                numbers.extend([index + 1] * len(texts))
            elif words:
                words[-1] = fold(words[-1] + line)
            else:
                break
            index += 1
        return words, numbers, index

    def _header_goes_on(self, words: list[str], after: int) -> bool:
        """Whether the header is only broken by the blank line before ``after``: the line completes its last word, or
        the cells there are the rest of its header words."""
        if not self.source.lines[after].startswith("\t"):
            whole = [*words[:-1], fold(words[-1] + self.source.lines[after])]
            return not recognise_header(words, None, self.lookups) and bool(recognise_header(whole, None, self.lookups))
        whole = [*words, *map(fold, self.source.run(after))]
        section = recognise_header(whole, None, self.lookups)
        if section is None:
            return False
        return len(find_columns(section, whole, self.lookups)) == len(whole)

    def _read_header(self, index: int) -> int:
        words, numbers, end = self._header_words(index)
        self.header = words
        self.rows.append(tuple(Cell(word, Place(line=number)) for word, number in zip(words, numbers, strict=True)))
        return end

    def _close_row(self) -> None:
        if not self.row:
            return
        width = len(self.header)
        cells = [cell.close(self.findings) for cell in self.row]
        if len(cells) != width and any(cells):
            first = next(cell for cell in cells if cell)
            self.findings.append(
                Finding(
                    "READ-ROW", "warning", f"the row has {len(cells)} cells, its header {width}",
                    first.place.at(""), first.text,
                )
            )  # fmt: skip
        if len(cells) > width:
            cells[width - 1] = Cell(fold("\n".join(c.text for c in cells[width - 1 :])), cells[width - 1].place)
        line = cells[-1].place.line
        cells.extend(Cell("", Place(line=line)) for _ in range(width - len(cells)))
        self.rows.append(tuple(cells[:width]))
        self.row = []

    # -- prose or the rest of a cell ---------------------------------------------------------------------------------

    def _goes_on(self, index: int) -> bool:
        """Whether a line without a tab after a whole row still belongs to its last cell. It does when the table goes on
        below it without a header, or when only one blank line parts it from a cell of running text; a title or heading
        never does."""
        line = self.source.lines[index]
        if len(self.rows) < 2 or self._is_landmark(line) or (len(line) < _PROSE_TITLE and _HEADING.match(line)):
            return False
        last = self.rows[-1][-1].text
        if len(last) >= _RUNNING_TEXT and index > 1 and self.source.lines[index - 2]:
            return True
        after = index
        while after < len(self.source.lines) and not self.source.lines[after].startswith("\t"):
            if self._is_landmark(self.source.lines[after]):
                return False
            after += 1
        return after < len(self.source.lines) and not self._is_header(after)

    def _extend(self, index: int) -> None:
        last = self.rows[-1][-1]
        text = fold(self.source.lines[index])
        place = last.place if last else Place(line=index + 1)
        self.rows[-1] = (*self.rows[-1][:-1], Cell(fold(f"{last.text}\n{text}"), place))

    # -- one row a line ----------------------------------------------------------------------------------------------

    def _read_tabbed(self, index: int) -> int:
        """Read a table whose rows are lines with tabs between the cells."""
        self._close_grid()
        lines = self.source.lines
        rows: list[list[Cell]] = []
        while index < len(lines) and lines[index]:
            if "\t" not in lines[index]:
                if not rows or self._is_landmark(lines[index]):
                    break
                last = rows[-1][-1]
                rows[-1][-1] = Cell(fold(f"{last.text}\n{lines[index]}"), last.place)
            else:
                rows.append([Cell(fold(text), Place(line=index + 1)) for text in lines[index].split("\t")])
            index += 1
        self.blocks.append(Grid(pad_rows(rows)))
        return index

    def _close_grid(self) -> None:
        self._close_row()
        if self.rows:
            self.blocks.append(Grid(tuple(self.rows)))
        self.rows, self.header = [], []


def read_text_dump(text: str, lookups: Mapping[str, str]) -> Document:
    """The blocks of a text dump. ``text`` has its line ends as ``\\n``; ``lookups`` are the header words that
    register.toml adds. Raises UnreadableDocument for a table of more than MAX_CELLS cells."""
    return _Dump(text, lookups).read()
