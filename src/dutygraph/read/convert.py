"""Old Word files and PDFs: converted by LibreOffice where it is installed."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

from dutygraph.errors import UnsupportedFormat

__all__ = ["convert_to_docx"]

_SECONDS = 120
_CONVERTED = ("pdf", "doc", "rtf", "odt")


def convert_to_docx(data: bytes, kind: str, path: Path, refusal: str) -> bytes:
    """The document as .docx, made by LibreOffice in a folder of its own that is removed again.

    ``kind`` is what the content was recognised as. Raises UnsupportedFormat with the ``refusal`` when LibreOffice is
    not on the PATH, or says why the conversion failed.
    """
    program = shutil.which("soffice")
    if program is None or kind not in _CONVERTED:
        raise UnsupportedFormat(refusal, path=path)
    with tempfile.TemporaryDirectory(prefix="dutygraph-") as folder:
        source = Path(folder) / f"source.{kind}"
        source.write_bytes(data)
        command = [
            program, "--headless", "--norestore", f"-env:UserInstallation=file://{folder}/profile",
            *(["--infilter=writer_pdf_import"] if kind == "pdf" else []),
            "--convert-to", "docx:MS Word 2007 XML", "--outdir", folder, str(source),
        ]  # fmt: skip
        try:
            subprocess.run(command, check=True, capture_output=True, timeout=_SECONDS)  # noqa: S603 no shell, own file
            return (Path(folder) / "source.docx").read_bytes()
        except subprocess.TimeoutExpired as exc:
            raise UnsupportedFormat(f"LibreOffice did not convert it in {_SECONDS} s; {refusal}", path=path) from exc
        except (subprocess.CalledProcessError, OSError) as exc:
            raise UnsupportedFormat(f"LibreOffice could not convert it; {refusal}", path=path) from exc
