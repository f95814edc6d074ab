"""Writes the blocks of a register as docx, xlsx, html and csv with real merges, to be read back."""

from __future__ import annotations

import csv
import html
import io
import zipfile
from collections.abc import Callable, Sequence
from xml.sax.saxutils import escape

from dutygraph.read.grid import Block, Cell, Grid, Paragraph

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def spans(grid: Grid) -> list[list[tuple[str, int] | None]]:
    """Per row and column the text with the number of rows it reaches over; None where a merge from above covers.

    Blank cells are merged into the one above where the row has no number of its own, as the form does.
    """
    rows: list[list[tuple[str, int] | None]] = [[(cell.text, 1) for cell in row] for row in grid.rows]
    for column in range(len(grid.rows[0])):
        origin: int | None = None
        for index, row in enumerate(grid.rows):
            if row[column] or index == 0 or row[0]:
                origin = index if row[column] else None
            elif origin is not None:
                rows[index][column] = None
                text, reach = rows[origin][column] or ("", 0)
                rows[origin][column] = (text, reach + 1)
    return rows


def docx_document(body: str, **parts: str) -> bytes:
    """A .docx of the given body XML; further parts by name."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "[Content_Types].xml",
            '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument'
            '.wordprocessingml.document.main+xml"/></Types>',
        )
        archive.writestr(
            "_rels/.rels",
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
            'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
            'Target="word/document.xml"/></Relationships>',
        )
        archive.writestr("word/document.xml", f"<w:document {_W}><w:body>{body}</w:body></w:document>")
        for name, content in parts.items():
            archive.writestr(f"word/{name}.xml", content)
    return buffer.getvalue()


def word_paragraph(text: str, properties: str = "") -> str:
    return f'<w:p><w:pPr>{properties}</w:pPr><w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:p>'


def word_cell(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{word_paragraph(text)}</w:tc>"


def _word_table(grid: Grid) -> str:
    rows = []
    for row in spans(grid):
        cells = []
        for place in row:
            if place is None:
                cells.append(word_cell("", "<w:vMerge/>"))
            else:
                cells.append(word_cell(place[0], '<w:vMerge w:val="restart"/>' if place[1] > 1 else ""))
        rows.append(f"<w:tr>{''.join(cells)}</w:tr>")
    return f"<w:tbl>{''.join(rows)}</w:tbl>"


def write_docx(blocks: Sequence[Block]) -> bytes:
    return docx_document(
        "".join(word_paragraph(b.text) if isinstance(b, Paragraph) else _word_table(b) for b in blocks)
    )


def write_html(blocks: Sequence[Block]) -> bytes:
    lines = ["<!DOCTYPE html>", "<html><head><meta charset='utf-8'><title>t</title></head><body>"]
    for block in blocks:
        if isinstance(block, Paragraph):
            lines.append(f"<p>{html.escape(block.text)}</p>")
            continue
        lines.append("<table>")
        for row in spans(block):
            cells = [f"<td rowspan='{p[1]}'>{html.escape(p[0])}</td>" for p in row if p is not None]
            lines.append(f"<tr>{''.join(cells)}</tr>")
        lines.append("</table>")
    return "\n".join([*lines, "</body></html>"]).encode()


def write_csv(blocks: Sequence[Block]) -> bytes:
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    for block in blocks:
        rows = [(Cell(block.text),)] if isinstance(block, Paragraph) else block.rows
        writer.writerows([cell.text for cell in row] for row in rows)
    return buffer.getvalue().encode("utf-8-sig")


def write_xlsx(blocks: Sequence[Block], *, sheets: bool = False) -> bytes:
    """All blocks on one sheet below each other, or a sheet for each table with the paragraphs before it."""
    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.active
    line = 1
    had_table = False
    for block in blocks:
        if isinstance(block, Paragraph):
            if sheets and had_table:
                sheet, line, had_table = book.create_sheet(), 1, False
            sheet.cell(line, 1).value = block.text
            line += 1
            continue
        had_table = True
        for row in spans(block):
            for column, place in enumerate(row, start=1):
                if place is not None and place[0]:
                    sheet.cell(line, column).value = int(place[0]) if place[0].isdecimal() else place[0]
                if place is not None and place[1] > 1:
                    sheet.merge_cells(
                        start_row=line, end_row=line + place[1] - 1, start_column=column, end_column=column
                    )
            line += 1
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


WRITERS: dict[str, tuple[str, Callable[[Sequence[Block]], bytes]]] = {
    "docx": (".docx", write_docx),
    "html": (".html", write_html),
    "csv": (".csv", write_csv),
    "xlsx on one sheet": (".xlsx", write_xlsx),
    "xlsx on several sheets": (".xlsx", lambda blocks: write_xlsx(blocks, sheets=True)),
}
