"""One source file, whole: format, blocks, layout, records, findings."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from dutygraph.errors import UnrecognisedLayout
from dutygraph.model import Finding, Locator, Quote, Register, Source, Unread
from dutygraph.read.assemble import assemble
from dutygraph.read.checks import check_numbering, check_phones, check_texts
from dutygraph.read.formats import read_blocks
from dutygraph.read.grid import Document, Place
from dutygraph.read.headers import DUTIES, REGIMES
from dutygraph.read.layout import Layout, contents_entries, lay_out
from dutygraph.read.regimes import count_numbered_items, parse_regimes
from dutygraph.read.registers import COUNTS, RegisterMeta, find_source, read_metadata
from dutygraph.read.rows import LONGEST_SEARCHED, Records, is_searchable, read_rows
from dutygraph.read.safety import load_file
from dutygraph.read.tables import Lookups

__all__ = ["Reading", "count_records", "read_document", "read_register", "read_whole"]

_SPLIT_AGENCY = re.compile(r"(?P<place>(?:.{2,8}?[省市县区旗州盟])+)(?P<agency>[^省市县区旗州盟].+)")


@dataclass(frozen=True, slots=True)
class Reading:
    """A register with what it was read from: for proofs that nothing was lost."""

    register: Register
    document: Document
    layout: Layout


def read_document(path: Path, meta: RegisterMeta | None = None) -> Register:
    """Read one source file. Without ``meta`` the agency is the one that the file itself names (部门名称), if any.

    Raises UnsupportedFormat, UnreadableDocument or UnrecognisedLayout. Whatever is odd but readable comes back among
    ``Register.findings``.
    """
    return read_whole(path, meta).register


def read_register(folder: Path) -> Register:
    """Read a register folder: register.toml and the one source file beside it.

    Counts that differ from ``[expected]`` are findings READ-COUNT (error). Raises RegisterError for the folder or its
    register.toml, and what ``read_document`` raises.
    """
    source = find_source(folder)
    meta = read_metadata(folder)
    register = read_document(source, meta)
    named = replace(register.source, document=f"{folder.name}/{source.name}")
    return replace(register, id=folder.name, source=named)


def read_whole(path: Path, meta: RegisterMeta | None = None) -> Reading:
    """As ``read_document``, with the blocks and the layout that the records come from."""
    data = load_file(path)
    lookups = _lookups(meta)
    kind, document = read_blocks(data, path, lookups.columns)
    layout = lay_out(document, lookups)
    records = assemble(layout.tables)
    paragraphs = [Quote(paragraph.text, paragraph.place.at(REGIMES)) for paragraph in layout.regimes]
    readable = [quote for quote in paragraphs if is_searchable(quote, records)]
    regimes, noticed, unclaimed = parse_regimes(readable)
    if not (records.duties or records.matters or records.services or records.regimes or regimes):
        raise UnrecognisedLayout(
            "holds no table or regime of a duty register; its tables need header words such as 主要职责, 具体工作事项, "
            "管理事项, 服务事项",
            path=path,
        )
    loose = [Quote(paragraph.text, paragraph.place.at(section)) for section, paragraph in layout.loose]
    too_long = [quote for quote in paragraphs if len(quote.text) > LONGEST_SEARCHED]
    _keep_loose([*loose, *too_long, *unclaimed], records)
    place, agency = _named_by_file(layout)
    register = Register(
        id=path.stem,
        source=Source(path.name, hashlib.sha256(data).hexdigest(), kind, path.name),
        jurisdiction_code=meta.jurisdiction_code if meta else "",
        jurisdiction=meta.jurisdiction if meta else place,
        agency=meta.agency if meta else agency,
        title=(meta.title if meta else None) or _bare_title(layout.titles.get(DUTIES, "")) or DUTIES,
        date=meta.date if meta else None,
        source_url=meta.source_url if meta else None,
        aliases=dict(meta.aliases) if meta else {},
        duties=tuple(records.duties),
        matters=tuple(records.matters),
        services=tuple(records.services),
        regimes=(*regimes, *records.regimes),
        unread=tuple(records.unread),
    )
    findings = [
        *_placed(document.findings, layout),
        *layout.findings,
        *records.findings,
        *noticed,
        *check_numbering(register, contents_entries(layout.contents)),
        *check_phones(register),
        *check_texts(register),
        *_check_counts(register, meta.expected if meta else {}),
    ]
    return Reading(replace(register, findings=tuple(findings)), document, layout)


def count_records(register: Register) -> dict[str, int]:
    """The counts that ``[expected]`` of a register.toml may state, by name."""
    items = [item for duty in register.duties for item in duty.work_items]
    values = (
        len(register.duties),
        len(items),
        len({name for item in items for name in item.departments}),
        len(register.matters),
        sum(len(matter.shares) for matter in register.matters),
        sum(len(matter.legal_bases) for matter in register.matters),
        sum(not matter.basis for matter in register.matters),
        sum(bool(matter.case) for matter in register.matters),
        len(register.services),
        sum(bool(service.phone) for service in register.services),
        len(register.regimes),
        sum(len(regime.sections) for regime in register.regimes),
        count_numbered_items(register.regimes),
    )
    return dict(zip(COUNTS, values, strict=True))


def _check_counts(register: Register, expected: Mapping[str, int]) -> list[Finding]:
    counts = count_records(register)
    findings = []
    for name, wanted in expected.items():
        if name not in counts:
            message = f"register.toml expects a count of {name}, which is none of {', '.join(COUNTS)}"
            findings.append(Finding("READ-COUNT", "warning", message))
        elif counts[name] != wanted:
            message = f"{name}: read {counts[name]}, register.toml expects {wanted}"
            findings.append(Finding("READ-COUNT", "error", message))
    return findings


def _placed(findings: Iterable[Finding], layout: Layout) -> Iterator[Finding]:
    """Findings of the format readers with the section, row and column that the layout gave their cells."""
    known: dict[Place, Locator] = {}
    for section in dict.fromkeys(table.section for table in layout.tables):
        for row in read_rows(table for table in layout.tables if table.section == section):
            for cell, header in zip(row.cells, row.table.header, strict=True):
                known.setdefault(cell.place, cell.place.at(section or "", row.number, header.text or None))
    for finding in findings:
        if finding.at is None:
            yield finding
        else:
            place = Place(finding.at.line, finding.at.cell)
            yield replace(finding, at=known.get(place, finding.at))


def _lookups(meta: RegisterMeta | None) -> Lookups:
    tables = meta.lookups if meta else {}
    return Lookups(tables.get("columns", {}), tables.get("sections", {}))


def _keep_loose(quotes: Iterable[Quote], records: Records) -> None:
    """Paragraphs outside every table and regime are kept raw and reported."""
    for quote in quotes:
        records.unread.append(Unread(quote, "text outside the tables"))
        records.findings.append(Finding("READ-TEXT", "info", "text outside the tables; kept raw", quote.at, quote.text))


def _named_by_file(layout: Layout) -> tuple[str, str]:
    """Place and agency of the line 部门名称：柏乡县公安局; empty when there is none."""
    whole = next((name for name in layout.agencies if name), "")
    match = _SPLIT_AGENCY.fullmatch(whole)
    return (match["place"], match["agency"]) if match else ("", whole)


def _bare_title(text: str) -> str:
    return re.sub(r"^[（(]?[一二三四五六七八九十0-9]+[）)]?[、.．]", "", text)
