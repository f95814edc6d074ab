"""What goes into a build, and its fingerprint: the same input is not built twice."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from dutygraph import __version__
from dutygraph.errors import RegisterError, SettingsError
from dutygraph.resources import data_dir, ontology_dir, queries_dir

__all__ = ["Inputs", "find_inputs", "find_lexicons", "fingerprint"]


@dataclass(frozen=True, slots=True)
class Inputs:
    """``registers``: register folders by id, in order. ``lexicons``, ``corrections``: folders of them.
    ``program``: fingerprint of what turns a register into triples; ``version``: of everything."""

    registers: dict[str, Path]
    lexicons: tuple[Path, ...]
    corrections: tuple[Path, ...]
    program: str
    version: str


def find_inputs(data_dirs: Iterable[Path], encoder: str, home: Path) -> Inputs:
    """The registers, lexicons and corrections of the data folders; the project's own lexicon always belongs to them,
    and so do the corrections that readers left in the home folder.

    Raises SettingsError for a data folder that is not there, RegisterError for one without registers or for two
    registers of one name.
    """
    from dutygraph.read import find_register_folders

    registers: dict[str, Path] = {}
    folders = list(data_dirs)
    lexicons = find_lexicons(folders)
    for folder in folders:
        if not folder.is_dir():
            raise SettingsError("there is no such data folder; give one that holds registers/", path=folder)
        for register in find_register_folders(folder):
            if register.name in registers:
                raise RegisterError(
                    f"stands in {registers[register.name].parent} too; rename one of the two folders", path=register
                )
            registers[register.name] = register
    if not registers:
        raise RegisterError("no register found; put one into registers/<code>-<agency>/ of a data folder")
    package = Path(__file__).resolve().parent.parent
    rooms = [package / room for room in ("read", "graph", "model.py", "pipeline/prepare.py")]
    program = fingerprint([*rooms, ontology_dir(), data_dir() / "lookups", data_dir() / "laws.csv"], salt=__version__)
    corrections = tuple(path for folder in (*folders, home) if (path := folder / "corrections").is_dir())
    rest = [package / "retrieve", package / "pipeline", queries_dir() / "build", *lexicons, *corrections]
    whole = fingerprint([*registers.values(), *rest], salt=f"{program} {encoder}")
    return Inputs(dict(sorted(registers.items())), lexicons, corrections, program, whole)


def find_lexicons(data_dirs: Iterable[Path]) -> tuple[Path, ...]:
    """The lexicon folders: the project's own, then those of the data folders."""
    found = (folder / "lexicon" for folder in (data_dir(), *data_dirs))
    return tuple(dict.fromkeys(folder for folder in found if folder.is_dir()))


def fingerprint(places: Iterable[Path], salt: str = "") -> str:
    """sha256 over the names and bytes of all files at the places (folders are walked; what is not there is skipped)."""
    digest = hashlib.sha256(salt.encode())
    for place in places:
        files = sorted(p for p in place.rglob("*") if "__pycache__" not in p.parts) if place.is_dir() else [place]
        for file in files:
            if file.is_file():
                digest.update(f"\0{place.name}/{file.relative_to(place).as_posix()}\0".encode())
                digest.update(file.read_bytes())
    return digest.hexdigest()
