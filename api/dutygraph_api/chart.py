"""Bars as SVG, with or without the branches of an organisation chart.

The colours come from the style sheet, so they follow dark mode and print. One hue, and the number beside each bar:
nothing is said by colour alone. What is drawn also stands on the page as a table, for screen readers.
"""

from __future__ import annotations

from collections.abc import Sequence

import drawsvg

__all__ = ["draw_bars", "draw_departments"]

WIDTH, ROW, TOP = 360, 40, 40
"""Of the view box: its width, the height of a bar with its name, the height of the root above them."""
TRUNK, INDENT = 9, 24


def draw_departments(agency: str, departments: Sequence[tuple[str, int]], title: str) -> str:
    """An ``svg`` element with an accessible ``title``: the agency above, a branch for each department, its count as a
    bar."""
    drawing = _drawing(TOP + ROW * len(departments), title)
    drawing.append(drawsvg.Text(agency, 16, TRUNK - 7, 20, class_="root"))
    for number in range(len(departments)):
        top = TOP + ROW * number
        branch = drawsvg.Path(class_="branch")
        branch.M(TRUNK, top + 12 - ROW if number else TOP - 12).V(top + 12).H(INDENT - 4)
        drawing.append(branch)
    _add_bars(drawing, departments, INDENT, TOP)
    return _markup(drawing)


def draw_bars(bars: Sequence[tuple[str, float]], title: str) -> str:
    """An ``svg`` element with an accessible ``title``: a named bar for each value. A value below 0 has no length."""
    drawing = _drawing(ROW * len(bars), title)
    _add_bars(drawing, bars, 0, 0)
    return _markup(drawing)


def _drawing(height: float, title: str) -> drawsvg.Drawing:
    return drawsvg.Drawing(WIDTH, height, class_="chart", role="img", aria_label=title)


def _add_bars(drawing: drawsvg.Drawing, bars: Sequence[tuple[str, float]], left: float, top: float) -> None:
    counts = [f"{value:,g}" for _, value in bars]
    room = 8 * max(map(len, counts), default=0) + 12  # the number stands behind the bar
    most = max((value for _, value in bars), default=0)
    for number, ((name, value), count) in enumerate(zip(bars, counts, strict=True)):
        at = top + ROW * number
        length = (WIDTH - left - room) * max(value, 0) / most if most > 0 else 0
        drawing.append(drawsvg.Text(name, 13, left, at + 16, class_="name"))
        drawing.append(drawsvg.Rectangle(left, at + 22, round(length, 1), 9, rx=2, class_="bar"))
        drawing.append(drawsvg.Text(count, 13, round(left + length, 1) + 5, at + 31, class_="count"))


def _markup(drawing: drawsvg.Drawing) -> str:
    return str(drawing.as_svg(header="", skip_js=True, skip_css=True))
