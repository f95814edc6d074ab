"""register.toml and the folder it stands in: read strictly, mistakes named with file, key and mend."""

from __future__ import annotations

from pathlib import Path

import pytest

from dutygraph.errors import RegisterError
from dutygraph.read import find_register_folders, read_register
from dutygraph.read.document import count_records
from dutygraph.read.registers import read_metadata
from dutygraph.resources import data_dir

GOOD = 'jurisdiction_code = "130524"\njurisdiction = "柏乡县"\nagency = "公安局"\n'
SOURCE = "序号\t服务事项\t主要内容\n1\t测土\t检测\n"


def register(tmp_path: Path, toml: str | bytes | None = GOOD, **sources: str) -> Path:
    folder = tmp_path / "registers" / "130524-gongan"
    folder.mkdir(parents=True)
    if toml is not None:
        (folder / "register.toml").write_bytes(toml if isinstance(toml, bytes) else toml.encode())
    for name, text in (sources or {"source": SOURCE}).items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    return folder


@pytest.mark.parametrize("folder", find_register_folders(data_dir()), ids=lambda folder: folder.name)
def test_the_real_registers_count_as_expected(folder: Path) -> None:
    register = read_register(folder)
    expected = dict(read_metadata(folder).expected)
    assert len(expected) == 13
    assert count_records(register) == expected
    assert register.id == folder.name
    assert register.source.document == f"{folder.name}/{register.source.file}"
    assert not register.unread
    assert not [finding for finding in register.findings if finding.severity != "info"]


def test_wrong_counts_are_findings(tmp_path: Path) -> None:
    toml = GOOD + "[expected]\nservices = 2\nduties = 0\nstreets = 3\n"
    findings = read_register(register(tmp_path, toml)).findings
    counts = [(f.severity, f.message) for f in findings if f.code == "READ-COUNT"]
    assert counts[0] == ("error", "services: read 1, register.toml expects 2")
    assert counts[1][0] == "warning"
    assert "streets" in counts[1][1]
    assert len(counts) == 2


def test_metadata_is_kept(tmp_path: Path) -> None:
    toml = GOOD + (
        'title = "职责"\ndate = 2018-03-21\nsource_url = "https://example.org/a?b=1"\n'
        '[aliases]\n"治安管理大队" = ["治安大队"]\n'
    )
    read = read_register(register(tmp_path, toml))
    assert (read.title, read.date, read.source_url) == ("职责", "2018-03-21", "https://example.org/a?b=1")
    assert read.aliases == {"治安管理大队": ("治安大队",)}
    assert (read.jurisdiction_code, read.jurisdiction, read.agency) == ("130524", "柏乡县", "公安局")


@pytest.mark.parametrize(
    ("toml", "words"),
    [
        (None, "is missing; write one"),
        (b"agency = \xff", "not UTF-8 at byte 9"),
        ("agency = ", "not TOML"),
        ('agency = "公安局"\njurisdiction = "柏乡县"\n', "jurisdiction_code: is missing"),
        (GOOD + 'agancy = "x"\n', "agancy: unknown key; take it out, or use one of"),
        (GOOD.replace('"130524"', "130524"), "jurisdiction_code: must be the six digits"),
        (GOOD.replace("130524", "13052"), "jurisdiction_code: must be the six digits"),
        (GOOD.replace("公安局", " "), "agency: must be text"),
        (GOOD + "title = 3\n", "title: must be text"),
        (GOOD + 'date = "yesterday"\n', "date: must be a date"),
        (GOOD + 'source_url = "javascript:alert(1)"\n', "source_url: must be an http"),
        (GOOD + 'aliases = "x"\n', "aliases: must be a table"),
        (GOOD + '[aliases]\n"a" = "b"\n', "aliases.a: must be a list"),
        (GOOD + '[expected]\nduties = "3"\n', "expected.duties: must be a whole number"),
        (GOOD + "[expected]\nduties = true\n", "expected.duties: must be a whole number"),
        (GOOD + '[lookups.rows]\n"a" = "b"\n', "lookups.rows: unknown lookup"),
        (GOOD + '[lookups.columns]\n"谁来办" = "who"\n', "lookups.columns.谁来办: must be one of agency, basis"),
        (GOOD + '[lookups.sections]\n"x" = "y"\n', "lookups.sections.x: must be one of 部门职责登记表"),
    ],
)
def test_mistakes_are_named_with_their_place(toml: str | bytes | None, words: str, tmp_path: Path) -> None:
    folder = register(tmp_path, toml)
    with pytest.raises(RegisterError) as caught:
        read_register(folder)
    message = str(caught.value)
    assert message.startswith(str(folder / "register.toml"))
    assert words in message
    assert "\n" not in message


def test_a_folder_has_one_source(tmp_path: Path) -> None:
    folder = register(tmp_path, GOOD, a=SOURCE, b=SOURCE)
    with pytest.raises(RegisterError, match=r"several source files \(a.txt, b.txt\)"):
        read_register(folder)
    for source in folder.glob("*.txt"):
        source.unlink()
    with pytest.raises(RegisterError, match="no source file"):
        read_register(folder)
    with pytest.raises(RegisterError, match="no such register folder"):
        read_register(folder / "none")


def test_register_folders_are_those_with_a_register(tmp_path: Path) -> None:
    folder = register(tmp_path)
    (tmp_path / "registers" / "notes").mkdir()
    (tmp_path / "registers" / "readme.md").write_text("x", encoding="utf-8")
    half = tmp_path / "registers" / "130525-x"
    half.mkdir()
    (half / "source.txt").write_text("x", encoding="utf-8")
    assert find_register_folders(tmp_path) == [folder, half]
    assert find_register_folders(tmp_path / "none") == []
