"""Calibrating on two made-up registers, without an encoder: what is learned is written where answering reads it."""

from __future__ import annotations

import json
import shutil
import sys
import tomllib
from pathlib import Path
from xml.etree import ElementTree

import pytest

from answer.conftest import DATA
from dutygraph.answer import Answerer
from dutygraph.answer.thresholds import read_thresholds, thresholds_file
from dutygraph.cli import main
from dutygraph.pipeline import build, open_home
from dutygraph.settings import Settings

SHE, CI = "130426", "130427"
WHO = [
    (SHE, "涉县结婚登记谁办理", "婚姻登记处"),
    (SHE, "涉县离婚登记归谁", "婚姻登记处"),
    (SHE, "涉县公墓建设审批找谁", "社会事务科"),
    (SHE, "涉县乱埋乱葬谁查处", "社会事务科"),
    (SHE, "涉县养老机构备案找哪个科室", "养老服务科"),
    (SHE, "涉县高龄老人津贴谁发", "养老服务科"),
    (SHE, "涉县非法占用耕地建坟归哪个局查", "自然资源局"),
    (SHE, "涉县殡葬用品价格谁检查", "市场监督管理局"),
    (SHE, "涉县养老机构食堂的食品安全哪个局管", "市场监督管理局"),
    (CI, "磁县结婚登记谁办理", "婚姻收养登记中心"),
    (CI, "磁县道路街巷命名谁管", "区划地名科"),
    (CI, "磁县地名标志设置归谁", "区划地名科"),
    # what the registers leave to be guessed, so that the first record is not always right
    (SHE, "涉县养老机构谁来管", "市场监督管理局"),
    (SHE, "涉县殡葬管理谁负责", "自然资源局"),
    (CI, "磁县婚姻和地名谁管", "区划地名科"),
]
OUTSIDE = [
    "涉县公交车晚点找谁", "涉县学区划分谁定", "涉县冬小麦补贴谁发", "涉县谁管暖气不热", "涉县图书馆借书证谁办",
    "磁县疫苗接种找谁", "磁县出租房漏水谁修", "磁县高考报名归谁", "磁县自来水停水找谁", "磁县河里采砂谁管",
]  # fmt: skip


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("calibrating")
    build([DATA], home, encoder="none")
    return home


@pytest.fixture(scope="module")
def questions(tmp_path_factory: pytest.TempPathFactory) -> Path:
    rows = [
        {"id": f"who-{number}", "lang": "zh", "question": text, "kind": "who", "jurisdiction": code,
         "gold": {"primary": [unit]}}
        for number, (code, text, unit) in enumerate(WHO)
    ] + [
        {"id": f"outside-{number}", "lang": "zh", "question": text, "kind": "unanswerable",
         "gold": {"expected": "abstain"}}
        for number, text in enumerate(OUTSIDE)
    ]  # fmt: skip
    file = tmp_path_factory.mktemp("questions") / "few.jsonl"
    file.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), encoding="utf-8")
    return file


@pytest.fixture
def thresholds(tmp_path: Path) -> Path:
    return shutil.copy(thresholds_file(by_words=True), tmp_path / "few.toml")


def test_what_was_learned_is_written_and_all_else_stays(
    home: Path, questions: Path, thresholds: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = thresholds.read_text("utf-8")
    page = tmp_path / "evaluation.md"
    page.write_text("# Before\n\n<!-- calibrate few -->\nold\n<!-- end of few -->\n\n# After\n", "utf-8")
    arguments = ["calibrate", str(questions), "--home", str(home), "--encoder", "none", "--output", str(thresholds)]
    assert main([*arguments, "--report", str(tmp_path), "--also", str(home), str(questions)]) == 0
    after = thresholds.read_text("utf-8")
    kept, learned = (tomllib.loads(text) for text in (before, after))
    assert after.splitlines()[0] == before.splitlines()[0]
    assert (learned["weights"], learned["floors"]) == (kept["weights"], kept["floors"])
    assert learned["ranking"] != kept["ranking"]
    assert learned["within"]["weights"]["score"] > 0
    assert not {"cosine", "bridged"} & set(learned["ranking"]["weights"])
    figures = capsys.readouterr().out.strip()
    assert "| few | 15 | " in figures
    written = page.read_text("utf-8")
    assert written.startswith("# Before\n")
    assert written.endswith("\n# After\n")
    assert figures in written
    assert "old" not in written
    ElementTree.parse(tmp_path / "calibration-few.svg")

    assert main([*arguments, "--also", str(home), str(questions)]) == 0
    assert thresholds.read_text("utf-8") == after, "the same questions give the same weights"
    opened = open_home(Settings(home=home, encoder="none"))
    answerer = Answerer(opened.store, opened.index, opened.templates, thresholds=read_thresholds(thresholds))
    assert answerer.ask("涉县公墓建设审批找谁").content.names[0] == "社会事务科"
    opened.store.close()


def test_a_page_without_a_place_for_the_figures_is_refused_before_anything_is_asked(
    home: Path, questions: Path, thresholds: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = thresholds.read_text("utf-8")
    (tmp_path / "evaluation.md").write_text("# Nothing here\n", "utf-8")
    arguments = ["calibrate", str(questions), "--home", str(home), "--encoder", "none", "--output", str(thresholds)]
    assert main([*arguments, "--report", str(tmp_path)]) == 2
    said = capsys.readouterr().err
    assert "evaluation.md" in said
    assert len(said.splitlines()) == 1
    assert thresholds.read_text("utf-8") == before


@pytest.mark.parametrize("library", ["scipy", "sklearn", "tomlkit"])
def test_a_missing_library_is_named(
    library: str, questions: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, library, None)
    assert main(["calibrate", str(questions)]) == 2
    assert f"needs {library}: pip install 'dutygraph[training]'" in capsys.readouterr().err
