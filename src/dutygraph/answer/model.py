"""What answering works with and what it returns: all frozen, all plain data.

A question becomes ``Reading``s (what may be meant), each of them a ``Plan`` (which named query with which parameters);
a plan that was executed gives ``Result``s with their ``Evidence``; an ``Answer`` is what the caller sees.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from dutygraph.answer.corrections import Correction

__all__ = [
    "Answer",
    "Content",
    "Count",
    "Evidence",
    "Intent",
    "Law",
    "Nearest",
    "Option",
    "Plan",
    "Reading",
    "Reason",
    "Result",
    "Status",
    "together",
    "unique",
]

Intent = Literal[
    "who", "legal", "list", "count", "phone", "indicator", "penalty",
    "procedure", "compare", "compositional", "overlap", "gap", "describe",
]  # fmt: skip
Status = Literal["answered", "clarify", "abstained"]
Reason = Literal["out_of_scope", "not_in_register", "not_recorded", "ambiguous", "unsafe"]


def unique(values: Iterable[str | None]) -> tuple[str, ...]:
    """The values in their order, each once, empty ones left out."""
    return tuple(dict.fromkeys(value for value in values if value))


@dataclass(frozen=True, slots=True)
class Evidence:
    """One quoted cell. ``quote`` occurs verbatim, white space aside, in ``document``."""

    document: str
    section: str
    locator: str
    quote: str
    iri: str

    def as_json(self) -> dict[str, Any]:
        """The contract's object."""
        return {
            "document": self.document,
            "section": self.section,
            "locator": self.locator,
            "quote": self.quote,
            "iri": self.iri,
        }


@dataclass(frozen=True, slots=True)
class Law:
    """One cited act; ``number`` and ``articles`` as the source writes them."""

    title: str
    number: str | None = None
    articles: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The contract's object."""
        return {"title": self.title, "number": self.number, "articles": list(self.articles)}


@dataclass(frozen=True, slots=True)
class Count:
    """A number with what was counted."""

    label: str
    value: int


@dataclass(frozen=True, slots=True)
class Option:
    """A choice offered when the question can mean several things."""

    label: str
    question: str


@dataclass(frozen=True, slots=True)
class Nearest:
    """The nearest thing the registers do have, when the asked one is not there."""

    label: str
    iri: str


@dataclass(frozen=True, slots=True)
class Result:
    """One statement of one register that answers, with the cells it stands in. ``row_of``: the agency whose row that
    is, when another acts: the statement itself names it, or the row was corrected. ``corrections``: what was
    decided about its cells."""

    jurisdiction: str
    agency: str
    evidence: tuple[Evidence, ...]
    department: str | None = None
    role: str | None = None
    subject: str | None = None
    statement: str = ""
    laws: tuple[Law, ...] = ()
    phones: tuple[str, ...] = ()
    values: tuple[str, ...] = ()
    iri: str = ""
    row_of: str | None = None
    corrections: tuple[Correction, ...] = ()


@dataclass(frozen=True, slots=True)
class Content:
    """What is said of one jurisdiction (or of all together): the contract's answer keys."""

    results: tuple[Result, ...] = ()
    names: tuple[str, ...] = ()
    agencies: tuple[str, ...] = ()
    departments: tuple[str, ...] = ()
    laws: tuple[Law, ...] = ()
    phones: tuple[str, ...] = ()
    values: tuple[str, ...] = ()
    items: tuple[str, ...] = ()
    count: int | None = None
    counts: tuple[Count, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.results or self.items or self.count is not None or self.counts)


def together(contents: tuple[Content, ...]) -> Content:
    """What is said of several places, in one."""
    if len(contents) == 1:
        return contents[0]
    return Content(
        results=tuple(result for c in contents for result in c.results),
        names=unique(name for c in contents for name in c.names),
        agencies=unique(name for c in contents for name in c.agencies),
        departments=unique(name for c in contents for name in c.departments),
        laws=tuple(dict.fromkeys(law for c in contents for law in c.laws)),
        phones=unique(phone for c in contents for phone in c.phones),
        values=unique(value for c in contents for value in c.values),
        items=unique(item for c in contents for item in c.items),
        counts=tuple(count for c in contents for count in c.counts),
    )


@dataclass(frozen=True, slots=True)
class Plan:
    """A named query with its parameters, and the text that was sent to the store."""

    template: str
    parameters: tuple[tuple[str, str], ...] = ()
    sparql: str = ""

    def as_json(self) -> dict[str, Any]:
        """The contract's ``query``."""
        return {"template": self.template, "parameters": dict(self.parameters), "sparql": self.sparql}


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to understand a question: the intent, and how strongly the words say so (0 … 1)."""

    intent: Intent
    score: float


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to one question; ``as_json`` is the contract's object, in its key order. ``confidence``: 0 … 1, see
    ``confidence_in``."""

    question: str
    lang: str
    status: Status
    text: str
    intent: Intent
    interpretation: str
    content: Content = field(default_factory=Content)
    by_jurisdiction: Mapping[str, Content] = field(default_factory=dict)
    reason: Reason | None = None
    jurisdictions: tuple[str, ...] = ()
    options: tuple[Option, ...] = ()
    nearest: tuple[Nearest, ...] = ()
    plan: Plan = field(default_factory=lambda: Plan("none"))
    confidence: float = 0.0
    id: str | None = None
    graph_version: str = ""
    elapsed_ms: float = 0.0

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """Every cell quoted, each once, in the order of the results."""
        shown = (*self.content.results, *(r for c in self.by_jurisdiction.values() for r in c.results))
        return tuple(dict.fromkeys(evidence for result in shown for evidence in result.evidence))

    def as_json(self) -> dict[str, Any]:
        """The Answer of the contract: all keys, always in the same order."""
        numbers = {evidence: number for number, evidence in enumerate(self.evidence)}
        return {
            "id": self.id,
            "question": self.question,
            "lang": self.lang,
            "status": self.status,
            "reason": self.reason,
            "intent": self.intent,
            "interpretation": self.interpretation,
            "text": self.text,
            "jurisdictions": list(self.jurisdictions),
            **_content_json(self.content, numbers),
            "by_jurisdiction": {
                code: _content_json(content, numbers) for code, content in sorted(self.by_jurisdiction.items())
            },
            "options": [{"label": option.label, "question": option.question} for option in self.options],
            "nearest": [{"label": near.label, "iri": near.iri} for near in self.nearest],
            "evidence": [evidence.as_json() for evidence in numbers],
            "query": self.plan.as_json(),
            "confidence": round(self.confidence, 3),
            "graph_version": self.graph_version,
            "elapsed_ms": round(self.elapsed_ms, 1),
        }


def _content_json(content: Content, numbers: Mapping[Evidence, int]) -> dict[str, Any]:
    return {
        "results": [_result_json(result, numbers) for result in content.results],
        "names": list(content.names),
        "agencies": list(content.agencies),
        "departments": list(content.departments),
        "laws": [law.as_json() for law in content.laws],
        "phones": list(content.phones),
        "values": list(content.values),
        "items": list(content.items),
        "count": content.count,
        "counts": [{"label": count.label, "value": count.value} for count in content.counts],
    }


def _result_json(result: Result, numbers: Mapping[Evidence, int]) -> dict[str, Any]:
    return {
        "jurisdiction": result.jurisdiction,
        "agency": result.agency,
        "department": result.department,
        "role": result.role,
        "subject": result.subject,
        "statement": result.statement,
        "laws": [law.as_json() for law in result.laws],
        "phones": list(result.phones),
        "values": list(result.values),
        "evidence": [numbers[evidence] for evidence in result.evidence],
        "iri": result.iri,
        "row_of": result.row_of,
        "corrections": [
            {"reason": made.reason, "author": made.author, "date": made.date} for made in result.corrections
        ],
    }
