"""What every intent gets to work with, and what it hands back."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field
from functools import update_wrapper
from typing import Any, Concatenate, ParamSpec, TypeVar

from dutygraph.answer.asking import Heard
from dutygraph.answer.candidates import Seeker
from dutygraph.answer.catalogue import Catalogue
from dutygraph.answer.facts import Citation, Facts, Statement
from dutygraph.answer.link import Links
from dutygraph.answer.model import Content, Evidence, Intent, Law, Nearest, Plan, Reason, Result, unique
from dutygraph.answer.question import Question
from dutygraph.answer.terms import Terms
from dutygraph.answer.thresholds import Thresholds
from dutygraph.answer.words import QuestionWords

__all__ = ["Context", "Draft", "cited", "content", "once", "quoted", "result_of", "unique_laws"]

P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Context:
    """One question, linked, on one graph. ``codes``: the places it is about; ``named``: whether somebody named them,
    in the question or as an argument; ``heard``: what it sounds like; ``readings``: what has been read of it already
    (``once``); ``reread``: makes the context of another question about the same places, by its normalised text."""

    question: Question
    links: Links
    terms: Terms
    codes: tuple[str, ...]
    named: bool
    words: QuestionWords
    thresholds: Thresholds
    facts: Facts
    catalogue: Catalogue
    seeker: Seeker
    heard: Heard
    readings: dict[Hashable, Any] = field(default_factory=dict, compare=False, repr=False)
    reread: Callable[[str], Context] | None = field(default=None, compare=False, repr=False)

    def departments(self, code: str) -> tuple[str, ...]:
        """The departments of a place that the question names, by any of their names."""
        return self._named("department", code)

    def agencies(self, code: str) -> tuple[str, ...]:
        """The agencies of a place that the question names."""
        return self._named("agency", code)

    def _named(self, kind: str, code: str) -> tuple[str, ...]:
        entities = self.catalogue.entities
        return tuple(iri for iri in self.links.of_kind(kind) if entities[iri].code == code)

    def asks(self, pattern: re.Pattern[str]) -> bool:
        """Whether a pattern of questions.toml (one of ``words.targets``, ``words.modifiers`` …) is in the question."""
        return bool(pattern.search(self.question.focus))


def once(read: Callable[Concatenate[Context, P], T]) -> Callable[Concatenate[Context, P], T]:
    """Makes a function of a question that several intents call run once for each question and arguments."""

    def reading(context: Context, /, *args: P.args, **kwargs: P.kwargs) -> T:
        key = (read, args, tuple(sorted(kwargs.items())))
        if key not in context.readings:
            context.readings[key] = read(context, *args, **kwargs)
        known: T = context.readings[key]
        return known

    update_wrapper(reading, read)
    return reading


@dataclass(frozen=True, slots=True)
class Draft:
    """What an intent found: per place (the best first), or a reason why not. ``score``: how well it fits, 0 … 1.
    ``topic``: what the question is about, in the words of the source; ``wanted``: what was asked for (the target of a
    list); ``denied``: nothing meets the condition, or everything lacks the field; ``codes``: the places it is about,
    when these are not all that the question names."""

    intent: Intent
    score: float
    topic: str = ""
    by_place: Mapping[str, Content] = field(default_factory=dict)
    plan: Plan = field(default_factory=lambda: Plan("none"))
    wanted: str = ""
    reason: Reason | None = None
    nearest: tuple[Nearest, ...] = ()
    options: tuple[str, ...] = ()
    denied: bool = False
    codes: tuple[str, ...] = ()


def quoted(statement: Statement, clause: str = "") -> Evidence:
    """The record's cell, quoting ``clause`` when that is a verbatim part of it, else the whole text, else the cell."""
    cell = statement.cell
    for quote in (clause, statement.text, statement.title):
        if quote and _squeezed(quote) in _squeezed(cell.quote):
            return Evidence(cell.document, cell.section, cell.locator, quote, cell.iri)
    return cell


def _squeezed(text: str) -> str:
    return "".join(text.split())


def result_of(statement: Statement, clause: str = "", *, actor: str = "", role: str | None = None) -> Result:
    """The record as a result, its statement the clause that answers. ``actor``: the agency that the clause itself
    names, when that is another than the row's."""
    return Result(
        jurisdiction=statement.code,
        agency=actor or statement.agency,
        department=None if actor else "、".join(unit.name for unit in statement.departments) or None,
        role=role,
        subject=statement.subject or None,
        statement=clause or statement.text or statement.title,
        phones=statement.phones,
        evidence=(quoted(statement, clause),),
        iri=statement.iri,
        row_of=statement.agency if actor else statement.row_agency or None,
        corrections=(statement.correction,) if statement.correction else (),
    )


def content(results: tuple[Result, ...], names: tuple[str, ...] = (), **more: Any) -> Content:
    """Results with the lists that follow from them; ``more`` sets other fields of Content. ``names`` limits agencies
    and departments to those named."""
    departments = unique(name for r in results if r.department for name in r.department.split("、"))
    agencies = unique(result.agency for result in results)
    chosen = names or unique((*departments, *agencies))
    return Content(
        results=results,
        names=chosen,
        agencies=tuple(name for name in agencies if name in chosen),
        departments=tuple(name for name in departments if name in chosen),
        **{"phones": unique(phone for r in results for phone in r.phones), **more},
    )


def cited(statement: Statement, citations: tuple[Citation, ...]) -> Result:
    """The record as a result that carries the acts it cites, quoting them as written."""
    base = result_of(statement)
    evidence = tuple(
        Evidence(c.cell.document, c.cell.section, c.cell.locator, c.as_written, c.cell.iri) for c in citations
    )
    return Result(
        jurisdiction=base.jurisdiction,
        agency=base.agency,
        department=base.department,
        subject=base.subject,
        statement=base.statement,
        laws=unique_laws(citations),
        evidence=tuple(dict.fromkeys(evidence)),
        iri=base.iri,
        corrections=(*base.corrections, *(c.correction for c in citations if c.correction)),
    )


def unique_laws(citations: tuple[Citation, ...]) -> tuple[Law, ...]:
    """The acts cited, each once."""
    return tuple(dict.fromkeys(citation.law for citation in citations))
