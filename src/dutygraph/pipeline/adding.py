"""A register file on its way into a data folder: read, described by a register.toml, copied."""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from dutygraph.errors import RegisterError, SettingsError
from dutygraph.model import Register

__all__ = ["Added", "add_register", "slug_of"]

_NAME: Final = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
# Which of two syllables is meant in the names of agencies; elsewhere the first of the table will do for a folder name.
_IN_AGENCIES: Final[Mapping[str, str]] = {
    "地": "di",
    "单": "dan",
    "都": "du",
    "秘": "mi",
    "强": "qiang",
    "省": "sheng",
    "石": "shi",
    "提": "ti",
    "系": "xi",
    "校": "xiao",
    "行": "xing",
    "畜": "xu",
    "重": "zhong",
}


@dataclass(frozen=True, slots=True)
class Added:
    """A register that was put into a data folder. ``counts`` as its register.toml now expects them."""

    folder: Path
    register: Register
    counts: Mapping[str, int]


def add_register(
    file: Path,
    data: Path,
    *,
    code: str,
    agency: str,
    name: str | None = None,
    title: str | None = None,
    date: str | None = None,
) -> Added:
    """Copy ``file`` into ``data/registers/CODE-NAME/`` and write the register.toml beside it.

    ``code``: six digits of GB/T 2260; ``name``: lower-case letters, digits and hyphens, by default the agency in pinyin
    without the final 局. The file is read first: whatever is wrong with it or with the values, nothing is written.
    Raises ReadError, RegisterError (unknown code, wrong value, folder already there) and SettingsError (no folder name,
    folder that cannot be written).
    """
    from dutygraph.graph import check_code, project_lookups
    from dutygraph.read import parse_metadata, read_document
    from dutygraph.read.document import count_records

    place = check_code(code, project_lookups().places)
    slug = slug_of(agency) if name is None else name
    if not _NAME.fullmatch(slug):
        raise SettingsError(f"--name {slug!r}: give lower-case letters, digits and hyphens, as in gongan")
    folder = data / "registers" / f"{code}-{slug}"
    if folder.exists():
        raise RegisterError("is there already; take it away first, or give another --name", path=folder)
    values = {"jurisdiction_code": code, "jurisdiction": place.name, "agency": agency, "title": title, "date": date}
    head = "".join(f"{key} = {_quoted(value)}\n" for key, value in values.items() if value is not None)
    register = read_document(file, parse_metadata(head, folder / "register.toml"))
    counts = count_records(register)
    expected = "".join(f"{key} = {count}\n" for key, count in counts.items())
    _write(
        folder,
        f"# {place.name}{agency}\n{head}\n"
        "# As read on adding; count by hand and correct: a reading that counts otherwise is reported.\n"
        f"[expected]\n{expected}",
        file,
    )
    return Added(folder, register, counts)


def slug_of(agency: str) -> str:
    """The name of an agency for a folder: pinyin without tones, without the final 局.

    Raises SettingsError when nothing of the name can be written so.

    >>> slug_of("行政审批局")
    'xingzhengshenpi'
    """
    from dutygraph.retrieve import readings

    syllables = readings()
    letters = [
        character.lower()
        if character.isascii() and character.isalnum()
        else _IN_AGENCIES.get(character) or next(iter(syllables.get(character, ())), "")
        for character in agency.strip().removesuffix("局")
    ]
    slug = "".join(letters)
    if not slug:
        raise SettingsError(f"--agency {agency!r} gives no folder name; give one with --name, as in gongan")
    return slug


def _quoted(value: str) -> str:
    """A TOML basic string; its escapes are those of JSON."""
    return json.dumps(value, ensure_ascii=False)


def _write(folder: Path, metadata: str, file: Path) -> None:
    """Make the folder whole beside its place, then put it there in one step."""
    # files with these beginnings (hidden files, locks of office programs) are no sources inside a register folder
    name = f"source{file.suffix}" if file.name.startswith((".", "~$")) else file.name
    data = folder.parent.parent
    making = data / f".adding-{os.getpid()}"
    try:
        making.mkdir(parents=True)
        shutil.copyfile(file, making / name)
        (making / "register.toml").write_text(metadata, encoding="utf-8", newline="\n")
        folder.parent.mkdir(exist_ok=True)
        making.rename(folder)
    except OSError as exc:
        raise SettingsError(f"cannot be written ({exc.strerror}); choose another --data", path=folder) from exc
    finally:
        shutil.rmtree(making, ignore_errors=True)
