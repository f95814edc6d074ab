"""Decisions about findings, written into the home folder the way ``data/corrections`` has them: a file for each
register, ``home/corrections/<register>.toml``. They add to those that come along with the program; the last one about
a cell and a code counts."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Literal

from dutygraph.analysis import Correction, Finding, Sheet, locate_corrections, read_corrections
from dutygraph.errors import StoreUnavailable

__all__ = ["Decision", "decide", "keep", "kept", "version"]

Decision = Literal["confirm", "dismiss"]


def decide(
    finding: Finding, sheet: Sheet, decision: Decision, *, reason: str, author: str, on: date
) -> Correction | None:
    """The decision as an entry about the cell of the finding, which stands in the register ``sheet``. None when no
    words tell that cell from the others of the register, so that the entry would not find it again."""
    cell = next((iri for one in finding.evidence for iri, at in sheet.cells.items() if at == one), None)
    if cell is None:
        return None
    entry = Correction(decision, finding.register, sheet.cells[cell].quote, (finding.code,), reason, author, on)
    candidates = (entry, *(replace(entry, matter=matter, agency=agency) for matter, agency in _rows(sheet, cell)))
    return next((one for one in candidates if one.quote and cell in locate_corrections([one], [sheet]).by_cell), None)


def _rows(sheet: Sheet, cell: str) -> Iterator[tuple[str, str]]:
    """The matter and the agency in whose row a cell stands."""
    for matter in sheet.matters:
        if matter.basis == cell:
            yield matter.title, ""
        for share in matter.shares:
            if share.cell == cell:
                yield matter.title, share.name


def keep(home: Path, entry: Correction) -> None:
    """Add an entry to the file of its register. Raises StoreUnavailable when that cannot be written."""
    import fcntl

    folder = home / "corrections"
    path = folder / f"{entry.register}.toml"
    try:
        folder.mkdir(exist_ok=True)
        with (folder / ".lock").open("a") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            before = path.read_text(encoding="utf-8") + "\n" if path.exists() else ""
            beside = path.with_suffix(".new")
            with beside.open("w", encoding="utf-8") as file:
                file.write(before + _written(entry))
                file.flush()
                os.fsync(file.fileno())
            beside.replace(path)
    except OSError as exc:
        raise StoreUnavailable(f"cannot be written ({exc.strerror})", path=path) from exc


def _written(entry: Correction) -> str:
    texts = {
        "action": entry.action,
        "register": entry.register,
        "matter": entry.matter,
        "agency": entry.agency,
        "quote": entry.quote,
    }
    lines = ["[[correction]]", *(f"{key} = {_quoted(value)}" for key, value in texts.items() if value)]
    lines.append(f"codes = [{', '.join(map(_quoted, entry.codes))}]")
    lines += [f"reason = {_quoted(entry.reason)}", f"author = {_quoted(entry.author)}", f"date = {entry.date}"]
    return "\n".join(lines) + "\n"


def _quoted(value: str) -> str:
    """A TOML basic string; its escapes are those of JSON, and DEL needs one too."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def kept(home: Path) -> tuple[Correction, ...]:
    """The decisions of the home folder. Raises SettingsError for a file that is wrong."""
    return read_corrections(home / "corrections")


def version(home: Path) -> str:
    """What changes when a decision is added."""
    files = sorted((home / "corrections").glob("*.toml"))
    return " ".join(f"{path.name}:{stat.st_mtime_ns}:{stat.st_size}" for path in files for stat in [path.stat()])
