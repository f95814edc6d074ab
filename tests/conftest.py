"""What all tests share: the two real registers, built once for all workers."""

from __future__ import annotations

import fcntl
from pathlib import Path

import pytest

from dutygraph.resources import data_dir
from dutygraph.settings import Settings


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home folder with the real registers built into it, encoder and all. Tests only read from it."""
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if base.name.startswith("popen-") else base
    from dutygraph.pipeline import build

    with (shared / "home.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # the first worker builds, the others wait for it
        build([data_dir()], shared / "home")
    return shared / "home"


@pytest.fixture(scope="session")
def settings(home: Path) -> Settings:
    """Settings with the built home."""
    return Settings(home=home)
