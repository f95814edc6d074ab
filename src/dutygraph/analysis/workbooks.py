"""Tables as .xlsx files that a spreadsheet program opens safely: no text is ever a formula."""

from __future__ import annotations

import io
from collections.abc import Collection, Iterable, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from openpyxl.cell.rich_text import CellRichText

__all__ = ["FORMULA", "write_workbook"]

FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What spreadsheet programs take for a formula when a text begins with it."""


def write_workbook(
    title: str, header: Sequence[str], rows: Iterable[Sequence[str | CellRichText]], wide: Collection[int]
) -> bytes:
    """One sheet with a frozen header and a filter. ``wide``: the columns that hold sentences, counted from 1."""
    from openpyxl import Workbook
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    book = Workbook()
    sheet = book.create_sheet(title, 0)
    del book["Sheet"]
    sheet.freeze_panes = "A2"
    for row_number, row in enumerate((header, *rows), 1):
        for column_number, value in enumerate(row, 1):
            text = ILLEGAL_CHARACTERS_RE.sub("\ufffd", value) if type(value) is str else value
            cell = sheet.cell(row_number, column_number, text)
            cell.data_type = "s"
            cell.quotePrefix = str(value).startswith(FORMULA)
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            if row_number == 1:
                cell.font = Font(bold=True)
    for column_number in range(1, len(header) + 1):
        sheet.column_dimensions[get_column_letter(column_number)].width = 50 if column_number in wide else 14
    sheet.auto_filter.ref = sheet.dimensions
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()
