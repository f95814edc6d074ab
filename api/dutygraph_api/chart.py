"""An organisation chart as SVG: the agency above, a branch for each department, its work items as a bar.

It takes its colours from the style sheet, so it follows dark mode and print. One hue, and the number beside each bar:
nothing is said by colour alone. The table on the page says the same to screen readers.
"""

from __future__ import annotations

from collections.abc import Sequence

import drawsvg

__all__ = ["draw_departments"]

WIDTH, ROW, TOP = 360, 40, 40
TRUNK, LEFT = 9, 24
LONGEST = WIDTH - LEFT - 36
"""Length of the longest bar; the number stands behind it."""


def draw_departments(agency: str, departments: Sequence[tuple[str, int]], title: str) -> str:
    """The chart of ``agency`` and its departments, each with a count, as an ``svg`` element with an accessible
    ``title``. Lengths are in units of the view box, 360 wide."""
    height = TOP + ROW * len(departments)
    drawing = drawsvg.Drawing(WIDTH, height, class_="chart", role="img", aria_label=title)
    drawing.append(drawsvg.Text(agency, 16, TRUNK - 7, 20, class_="root"))
    most = max((count for _, count in departments), default=0) or 1
    for number, (name, count) in enumerate(departments):
        top = TOP + ROW * number
        branch = drawsvg.Path(class_="branch")
        branch.M(TRUNK, top + 12 - ROW if number else TOP - 12).V(top + 12).H(LEFT - 4)
        drawing.append(branch)
        drawing.append(drawsvg.Text(name, 13, LEFT, top + 16, class_="name"))
        length = LONGEST * count / most
        drawing.append(drawsvg.Rectangle(LEFT, top + 22, length, 9, rx=2, class_="bar"))
        drawing.append(drawsvg.Text(str(count), 13, LEFT + length + 5, top + 31, class_="count"))
    return str(drawing.as_svg(header="", skip_js=True, skip_css=True))
