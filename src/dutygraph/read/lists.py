"""Numbered lists in one cell: where a register has a row for each department, its work items stand there as lines."""

from __future__ import annotations

from collections.abc import Sequence

from dutygraph.read.folding import fold
from dutygraph.read.grid import Cell
from dutygraph.read.numbering import Marker, Style, iterate_pieces, parse_marker

__all__ = ["holds_lists", "split_list"]

_FEWEST_LISTS = 2


def holds_lists(cells: Sequence[Cell]) -> bool:
    """Whether a column holds lists: most of its cells are one, and more than one is. A single list among cells that
    say one thing each is the text of that one thing."""
    filled = [cell for cell in cells if cell]
    lists = sum(len(split_list(cell)) > 1 for cell in filled)
    return lists >= _FEWEST_LISTS and lists * 2 > len(filled)


def split_list(cell: Cell) -> tuple[str, ...]:
    """The entries of a numbered list without their numbers; nothing for a cell that is none.

    A list begins with number one. Its style of number divides it: what is numbered in another way belongs to the entry
    above it, as does a line without a number.

    >>> split_list(Cell("1.养护公路。2.检查桥梁：（1）涵洞；（2）护栏。"))
    ('养护公路。', '检查桥梁：（1）涵洞；（2）护栏。')
    """
    style: Style | None = None
    entries: list[list[str]] = []
    for line in cell.lines or (cell.text,):
        for marker, start, end in iterate_pieces(line):
            if style is None:
                if marker is None or marker.ordinal != 1:
                    return ()
                style = marker.style
            if marker is not None and marker.style == style and not _is_within(marker, line):
                entries.append([line[marker.end : end]])
            else:
                entries[-1].append(line[start:end])
    return tuple(text for parts in entries if (text := fold("\n".join(parts))))


def _is_within(marker: Marker, line: str) -> bool:
    """Whether the number stands in a line that another style began: 1、 inside the line of （2）."""
    first = parse_marker(line)
    return marker.start > 0 and first is not None and first.style != marker.style
