"""A comparison for people: text, Markdown, a printable page, a workbook."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict

from dutygraph.analysis.comparison import KINDS, STATES, Aligned, Comparison, Kind, Piece, Side, State
from dutygraph.analysis.workbooks import write_workbook

if TYPE_CHECKING:
    from openpyxl.cell.rich_text import CellRichText

__all__ = ["WORDS", "comparison_html", "comparison_markdown", "comparison_text", "comparison_workbook"]


class _Words(TypedDict):
    title: str
    kinds: dict[Kind, str]
    states: dict[State, str]
    only: str
    part: str
    legend: str
    columns: tuple[str, ...]


WORDS: dict[str, _Words] = {
    "zh": {
        "title": "两份登记表对照",
        "kinds": {
            "matter": "管理事项", "share": "职责分工", "basis": "依据", "regime": "监管制度", "regime item": "制度条目",
            "department": "科室", "service": "公共服务", "content": "内容", "telephone": "电话", "duty": "主要职责",
            "item": "工作事项",
        },
        "states": {"equal": "相同", "near": "相近", "left": "仅前者有", "right": "仅后者有"},
        "only": "仅{}有",
        "part": "在对方的一格之中",
        "legend": "标出的是只有一方才有的字词和数字；层级用字（区、县）、标点和空白不算。",
        "columns": (
            "类别", "所属", "对照", "相似度", "甲：名称", "甲：机关或科室", "甲：原文", "甲：出处",
            "乙：名称", "乙：机关或科室", "乙：原文", "乙：出处",
        ),
    },
    "en": {
        "title": "Two registers compared",
        "kinds": {
            "matter": "matters", "share": "share", "basis": "legal basis", "regime": "regimes",
            "regime item": "regime item", "department": "departments", "service": "services", "content": "content",
            "telephone": "telephone", "duty": "duties", "item": "work items",
        },
        "states": {"equal": "equal", "near": "near", "left": "only the first", "right": "only the second"},
        "only": "only {}",
        "part": "within a cell of the other",
        "legend": "Marked are the words and numbers that only one side has; words of the level (区, 县), punctuation "
        "and white space do not count.",
        "columns": (
            "kind", "within", "state", "likeness", "A: name", "A: agency or department", "A: words", "A: place",
            "B: name", "B: agency or department", "B: words", "B: place",
        ),
    },
}  # fmt: skip
_WIDE = frozenset((7, 11))
_MARKDOWN = re.compile(r"([\\`*_{}\[\]<>#|~])")


def _states(comparison: Comparison, lang: str) -> dict[State, str]:
    """The states by name, those of one side with the place."""
    words = WORDS[lang]
    only = {"left": comparison.left.place, "right": comparison.right.place}
    return {state: words["only"].format(only[state]) if state in only else words["states"][state] for state in STATES}


def _counts(comparison: Comparison, lang: str) -> Iterator[tuple[str, list[int]]]:
    for kind, counts in comparison.counts().items():
        yield WORDS[lang]["kinds"][kind], [counts[state] for state in STATES]


def _marked(side: Side | None, mark: Callable[[Piece], str]) -> str:
    """The owner and the words, with what differs marked."""
    if side is None:
        return ""
    owner = f"【{side.owner}】" if side.owner and side.owner != side.text else ""
    return owner + "".join(map(mark, side.pieces))


def comparison_text(comparison: Comparison, lang: str = "zh") -> str:
    """Plain lines: the counts, then by kind what is near (differences in brackets) and what only one side has."""
    states = _states(comparison, lang)
    lines = [
        f"{comparison.left.name} · {comparison.right.name}",
        *(
            f"  {name}：" + "，".join(f"{label} {n}" for label, n in zip(states.values(), found, strict=True))
            for name, found in _counts(comparison, lang)
        ),
        WORDS[lang]["legend"],
    ]
    places = comparison.left.place, comparison.right.place
    for kind in KINDS:
        lines += ["", f"# {WORDS[lang]['kinds'][kind]}"]
        for one, whole in comparison.rows():
            if kind != (whole or one).kind or (whole and (one.state == "equal" or whole.state != "near")):
                continue
            indent = "    " if whole else ""
            label = f"{WORDS[lang]['kinds'][one.kind]}，{states[one.state]}" if whole else states[one.state]
            lines.append(f"{indent}[{label}{'，' + WORDS[lang]['part'] if one.part else ''}]")
            lines += [
                f"{indent}    {place}：{_marked(side, _bracketed)}"
                for place, side in zip(places, (one.left, one.right), strict=True)
                if side
            ]
    return "\n".join(lines) + "\n"


def _bracketed(piece: Piece) -> str:
    return piece.text if piece.mark == "same" else f"[{piece.text}]"


def comparison_markdown(comparison: Comparison, lang: str = "zh") -> str:
    """Tables, one a kind; what differs is bold."""
    words, states = WORDS[lang], _states(comparison, lang)
    lines = [
        f"# {words['title']}",
        "",
        f"{comparison.left.name} · {comparison.right.name}",
        "",
        _row("", *states.values()),
        _row(*["---"] * (1 + len(STATES))),
        *(_row(name, *map(str, found)) for name, found in _counts(comparison, lang)),
        "",
        words["legend"],
    ]
    for kind in KINDS:
        lines += [
            "",
            f"## {words['kinds'][kind]}",
            "",
            _row("", comparison.left.name, comparison.right.name),
            _row("---", "---", "---"),
        ]
        for one, whole in comparison.rows():
            if kind == (whole or one).kind and (whole is None or one.state != "equal"):
                label = states[one.state] + (f" · {words['kinds'][one.kind]}" if whole else "")
                lines.append(_row(label, _marked(one.left, _bold), _marked(one.right, _bold)))
    return "\n".join(lines) + "\n"


def _row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"


def _bold(piece: Piece) -> str:
    text = _MARKDOWN.sub(r"\\\1", " ".join(piece.text.split("\n")))
    return text if piece.mark == "same" or not text.strip() else f"**{text.strip()}**"


def comparison_workbook(comparison: Comparison, lang: str = "zh") -> bytes:
    """An .xlsx file, one row a pair, parts after what they belong to; what differs is bold and red."""
    words, states = WORDS[lang], _states(comparison, lang)
    rows = (
        (
            words["kinds"][one.kind],
            _name(whole) if whole else "",
            states[one.state],
            f"{one.likeness:.2f}" if one.left and one.right else "",
            *_cells(one.left),
            *_cells(one.right),
        )
        for one, whole in comparison.rows()
    )
    return write_workbook("对照" if lang == "zh" else "comparison", words["columns"], rows, _WIDE)


def _name(one: Aligned) -> str:
    side = one.left or one.right
    return side.name if side else ""


def _cells(side: Side | None) -> tuple[str | CellRichText, ...]:
    if side is None:
        return ("", "", "", "")
    at = side.evidence
    name = side.name if side.name != side.text else ""
    return name, side.owner, _rich(side), f"{at.document}, {at.section}, {at.locator}" if at else ""


def _rich(side: Side) -> str | CellRichText:
    from openpyxl.cell.rich_text import CellRichText, TextBlock
    from openpyxl.cell.text import InlineFont
    from openpyxl.styles.colors import Color

    if all(piece.mark == "same" for piece in side.pieces):
        return side.text
    red = InlineFont(b=True, color=Color("00A4262C"))
    return CellRichText(*(piece.text if piece.mark == "same" else TextBlock(red, piece.text) for piece in side.pieces))


def comparison_html(comparison: Comparison, lang: str = "zh", made: date | None = None) -> bytes:
    """A page to print: counts, then every kind with both sides beside each other. It needs no script and loads
    nothing. ``made``: the date printed on it."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    page = environment.get_template("comparison.html.j2").render(
        comparison=comparison,
        lang=lang,
        zh=lang == "zh",
        words=WORDS[lang],
        states=_states(comparison, lang),
        counts=list(_counts(comparison, lang)),
        kinds=KINDS,
        made=made,
    )
    return page.encode()
