"""The readers by format: from bytes to blocks."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from dutygraph.read.grid import Document
from dutygraph.read.layout import Lookups

__all__ = ["READERS"]


def _txt(data: bytes, path: Path, lookups: Lookups) -> Document:
    from dutygraph.read.safety import decode_text
    from dutygraph.read.text_dump import read_text_dump

    return read_text_dump(decode_text(data, path), lookups.columns)


READERS: Mapping[str, Callable[[bytes, Path, Lookups], Document]] = {"txt": _txt}
