"""The same register under other header words, in another order, with and without titles: the same records."""

from __future__ import annotations

import itertools
import re
from pathlib import Path

import pytest

from dutygraph.model import Register
from dutygraph.read import find_register_folders, read_document
from dutygraph.read.headers import SECTIONS, recognise_header, recognise_title
from dutygraph.read.registers import find_source
from dutygraph.resources import data_dir
from read.test_formats import without_places

FOLDERS = find_register_folders(data_dir())
RECORDS = ("duties", "matters", "services", "regimes")


def sections(folder: Path) -> dict[str, list[str]]:
    """The lines of each section of a real register, by section, title line first."""
    parts: dict[str, list[str]] = {}
    current: list[str] = []
    for line in find_source(folder).read_text(encoding="utf-8").split("\n"):
        section = recognise_title(line) if not line.startswith("\t") else None
        if section is not None and section not in parts:
            current = parts[section] = []
        current.append(line)
    return parts


def read(tmp_path: Path, text: str) -> Register:
    path = tmp_path / "source.txt"
    path.write_text(text, encoding="utf-8")
    return read_document(path)


def same_records(one: Register, other: Register) -> bool:
    return all(without_places(getattr(one, name)) == without_places(getattr(other, name)) for name in RECORDS)


@pytest.mark.parametrize("order", list(itertools.permutations(SECTIONS))[::5])
@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_sections_in_any_order(folder: Path, order: tuple[str, ...], tmp_path: Path) -> None:
    parts = sections(folder)
    assert set(parts) == set(SECTIONS)
    text = "\n\n".join("\n".join(parts[name]) for name in order)
    assert same_records(read(tmp_path, text), read_document(find_source(folder)))


@pytest.mark.parametrize("order", list(itertools.permutations(SECTIONS))[::7])
@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_without_titles_and_agency_lines(folder: Path, order: tuple[str, ...], tmp_path: Path) -> None:
    parts = sections(folder)
    text = "\n\n".join("\n".join(parts[name][1:]) for name in order)
    text = re.sub(r"^部门名称：.*$", "", text, flags=re.MULTILINE)
    register = read(tmp_path, text)
    assert same_records(register, read_document(find_source(folder)))
    assert register.unread == ()


@pytest.mark.parametrize("leader", ["", "......", "…………12"])
@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_a_list_of_contents_in_front(folder: Path, leader: str, tmp_path: Path) -> None:
    text = find_source(folder).read_text(encoding="utf-8")
    whole = read_document(find_source(folder))
    parts = sections(folder)
    titles = [*(parts[name][0] for name in SECTIONS), *(regime.no + regime.title.text for regime in whole.regimes)]
    register = read(tmp_path, "目  录\n\n" + "\n\n".join(title + leader for title in titles) + "\n\n" + text)
    assert same_records(register, whole)
    assert register.unread == ()


@pytest.mark.parametrize(
    "department", ["责任处室", "责任科室", "责任股室", "负责部门", "承办机构", "责任单位", "内设机构（科室）"]
)
@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_other_header_words(folder: Path, department: str, tmp_path: Path) -> None:
    text = find_source(folder).read_text(encoding="utf-8")
    words = {
        "责任处室": department,
        "责任科室": department,
        "职责边界\n\t相关依据": "职责划分\n\t法律依据",
        "职责分工\n\t相关依据": "职责边界\n\t法律依据",
        "\t相关案例\n": "\t典型案例\n",
        "\t案例\n": "\t相关案例\n",
        "\t管理事项\n": "\t事项名称\n",
        "\t服务事项\n": "\t公共服务事项名称\n",
        "\t联系电话\n": "\t咨询电话\n",
    }
    for old, new in words.items():
        text = text.replace(old, new)
    assert same_records(read(tmp_path, text), read_document(find_source(folder)))


@pytest.mark.parametrize(
    ("line", "section"),
    [
        ("部  门  职  责", "部门职责登记表"),
        ("一、部门职责登记表", "部门职责登记表"),
        ("（一）主要职责", "部门职责登记表"),
        ("德清县农业局部门职责登记表", "部门职责登记表"),
        ("二、与相关部门的职责边界", "职责边界"),
        ("与有关部门职责边界清单", "职责边界"),
        ("部门职责边界登记表", "职责边界"),
        ("第三部分 公共服务事项", "公共服务事项"),
        ("第二部分 部门间职责分工", "职责边界"),
        ("部门职责交叉事项", "职责边界"),
        ("部门职能", "部门职责登记表"),
        ("五、监管制度正文", "事中事后监管制度"),
        ("（一）食品小作坊监管制度", None),
        ("附件3：公共服务事项目录", "公共服务事项"),
        ("四、事中事后监督管理制度", "事中事后监管制度"),
        ("加强事中事后监管的制度措施", "事中事后监管制度"),
        ("（一）企事业单位内部治安保卫工作监管", None),
        ("一、监督检查对象", None),
        ("负责部门职责的划分工作。", None),
    ],
)
def test_titles(line: str, section: str | None) -> None:
    assert recognise_title(line) == section


@pytest.mark.parametrize(
    ("words", "section"),
    [
        ("序号 主要职责 具体工作事项 责任处室 备注", "部门职责登记表"),
        ("主要职责 具体工作事项", "部门职责登记表"),
        ("序号 职责 工作内容 承办科室", "部门职责登记表"),
        ("序号 管理事项 相关部门 职责分工 相关依据 案例", "职责边界"),
        ("序号 事项 责任部门 职责划分 依据", "职责边界"),
        ("序号 服务事项 主要内容 承办机构 联系电话", "公共服务事项"),
        ("序号 事项名称 内容 责任科室 电话", "公共服务事项"),
        ("序号 制度名称 监管要素 具体规定", "事中事后监管制度"),
        ("监管事项 监管对象 监管内容 监管方式 监管措施 责任科室", "事中事后监管制度"),
        ("序号 权力名称 权力类别", None),
        ("1 负责治安管理 审核旅馆 治安大队", None),
        ("备注", None),
    ],
)
def test_header_rows(words: str, section: str | None) -> None:
    assert recognise_header(words.split(), None, {}) == section
