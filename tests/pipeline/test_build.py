"""Building: atomic, idempotent, careful with bad input."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from dutygraph.errors import RegisterError, SettingsError, StoreUnavailable, UnreadableDocument, UnrecognisedLayout
from dutygraph.pipeline import build, current_build, open_home, open_templates
from dutygraph.pipeline.home import building
from dutygraph.resources import data_dir
from dutygraph.settings import Settings
from dutygraph.store import bind, find_template, select


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A data folder of one's own with one of the real registers."""
    shutil.copytree(data_dir() / "registers" / "130524-gongan", tmp_path / "data" / "registers" / "130524-gongan")
    return tmp_path / "data"


def read_everything(home: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(home)): path.read_bytes()
        for path in sorted(home.rglob("*"))
        if path.is_file() and path.name not in {"LOCK", "LOG", "build.lock"}
    }


def count_triples(home: Path) -> int:
    opened = open_home(Settings(home=home, encoder="none"))
    try:
        row = next(select(opened.store, "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }").dicts())
    finally:
        opened.store.close()
    return int(str(row["n"]))


def test_the_same_input_gives_the_same_graph_and_is_not_built_twice(data: Path, tmp_path: Path) -> None:
    first = build([data], tmp_path / "a", encoder="none")
    again = build([data], tmp_path / "a", encoder="none")
    other = build([data], tmp_path / "b", encoder="none")
    assert first.fresh
    assert not again.fresh
    assert first.graph_version == again.graph_version == other.graph_version
    assert count_triples(tmp_path / "a") == first.triples


def test_counts_are_those_that_the_register_expects(data: Path, tmp_path: Path) -> None:
    counts = build([data], tmp_path / "home", encoder="none").registers["130524-gongan"]["counts"]
    assert (counts["duties"], counts["work_items"], counts["matters"], counts["shares"]) == (11, 58, 11, 40)


def test_more_than_one_data_folder_adds_up(data: Path, tmp_path: Path) -> None:
    second = tmp_path / "more"
    shutil.copytree(data_dir() / "registers" / "130408-gongan", second / "registers" / "130408-gongan")
    summary = build([data, second], tmp_path / "home", encoder="none")
    assert list(summary.registers) == ["130408-gongan", "130524-gongan"]


def test_two_registers_of_one_name_are_refused(data: Path, tmp_path: Path) -> None:
    shutil.copytree(data, tmp_path / "copy")
    with pytest.raises(RegisterError, match="rename"):
        build([data, tmp_path / "copy"], tmp_path / "home", encoder="none")


@pytest.mark.parametrize(
    ("spoil", "error"),
    [
        (lambda folder: (folder / "130524-baixiang-gongan.txt").write_text(""), UnreadableDocument),
        (lambda folder: (folder / "130524-baixiang-gongan.txt").write_text("这不是登记表。\n"), UnrecognisedLayout),
        (lambda folder: (folder / "130524-baixiang-gongan.txt").unlink(), RegisterError),
        (lambda folder: (folder / "register.toml").write_text("jurisdiction_code = "), RegisterError),
        (
            lambda folder: (folder / "register.toml").write_text(
                'jurisdiction_code = "999999"\njurisdiction = "某县"\nagency = "某局"\n'
            ),
            RegisterError,
        ),
    ],
)
def test_bad_input_names_the_place_and_changes_nothing(spoil, error, data: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    build([data], home, encoder="none")
    before = read_everything(home)
    spoil(data / "registers" / "130524-gongan")
    with pytest.raises(error, match="130524-gongan"):
        build([data], home, encoder="none")
    assert read_everything(home) == before


def test_a_data_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="no-such-folder"):
        build([tmp_path / "no-such-folder"], tmp_path / "home")


def test_a_home_without_a_build_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(StoreUnavailable, match="dutygraph build"):
        open_home(Settings(home=tmp_path))


def test_two_builds_at_once_do_not_meet(tmp_path: Path) -> None:
    with building(tmp_path), pytest.raises(StoreUnavailable, match="another build"), building(tmp_path):
        pytest.fail("a second build got the lock")


def test_killed_while_building_the_last_build_still_answers(data: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    first = build([data], home, encoder="none")
    shutil.copytree(data_dir() / "registers" / "130408-gongan", data / "registers" / "130408-gongan")
    process = subprocess.Popen(
        [sys.executable, "-m", "dutygraph.cli", "build", "--data", str(data), "--home", str(home)],
        env={**os.environ, "DUTYGRAPH_ENCODER": "none"}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        start_new_session=True,
    )  # fmt: skip
    deadline = time.monotonic() + 60
    while not any(home.glob("builds/.tmp-*/registers/*")) and process.poll() is None and time.monotonic() < deadline:
        time.sleep(0.01)
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    live = current_build(home)
    assert live is not None
    assert live.graph_version == first.graph_version
    assert count_triples(home) == first.triples
    second = build([data], home, encoder="none")
    assert second.fresh
    assert len(second.registers) == 2
    assert not list(home.glob("builds/.tmp-*")), "what the killed build left is removed"


CORRECTION = """
[[correction]]
action = "replace"
register = "130524-gongan"
matter = "易制毒化学品的监管"
quote = "《易制毒化学品安全管理条例》（中华人民共和国国务院令第445号）"
old = "安全管理"
new = "管理"
codes = ["LAW-01"]
reason = "文号与标题不符"
author = "核查员"
date = 2026-11-22
"""


def corrected(home: Path) -> list[tuple[str, str, str]]:
    opened = open_home(Settings(home=home, encoder="none"))
    try:
        rows = select(opened.store, bind(find_template(open_templates(), "corrections"), {})).dicts()
        return [(str(row["text"]), str(row["author"]), str(row["quote"])) for row in rows]
    finally:
        opened.store.close()


def test_corrections_are_in_the_graph_survive_rebuilds_and_go_stale_with_their_words(
    data: Path, tmp_path: Path
) -> None:
    file = data / "corrections" / "ours.toml"
    file.parent.mkdir()
    file.write_text(CORRECTION, encoding="utf-8")
    home = tmp_path / "home"
    first = build([data], home, encoder="none")
    mended = [
        (
            "《易制毒化学品管理条例》（中华人民共和国国务院令第445号）",
            "核查员",
            "《易制毒化学品安全管理条例》（中华人民共和国国务院令第445号）",
        )
    ]
    assert first.stale == ()
    assert corrected(home) == mended
    build([data], home, encoder="none", force=True)
    assert corrected(home) == mended

    file.unlink()
    left = home / "corrections" / "by-a-reader.toml"
    left.parent.mkdir()
    left.write_text(CORRECTION, encoding="utf-8")
    assert build([data], home, encoder="none").fresh
    assert corrected(home) == mended
    left.unlink()

    file.write_text(CORRECTION.replace("第445号", "第446号"), encoding="utf-8")
    again = build([data], home, encoder="none")
    assert again.fresh
    assert again.stale == ("ours.toml: 130524-gongan: 《易制毒化学品安全管理条例》（中华人民共和国国务院令第446号）",)
    assert corrected(home) == []
