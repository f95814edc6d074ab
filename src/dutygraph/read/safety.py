"""What a file is, and whether it is safe to open: nothing is believed from its name, nothing unpacked unmeasured."""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from dutygraph.errors import UnreadableDocument

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

__all__ = ["Archive", "decode_text", "load_file", "parse_xml", "refusal", "sniff_format"]

MAX_BYTES = 100 * 1024 * 1024  # of a file, and of an archive unpacked
MAX_RATIO = 100
MAX_TEXT = 10 * 1024 * 1024  # of a text, and of one XML part: a parsed tree takes ten times as much memory
# Deflate reaches its highest ratios on tiny uniform parts, which harm nobody.
RATIO_FLOOR = 1024 * 1024

_OTHERS = {
    "pdf": "is a PDF{believed}; convert it to .docx or save its text as .txt",
    "doc": "is a Word file of before 2007{believed}; save it as .docx",
    "xls": "is an Excel file of before 2007{believed}; save it as .xlsx",
    "locked": "is encrypted{believed}; save it without a password",
    "rtf": "is a rich text file{believed}; save it as .docx",
    "odt": "is an OpenDocument file{believed}; save it as .docx or .xlsx",
    "image": "is an image{believed}; put its text into a .txt or .docx file",
    "zip": "is an archive, neither .docx nor .xlsx{believed}; unpack it and give the document itself",
    "pptx": "is a presentation{believed}; save its tables as .docx",
}
_MAGIC = (
    (b"%PDF-", "pdf"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "ole"),
    (b"{\\rtf", "rtf"),
    (b"\x89PNG\r\n", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"GIF8", "image"),
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
)
# ASCII, general and CJK punctuation, enclosed numbers, Chinese characters, full-width forms.
_USUAL = re.compile(
    r"[\x01-\x7e\u00a0\u00b7\u2010-\u203b\u2160-\u217f\u2460-\u249b\u3000-\u303f\u4e00-\u9fff\uff01-\uffe5]"
)
_MARKUP = re.compile(r"<(?:!doctype\s+html|html|head|body|table|div|meta)\b", re.IGNORECASE)


def load_file(path: Path) -> bytes:
    """The bytes of a source file. Raises UnreadableDocument when it is missing, no file, empty or too large."""
    try:
        size = path.stat().st_size
        if path.is_dir():
            raise UnreadableDocument("is a folder; give the source file in it", path=path)
        if not path.is_file():
            raise UnreadableDocument("is no ordinary file", path=path)
        if size > MAX_BYTES:
            raise UnreadableDocument(f"is larger than {MAX_BYTES // 2**20} MB; split it", path=path)
        data = path.read_bytes()
    except FileNotFoundError:
        raise UnreadableDocument("there is no such file", path=path) from None
    except (OSError, ValueError) as exc:
        raise UnreadableDocument(f"cannot be read ({getattr(exc, 'strerror', None) or exc})", path=path) from exc
    if not data.strip(b"\x00 \t\r\n\xef\xbb\xbf\xff\xfe"):
        raise UnreadableDocument("is empty", path=path)
    return data


def sniff_format(data: bytes, path: Path) -> str:
    """The format by content: txt, html, csv, docx, xlsx, or one that ``refusal`` has words for (pdf, doc, …). The name
    only tells csv from text.

    Raises UnreadableDocument for damaged archives and for bytes that are no text.
    """
    kind = next((kind for magic, kind in _MAGIC if data.startswith(magic)), None)
    if kind == "zip":
        return _sniff_archive(Archive(data, path))
    if kind == "ole":
        return _sniff_ole(data)
    if kind is not None:
        return kind
    suffix = path.suffix.lower()
    if suffix in (".docx", ".xlsx", ".xlsm") and b"\x00" in data[:4096]:
        raise UnreadableDocument(f"is damaged: it does not begin as a {suffix} file does; save it again", path=path)
    if _MARKUP.search(decode_text(data, path)[:4096]):
        return "html"
    return "csv" if suffix in (".csv", ".tsv") else "txt"


def refusal(kind: str, path: Path) -> str:
    """Why a file of this kind is not read, and what to convert it to."""
    suffix = path.suffix.lower()
    return _OTHERS[kind].format(believed="" if suffix in (f".{kind}", "") else f", although its name ends in {suffix}")


def _sniff_ole(data: bytes) -> str:
    """What a compound file of before 2007 holds, by the names in its directory (UTF-16)."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        return "locked"
    return "xls" if "Workbook".encode("utf-16-le") in data else "doc"


def _sniff_archive(archive: Archive) -> str:
    names = archive.names
    if "word/document.xml" in names:
        return "docx"
    if "xl/workbook.xml" in names:
        return "xlsx"
    if "ppt/presentation.xml" in names:
        return "pptx"
    return "odt" if "mimetype" in names and "content.xml" in names else "zip"


class Archive:
    """A zip archive measured before any of it is unpacked.

    Raises UnreadableDocument when it is damaged or encrypted, when its members together say they unpack to more than
    100 MB or one to more than a hundred times its packed size, or when the path of a member leads out of it.
    """

    def __init__(self, data: bytes, path: Path) -> None:
        self.path = path
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            members = self._zip.infolist()
        except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, EOFError, IndexError) as exc:
            raise UnreadableDocument(f"is a damaged or truncated archive ({exc}); save it again", path=path) from exc
        total = 0
        for member in members:
            total += member.file_size
            parts = PurePosixPath(member.filename.replace("\\", "/")).parts
            if ".." in parts or member.filename.startswith(("/", "\\")) or re.match(r"[A-Za-z]:", member.filename):
                raise UnreadableDocument("an archive member leads out of the archive; refused", path=path,
                                         place=repr(member.filename))  # fmt: skip
            if member.flag_bits & 1:
                raise UnreadableDocument("is encrypted; save it without a password", path=path)
            packed = max(member.compress_size, 1)
            if total > MAX_BYTES or (member.file_size > RATIO_FLOOR and member.file_size / packed > MAX_RATIO):
                raise UnreadableDocument(
                    f"would unpack to {total / 2**20:.0f} MB or more (limit {MAX_BYTES // 2**20} MB, ratio "
                    f"{MAX_RATIO}:1); refused",
                    path=path, place=repr(member.filename),
                )  # fmt: skip
        self.names = frozenset(member.filename for member in members)

    def read(self, name: str) -> bytes:
        """One member, never more of it than it declared. Raises UnreadableDocument when it is missing or damaged."""
        try:
            declared = self._zip.getinfo(name).file_size
            with self._zip.open(name) as member:
                data = member.read(declared + 1)
        except KeyError:
            raise UnreadableDocument("is incomplete: a part is missing", path=self.path, place=name) from None
        except Exception as exc:
            raise UnreadableDocument(f"is damaged ({exc}); save it again", path=self.path, place=name) from exc
        if len(data) > declared:
            raise UnreadableDocument("a part is larger than it declares; refused", path=self.path, place=name)
        return data


def parse_xml(data: bytes, path: Path, part: str) -> Element:
    """The root element of an XML part; entities are never expanded and nothing is fetched.

    Raises UnreadableDocument for XML that is too large, not well formed or that declares entities.
    """
    from lxml import etree

    _check_size(data, path, part)

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True,
                             remove_pis=True, huge_tree=False)  # fmt: skip
    try:
        root = etree.fromstring(data, parser)
    except (etree.LxmlError, ValueError) as exc:
        raise UnreadableDocument(f"is damaged ({exc}); save it again", path=path, place=part) from exc
    if root.getroottree().docinfo.internalDTD is not None:
        raise UnreadableDocument("declares a document type, as no Office file does; refused", path=path, place=part)
    return root


def _check_size(data: bytes, path: Path, part: str | None) -> None:
    if len(data) > MAX_TEXT:
        raise UnreadableDocument(f"holds more than {MAX_TEXT // 2**20} MB of text; split it", path=path, place=part)


def decode_text(data: bytes, path: Path) -> str:
    """Text from UTF-8 with or without BOM, UTF-16 or GB18030, its line ends made ``\\n``.

    Raises UnreadableDocument with the position of the first byte that fits none of them, for binary content and for
    more than 10 MB.
    """
    _check_size(data, path, None)
    text = _decode(data, path).replace("\r\n", "\n").replace("\r", "\n").removeprefix("\ufeff")
    if "\x00" in text:
        place = f"byte {data.find(0) + 1}"
        raise UnreadableDocument("is binary, not text; give the document itself", path=path, place=place)
    return text


def _decode(data: bytes, path: Path) -> str:
    encoding = _encoding_by_mark(data)
    if encoding is None:
        try:
            return data.decode("utf-8")
        except UnicodeDecodeError as exc:
            failed = exc
        # GB18030 accepts nearly any bytes, so it is believed only where UTF-8 fails throughout, not at one broken byte.
        broken = data.decode("utf-8", errors="replace").count("\ufffd")
        try:
            text = data.decode("gb18030")
        except UnicodeDecodeError:
            text = ""
        if broken > len(data) / 50 and _reads_chinese(text):
            return text
        place = f"byte {failed.start + 1}"
        raise UnreadableDocument(
            "is neither UTF-8 nor GB18030 text; save it as UTF-8", path=path, place=place
        ) from None
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as exc:
        place = f"byte {exc.start + 1}"
        raise UnreadableDocument(f"is damaged {encoding} text; save it as UTF-8", path=path, place=place) from exc


def _encoding_by_mark(data: bytes) -> str | None:
    """The encoding that a byte order mark, or the pattern of zero bytes in UTF-16, gives away."""
    if data.startswith(b"\xef\xbb\xbf"):
        return "utf-8-sig"
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    # UTF-16 without a mark: its line ends are pairs with a zero byte, which no other text has.
    pairs = Counter(zip(data[:65536:2], data[1:65536:2], strict=False))
    little, big = pairs[ord("\n"), 0], pairs[0, ord("\n")]
    if max(little, big) > 2:
        return "utf-16-le" if little > big else "utf-16-be"
    return None


def _reads_chinese(text: str) -> bool:
    """Whether nearly all characters are common Chinese, its punctuation or ASCII."""
    if not text:
        return False
    usual = sum(bool(_USUAL.match(char)) for char in text)
    chinese = sum("一" <= char <= "鿿" for char in text)
    return usual / len(text) > 0.97 and chinese > 0
