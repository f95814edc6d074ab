"""The commands that bring registers in, compare them and give the graph away: add, diff, export, lexicon."""

from __future__ import annotations

import io
import json
import re
from pathlib import Path

import pytest
from openpyxl import load_workbook
from rdflib import Graph

from dutygraph.cli import main
from dutygraph.graph import to_lines
from dutygraph.read import read_register
from dutygraph.resources import data_dir

SOURCE = data_dir() / "registers" / "130524-gongan" / "130524-baixiang-gongan.txt"
REGISTER = "https://w3id.org/dutygraph/id/register/130524-gongan"
QUAD = re.compile(r'(?P<triple><[^>]+> <[^>]+> (<[^>]+>|".*"\S*))( <(?P<graph>[^>]+)>)? \.')


def add(file: Path, data: Path, *more: str, code: str = "130525", agency: str = "公安局") -> int:
    return main(["add", str(file), "--jurisdiction", code, "--agency", agency, "--data", str(data), *more])


def test_an_added_register_is_read_again_as_it_was_read_first(tmp_path: Path) -> None:
    assert add(SOURCE, tmp_path, "--title", "部门“职责”\\登记表", "--date", "2018-03-21") == 0
    (folder,) = (tmp_path / "registers").iterdir()
    register = read_register(folder)
    assert folder.name == "130525-gongan"
    assert (register.jurisdiction, register.agency, register.date) == ("隆尧县", "公安局", "2018-03-21")
    assert register.title == "部门“职责”\\登记表"
    assert (folder / SOURCE.name).read_bytes() == SOURCE.read_bytes()
    assert len(register.matters) == 11
    assert not [finding for finding in register.findings if finding.code == "READ-COUNT"]
    assert "matters = 11\n" in (folder / "register.toml").read_text("utf-8")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["registers"], "nothing else is left behind"


@pytest.mark.parametrize(
    ("agency", "folder"),
    [
        ("行政审批局", "130525-xingzhengshenpi"),
        ("畜牧水产局", "130525-xumushuichan"),
        ("12345热线办", "130525-12345rexianban"),
    ],
)
def test_the_folder_is_named_in_pinyin(agency: str, folder: str, tmp_path: Path) -> None:
    assert add(SOURCE, tmp_path, agency=agency) == 0
    assert [path.name for path in (tmp_path / "registers").iterdir()] == [folder]


def test_a_hidden_file_gets_a_name_that_is_found_again(tmp_path: Path) -> None:
    hidden = tmp_path / ".~register.txt"
    hidden.write_bytes(SOURCE.read_bytes())
    assert add(hidden, tmp_path / "data", "--name", "police-2") == 0
    assert read_register(tmp_path / "data" / "registers" / "130525-police-2").source.file == "source.txt"


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"code": "130599"}, "130599"),
        ({"code": "13"}, "six digits"),
        ({"agency": "！！"}, "--name"),
        ({"agency": "  "}, "--name"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_written(
    more: dict[str, str], words: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert add(SOURCE, tmp_path, **more) == 2
    assert words in capsys.readouterr().err
    assert not list(tmp_path.iterdir())


def test_options_are_checked_before_anything_is_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data = tmp_path / "data"
    bad = tmp_path / "bad.txt"
    bad.write_text("这不是登记表。\n", encoding="utf-8")
    assert add(bad, data) == 2
    assert add(SOURCE, data, "--name", "../up") == 2
    assert add(SOURCE, data, "--date", "yesterday") == 2
    errors = capsys.readouterr().err
    assert errors.count("\n") == 3
    assert "bad.txt" in errors
    assert "../up" in errors
    assert "2018-03-21" in errors
    assert not data.exists()


def test_a_register_that_is_there_is_not_overwritten(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert add(SOURCE, tmp_path) == 0
    metadata = tmp_path / "registers" / "130525-gongan" / "register.toml"
    metadata.write_text("corrected by hand", encoding="utf-8")
    assert add(SOURCE, tmp_path) == 2
    assert "is there already" in capsys.readouterr().err
    assert metadata.read_text("utf-8") == "corrected by hand"


def test_diff_says_what_changed_and_where(tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    new = tmp_path / "new.txt"
    text = SOURCE.read_text("utf-8")
    assert text.count("负责犬吠扰民的行政处罚") == 1
    new.write_text(text.replace("负责犬吠扰民的行政处罚", "负责犬吠扰民和流浪犬的行政处罚"), encoding="utf-8")
    assert main(["diff", str(SOURCE), str(new), "--format", "json"]) == 0
    found = json.loads(capsysbinary.readouterr().out)
    assert found["counts"] == {"reworded": 1}
    (change,) = found["changes"]
    assert (change["subject"], change["within"]) == ("share", "犬类管理")
    assert change["before"]["owner"] == change["after"]["owner"] == "公安局"
    assert "流浪犬" in change["after"]["text"]
    assert "流浪犬" not in change["before"]["text"]
    assert change["after"]["at"]["line"] == change["before"]["at"]["line"]
    assert main(["diff", str(SOURCE), str(new)]) == 0
    shown = "".join(capsysbinary.readouterr().out.decode().split())
    assert "改写reworded" in shown
    assert "1处变化" in shown


def test_a_register_does_not_differ_from_itself(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["diff", str(SOURCE), str(SOURCE.parent)]) == 0
    assert "0 处变化" in capsys.readouterr().out


def test_diff_says_which_way_the_completeness_went(tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    new = tmp_path / "new.txt"
    text = SOURCE.read_text("utf-8")
    assert text.count("7722206") == 3
    new.write_text(text.replace("7722206", "", 1), encoding="utf-8")
    assert main(["diff", str(SOURCE), str(new), "--format", "json"]) == 0
    quality = json.loads(capsysbinary.readouterr().out)["quality"]
    assert quality["telephones"]["old"] == {"value": 0.5, "counted": 3, "out_of": 6}
    assert quality["telephones"]["new"] == {"value": 0.3333, "counted": 2, "out_of": 6}
    assert quality["score"]["new"]["value"] < quality["score"]["old"]["value"]
    assert main(["diff", str(SOURCE), str(new)]) == 0
    shown = capsysbinary.readouterr().out.decode()
    assert "电话 · telephones：50% (3/6) → 33% (2/6) ↓" in shown
    assert "依据 · legal bases：73% (8/11) → 73% (8/11) =" in shown


def test_the_whole_graph_and_one_register_are_exported(
    home: Path, tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    assert main(["export", "--home", str(home), "--output", str(tmp_path / "all.nq")]) == 0
    quads = [QUAD.fullmatch(line) for line in (tmp_path / "all.nq").read_text("utf-8").splitlines()]
    assert main(["export", "--home", str(home), "--register", "130524-gongan"]) == 0
    one = Graph().parse(data=capsysbinary.readouterr().out, format="turtle")
    assert {quad["triple"] for quad in quads if quad and quad["graph"] == REGISTER} == set(to_lines(one))
    assert {quad["graph"] for quad in quads if quad} == {None, REGISTER, REGISTER.replace("130524", "130408")}
    build = json.loads(next(home.glob("builds/*/build.json")).read_bytes())
    assert len({quad["triple"] for quad in quads if quad}) == build["triples"], "all that the store holds"


def test_a_workbook_needs_a_file(home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["export", "--home", str(home), "--format", "xlsx"]) == 2
    assert "--output" in capsys.readouterr().err
    book = tmp_path / "one.xlsx"
    assert main(["export", "--home", str(home), "--register", "130524-gongan", "--output", str(book)]) == 0
    sheet = load_workbook(io.BytesIO(book.read_bytes()))["职责边界"]
    assert sheet.max_row == 1 + 40
    assert {str(cell.value) for cell in sheet["A"][1:]} == {"柏乡县"}


def test_an_unknown_register_and_a_folder_that_is_not_there(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["export", "--home", str(home), "--register", "nowhere"]) == 2
    assert "130408-gongan, 130524-gongan" in capsys.readouterr().err
    assert main(["export", "--home", str(home), "--output", str(tmp_path / "no" / "all.ttl")]) == 2
    assert "all.ttl" in capsys.readouterr().err


def test_the_lexicon_that_comes_along_has_no_mistakes(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["lexicon", "check"]) == 0
    assert "0 个错误" in capsys.readouterr().out


def test_mistakes_in_a_lexicon_are_listed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "lexicon").mkdir()
    (tmp_path / "lexicon" / "more.toml").write_text(
        '[[concept]]\nid = "kites"\nzh = "风筝"\nen = "kites"\nwords = ["风筝", "风筝"]\nnear = ["balloon-flights"]\n',
        encoding="utf-8",
    )
    assert main(["lexicon", "check", "--data", str(tmp_path)]) == 1
    shown = capsys.readouterr().out
    assert "balloon-flights: kites" in shown
    assert "风筝: kites" in shown
    assert "2 个错误" in shown
