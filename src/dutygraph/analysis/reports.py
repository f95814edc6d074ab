"""Findings as files: a printable page, a workbook, CSV, Turtle."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

from dutygraph.analysis.facts import Sheet
from dutygraph.analysis.finding import Evidence, Finding
from dutygraph.analysis.matrix import matrices
from dutygraph.analysis.workbooks import FORMULA, write_workbook
from dutygraph.store import Iri, Literal, Triple, Triples, serialise

__all__ = ["LEVEL_NAMES", "STATUS_NAMES", "to_csv", "to_html", "to_turtle", "to_workbook"]

LEVEL_NAMES = {
    "zh": {"violation": "严重", "warning": "警告", "info": "提示"},
    "en": {"violation": "violation", "warning": "warning", "info": "info"},
}
STATUS_NAMES = {
    "zh": {"candidate": "待核", "confirmed": "已确认", "dismissed": "已排除"},
    "en": {"candidate": "candidate", "confirmed": "confirmed", "dismissed": "dismissed"},
}
_COLUMNS = {
    "zh": (
        "编号",
        "代码",
        "级别",
        "状态",
        "登记表",
        "行政区划",
        "标题",
        "说明",
        "建议",
        "名称",
        "出处",
        "原文",
        "复核",
    ),
    "en": (
        "id",
        "code",
        "level",
        "status",
        "register",
        "division",
        "title",
        "explanation",
        "suggestion",
        "names",
        "places",
        "words",
        "review",
    ),
}
_FILTERS = {
    "zh": {"register": "登记表", "code": "代码", "level": "级别"},
    "en": {"register": "register", "code": "code", "level": "level"},
}
_WIDE = frozenset((7, 8, 9, 11, 12))
_DG = "https://w3id.org/dutygraph/def#"
_SH = "http://www.w3.org/ns/shacl#"
_RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_SEVERITY = {"violation": "Violation", "warning": "Warning", "info": "Info"}


def _row(finding: Finding, lang: str) -> tuple[str, ...]:
    texts = finding.texts(lang)
    return (
        finding.id,
        finding.code,
        LEVEL_NAMES[lang][finding.severity],
        STATUS_NAMES[lang][finding.status],
        finding.register,
        finding.jurisdiction,
        texts.title,
        texts.explanation,
        texts.suggestion,
        "、".join(finding.labels),
        "\n".join(_place(one) for one in finding.evidence),
        "\n".join(one.quote for one in finding.evidence),
        finding.review,
    )


def _place(evidence: Evidence) -> str:
    return f"{evidence.document}, {evidence.section}, {evidence.locator}"


def to_csv(findings: Iterable[Finding], lang: str = "zh") -> bytes:
    """UTF-8 with a byte order mark, as spreadsheet programs expect of Chinese. A text that could be taken for a formula
    gets an apostrophe in front."""
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow(_COLUMNS[lang])
    for finding in findings:
        writer.writerow(f"'{text}" if text.startswith(FORMULA) else text for text in _row(finding, lang))
    return file.getvalue().encode("utf-8-sig")


def to_workbook(findings: Iterable[Finding], lang: str = "zh") -> bytes:
    """An .xlsx file, one row a finding with its cells."""
    title = "发现" if lang == "zh" else "findings"
    return write_workbook(title, _COLUMNS[lang], (_row(finding, lang) for finding in findings), _WIDE)


def to_turtle(findings: Iterable[Finding]) -> bytes:
    """Each finding as a dg:Finding, a kind of sh:AbstractResult."""
    triples: list[Triple] = []
    for finding in findings:
        node = Iri(f"https://w3id.org/dutygraph/id/finding/{finding.id}")

        def add(name: str, term: Iri | Literal, base: str = _DG, node: Iri = node) -> None:
            triples.append((node, Iri(base + name), term))

        triples.append((node, Iri(_RDF_TYPE), Iri(_DG + "Finding")))
        add("code", Iri(f"{_DG}finding-code/{finding.code}"))
        add("reviewStatus", Literal(finding.status))
        add("resultSeverity", Iri(_SH + _SEVERITY[finding.severity]), _SH)
        for lang in ("zh", "en"):
            words = finding.texts(lang)
            text = f"{words.title}。{words.explanation}" if lang == "zh" else f"{words.title}. {words.explanation}"
            add("resultMessage", Literal(text, datatype=_LANG_STRING, language=lang), _SH)
        for subject in finding.subjects:
            if subject.startswith("http"):
                add("focusNode", Iri(subject), _SH)
    return serialise(Triples(tuple(triples)), "ttl")


_LANG_STRING = "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString"


def to_html(findings: Sequence[Finding], sheets: Iterable[Sheet], lang: str = "zh", made: date | None = None) -> bytes:
    """A page to print: summary, completeness, counts by code and register, heat map of matters and agencies, and each
    finding with its cells side by side, which can be filtered by register, code and level. It needs no script and loads
    nothing. ``made``: the date printed on it."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    folder = Path(__file__).parent
    environment = Environment(
        loader=FileSystemLoader(folder),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    known = list(sheets)
    registers = [sheet for sheet in known if any(finding.register == sheet.id for finding in findings)]
    codes = sorted({finding.code for finding in findings})
    counts = Counter((finding.code, finding.register) for finding in findings)
    page = environment.get_template("report.html.j2").render(
        lang=lang,
        zh=lang == "zh",
        findings=findings,
        levels=LEVEL_NAMES[lang],
        statuses=STATUS_NAMES[lang],
        filters={
            "register": {sheet.id: f"{sheet.place}{sheet.agency_name}" for sheet in registers},
            "code": {code: code for code in codes},
            "level": LEVEL_NAMES[lang],
        },
        labels=_FILTERS[lang],
        scores=max((sheet.scores for sheet in registers), key=len, default=()),
        severities=Counter(finding.severity for finding in findings),
        registers=registers,
        codes=codes,
        counts=counts,
        matrices=matrices(known, findings),
        made=made,
    )
    return page.encode()
