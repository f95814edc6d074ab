"""A finding: something in a register that a person should look at, with the cells that show it."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

__all__ = ["Evidence", "Finding", "Level", "Status", "Texts", "finding_id"]

Level = Literal["violation", "warning", "info"]
Status = Literal["candidate", "confirmed", "dismissed"]


@dataclass(frozen=True, slots=True)
class Evidence:
    """A cell: ``document`` is ``<register folder>/<file>``, ``quote`` its words, white space folded."""

    document: str
    section: str
    locator: str
    quote: str

    def as_json(self) -> dict[str, str]:
        return {
            "document": self.document,
            "section": self.section,
            "locator": self.locator,
            "quote": self.quote,
        }


@dataclass(frozen=True, slots=True)
class Texts:
    """What is said of a finding in one language."""

    title: str
    explanation: str
    suggestion: str


@dataclass(frozen=True, slots=True)
class Finding:
    """``id`` is stable over rebuilds. ``register`` is the folder name, ``subjects`` the IRIs concerned, ``labels`` the
    names concerned in the words of the source, ``score`` the confidence, 0 to 1."""

    id: str
    code: str
    severity: Level
    status: Status
    register: str
    jurisdiction: str
    zh: Texts
    en: Texts
    subjects: tuple[str, ...]
    labels: tuple[str, ...]
    evidence: tuple[Evidence, ...]
    score: float
    review: str = ""

    def texts(self, lang: str) -> Texts:
        return self.en if lang == "en" else self.zh

    def as_json(self, lang: str = "zh") -> dict[str, Any]:
        """The contract's Finding; ``register`` and ``review`` (who decided what, and why) are extra."""
        texts = self.texts(lang)
        return {
            "id": self.id,
            "code": self.code,
            "severity": self.severity,
            "status": self.status,
            "jurisdiction": self.jurisdiction,
            "register": self.register,
            "title": texts.title,
            "explanation": texts.explanation,
            "suggestion": texts.suggestion,
            "subjects": list(self.subjects),
            "labels": list(self.labels),
            "evidence": [one.as_json() for one in self.evidence],
            "score": round(self.score, 2),
            "review": self.review,
        }

    def reviewed(self, status: Status, review: str) -> Finding:
        """The same finding after somebody's decision."""
        return replace(self, status=status, review=review)


def finding_id(code: str, register: str, subjects: Sequence[str], about: str = "") -> str:
    """``MIS-01-3f2a…``: of the code, the register, the subjects in any order and what tells two findings on the same
    subjects apart. Row numbers and wordings of messages do not count."""
    key = "|".join((code, register, *sorted(subjects), about))
    return f"{code}-{hashlib.sha256(key.encode()).hexdigest()[:12]}"
