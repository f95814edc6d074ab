"""Files that cannot be read: each one clear line, quickly, in little memory, and nothing written."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from dutygraph.errors import ReadError, UnreadableDocument, UnrecognisedLayout, UnsupportedFormat
from dutygraph.read import read_document
from read.writers import docx_document, word_cell, word_paragraph

HEADER = "\t序号\n\t服务事项\n\t主要内容\n\t承办机构\n\t联系电话\n\n"


def archive(**members: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in members.items():
            packed.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return buffer.getvalue()


def lying_archive() -> bytes:
    """A member that declares fewer bytes than it unpacks to."""
    data = bytearray(archive(word__document_xml=b"<w/>" * 1000))
    for signature, offset in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        struct.pack_into("<I", data, data.index(signature) + offset, 10)
    return bytes(data)


def sheet(cells: str, merges: str = "") -> bytes:
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return archive(
        xl__workbook_xml=(
            f'<workbook xmlns="{main}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
            '<sheets><sheet name="S" sheetId="1" r:id="r1"/></sheets></workbook>'
        ).encode(),
        **{
            "xl/_rels/workbook.xml.rels": b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
            b'relationships"><Relationship Id="r1" Target="worksheets/sheet1.xml"/></Relationships>'
        },
        xl__worksheets__sheet1_xml=(
            f'<worksheet xmlns="{main}"><sheetData>{cells}</sheetData><mergeCells>{merges}</mergeCells></worksheet>'
        ).encode(),
    )


DOCX = docx_document(word_paragraph("text"))
BOMB = archive(word__document_xml=b"<w:document>" + b" " * (30 * 2**20))
BILLION_LAUGHS = (
    b'<!DOCTYPE w [<!ENTITY a "aaaaaaaaaa">'
    + b"".join(b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(9))
    + b']><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>&j;</w:body>'
    b"</w:document>"
)
FAR_APART = "".join(
    f'<row r="{n}"><c r="{column}{n}"><v>1</v></c></row>'
    for n, column in ((n * 500 + 1, f"{chr(65 + n // 26 % 26)}{chr(65 + n % 26)}") for n in range(600))
) + "".join(f'<row r="{700000 + n}"><c r="A{700000 + n}"><v>1</v></c></row>' for n in range(2000))

BAD: dict[str, tuple[str, bytes, type[ReadError], str]] = {
    "empty": ("a.txt", b"", UnreadableDocument, "empty"),
    "only blanks": ("a.txt", b"\xef\xbb\xbf \r\n\t\n", UnreadableDocument, "empty"),
    "binary": ("a.txt", bytes(range(256)) * 40, UnreadableDocument, "byte"),
    "binary named docx": ("a.docx", bytes(range(256)) * 40, UnreadableDocument, "damaged"),
    "zeros in text": ("a.txt", "部门职责\x00登记表".encode(), UnreadableDocument, "byte 13"),
    "broken byte": ("a.txt", HEADER.encode()[:40] + b"\xff" + HEADER.encode()[40:], UnreadableDocument, "byte 41"),
    "half a utf-16 character": ("a.txt", b"\xff\xfe\x00\xd8\x41\x00", UnreadableDocument, "utf-16"),
    "truncated archive": ("a.docx", DOCX[: len(DOCX) // 2], UnreadableDocument, "damaged or truncated"),
    "zip bomb": ("a.docx", BOMB, UnreadableDocument, "100:1"),
    "archive that lies": ("a.docx", lying_archive(), UnreadableDocument, "document.xml"),
    "path traversal": ("a.docx", archive(**{"../../etc/x": b""}), UnreadableDocument, "leads out"),
    "absolute member": ("a.docx", archive(**{"/etc/x": b""}), UnreadableDocument, "/etc/x"),
    "entities": ("a.docx", archive(word__document_xml=BILLION_LAUGHS), UnreadableDocument, "document.xml"),
    "one entity": (
        "a.docx", archive(word__document_xml=b'<!DOCTYPE w [<!ENTITY a SYSTEM "file:///etc/passwd">]><w>&a;</w>'),
        UnreadableDocument, "document type",
    ),
    "no XML": ("a.docx", archive(word__document_xml=b"text"), UnreadableDocument, "document.xml"),
    "no body": ("a.docx", archive(word__document_xml=b"<w/>"), UnreadableDocument, "no body"),
    "archive of pictures": ("a.zip", archive(**{"a.png": b"x"}), UnsupportedFormat, "neither .docx nor .xlsx"),
    "pdf": ("a.pdf", b"%PDF-1.7\n...", UnsupportedFormat, "convert it to .docx"),
    "pdf named docx": ("a.docx", b"%PDF-1.7\n...", UnsupportedFormat, "a PDF, although its name ends in .docx"),
    "old word": ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, UnsupportedFormat, "save it as .docx"),
    "old excel": (
        "a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "Workbook".encode("utf-16-le"), UnsupportedFormat, ".xlsx",
    ),
    "locked": (
        "a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), UnsupportedFormat,
        "without a password",
    ),
    "image": ("a.png", b"\x89PNG\r\n\x1a\n", UnsupportedFormat, "image"),
    "rich text": ("a.doc", b"{\\rtf1 }", UnsupportedFormat, "save it as .docx"),
    "prose": ("a.txt", "今天天气很好。\n".encode(), UnrecognisedLayout, "主要职责"),
    "docx without tables": ("a.docx", DOCX, UnrecognisedLayout, "主要职责"),
    "page without tables": ("a.html", b"<html><body>x</body></html>", UnrecognisedLayout, "主要职责"),
    "empty workbook": ("a.xlsx", sheet(""), UnrecognisedLayout, "主要职责"),
    "cells far apart": ("a.xlsx", sheet(FAR_APART), UnreadableDocument, "100,000 cells"),
    "spans without end": (
        "a.html", b"<table>" + b"<tr><td colspan=1000>x" * 2000 + b"</table>", UnreadableDocument, "100,000 cells",
    ),
    "more text than any register": ("a.txt", b"a\n" * (6 * 2**20), UnreadableDocument, "10 MB"),
    "rows without end": ("a.csv", "序号,服务事项,内容\n".encode() * 40_000, UnreadableDocument, "100,000 cells"),
    "only a header": ("a.txt", HEADER.encode(), UnrecognisedLayout, "主要职责"),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_bad_files_are_refused_in_one_line(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))  # no LibreOffice
    file, data, error, words = BAD[name]
    path = tmp_path / file
    path.write_bytes(data)
    with pytest.raises(error) as caught:
        read_document(path)
    message = str(caught.value)
    assert words in message
    assert str(path) in message
    assert "\n" not in message
    assert len(message) < 400
    assert list(tmp_path.iterdir()) == [path]


def test_missing_file_and_folder(tmp_path: Path) -> None:
    with pytest.raises(UnreadableDocument, match="no such file"):
        read_document(tmp_path / "none.txt")
    with pytest.raises(UnreadableDocument, match="is a folder"):
        read_document(tmp_path)


def service(name: str, content: str) -> bytes:
    return f"{HEADER}\t1\n\t{name}\n\t{content}\n\t土肥站\n\t8060123\n".encode()


@pytest.mark.parametrize(
    ("suffix", "make"),
    [
        (".txt", lambda text: service("测土", text)),
        (".csv", lambda text: f"序号,服务事项,主要内容,承办机构,联系电话\n1,测土,{text},土肥站,8060123\n".encode()),
        (
            ".html",
            lambda text: f"<table><tr><td>服务事项<td>主要内容<tr><td>测土<td>{text}</table>".encode(),
        ),
        (
            ".docx",
            lambda text: docx_document(
                f"<w:tbl><w:tr>{word_cell('服务事项')}{word_cell('主要内容')}</w:tr>"
                f"<w:tr>{word_cell('测土')}{word_cell(text)}</w:tr></w:tbl>"
            ),
        ),
    ],
)
def test_a_very_long_cell_is_read_whole(suffix: str, make: Callable[[str], bytes], tmp_path: Path) -> None:
    text = "负责测土配方。" * 10_000
    path = tmp_path / f"a{suffix}"
    path.write_bytes(make(text))
    register = read_document(path)
    assert [service.content.text for service in register.services if service.content] == [text]
    assert [finding.code for finding in register.findings if finding.severity == "warning"][-1] == "READ-LONG"


def test_a_merge_over_a_whole_sheet_costs_nothing(tmp_path: Path) -> None:
    cells = (
        '<row r="1"><c r="A1" t="str"><v>服务事项</v></c><c r="B1" t="str"><v>主要内容</v></c></row>'
        '<row r="2"><c r="A2" t="str"><v>测土</v></c><c r="B2" t="str"><v>检测</v></c></row>'
    )
    path = tmp_path / "a.xlsx"
    path.write_bytes(sheet(cells, '<mergeCell ref="C3:XFD1048576"/><mergeCell ref="A2:A1048576"/>'))
    assert [service.name.text for service in read_document(path).services] == ["测土"]


def test_pdf_is_converted_where_libreoffice_is_installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With a program of that name that writes a document, as LibreOffice does."""
    table = (
        f"<w:tbl><w:tr>{word_cell('服务事项')}{word_cell('主要内容')}</w:tr>"
        f"<w:tr>{word_cell('测土')}{word_cell('检测')}</w:tr></w:tbl>"
    )
    (tmp_path / "made.docx").write_bytes(docx_document(table))
    program = tmp_path / "soffice"
    program.write_text(
        f'#!/bin/sh\nwhile [ "$1" != --outdir ]; do shift; done\n/bin/cp "{tmp_path}/made.docx" "$2/source.docx"\n'
    )
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    path = tmp_path / "a.pdf"
    path.write_bytes(b"%PDF-1.7")
    register = read_document(path)
    assert [service.name.text for service in register.services] == ["测土"]
    assert register.source.format == "pdf"
    program.write_text("#!/bin/sh\nexit 1\n")
    with pytest.raises(UnsupportedFormat, match="could not convert"):
        read_document(path)
