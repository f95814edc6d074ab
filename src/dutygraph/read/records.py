"""The JSON of ``dutygraph read --format json``."""

from __future__ import annotations

from typing import Any

from dutygraph.model import Citation, Indicator, Locator, Penalty, Quote, Regime, Register

__all__ = ["as_place", "as_records"]


def as_records(register: Register) -> dict[str, Any]:
    """The register as plain dicts and lists, key by key as the contract of ``dutygraph read`` has it."""
    return {
        "source": {
            "file": register.source.file,
            "sha256": register.source.sha256,
            "format": register.source.format,
            "document": register.source.document,
        },
        "register": {
            "jurisdiction_code": register.jurisdiction_code,
            "jurisdiction": register.jurisdiction,
            "agency": register.agency,
            "title": register.title,
            "date": register.date,
            "source_url": register.source_url,
        },
        "duties": [
            {
                "no": duty.no,
                "text": duty.text.text,
                "work_items": [
                    {
                        "text": item.text.text,
                        "department": _text(item.department),
                        "departments": list(item.departments),
                        "remark": _text(item.remark),
                        "at": as_place(item.text.at),
                    }
                    for item in duty.work_items
                ],
                "at": as_place(duty.text.at),
            }
            for duty in register.duties
        ],
        "matters": [
            {
                "no": matter.no,
                "matter": matter.name.text,
                "shares": [
                    {
                        "agency": share.agency.text,
                        "role": share.role,
                        "text": share.text.text,
                        "at": as_place(share.text.at),
                    }
                    for share in matter.shares
                ],
                "legal_bases": [_citation(citation) for citation in matter.legal_bases],
                "basis": _text(matter.basis),
                "case": _text(matter.case),
                "at": as_place(matter.name.at),
            }
            for matter in register.matters
        ],
        "services": [
            {
                "no": service.no,
                "name": service.name.text,
                "content": _text(service.content),
                "department": _text(service.department),
                "departments": list(service.departments),
                "phone": _text(service.phone),
                "phones": list(service.phones),
                "annual_dates": list(service.annual_dates),
                "at": as_place(service.name.at),
            }
            for service in register.services
        ],
        "supervision": [_regime(regime) for regime in register.regimes],
        "unread": [
            {"text": unread.text.text, "reason": unread.reason, "at": as_place(unread.text.at)}
            for unread in register.unread
        ],
        "findings": [
            {
                "code": finding.code,
                "severity": finding.severity,
                "message": finding.message,
                "at": as_place(finding.at) if finding.at else None,
                "quote": finding.quote,
            }
            for finding in register.findings
        ],
    }


def _text(quote: Quote | None) -> str | None:
    return quote.text if quote else None


def as_place(locator: Locator) -> dict[str, Any]:
    """The contract's ``at``: where a cell or line is, without what it has not."""
    whole: dict[str, Any] = {
        "section": locator.section,
        "row": locator.row,
        "column": locator.column,
        "line": locator.line,
        "cell": locator.cell,
    }
    return {key: value for key, value in whole.items() if value is not None}


def _citation(citation: Citation) -> dict[str, Any]:
    return {
        "title": citation.title,
        "number": citation.number,
        "issuer": citation.issuer,
        "date": citation.date,
        "articles": list(citation.articles),
        "as_written": citation.as_written,
    }


def _regime(regime: Regime) -> dict[str, Any]:
    return {
        "no": regime.no,
        "title": regime.title.text,
        "preamble": [quote.text for quote in regime.preamble],
        "objects": "\n".join(quote.text for quote in regime.objects),
        "contents": [quote.text for quote in regime.contents],
        "indicators": [_indicator(indicator) for indicator in regime.indicators],
        "methods": [quote.text for quote in regime.methods],
        "procedures": [quote.text for quote in regime.procedures],
        "measures": [quote.text for quote in regime.measures],
        "penalties": [_penalty(penalty) for penalty in regime.penalties],
        "laws": [citation.title for citation in regime.citations],
        "citations": [_citation(citation) for citation in regime.citations],
        "departments": list(regime.departments),
        "sections": [
            {
                "heading": section.heading.text,
                "kinds": list(section.kinds),
                "items": [
                    {"no": item.no, "text": item.text.text, "level": item.level, "at": as_place(item.text.at)}
                    for item in section.items
                ],
                "at": as_place(section.heading.at),
            }
            for section in regime.sections
        ],
        "at": as_place(regime.title.at),
    }


def _indicator(indicator: Indicator) -> dict[str, Any]:
    return {
        "text": indicator.text,
        "kind": indicator.kind,
        "comparator": indicator.comparator,
        "value": indicator.value,
        "unit": indicator.unit,
        "per": indicator.per,
        "per_year": indicator.per_year,
    }


def _penalty(penalty: Penalty) -> dict[str, Any]:
    return {
        "text": penalty.text,
        "min_yuan": penalty.min_yuan,
        "max_yuan": penalty.max_yuan,
        "min_days": penalty.min_days,
        "max_days": penalty.max_days,
        "condition": penalty.condition,
    }
