"""What speaks for or against a question being answered by the records found: the signs that calibration weighs."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import asdict, dataclass

from dutygraph.answer.candidates import Candidate
from dutygraph.answer.context import Context, Draft
from dutygraph.answer.model import Intent
from dutygraph.answer.traits import KINDS

__all__ = ["Signs", "best_record", "read_signs"]

_MANY_TERMS = 12
_TITLED = ("matter", "regime", "service")


@dataclass(frozen=True, slots=True)
class Signs:
    """Of the best record of the asked places: ``score``, how probable it is that the question means it, ``concept``,
    ``words`` (BM25), ``cosine``, ``late`` (token by token). Of these places: ``alike``, their best cosine; ``known``,
    how near they come to what the question is about among all that a county governs. Of the other places: ``better``,
    how much more probable their best record is, ``nearer``, how much higher their best cosine is. Of the draft:
    ``drafted``, its score, and ``who``, whether it says who is responsible. Of the question: ``landmark``, how
    near it is to anything a county governs; ``length``, its terms; ``english``; ``titled``, it calls a matter,
    regime or service of these places by its title; ``unrecorded``, ``vague``: how likely it asks for a fact that no
    duty register carries, or for nothing in particular. Each about 0 … 1; what cannot be said (without an encoder)
    is 0. What the lexicon knows of the question is no sign: it knows some registers well and others not."""

    score: float
    concept: float
    words: float
    cosine: float
    late: float
    alike: float
    known: float
    better: float
    nearer: float
    landmark: float
    length: float
    english: float
    drafted: float
    who: float
    titled: float
    unrecorded: float
    vague: float

    def named(self) -> dict[str, float]:
        """By name."""
        return asdict(self)


def best_record(context: Context, codes: Iterable[str], intent: Intent) -> Candidate | None:
    """The best record of these places, of the kinds that answer such a question."""
    seeker = context.seeker
    find = (lambda code: seeker.answering(code, intent)) if intent in KINDS else seeker.responsible
    leaders = [found[0] for code in codes if (found := find(code))]
    return max(leaders, key=lambda c: (c.score, c.statement.code), default=None)


def read_signs(context: Context, draft: Draft) -> Signs:
    """The signs of the question on the asked places, and of what would be answered."""
    elsewhere = [code for code in context.catalogue.codes if code not in context.codes]
    best, other = (best_record(context, codes, draft.intent) for codes in (context.codes, elsewhere))
    here, there = (context.seeker.likeness(codes) or 0.0 for codes in (context.codes, elsewhere))
    bearing = context.seeker.bearing
    known = max((bearing.known.get(code, 0.0) for code in context.codes), default=0.0) if bearing else 0.0
    score = best.score if best else 0.0
    titled = _names_a_title(context)  # what a place has by that title it has, whatever another one says of it
    return Signs(
        score=score,
        concept=best.concept if best else 0.0,
        words=best.bm25 if best else 0.0,
        cosine=(context.seeker.cosine(best.statement) or 0.0) if best else 0.0,
        late=(context.seeker.match(best.statement) or 0.0) if best else 0.0,
        alike=here,
        known=known,
        better=max(0.0, other.score - score) if other and not titled else 0.0,
        nearer=max(0.0, there - here) if elsewhere and not titled else 0.0,
        landmark=bearing.nearest if bearing else 0.0,
        length=min(1.0, math.log1p(len(context.terms.all)) / math.log1p(_MANY_TERMS)),
        english=float(context.question.lang == "en"),
        drafted=min(1.0, draft.score),
        who=float(draft.intent == "who"),
        titled=float(titled),
        unrecorded=context.heard.likely["unrecorded"],
        vague=context.heard.likely["vague"],
    )


def _names_a_title(context: Context) -> bool:
    entities = context.catalogue.entities
    return any(
        mention.kind in _TITLED and mention.weight == 1.0 and entities[mention.target].code in context.codes
        for mention in context.links.mentions
    )
