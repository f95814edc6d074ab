"""Placed sentences: which official sentences the registers answer, and with which records (``data/calibration``)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal, get_args

from dutygraph.errors import QuestionError

__all__ = ["Fit", "Placed", "read_placed"]

Fit = Literal["yes", "part", "no"]
_FITS: Final = frozenset(get_args(Fit))


@dataclass(frozen=True, slots=True)
class Placed:
    """An official sentence. By the code of a jurisdiction: whether its register answers it (``fit``), and the IRIs of
    the records that do, the plainest first."""

    official: str
    fit: Mapping[str, Fit]
    records: Mapping[str, tuple[str, ...]]


def read_placed(path: Path) -> tuple[Placed, ...]:
    """The sentences of a JSON Lines file (README of ``data/calibration``), in order. Raises QuestionError, with file
    and line, when the file cannot be read or a line is not one."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as exc:
        raise QuestionError(f"cannot be read: {exc}", path=path) from exc
    return tuple(_parse_placed(line, path, number) for number, line in enumerate(lines, 1) if line.strip())


def _parse_placed(line: str, path: Path, number: int) -> Placed:
    try:
        raw = json.loads(line)
        official, fit = str(raw["p"]), dict(raw["fit"])
        records = {str(code): tuple(map(str, iris)) for code, iris in raw.get("records", {}).items()}
    except (ValueError, KeyError, TypeError, AttributeError) as exc:
        raise QuestionError("is no placed sentence", path=path, place=f"line {number}") from exc
    if not set(fit.values()) <= _FITS:
        raise QuestionError("a fit is yes, part or no", path=path, place=f"line {number}")
    return Placed(official, fit, records)
