"""Where a command's result goes: to a file, else to standard output."""

from __future__ import annotations

import sys
from pathlib import Path

from dutygraph.errors import SettingsError

__all__ = ["write_output"]


def write_output(content: bytes, path: Path | None) -> None:
    """Write ``content`` to ``path``; to standard output when that is None. Raises SettingsError when the file cannot be
    written."""
    if path is None:
        sys.stdout.buffer.write(content)
        return
    try:
        path.write_bytes(content)
    except OSError as exc:
        raise SettingsError(f"cannot be written: {exc.strerror}", path=path) from exc
