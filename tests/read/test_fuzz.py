"""Whatever stands in a file: records and findings, or a ReadError; never another exception."""

from __future__ import annotations

import contextlib
import functools
import io
import tempfile
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dutygraph.errors import ReadError
from dutygraph.read import as_records, read_document
from dutygraph.read.document import read_whole
from dutygraph.read.grid import Cell, Grid, Paragraph, Place
from dutygraph.read.registers import find_register_folders, find_source
from dutygraph.resources import data_dir
from read.writers import WRITERS

FORM_WORDS = [
    *("", "", "\t", "甲\n乙", "1", "2", "（一）", "公安局", "备注", "目录", "负责管理、", "《条例》（国务"),
    *("序号", "主要职责", "具体工作事项", "责任处室", "管理事项", "相关部门", "职责分工", "相关依据"),
    *("服务事项", "主要内容", "联系电话", "公共服务事项", "部门名称：某县公安局", "（一）某事项监管"),
    *("一、监督检查对象", "每月不少于1次", "处五百元罚款"),
]
WORDS = st.one_of(
    st.sampled_from(FORM_WORDS),
    st.text(max_size=12),
)  # fmt: skip
GRIDS = st.lists(st.lists(WORDS, min_size=1, max_size=6), min_size=1, max_size=12)
QUICK = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def read_or_refuse(data: bytes, suffix: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"source{suffix}"
        path.write_bytes(data)
        with contextlib.suppress(ReadError):
            assert as_records(read_document(path)).keys() >= {"duties", "matters", "services", "supervision"}


@functools.cache
def sample(name: str) -> bytes:
    """A real register, written in the format."""
    document = read_whole(find_source(find_register_folders(data_dir())[0])).document
    return WRITERS[name][1](document.blocks)


@given(GRIDS)
@QUICK
def test_any_text_dump(grid: list[list[str]]) -> None:
    text = "\n\n".join("\n".join(f"\t{word}" for word in row) for row in grid)
    read_or_refuse(text.encode("utf-8", "surrogatepass").replace(b"\x00", b""), ".txt")


@given(
    st.text(
        alphabet=st.sampled_from("\t\n序号主要职责具体工作事项责任处室1，。一、（）监督检查对象《》："), max_size=99
    )
)
@QUICK
def test_any_lines(text: str) -> None:
    read_or_refuse(text.encode(), ".txt")


@given(GRIDS, st.sampled_from(["docx", "html", "csv"]))
@QUICK
def test_any_grid(grid: list[list[str]], name: str) -> None:
    def clean(word: str) -> str:
        return "".join(char for char in word if char.isprintable())

    width = max(map(len, grid))
    rows = tuple(
        tuple(Cell(clean(row[i]) if i < len(row) else "", Place(cell=f"{n}-{i}")) for i in range(width))
        for n, row in enumerate(grid)
    )
    suffix, write = WRITERS[name]
    read_or_refuse(write([Paragraph("部门职责", Place()), Grid(rows)]), suffix)


@pytest.mark.parametrize("name", ["docx", "xlsx on one sheet"])
@given(data=st.data())
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_changed_bytes_of_an_archive(name: str, data: st.DataObject) -> None:
    original = bytearray(sample(name))
    for _ in range(data.draw(st.integers(1, 4))):
        original[data.draw(st.integers(0, len(original) - 1))] = data.draw(st.integers(0, 255))
    cut = data.draw(st.one_of(st.just(len(original)), st.integers(0, len(original))))
    read_or_refuse(bytes(original[:cut]), WRITERS[name][0])


@pytest.mark.parametrize("name", ["docx", "xlsx on one sheet"])
@given(data=st.data())
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_changed_markup_inside_an_archive(name: str, data: st.DataObject) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(sample(name))) as old, zipfile.ZipFile(buffer, "w") as new:
        chosen = data.draw(st.sampled_from(old.namelist()))
        for member in old.namelist():
            content = bytearray(old.read(member))
            if member == chosen:
                for _ in range(data.draw(st.integers(1, 3))):
                    at = data.draw(st.integers(0, len(content) - 1))
                    content[at : at + data.draw(st.integers(0, 8))] = data.draw(
                        st.sampled_from([b"", b"0", b"-1", b"9" * 11, b"<w:tbl>", b"</w:tc>", b"\xff", b"&x;", b'"'])
                    )
            new.writestr(member, bytes(content))
    read_or_refuse(buffer.getvalue(), WRITERS[name][0])
