"""The law behind the registers: ``laws.csv``, and what a citation refers to.

A citation is never altered. Beside its words stands what they resolve to, and how sure that is: dg:resolutionStatus.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final
from typing import Literal as Choice

from rdflib import Literal, URIRef

from dutygraph.errors import RegisterError
from dutygraph.graph.articles import article_parts, article_triples
from dutygraph.graph.iris import mint_article, mint_law
from dutygraph.graph.literals import zh
from dutygraph.graph.provenance import Triple
from dutygraph.graph.vocab import DG, ELI, RDF, SKOS, XSD
from dutygraph.model import Citation

__all__ = ["Law", "LawBook", "Resolution", "ResolutionStatus", "citation_triples", "law_triples", "read_laws"]

LawStatus = Choice["in_force", "repealed", "unknown"]
ResolutionStatus = Choice["matched", "alias", "wrong-title", "wrong-number", "repealed", "superseded", "unknown"]

_COLUMNS: Final = (
    "title",
    "number",
    "issuer",
    "adopted",
    "effective",
    "amended",
    "status",
    "superseded_by",
    "note",
)
_STATUSES: Final[dict[str, LawStatus]] = {"in_force": "in_force", "repealed": "repealed", "unknown": "unknown"}
_STATE: Final = "中华人民共和国"
_IN_FORCE: Final = {"in_force": ELI["InForce-inForce"], "repealed": ELI["InForce-notInForce"]}
_DATE: Final = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True, slots=True)
class Law:
    """A row of laws.csv. Dates are xsd:date values; ``amended`` in order."""

    iri: URIRef
    title: str
    number: str | None
    issuer: str | None
    adopted: str | None
    effective: str | None
    amended: tuple[str, ...]
    status: LawStatus
    superseded_by: str | None
    note: str | None

    @property
    def identified(self) -> bool:
        """Whether the row says what act this is, rather than that a cited title was looked for and not found."""
        return bool(self.issuer and (self.number or self.adopted or self.effective))


@dataclass(frozen=True, slots=True)
class Resolution:
    """What a citation refers to: ``law`` is None exactly when the status is ``unknown``."""

    status: ResolutionStatus
    law: Law | None = None


class LawBook:
    """The known laws, findable by title and by number."""

    def __init__(self, laws: Iterable[Law]) -> None:
        self.laws = tuple(laws)
        self._by_title: dict[str, list[Law]] = {}
        self._by_loose_title: dict[str, list[Law]] = {}
        self._by_number: dict[str, list[Law]] = {}
        for law in self.laws:
            if not law.identified:
                continue
            self._by_title.setdefault(_plain(law.title), []).append(law)
            self._by_loose_title.setdefault(_loose(law.title), []).append(law)
            if law.number:
                self._by_number.setdefault(_number_key(law.number), []).append(law)

    def by_title(self, title: str) -> Law | None:
        """The one law of this title, with or without 中华人民共和国; None when there is none or more than one."""
        return _only(self._by_title.get(_plain(title), []))

    def resolve(self, citation: Citation) -> Resolution:
        """What the citation refers to.

        ``matched``: the title is the law's; ``alias``: the same but for the state's full name or marks inside the
        title; ``wrong-title``: the number is that of a law with another title; ``wrong-number``: the title is a law's
        and the number is not; ``repealed``, ``superseded``: it is such a law; ``unknown``: no law or several fit.
        """
        same_number = self._by_number.get(_number_key(citation.number), []) if citation.number else []
        plain = self._by_title.get(_plain(citation.title), [])
        found = plain or self._by_loose_title.get(_loose(citation.title), [])
        law = _only([one for one in found if one in same_number]) or _only(found)
        if law is None:
            law = None if found else _only(same_number)
            return Resolution("wrong-title", law) if law else Resolution("unknown")
        if citation.number and law.number and law not in same_number:
            return Resolution("wrong-number", law)
        if law.status == "repealed":
            return Resolution("repealed", law)
        if law.superseded_by:
            return Resolution("superseded", law)
        return Resolution("matched" if plain else "alias", law)


def _only(laws: list[Law]) -> Law | None:
    return laws[0] if len(laws) == 1 else None


def _plain(title: str) -> str:
    """Title with marks and white space unified and without the state's name in front."""
    text = unicodedata.normalize("NFKC", title).translate(_BRACKETS)
    return re.sub(r"\s+", "", text).strip("《》").removeprefix(_STATE)


def _loose(title: str) -> str:
    """Title without any marks and without the state's name anywhere."""
    return re.sub(r"[^\w]+", "", _plain(title)).replace(_STATE, "")


_BRACKETS: Final = str.maketrans("<>〈〉「」", "《》《》《》")


def _number_key(number: str) -> str:
    """One key for the ways of writing one number: 中华人民共和国国务院令第455号令 and 国务院令第 455 号;
    司发通〔2000〕33号 and 司发通[2000]33号."""
    text = unicodedata.normalize("NFKC", number).replace(_STATE, "")
    text = re.sub(r"(?<=\d)\D+(?=\d)", "-", text)
    return re.sub(r"[\s令第号年〔〕\[\]()]+", "", text)


def read_laws(path: Path) -> LawBook:
    """The laws of a UTF-8 CSV file with the columns title, number, issuer, adopted, effective, amended (dates joined by
    ``;``), status (in_force, repealed, unknown), superseded_by (a title), note. Raises RegisterError naming the row
    that is wrong."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file, strict=True)
            if tuple(reader.fieldnames or ()) != _COLUMNS:
                raise RegisterError(f"the columns must be {', '.join(_COLUMNS)}", path=path)
            return LawBook(_numbered(_law(row, path, reader.line_num) for row in reader))
    except (OSError, UnicodeDecodeError, csv.Error) as exc:
        raise RegisterError(f"no readable table of laws: {exc}", path=path) from exc


def _numbered(laws: Iterable[Law]) -> Iterator[Law]:
    """Tells acts of one title apart: from the second on the number is in the IRI, so a new row moves no old IRI."""
    titles: set[str] = set()
    for law in laws:
        known = law.title in titles
        titles.add(law.title)
        yield replace(law, iri=mint_law(law.title, law.number or law.adopted)) if known else law


def _law(row: Mapping[str | None, str | None], path: Path, line: int) -> Law:
    cells = {column: (row.get(column) or "").strip() for column in _COLUMNS}
    amended = tuple(filter(None, cells["amended"].split(";")))
    dates = [*amended, *filter(None, (cells["adopted"], cells["effective"]))]
    status = _STATUSES.get(cells["status"])
    place = f"line {line}"
    if None in row or not cells["title"]:
        raise RegisterError("a law needs a title and one cell for each column", path=path, place=place)
    if status is None:
        raise RegisterError(f"status {cells['status']!r} is none of {', '.join(_STATUSES)}", path=path, place=place)
    if wrong := [date for date in dates if not _DATE.fullmatch(date)]:
        raise RegisterError(f"{wrong[0]!r} is no date like 2006-01-21", path=path, place=place)
    return Law(
        iri=mint_law(cells["title"]),
        title=cells["title"],
        number=cells["number"] or None,
        issuer=cells["issuer"] or None,
        adopted=cells["adopted"] or None,
        effective=cells["effective"] or None,
        amended=amended,
        status=status,
        superseded_by=cells["superseded_by"] or None,
        note=cells["note"] or None,
    )


def law_triples(book: LawBook) -> Iterator[Triple]:
    """Every identified law as eli:LegalResource with its number, dates, status and successor."""
    for law in book.laws:
        if not law.identified:
            continue
        iri = law.iri
        yield iri, RDF.type, ELI.LegalResource
        yield iri, ELI.title, zh(law.title)
        if law.number:
            yield iri, ELI.id_local, Literal(law.number)
        if law.issuer:
            yield iri, DG.issuer, Literal(law.issuer)
        for predicate, dates in (
            (ELI.date_document, (law.adopted,)),
            (ELI.first_date_entry_in_force, (law.effective,)),
            (DG.amendedOn, law.amended),
        ):
            for date in filter(None, dates):
                yield iri, predicate, Literal(date, datatype=XSD.date)
        yield iri, DG.lawStatus, Literal(law.status)
        if law.status in _IN_FORCE:
            yield iri, ELI.in_force, _IN_FORCE[law.status]
        if law.note:
            yield iri, SKOS.note, zh(law.note)
        yield from _successor(law, book)


def _successor(law: Law, book: LawBook) -> Iterator[Triple]:
    if law.superseded_by is None:
        return
    successor = book.by_title(law.superseded_by)
    if successor is None:
        yield law.iri, DG.supersededByTitle, Literal(law.superseded_by)
        return
    yield law.iri, DG.supersededBy, successor.iri
    if law.status == "repealed":
        yield law.iri, ELI.repealed_by, successor.iri


def citation_triples(node: URIRef, citation: Citation, book: LawBook) -> Iterator[Triple]:
    """The citation as it was written, and beside it what it resolves to."""
    yield node, DG.citedTitle, Literal(citation.title)
    yield node, DG.citedText, Literal(citation.as_written)
    for predicate, words in (
        (DG.citedNumber, citation.number),
        (DG.citedIssuer, citation.issuer),
        (DG.citedDate, citation.date),
    ):
        if words:
            yield node, predicate, Literal(words)
    for article in citation.articles:
        yield node, DG.citedArticle, Literal(article)
    resolution = book.resolve(citation)
    yield node, DG.resolutionStatus, Literal(resolution.status)
    if resolution.law is None:
        return
    law = resolution.law.iri
    yield node, DG.resolvesTo, law
    for article in citation.articles:
        parts = article_parts(article)
        if parts:
            yield node, DG.resolvesToArticle, mint_article(law, parts)
            yield from article_triples(law, article)
