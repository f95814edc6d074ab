"""Records that may answer: proposed by concepts and by search, then weighed by what they say."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from dutygraph.answer.catalogue import Catalogue
from dutygraph.answer.facts import Facts, Statement
from dutygraph.answer.link import Links
from dutygraph.answer.odds import Odds
from dutygraph.answer.question import Question
from dutygraph.answer.reasons import Reasons, size_of
from dutygraph.answer.sentences import Sentence
from dutygraph.answer.terms import Terms
from dutygraph.answer.thresholds import Weights
from dutygraph.answer.words import QuestionWords
from dutygraph.retrieve import Hit, Index, normalise

__all__ = ["Candidate", "Seeker", "kind_of"]

_SEARCHED = 400  # hits asked of the index for all places together
_FEWEST = 2  # terms; a single one shared proves nothing
_CROWD = 40  # the place of the hit whose cosine counts as nothing special
_ACTING = ("share", "item", "service", "regime", "regime-item", "duty")  # kinds of records that may say who acts
_DUTIES = frozenset({"share", "item", "duty"})
_BESIDE = frozenset({"assist", "participate", "inform"})  # roles beside the one who does it
_WEIGHED = 24  # candidates of one place whose records are read


@dataclass(frozen=True, slots=True)
class Candidate:
    """A record with the reasons for it, each 0 … 1. ``clause`` is the part of its text that fits best; ``actor`` the
    agency that this part names as acting, empty when that is the record's own."""

    statement: Statement
    score: float
    concept: float
    coverage: float
    cosine: float
    bm25: float
    action: float
    clause: str
    actor: str

    @property
    def topic(self) -> str:
        """What the record is about, in its own words: for a work item what it says, for others the heading."""
        statement = self.statement
        return (statement.subject if statement.kind not in ("item", "duty") else "") or self.clause or statement.title


@dataclass(frozen=True, slots=True)
class _Proposal:
    concept: float = 0.0
    cosine: float = 0.0
    bm25: float = 0.0
    official: float = 0.0
    above: float = 0.0
    bridged: float = 0.0


class Seeker:
    """Finds the candidates of one question, for any kinds of records and any place, searching only once."""

    def __init__(
        self,
        question: Question,
        links: Links,
        terms: Terms,
        *,
        facts: Facts,
        catalogue: Catalogue,
        index: Index,
        words: QuestionWords,
        weights: Weights,
        ranking: Odds,
    ) -> None:
        self._question = question
        self._links = links
        self._terms = terms.all
        self._facts = facts
        self._catalogue = catalogue
        self._weights = weights
        self._ranking = ranking
        self._wants = words.modifiers["department"], words.modifiers["agency"]
        self._lexical = weights.lexical_in_story if question.story else weights.lexical
        self._asked = tuple(action for action in words.actions.values() if action.asked.search(question.focus))
        self._spans: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for mention in links.mentions:
            self._spans[mention.target].append((mention.start, mention.end))
        official = (phrase for iri, _ in links.topics for phrase in catalogue.concepts[iri].official)
        sought = terms.content or question.focus or question.text
        # A question is understood best as it was put; a story by what remains of it without its shells.
        meaning = sought if question.story else question.text
        hits = index.search(sought, limit=_SEARCHED, official=official, meaning=meaning)
        self.bearing = index.bearing(meaning)
        self._crowd = _crowd(hit.cosine for hit in hits)
        self._bridged_crowd = _crowd(hit.bridged for hit in hits)
        self._bm25_full = max((weights.bm25_full, *(hit.bm25 for hit in hits)))
        self._official_full = max((weights.bm25_full, *(hit.official for hit in hits)))
        self._hits = _by_place(hits)
        self._proposed: dict[str, dict[str, _Proposal]] = {}
        self._known: dict[tuple[str, frozenset[str]], tuple[Candidate, ...]] = {}
        self._probable: dict[tuple[str, frozenset[str]], tuple[Candidate, ...]] = {}
        self._weighed: dict[str, Candidate] = {}

    def candidates(self, code: str, kinds: Iterable[str]) -> tuple[Candidate, ...]:
        """The candidates of these kinds in one place, the best first. The order is the same every time."""
        key = (code, frozenset(kinds))
        if key not in self._known:
            self._known[key] = self._weigh(code, key[1])
        return self._known[key]

    def responsible(self, code: str) -> tuple[Candidate, ...]:
        """The records of a place that may say who is responsible, the best first: a share or a work item says it
        outright, a rule for inspections only in passing."""
        return self.probable(code, _ACTING)

    def probable(self, code: str, kinds: Iterable[str]) -> tuple[Candidate, ...]:
        """The candidates of these kinds in one place, each scored by how probable it is that the question means it, the
        best first."""
        key = (code, frozenset(kinds))
        if key not in self._probable:
            candidates = self.candidates(*key)
            self._facts.learn_roles(candidate.statement.iri for candidate in candidates)
            found = map(self._with_probability, candidates)
            self._probable[key] = tuple(sorted(found, key=lambda c: (-c.score, c.statement.order, c.statement.iri)))
        return self._probable[key]

    def _with_probability(self, candidate: Candidate) -> Candidate:
        statement = candidate.statement
        reasons = self.reasons(candidate).named(statement.kind, story=self._question.story)
        return replace(candidate, score=round(self._ranking.probability(reasons), 4))

    def reasons(self, candidate: Candidate) -> Reasons:
        """What speaks for a record being the one that says who is responsible."""
        statement = candidate.statement
        proposal = self._proposals(statement.code).get(statement.iri, _Proposal())
        department, agency = (bool(pattern.search(self._question.focus)) for pattern in self._wants)
        length, departments = size_of(statement)
        return Reasons(
            concept=candidate.concept,
            coverage=candidate.coverage,
            literal=self._literal(self._facts.plain(statement)) ** 2,
            standing=candidate.cosine,
            cosine=proposal.above,
            bridged=proposal.bridged,
            lexical=candidate.bm25,
            official=proposal.official,
            action=candidate.action,
            stray=float(statement.kind == "share" and not self.about_matter(statement)),
            beside=float(self._facts.role(statement, candidate.clause) in _BESIDE),
            actor=float(bool(candidate.actor)),
            department=float(department and bool(statement.departments)),
            agency=float(agency and not statement.own),
            length=length,
            departments=departments,
        )

    def likeness(self, codes: Iterable[str]) -> float | None:
        """The best cosine of any record of these places; None without an encoder, or when nothing was found there."""
        found = [hit.cosine for code in codes for hit in self._hits.get(code, {}).values() if hit.cosine is not None]
        return max(found, default=None)

    def cosine(self, statement: Statement) -> float | None:
        """The cosine of the question and the record; None without an encoder, or when search did not bring it up."""
        hit = self._hits.get(statement.code, {}).get(statement.iri)
        return hit.cosine if hit else None

    def about_matter(self, statement: Statement) -> bool:
        """Whether the question is about the matter that a share belongs to, and not only about what it mentions."""
        proposal = self._proposals(statement.code).get(statement.part)
        title = normalise(statement.part_title)
        return (proposal is not None and proposal.concept > 0) or any(term.text in title for term in self._terms)

    def score(self, statement: Statement) -> Candidate:
        """A record weighed as a candidate, whether or not anything proposed it."""
        return self._candidate(statement, self._proposals(statement.code).get(statement.iri, _Proposal()))

    def _weigh(self, code: str, kinds: frozenset[str]) -> tuple[Candidate, ...]:
        proposals = sorted(self._proposals(code).items(), key=lambda pair: (-_first_guess(pair[1]), pair[0]))
        wanted = [(iri, proposal) for iri, proposal in proposals if kind_of(iri) in kinds][:_WEIGHED]
        statements = self._facts.read(iri for iri, _ in wanted)
        found = [
            self._candidate(statements[iri], proposal)
            for iri, proposal in wanted
            if iri in statements and statements[iri].code == code and not statements[iri].dropped
        ]
        return tuple(sorted(found, key=lambda c: (-c.score, c.statement.order, c.statement.iri)))

    def _proposals(self, code: str) -> Mapping[str, _Proposal]:
        if code not in self._proposed:
            self._proposed[code] = self._propose(code)
        return self._proposed[code]

    def _propose(self, code: str) -> dict[str, _Proposal]:
        concept: dict[str, float] = {}
        for node, strength in self._denoted(code):
            # independent reasons add up, and never reach certainty by being many
            concept[node] = 1 - (1 - concept.get(node, 0.0)) * (1 - strength * self._weights.certainty)
        for iri, strength in list(concept.items()):
            for member in self._members(iri):
                inherited = strength * self._weights.inherited
                concept[member] = 1 - (1 - concept.get(member, 0.0)) * (1 - inherited)
        hits = self._hits.get(code, {})
        return {
            iri: _Proposal(
                concept.get(iri, 0.0),
                min(1.0, max(0.0, _above(hit.cosine, self._crowd) / self._weights.cosine_spread)) if hit else 0.0,
                hit.bm25 / self._bm25_full if hit else 0.0,
                hit.official / self._official_full if hit else 0.0,
                _above(hit.cosine, self._crowd) if hit else 0.0,
                _above(hit.bridged, self._bridged_crowd) if hit else 0.0,
            )
            for iri in {**concept, **hits}
            for hit in (hits.get(iri),)
        }

    def _denoted(self, code: str) -> Iterator[tuple[str, float]]:
        """The records that the question's concepts stand for in a place, and how strongly: the more records of a sort
        a concept has, the less it says of each. A concept with no duty there lends its word to those near it."""
        concepts = self._catalogue.concepts
        for iri, weight in self._links.topics:
            nodes = concepts[iri].denotes.get(code, frozenset())
            yield from _spread(nodes, weight)
            if not any(kind_of(node) in _DUTIES for node in nodes):
                for other in concepts[iri].near:
                    beside = concepts[other].denotes.get(code, frozenset()) if other in concepts else frozenset()
                    yield from _spread(beside, weight * self._weights.near)

    def _members(self, iri: str) -> Sequence[str]:
        """The records that belong to a matter, regime or department."""
        kind = kind_of(iri)
        query = {
            "matter": ("shares", "matter"),
            "regime": ("regime-items", "regime"),
            "department": ("department-items", "department"),
        }.get(kind)
        if query is None:
            return ()
        return [statement.iri for statement in self._facts.statements(query[0], **{query[1]: iri})]

    def _candidate(self, statement: Statement, proposal: _Proposal) -> Candidate:
        if statement.iri not in self._weighed:
            self._weighed[statement.iri] = self._weigh_one(statement, proposal)
        return self._weighed[statement.iri]

    def _weigh_one(self, statement: Statement, proposal: _Proposal) -> Candidate:
        text = self._facts.plain(statement)
        sentence = self._sentence(statement)
        literal = self._literal(text)
        action = self._action(text)
        if sentence is not None and statement.kind in _DUTIES:
            # of a long cell one sentence answers: what the others say counts half
            literal = (literal + self._literal(self._facts.surroundings(statement) + sentence.plain)) / 2
            action = (action + self._action(sentence.plain)) / 2
        coverage = self._coverage(statement, text)
        weights = self._weights
        score = (
            weights.concept * proposal.concept
            + weights.coverage * coverage
            + weights.dense * proposal.cosine
            + self._lexical * proposal.bm25
            + weights.official * proposal.official
            + weights.action * action
            # squared: a few terms are shared by chance, all of them are not
            + weights.literal * literal**2
        )
        return Candidate(
            statement,
            round(score, 4),
            proposal.concept,
            coverage,
            proposal.cosine,
            proposal.bm25,
            action,
            sentence.text if sentence else statement.text,
            self._actor(statement, sentence),
        )

    def _actor(self, statement: Statement, sentence: Sentence | None) -> str:
        """The agency that the sentence names as acting, by the name it has in the registers, when it is not the one of
        the row."""
        if sentence is None or not sentence.actor or statement.kind not in _DUTIES or statement.row_agency:
            return ""
        named = self._catalogue.agency(sentence.actor, statement.code) or sentence.actor
        return "" if named == statement.agency or named in {unit.name for unit in statement.departments} else named

    def _coverage(self, statement: Statement, text: str) -> float:
        """The share of the question's terms that the record says, itself or through a concept that stands for it."""
        if not self._terms:
            return 0.0
        spans = [
            span
            for iri, _ in self._links.topics
            if statement.iri in (nodes := self._catalogue.concepts[iri].denotes.get(statement.code, frozenset()))
            or statement.part in nodes
            for span in self._spans[iri]
        ]
        covered = sum(
            term.text in text or any(start < term.end and term.start < end for start, end in spans)
            for term in self._terms
        )
        return covered / len(self._terms)

    def _literal(self, text: str) -> float:
        """The share of the question's terms that the record says itself."""
        if len(self._terms) < _FEWEST:
            return 0.0
        return sum(term.text in text for term in self._terms) / len(self._terms)

    def _action(self, text: str) -> float:
        """Whether what is asked to be done is what the record does."""
        if not self._asked:
            return 0.0
        return sum(any(word in text for word in action.stated) for action in self._asked) / len(self._asked)

    def _sentence(self, statement: Statement) -> Sentence | None:
        """The sentence of the record that fits the question best."""
        sentences = self._facts.sentences(statement)
        if len(sentences) < 2:
            return sentences[0] if sentences else None
        officials = [
            (weight * 2 / _crowding(concept.denotes.get(statement.code, ())), concept.official)
            for iri, weight in self._links.topics
            for concept in (self._catalogue.concepts[iri],)
        ]

        def fit(text: str) -> float:
            said = sum(term.text in text for term in self._terms)
            concepts = sum(weight for weight, phrases in officials if any(phrase in text for phrase in phrases))
            return round(said + concepts + self._action(text), 6)

        return max(sentences, key=lambda sentence: fit(sentence.plain))


def _crowd(cosines: Iterable[float | None]) -> float | None:
    """The cosine of a hit that is nothing special; None when there are none."""
    known = sorted((cosine for cosine in cosines if cosine is not None), reverse=True)
    return known[min(_CROWD, len(known) - 1)] if known else None


def _above(cosine: float | None, crowd: float | None) -> float:
    """How far a cosine stands out from those of the question's other hits: the cosines of one question crowd, and those
    of another lie elsewhere, so only the difference says something."""
    return cosine - crowd if cosine is not None and crowd is not None else 0.0


def _spread(nodes: Iterable[str], weight: float) -> Iterator[tuple[str, float]]:
    sorts: dict[bool, list[str]] = defaultdict(list)
    for node in sorted(nodes):
        sorts[kind_of(node) in _DUTIES].append(node)
    for alike in sorts.values():
        strength = weight / _crowding(alike)
        yield from ((node, strength) for node in alike)


def _crowding(nodes: Collection[str]) -> float:
    """How much less a concept says of each of its records, the more there are: 1 for one, 2 for seven."""
    return 1 + math.log(max(1, len(nodes))) / 2


def _first_guess(proposal: _Proposal) -> float:
    return proposal.concept + 0.5 * (proposal.bm25 + proposal.official + proposal.cosine + proposal.bridged)


def _by_place(hits: Iterable[Hit]) -> dict[str, dict[str, Hit]]:
    found: dict[str, dict[str, Hit]] = defaultdict(dict)
    for hit in hits:
        found[hit.jurisdiction].setdefault(hit.iri, hit)
    return found


def kind_of(iri: str) -> str:
    """The kind in an IRI of our own: …/id/matter/130524-gongan/… is a matter."""
    return iri.partition("/id/")[2].partition("/")[0]
