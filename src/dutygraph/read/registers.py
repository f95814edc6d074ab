"""Register folders: the source file and the register.toml beside it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from dutygraph.errors import RegisterError
from dutygraph.read.headers import SECTIONS, column_kinds

__all__ = [
    "COUNTS",
    "METADATA_FILE",
    "RegisterMeta",
    "find_register_folders",
    "find_source",
    "parse_metadata",
    "read_metadata",
]

METADATA_FILE = "register.toml"
SOURCE_SUFFIXES = (".txt", ".docx", ".xlsx", ".html", ".htm", ".csv", ".doc", ".pdf", ".tsv", ".xlsm")

COUNTS = (
    "duties", "work_items", "departments", "matters", "shares", "legal_bases", "matters_without_basis", "cases",
    "services", "services_with_phone", "regimes", "regime_sections", "regime_items",
)  # fmt: skip
"""What ``[expected]`` of a register.toml can count; another name there is reported as a finding."""


@dataclass(frozen=True, slots=True)
class RegisterMeta:
    """What register.toml says. ``aliases``: name in the register → other names it goes by. ``expected``: counts that a
    reading must reach. ``lookups``: ``columns`` (header word → column key) and ``sections`` (title → section)."""

    jurisdiction_code: str
    jurisdiction: str
    agency: str
    title: str | None = None
    date: str | None = None
    source_url: str | None = None
    aliases: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    expected: Mapping[str, int] = field(default_factory=dict)
    lookups: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


def find_register_folders(data_dir: Path) -> list[Path]:
    """The register folders of a data folder, in the order of their names: those of ``registers/`` that hold a
    register.toml or a source file."""
    root = data_dir / "registers"
    if not root.is_dir():
        return []
    return sorted(
        path
        for path in root.iterdir()
        if path.is_dir() and ((path / METADATA_FILE).exists() or any(map(_is_source, path.iterdir())))
    )


def _is_source(path: Path) -> bool:
    return path.is_file() and path.suffix.lower() in SOURCE_SUFFIXES and not path.name.startswith((".", "~$"))


def find_source(folder: Path) -> Path:
    """The one source file of a register folder. Raises RegisterError when there is none, or several."""
    if not folder.is_dir():
        raise RegisterError("there is no such register folder", path=folder)
    found = sorted(filter(_is_source, folder.iterdir()))
    if not found:
        raise RegisterError(f"holds no source file; put one of {', '.join(SOURCE_SUFFIXES[:6])} into it", path=folder)
    if len(found) > 1:
        names = ", ".join(path.name for path in found)
        raise RegisterError(f"holds several source files ({names}); keep one, one folder a register", path=folder)
    return found[0]


def read_metadata(folder: Path) -> RegisterMeta:
    """Read register.toml strictly: unknown keys, missing keys and wrong types are errors.

    Raises RegisterError that names the file, the key and the mend.
    """
    path = folder / METADATA_FILE
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise RegisterError(
            "is missing; write one with jurisdiction_code, jurisdiction and agency", path=path
        ) from None
    except OSError as exc:
        raise RegisterError(f"cannot be read ({exc.strerror or exc})", path=path) from exc
    except UnicodeDecodeError as exc:
        raise RegisterError(f"is not UTF-8 at byte {exc.start}; save it as UTF-8", path=path) from exc
    return parse_metadata(text, path)


def parse_metadata(text: str, path: Path) -> RegisterMeta:
    """The metadata that the text of a register.toml states; ``path`` is named in errors. Raises RegisterError."""
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as exc:
        raise RegisterError(f"is not TOML: {exc}", path=path) from exc
    for key in table:
        if key not in _FIELDS:
            raise RegisterError(f"unknown key; take it out, or use one of {', '.join(_FIELDS)}", path=path, place=key)
    for key in ("jurisdiction_code", "jurisdiction", "agency"):
        if key not in table:
            raise RegisterError(f'is missing; add a line {key} = "…"', path=path, place=key)
    return RegisterMeta(**{key: _FIELDS[key](value, key, path) for key, value in table.items()})


def _wrong(key: str, wanted: str, value: object, path: Path) -> RegisterError:
    return RegisterError(f"must be {wanted}, not {value!r}", path=path, place=key)


def _text(value: object, key: str, path: Path) -> str:
    if not isinstance(value, str) or not value.strip():
        raise _wrong(key, "text in quotation marks", value, path)
    return value.strip()


def _code(value: object, key: str, path: Path) -> str:
    if not isinstance(value, str) or not re.fullmatch(r"[1-9][0-9]{5}", value):
        raise _wrong(key, 'the six digits of GB/T 2260 in quotation marks, as in "130524"', value, path)
    return value


def _date(value: object, key: str, path: Path) -> str:
    text = value if isinstance(value, str) else getattr(value, "isoformat", str)()
    if not re.fullmatch(r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?", text):
        raise _wrong(key, "a date as in 2018-03-21", value, path)
    return text


def _url(value: object, key: str, path: Path) -> str:
    if not isinstance(value, str) or not re.fullmatch(r"https?://[^\s<>\"{}|\\^`]+", value):
        raise _wrong(key, "an http or https address", value, path)
    return value


def _aliases(value: object, key: str, path: Path) -> dict[str, tuple[str, ...]]:
    table = _table(value, key, path)
    for name, others in table.items():
        if not isinstance(others, list) or not all(isinstance(other, str) and other.strip() for other in others):
            raise _wrong(f"{key}.{name}", 'a list of names, as in ["经侦大队"]', others, path)
    return {name: tuple(others) for name, others in table.items()}


def _expected(value: object, key: str, path: Path) -> dict[str, int]:
    table = _table(value, key, path)
    for name, count in table.items():
        if not isinstance(count, int) or isinstance(count, bool) or count < 0:
            raise _wrong(f"{key}.{name}", "a whole number, 0 or more", count, path)
    return table


def _lookups(value: object, key: str, path: Path) -> dict[str, dict[str, str]]:
    allowed = {"columns": column_kinds(), "sections": list(SECTIONS)}
    tables = _table(value, key, path)
    for name, table in tables.items():
        if name not in allowed:
            raise RegisterError("unknown lookup; use columns or sections", path=path, place=f"{key}.{name}")
        for word, meaning in _table(table, f"{key}.{name}", path).items():
            if meaning not in allowed[name]:
                raise _wrong(f"{key}.{name}.{word}", f"one of {', '.join(allowed[name])}", meaning, path)
    return tables


def _table(value: object, key: str, path: Path) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise _wrong(key, f"a table, headed [{key}]", value, path)
    return value


_FIELDS: Mapping[str, Callable[[object, str, Path], Any]] = {
    "jurisdiction_code": _code,
    "jurisdiction": _text,
    "agency": _text,
    "title": _text,
    "date": _date,
    "source_url": _url,
    "aliases": _aliases,
    "expected": _expected,
    "lookups": _lookups,
}
