"""The JSON of `dutygraph read`, and what holds for every text in it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from dutygraph.read import as_records, find_register_folders, read_document, read_register
from dutygraph.read.folding import squeeze
from dutygraph.read.quotes import iterate_quotes
from dutygraph.read.registers import find_source
from dutygraph.resources import data_dir

FOLDERS = find_register_folders(data_dir())


def keys(records: Any) -> set[str]:
    return set(records[0])


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_records_have_the_keys_of_the_contract(folder: Path) -> None:
    records = as_records(read_register(folder))
    assert {"source", "register", "duties", "matters", "services", "supervision", "findings"} <= records.keys()
    assert {"file", "sha256", "format"} <= records["source"].keys()
    assert {"jurisdiction_code", "jurisdiction", "agency", "title"} <= records["register"].keys()
    assert {"no", "text", "work_items", "at"} <= keys(records["duties"])
    assert {"text", "department", "departments", "at"} <= keys(records["duties"][0]["work_items"])
    assert {"no", "matter", "shares", "legal_bases", "case", "at"} <= keys(records["matters"])
    assert {"agency", "text", "at"} <= keys(records["matters"][0]["shares"])
    assert {"title", "number", "articles", "as_written"} <= keys(records["matters"][0]["legal_bases"])
    assert {"no", "name", "content", "department", "phone", "at"} <= keys(records["services"])
    regimes = records["supervision"]
    assert {
        "no", "title", "objects", "contents", "indicators", "methods", "procedures", "measures", "penalties", "laws",
        "at",
    } <= keys(regimes)  # fmt: skip
    assert all(isinstance(regime["objects"], str) for regime in regimes)
    for name in ("contents", "methods", "procedures", "measures", "laws"):
        assert all(isinstance(text, str) for regime in regimes for text in regime[name])
    indicators = [indicator for regime in regimes for indicator in regime["indicators"]]
    assert {"text", "kind", "comparator", "value", "unit", "per", "per_year"} <= keys(indicators)
    penalties = [penalty for regime in regimes for penalty in regime["penalties"]]
    assert {"text", "min_yuan", "max_yuan", "min_days", "max_days"} <= keys(penalties)
    assert {"code", "severity", "message", "at", "quote"} <= keys(records["findings"])
    assert json.loads(json.dumps(records, ensure_ascii=False)) == records


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_every_text_stands_in_the_source_at_its_line(folder: Path) -> None:
    source = find_source(folder).read_text(encoding="utf-8")
    whole = squeeze(source)
    lines = source.split("\n")
    quotes = [quote for quote in iterate_quotes(read_document(find_source(folder))) if quote]
    assert len(quotes) > 450
    for quote in quotes:
        assert squeeze(quote.text) in whole, quote
        assert quote.at.line is not None
        # An item's number, or the words before it in a glued paragraph, may stand before the text in its line.
        first = squeeze(quote.text)[:4]
        assert first in squeeze("".join(lines[quote.at.line - 1 : quote.at.line + 2])), quote


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_cells_are_located_by_section_row_column_and_line(folder: Path) -> None:
    register = read_register(folder)
    for duty in register.duties:
        places = {(item.text.at.section, item.text.at.row, item.text.at.column) for item in duty.work_items}
        assert places == {("部门职责登记表", int(duty.no), "具体工作事项")}
    for matter in register.matters:
        places = {(share.text.at.section, share.text.at.row) for share in matter.shares}
        assert places == {("职责边界", int(matter.no))}
    assert {service.name.at.column for service in register.services} == {"服务事项"}
    assert {regime.title.at.section for regime in register.regimes} == {"事中事后监管制度"}


@pytest.mark.parametrize(
    ("encoding", "ends", "blank"),
    [
        ("utf-8-sig", "\n", " "),
        ("utf-8", "\r\n", "\u00a0"),
        ("utf-8", "\r", "\u3000"),
        ("utf-16", "\n", " "),
        ("utf-16-le", "\n", " "),
        ("utf-16-be", "\r\n", "\u3000"),
        ("gb18030", "\r\n", "\u3000"),
    ],
)
@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_encodings_and_blanks_do_not_matter(folder: Path, encoding: str, ends: str, blank: str, tmp_path: Path) -> None:
    text = find_source(folder).read_text(encoding="utf-8")
    copy = tmp_path / find_source(folder).name
    copy.write_bytes(text.replace(" ", blank).replace("\n", ends).encode(encoding))
    again, whole = as_records(read_document(copy)), as_records(read_document(find_source(folder)))
    del again["source"], whole["source"]
    assert again == whole


def test_the_agency_comes_from_the_file_when_nobody_says_it(tmp_path: Path) -> None:
    table = "序号\t服务事项\t主要内容\n1\t测土\t检测\n"
    for line, place, agency in (
        ("部门名称：柏乡县公安局", "柏乡县", "公安局"),
        ("部门名称：邯郸市永年区公安局（盖章）", "邯郸市永年区", "公安局（盖章）"),
        ("单位名称: 德清县城市管理局", "德清县", "城市管理局"),
        ("部门名称：公安局", "", "公安局"),
        ("填报单位（盖章）：柏乡县公安局 填报日期：2019年3月", "柏乡县", "公安局"),
        ("单位名称：柏乡县公安局 填表人（签字）：某某", "柏乡县", "公安局"),
    ):
        path = tmp_path / "a.txt"
        path.write_text(f"{line}\n\n{table}", encoding="utf-8")
        register = read_document(path)
        assert (register.jurisdiction, register.agency) == (place, agency)
