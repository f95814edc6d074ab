"""On which act: the citation in the record that answers, else of the matter or regime it belongs to."""

from __future__ import annotations

from dutygraph.answer.candidates import Candidate
from dutygraph.answer.context import Context, Draft, cited, content, unique_laws
from dutygraph.answer.facts import Citation, Statement
from dutygraph.answer.intents.acts import read_marks
from dutygraph.answer.model import Nearest

__all__ = ["answer_legal"]

_GROUNDS = frozenset({"preamble", "basis"})  # the sections that say what a regime rests on


def answer_legal(context: Context) -> Draft:
    """The acts that the best fitting record of each place cites."""
    floors = context.thresholds.floors
    by_place, blank = {}, []
    best: Candidate | None = None
    plan_node = ""
    leading: dict[str, float] = {}
    for code in context.codes:
        found = [c for c in context.seeker.answering(code, "legal") if c.score >= floors.cell]
        if not found:
            continue
        if best is None or found[0].score > best.score:
            best = found[0]
        leading[code] = found[0].score
        chosen = _first_citing(context, found)
        if chosen is None:
            blank.append(found[0].statement)
            continue
        statement, citations = chosen
        plan_node = plan_node or statement.iri
        by_place[code] = content((cited(statement, citations),), laws=unique_laws(citations))
    if best is None:
        return Draft("legal", 0.0)
    floor = floors.sibling * best.score
    by_place = {code: found for code, found in by_place.items() if leading[code] >= floor}
    plan = context.facts.plan("citations", node=plan_node or best.statement.iri)
    topic = best.topic
    nearest = tuple(Nearest(f"{context.catalogue.place(s.code)}：{s.subject}", s.part or s.iri) for s in blank)
    if not by_place:
        return Draft("legal", best.score, topic, plan=plan, reason="not_recorded", nearest=nearest)
    return Draft("legal", best.score, topic, by_place, plan, nearest=nearest)


def _first_citing(context: Context, found: list[Candidate]) -> tuple[Statement, tuple[Citation, ...]] | None:
    """The best record that cites an act itself if it is near the best of all, else the best record's whole. What is
    about the same thing as the best one comes before what is about another."""
    leader = found[0].statement
    near = [c for c in found if c.rivals(found[0], context.thresholds.floors.rival)]
    same = [c for c in near if (c.statement.part and c.statement.part == leader.part) or c is found[0]]
    for candidates in (same, near):
        chosen = _citing(context, candidates) or _whole(context, candidates)
        if chosen is not None:
            return _as_asked(context, found, chosen)
    return None


def _as_asked(
    context: Context, found: list[Candidate], chosen: tuple[Statement, tuple[Citation, ...]]
) -> tuple[Statement, tuple[Citation, ...]]:
    """Of the acts that the records of the same thing cite, those with most marks of the one that is asked for; the
    chosen ones when none has more than these."""
    part = found[0].statement.part
    records = [
        chosen,
        *((c.statement, context.facts.citations(c.statement.iri)) for c in found if c.statement.part == part),
    ]
    if part and (whole := context.facts.read([part]).get(part)):
        records.append((whole, context.facts.citations(part)))
    marks = [max((read_marks(context.question, each) for each in citations), default=0) for _, citations in records]
    most = max(marks)
    if not most:
        return chosen
    statement, citations = records[marks.index(most)]
    return statement, tuple(each for each in citations if read_marks(context.question, each) == most)


def _citing(context: Context, candidates: list[Candidate]) -> tuple[Statement, tuple[Citation, ...]] | None:
    """The first of the records that cites an act itself."""
    for candidate in candidates:
        citations = context.facts.citations(candidate.statement.iri)
        if citations and candidate.statement.kind == "regime":
            return candidate.statement, _in_front(context, candidate.statement, citations)
        if citations:
            return candidate.statement, _of_clause(candidate, citations)
    return None


def _whole(context: Context, candidates: list[Candidate]) -> tuple[Statement, tuple[Citation, ...]] | None:
    """The matter or regime that the first of the records belongs to whose whole cites an act."""
    for candidate in candidates:
        part = candidate.statement.part
        whole = context.facts.read([part]).get(part) if part else None
        citations = context.facts.citations(part) if whole else ()
        if whole and citations:
            return whole, _of_part(context, candidate, citations)
    return None


def _of_clause(candidate: Candidate, citations: tuple[Citation, ...]) -> tuple[Citation, ...]:
    """Of several acts in one text those in the clause that fits, when there are some."""
    here = tuple(citation for citation in citations if citation.as_written in candidate.clause)
    return here or citations


def _of_part(context: Context, candidate: Candidate, citations: tuple[Citation, ...]) -> tuple[Citation, ...]:
    """Of all acts that a regime cites those in the item that fits; else those it says, in front, to rest on."""
    statement = candidate.statement
    if statement.kind != "regime-item":
        return citations
    for text in (candidate.clause, statement.text):
        here = tuple(citation for citation in citations if citation.as_written in text)
        if here:
            return here
    return _in_front(context, statement, citations)


def _in_front(context: Context, statement: Statement, citations: tuple[Citation, ...]) -> tuple[Citation, ...]:
    """The acts that the preamble of a regime names, else all of them."""
    regime = statement.part if statement.kind == "regime-item" else statement.iri
    items = context.facts.statements("regime-items", regime=regime)
    said = "".join(item.text for item in items if item.sections & _GROUNDS)
    return tuple(citation for citation in citations if citation.as_written in said) or citations
