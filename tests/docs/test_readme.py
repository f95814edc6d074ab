"""The README's commands, run: what it shows is what the program prints."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from dutygraph.cli import COMMANDS, main

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```console\n\$ (.+?)\n(.*?)```", README, re.DOTALL)
CUT = "…"  # a line of its own in the README where output is left out


def test_there_are_blocks_to_run() -> None:
    assert len(BLOCKS) >= 3


@pytest.mark.parametrize(("command", "shown"), BLOCKS, ids=[command for command, _ in BLOCKS])
def test_a_block_shows_what_the_program_prints(
    command: str, shown: str, home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    program, *args = shlex.split(command)
    assert program == "dutygraph"
    assert main([*args, "--home", str(home)]) == 0
    printed = capsys.readouterr().out
    place = 0
    for piece in re.split(rf"^{CUT}\n", shown, flags=re.MULTILINE):
        place = printed.find(piece, place)
        assert place >= 0, f"not printed: {piece!r}\nprinted:\n{printed}"
        place += len(piece)


def test_every_command_named_in_the_readme_exists() -> None:
    named = set(re.findall(r"^(?:\$ )?dutygraph ([a-z]+)", README, re.MULTILINE))
    assert named
    assert named <= set(COMMANDS)


def test_every_make_target_named_in_the_readme_exists() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    named = set(re.findall(r"^make ([a-z-]+)", README, re.MULTILINE))
    assert {"demo", "test"} <= named
    for target in named:
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target


def test_every_link_leads_somewhere() -> None:
    for link in re.findall(r"\]\(([^)#:]+)\)", README):
        assert (ROOT / link).exists(), link


def test_the_program_runs_as_a_module() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "dutygraph.cli", "--version"], capture_output=True, text=True, check=True
    )
    assert done.stdout.startswith("dutygraph ")
