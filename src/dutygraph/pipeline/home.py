"""The home folder: finished builds side by side, and a pointer to the one that answers.

    home/
      current                  name of the live build (replaced in one step, so a reader sees the old or the new one)
      build.lock               held while a build runs
      builds/NAME/build.json   what went in and what came out
      builds/NAME/registers/   the triples of each register, to reuse while its source is unchanged
      builds/NAME/shared.json  the triples that belong to no single register
      builds/NAME/store/       the triple store
      builds/NAME/index/       the search index

A build that is killed leaves a folder that no pointer names; the next build removes it.
"""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson

from dutygraph.errors import StoreUnavailable

__all__ = ["Build", "building", "current_build", "current_name", "discard_old_builds", "publish"]


@dataclass(frozen=True, slots=True)
class Build:
    """A finished build on disk. ``info`` is its build.json."""

    folder: Path
    info: dict[str, Any]

    @property
    def store(self) -> Path:
        return self.folder / "store"

    @property
    def index(self) -> Path:
        return self.folder / "index"

    @property
    def registers(self) -> Path:
        return self.folder / "registers"

    @property
    def shared(self) -> Path:
        return self.folder / "shared.json"

    @property
    def graph_version(self) -> str:
        """``sha256:…`` over the sorted triples."""
        return str(self.info["graph_version"])


def current_name(home: Path) -> str | None:
    """The folder name of the live build, or None when nothing has been built yet: one small file is read, so that a
    service can look for a newer build at every request."""
    try:
        return (home / "current").read_text(encoding="utf-8").strip()
    except FileNotFoundError:
        return None


def current_build(home: Path) -> Build | None:
    """The live build, or None when nothing has been built yet. Raises StoreUnavailable when it is damaged."""
    name = current_name(home)
    if name is None:
        return None
    folder = home / "builds" / name
    try:
        info = orjson.loads((folder / "build.json").read_bytes())
    except (OSError, orjson.JSONDecodeError) as exc:
        raise StoreUnavailable("the last build is damaged; run `dutygraph build --force`", path=folder) from exc
    return Build(folder, info)


@contextlib.contextmanager
def building(home: Path) -> Iterator[Path]:
    """A fresh folder to build in, under the lock of the home folder; it is removed unless it was published.

    Raises StoreUnavailable when another build is running or the home folder cannot be written.
    """
    import fcntl

    try:
        (home / "builds").mkdir(parents=True, exist_ok=True)
        lock = (home / "build.lock").open("a", encoding="utf-8")
    except OSError as exc:
        raise StoreUnavailable(f"cannot be written ({exc.strerror}); choose another --home", path=home) from exc
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as exc:
            raise StoreUnavailable("another build is running; wait for it to end", path=home) from exc
        folder = home / "builds" / f".tmp-{os.getpid()}"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)


def publish(home: Path, folder: Path, name: str, info: dict[str, Any]) -> Build:
    """Give the finished folder its name and point to it: from here on it answers."""
    (folder / "build.json").write_bytes(orjson.dumps(info, option=orjson.OPT_INDENT_2))
    target = home / "builds" / name
    again = 1
    while target.exists():  # a forced rebuild of the same input: the old folder still answers
        again += 1
        target = target.with_name(f"{name}-{again}")
    folder.rename(target)
    pointer = home / "current.new"
    with pointer.open("w", encoding="utf-8") as file:
        file.write(target.name + "\n")
        file.flush()
        os.fsync(file.fileno())
    pointer.replace(home / "current")
    return Build(target, info)


def discard_old_builds(home: Path, *keep: Build | None) -> None:
    """Remove every build but those to keep, and what killed builds left. Call under the lock.

    Keep the one before the live one: a running service may still read its files.
    """
    kept = {build.folder for build in keep if build}
    for folder in (home / "builds").iterdir():
        if folder not in kept:
            shutil.rmtree(folder, ignore_errors=True)
