"""Records that may answer: proposed by concepts and by search, then weighed by what they say."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from dutygraph.answer.catalogue import Catalogue
from dutygraph.answer.facts import Facts, Statement
from dutygraph.answer.link import Links
from dutygraph.answer.model import Intent, unique
from dutygraph.answer.odds import Odds
from dutygraph.answer.proposals import DUTIES, Proposal, Proposals, crowding, read_crowd
from dutygraph.answer.question import Question
from dutygraph.answer.reasons import Reasons, size_of
from dutygraph.answer.sentences import Sentence
from dutygraph.answer.terms import Terms
from dutygraph.answer.thresholds import Weights
from dutygraph.answer.traits import KINDS, read_wanted, traits_of
from dutygraph.answer.words import QuestionWords
from dutygraph.retrieve import Index

__all__ = ["Candidate", "Seeker"]

_SEARCHED = 400  # hits asked of the index for all places together
_FEWEST = 2  # terms; a single one shared proves nothing
_ACTING = ("share", "item", "service", "regime", "regime-item", "duty")  # kinds of records that may say who acts
_BESIDE = frozenset({"assist", "participate", "inform"})  # roles beside the one who does it
_WEIGHED = 24  # candidates of one place whose records are read
_CELL_DIGITS = 6  # the likeliest cells of one regime come close to certainty together
_REGIMES = 3  # whose every item is weighed


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

    def rivals(self, leader: Candidate, share: float) -> bool:
        """Whether the odds of this one (its score being a probability) reach this share of the leader's."""
        return self.score * (1 - leader.score) >= share * leader.score * (1 - self.score)

    @property
    def topic(self) -> str:
        """What the record is about, in its own words: for a work item what it says, for others the heading."""
        statement = self.statement
        return (statement.subject if statement.kind not in ("item", "duty") else "") or self.clause or statement.title


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
        cells: Odds,
    ) -> None:
        self._question = question
        self._links = links
        self._terms = terms.all
        self._said = tuple(term.text for term in terms.all)
        self._facts = facts
        self._catalogue = catalogue
        self._weights = weights
        self._ranking = ranking
        self._cells = cells
        self._wanted = read_wanted(question, words)
        self._wants_department = bool(words.modifiers["department"].search(question.focus))
        self._wants_agency = bool(words.modifiers["agency"].search(question.focus))
        self._wants_inside = not self._wants_agency and self._asks_inside(words)
        self._lexical = weights.lexical_in_story if question.story else weights.lexical
        self._asked = tuple(action for action in words.actions.values() if action.asked.search(question.focus))
        self._spans: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for mention in links.mentions:
            self._spans[mention.target].append((mention.start, mention.end))
        official = (phrase for iri, _ in links.topics for phrase in catalogue.concepts[iri].official)
        sought = terms.content or question.focus or question.text
        # A question is understood best as it was put; a story by what remains of it without its shells.
        meaning = sought if question.story else question.text
        found = index.find(sought, limit=_SEARCHED, official=official, meaning=meaning)
        self.bearing = index.bearing(meaning)
        self._crowd = read_crowd(found, weights)
        self._found = {each.jurisdiction: each for each in found}
        self._proposed: dict[str, Proposals] = {}
        self._known: dict[tuple[str, frozenset[str]], tuple[Candidate, ...]] = {}
        self._probable: dict[tuple[str, frozenset[str]], tuple[Candidate, ...]] = {}
        self._answering: dict[tuple[str, Intent], tuple[Candidate, ...]] = {}
        self._index, self._meaning = index, meaning
        self._matches: dict[str, dict[str, float | None] | None] = {}
        self._usual: dict[str, float] = {}
        self._weighed: dict[str, Candidate] = {}
        self._reasons: dict[str, Reasons] = {}

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
            self._facts.learn_roles((c.statement.iri for c in candidates), ahead=self._proposals(code).all)
            found = map(self._with_probability, candidates)
            self._probable[key] = tuple(sorted(found, key=lambda c: (-c.score, c.statement.order, c.statement.iri)))
        return self._probable[key]

    def answering(self, code: str, intent: Intent) -> tuple[Candidate, ...]:
        """The records of a place that may answer what a question asks besides who is responsible (``traits.KINDS``),
        each scored by how probable it is that the answer stands in it, the best first. Of the regimes that are
        likeliest every item is among them."""
        key = (code, intent)
        if key not in self._answering:
            candidates = dict.fromkeys(self.candidates(code, KINDS[intent]))
            regimes = unique(regime for c in candidates if (regime := c.statement.regime))[:_REGIMES]
            items = [item for each in regimes for item in self._facts.statements("regime-items", regime=each)]
            candidates |= dict.fromkeys(self.score(item) for item in items if not item.dropped)
            self._match(code, (candidate.statement.iri for candidate in candidates))
            found = (replace(c, score=self._probability_in(c, intent)) for c in candidates)
            self._answering[key] = tuple(sorted(found, key=lambda c: (-c.score, c.statement.order, c.statement.iri)))
        return self._answering[key]

    def _probability_in(self, candidate: Candidate, intent: Intent) -> float:
        return round(self._cells.probability(self.reasons_in(candidate, intent)), _CELL_DIGITS)

    def reasons_in(self, candidate: Candidate, intent: Intent) -> dict[str, float]:
        """What speaks for the answer to what is asked standing in a record."""
        statement = candidate.statement
        reasons = self.reasons(candidate).named(statement.kind, story=self._question.story)
        return reasons | traits_of(statement, intent, self._wanted)

    def _with_probability(self, candidate: Candidate) -> Candidate:
        statement = candidate.statement
        reasons = self.reasons(candidate).named(statement.kind, story=self._question.story)
        return replace(candidate, score=round(self._ranking.probability(reasons), 4))

    def reasons(self, candidate: Candidate) -> Reasons:
        """What speaks for a record being the one that says who is responsible."""
        iri = candidate.statement.iri
        if iri not in self._reasons:
            self._reasons[iri] = self._reasons_for(candidate)
        return self._reasons[iri]

    def _reasons_for(self, candidate: Candidate) -> Reasons:
        statement = candidate.statement
        proposal = self._proposals(statement.code).of(statement.iri)
        length, departments = size_of(statement)
        return Reasons(
            concept=candidate.concept,
            coverage=candidate.coverage,
            literal=self._literal(self._facts.plain(statement)) ** 2,
            standing=candidate.cosine,
            cosine=proposal.above,
            bridged=proposal.bridged,
            late=self._late(statement),
            lexical=candidate.bm25,
            official=proposal.official,
            action=candidate.action,
            stray=float(statement.kind == "share" and not self.about_matter(statement)),
            beside=float(self._facts.role(statement, candidate.clause) in _BESIDE),
            actor=float(bool(candidate.actor)),
            department=float(self._wants_department and bool(statement.departments)),
            agency=float(self._wants_agency and not statement.own),
            outside=float(self._wants_inside and not statement.own),
            length=length,
            departments=departments,
        )

    def likeness(self, codes: Iterable[str]) -> float | None:
        """The best cosine of any record of these places; None without an encoder, or when nothing was found there."""
        found = [self._proposals(code).likeness() for code in codes]
        return max((cosine for cosine in found if cosine is not None), default=None)

    def cosine(self, statement: Statement) -> float | None:
        """The cosine of the question and the record; None without an encoder, or when search did not bring it up."""
        return self._proposals(statement.code).cosine(statement.iri)

    def _asks_inside(self, words: QuestionWords) -> bool:
        """Whether the question names the agency of a register and asks for somebody inside it."""
        own = {register.agency_iri for register in self._catalogue.registers}
        inside = self._wants_department or bool(words.modifiers["inside"].search(self._question.focus))
        return inside and any(mention.target in own for mention in self._links.mentions)

    def nearness(self, texts: Sequence[str]) -> dict[str, float] | None:
        """The cosines of the question and these texts; None without an encoder."""
        return self._index.nearness(self._meaning, texts)

    def match(self, statement: Statement) -> float | None:
        """How well the record matches the question token by token, 0 … 1; None without an encoder of tokens."""
        known = self._match(statement.code, [statement.iri])
        return None if known is None else known.get(statement.iri)

    def _match(self, code: str, iris: Iterable[str]) -> dict[str, float | None] | None:
        """The matches of a place's records as far as they are known, with those of ``iris`` and of the records that
        most likely act; None for a record that is not searched."""
        if code not in self._matches:
            likeliest = self._proposals(code).likeliest(frozenset(_ACTING), _WEIGHED)
            found = self._index.late(self._meaning, code, likeliest)
            self._matches[code] = None if found is None else dict(found)
            self._usual[code] = sum(found.values()) / max(1, len(found)) if found else 0.0
        matches = self._matches[code]
        if matches is not None and (missing := [iri for iri in iris if iri not in matches]):
            matches |= dict.fromkeys(missing) | (self._index.late(self._meaning, code, missing) or {})
        return matches

    def _late(self, statement: Statement) -> float:
        """How much better the record matches than the likeliest ones of its place do on average."""
        match = self.match(statement)
        return 0.0 if match is None else match - self._usual[statement.code]

    def about_matter(self, statement: Statement) -> bool:
        """Whether the question is about the matter that a share belongs to, and not only about what it mentions."""
        if self._proposals(statement.code).of(statement.part).concept > 0:
            return True
        title = self._facts.normalised(statement.part_title)
        return any(term in title for term in self._said)

    def score(self, statement: Statement) -> Candidate:
        """A record weighed as a candidate, whether or not anything proposed it."""
        return self._candidate(statement, self._proposals(statement.code).of(statement.iri))

    def _weigh(self, code: str, kinds: frozenset[str]) -> tuple[Candidate, ...]:
        proposals = self._proposals(code)
        statements = self._facts.read(proposals.likeliest(kinds, _WEIGHED), ahead=proposals.all)
        found = [
            self._candidate(statement, proposals.of(iri))
            for iri, statement in statements.items()
            if statement.code == code and not statement.dropped
        ]
        return tuple(sorted(found, key=lambda c: (-c.score, c.statement.order, c.statement.iri)))

    def _proposals(self, code: str) -> Proposals:
        if code not in self._proposed:
            self._proposed[code] = Proposals(
                code, self._found.get(code), self._crowd, self._links,
                facts=self._facts, catalogue=self._catalogue, weights=self._weights,
            )  # fmt: skip
        return self._proposed[code]

    def _candidate(self, statement: Statement, proposal: Proposal) -> Candidate:
        if statement.iri not in self._weighed:
            self._weighed[statement.iri] = self._weigh_one(statement, proposal)
        return self._weighed[statement.iri]

    def _weigh_one(self, statement: Statement, proposal: Proposal) -> Candidate:
        text = self._facts.plain(statement)
        sentence = self._sentence(statement)
        literal = self._literal(text)
        action = self._action(text)
        if sentence is not None and statement.kind in DUTIES:
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
        if sentence is None or not sentence.actor or statement.kind not in DUTIES or statement.row_agency:
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
        if not spans:
            return self._count(text) / len(self._terms)
        covered = sum(
            term.text in text or any(start < term.end and term.start < end for start, end in spans)
            for term in self._terms
        )
        return covered / len(self._terms)

    def _literal(self, text: str) -> float:
        """The share of the question's terms that the record says itself."""
        if len(self._said) < _FEWEST:
            return 0.0
        return self._count(text) / len(self._said)

    def _count(self, text: str) -> int:
        """How many of the question's terms a text says. Asked thousands of times a question, hence the map."""
        return sum(map(text.__contains__, self._said))

    def _action(self, text: str) -> float:
        """Whether what is asked to be done is what the record does."""
        if not self._asked:
            return 0.0
        return sum(any(map(text.__contains__, action.stated)) for action in self._asked) / len(self._asked)

    def _sentence(self, statement: Statement) -> Sentence | None:
        """The sentence of the record that fits the question best."""
        sentences = self._facts.sentences(statement)
        if len(sentences) < 2:
            return sentences[0] if sentences else None
        officials = [
            (weight * 2 / crowding(concept.denotes.get(statement.code, ())), concept.official)
            for iri, weight in self._links.topics
            for concept in (self._catalogue.concepts[iri],)
        ]

        def fit(text: str) -> float:
            concepts = sum(weight for weight, phrases in officials if any(map(text.__contains__, phrases)))
            return round(self._count(text) + concepts + self._action(text), 6)

        return max(sentences, key=lambda sentence: fit(sentence.plain))
