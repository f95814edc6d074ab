"""From the bytes of a file to its blocks, by what the content is."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from dutygraph.errors import UnreadableDocument
from dutygraph.read.convert import convert_to_docx
from dutygraph.read.delimited import read_delimited
from dutygraph.read.docx import read_docx
from dutygraph.read.grid import Document, Grid
from dutygraph.read.html import read_html
from dutygraph.read.safety import Archive, decode_text, refusal, sniff_format
from dutygraph.read.sheet import read_xlsx
from dutygraph.read.spans import MAX_CELLS, TOO_MANY_CELLS
from dutygraph.read.text_dump import read_text_dump

__all__ = ["read_blocks"]


def read_blocks(data: bytes, path: Path, columns: Mapping[str, str]) -> tuple[str, Document]:
    """The format of a file and its blocks. ``columns`` are the header words that register.toml adds.

    Raises UnsupportedFormat and UnreadableDocument.
    """
    kind = sniff_format(data, path)
    try:
        document = _read(kind, data, path, columns)
        grids = (block for block in document.blocks if isinstance(block, Grid))
        if sum(len(row) for grid in grids for row in grid.rows) > MAX_CELLS:
            raise UnreadableDocument(TOO_MANY_CELLS)
    except UnreadableDocument as exc:
        if "path" in exc.context:
            raise
        raise UnreadableDocument(str(exc), path=path) from exc
    return kind, document


def _read(kind: str, data: bytes, path: Path, columns: Mapping[str, str]) -> Document:
    if kind == "xlsx":
        return read_xlsx(Archive(data, path))
    if kind == "docx":
        return read_docx(Archive(data, path))
    if kind == "html":
        return read_html(decode_text(data, path), path)
    if kind == "csv":
        return read_delimited(decode_text(data, path))
    if kind == "txt":
        return read_text_dump(decode_text(data, path), columns)
    return read_docx(Archive(convert_to_docx(data, kind, path, refusal(kind, path)), path))
