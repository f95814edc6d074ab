"""From a question to an Answer: read, link, try the readings, judge, say."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cached_property, lru_cache
from pathlib import Path
from types import ModuleType

from dutygraph.answer import render_en, render_zh
from dutygraph.answer.asking import Heard, Meaning, hear
from dutygraph.answer.candidates import Seeker
from dutygraph.answer.catalogue import read_catalogue
from dutygraph.answer.confidence import confidence_in
from dutygraph.answer.context import Context, Draft
from dutygraph.answer.facts import Facts
from dutygraph.answer.intents import ANSWERING
from dutygraph.answer.intents.listing import is_listed, is_of_named
from dutygraph.answer.intents.phone import whose_number
from dutygraph.answer.intents.remits import is_of_remit
from dutygraph.answer.intents.sets import is_structured
from dutygraph.answer.interpret import read_intents
from dutygraph.answer.judge import OF_ONE_THING, judge
from dutygraph.answer.link import Links, link
from dutygraph.answer.model import Answer, Intent, Nearest, Option, Reading, Reason, Status, together
from dutygraph.answer.parts import join, parts_of
from dutygraph.answer.polar import is_polar
from dutygraph.answer.question import Question, read_again, read_question
from dutygraph.answer.render import STOPS, Saying
from dutygraph.answer.respell import Respeller, is_pinyin
from dutygraph.answer.safety import is_emergency, is_unrecorded, refusal
from dutygraph.answer.signs import Signs, read_signs
from dutygraph.answer.terms import read_terms
from dutygraph.answer.thresholds import Thresholds, read_thresholds
from dutygraph.answer.unclear import ask_back, vague
from dutygraph.answer.weighed import Weighed, weigh
from dutygraph.answer.words import read_question_words
from dutygraph.resources import data_dir
from dutygraph.retrieve import Index
from dutygraph.store import Store, Template

__all__ = ["Answerer"]

_PLAINLY = 0.85
_REMEMBERED = 64  # questions
_HARDLY = 0.6  # a first reading below this gives way to what the sentence is built like
# Asked plainly for a number or a sanction that is not there, who is responsible is no answer.
_NOTHING_ELSE_WILL_DO: tuple[Intent, ...] = ("indicator", "penalty")
# A number or a quotation in the question is no condition to these; which things meet one is another question.
_SAID_OF_ONE_THING: tuple[Intent, ...] = ("who", "describe", "list", "indicator", "penalty", "procedure")
# Which things a record names is asked like these; what a rule says of them has words of its own.
_LISTED: tuple[Intent, ...] = ("who", "describe", "list", "compositional")
_SAYS: Mapping[str, ModuleType] = {"zh": render_zh, "en": render_en}


class Answerer:
    """Answers questions from one built graph. Opening it asks the store five queries; after that each question costs
    one search and a few small ones. The same question on the same graph gives the same Answer, ``elapsed_ms`` aside."""

    def __init__(
        self,
        store: Store,
        index: Index,
        templates: Mapping[str, Template],
        *,
        words: Path | None = None,
        thresholds: Thresholds | None = None,
    ) -> None:
        """``words``: questions.toml, by default the project's own. Raises StoreError, TemplateError, SettingsError."""
        self._index = index
        self._facts = Facts(store, dict(templates))
        self._catalogue = read_catalogue(self._facts)
        self._words = read_question_words(words or data_dir() / "lexicon" / "questions.toml")
        self._thresholds = thresholds or read_thresholds(by_words=index.encoder is None)
        # What a question sounds like is asked before and after it is known what it names.
        self._heard = lru_cache(_REMEMBERED)(self._hear)

    def ask(
        self,
        question: str,
        jurisdiction: str | None = None,
        lang: str | None = None,
        id: str | None = None,  # noqa: A002
    ) -> Answer:
        """The answer to one question. ``jurisdiction``: the code of the place it is about, when the question names
        none; ``lang``: ``zh`` or ``en``, by default the question's own. Whatever the text, an Answer comes back."""
        started = time.perf_counter()
        read = read_question(question, self._words, lang)
        refused = refusal(read, self._words)
        answer = self._refuse(read, refused) if refused else self._answer_parts(read, jurisdiction)
        if is_emergency(read, self._words):
            answer = replace(answer, text=f"{_SAYS[read.lang].EMERGENCY}\n{answer.text}")
        elapsed = (time.perf_counter() - started) * 1000
        return replace(answer, id=id, graph_version=self._index.graph_version, elapsed_ms=elapsed)

    def _answer_parts(self, question: Question, jurisdiction: str | None) -> Answer:
        parts = parts_of(question, self._words, self._heard(question))
        if not parts:
            return self._answer(question, jurisdiction)
        asked = (read_again(question, part, self._words, question.lang) for part in parts)
        joined = join(question, tuple(self._answer(part, jurisdiction) for part in asked))
        # Parts none of which can be answered were hardly questions by themselves.
        return joined if joined.status == "answered" else self._answer(question, jurisdiction)

    def _answer(self, question: Question, jurisdiction: str | None) -> Answer:
        question, links = self._linked(question)
        codes, named = self._codes(links, jurisdiction)
        if not codes:
            return self._say(question, Draft("who", 0.0, reason="not_in_register"), (), named=True)
        context = self._context(question, links, codes, named=named)
        draft = whose_number(context)
        if draft is not None:
            return replace(self._say(question, draft, codes, named=named), confidence=1.0)
        choices = vague(context)
        if choices is not None:
            return self._say(question, Draft("who", 0.0, options=choices, reason="ambiguous"), codes, named=named)
        draft = judge(context, _best_draft(context))
        unrecorded = context.heard.likely["unrecorded"] >= self._thresholds.floors.unrecorded
        if draft.reason is None and (unrecorded or is_unrecorded(question, self._words)):
            draft = replace(draft, reason="not_recorded", by_place={}, nearest=_nearest(context, draft))
        confidence = confidence_in(context, draft)
        if confidence < self._thresholds.floors.sure:
            draft = ask_back(context, draft)
        return replace(self._say(question, draft, codes, named=named), confidence=confidence)

    def records(
        self, question: str, jurisdiction: str | None = None, intent: Intent = "who"
    ) -> dict[str, tuple[Weighed, ...]]:
        """By place that a question is about, the records that may say who is responsible, or that may answer another
        ``intent`` about one thing, the best first, with the reasons for each; empty when it names only places without
        a register. ``jurisdiction`` as in ``ask``."""
        context = self._understood(question, jurisdiction)
        return {code: weigh(context, code, intent) for code in context.codes} if context else {}

    def signs(self, question: str, jurisdiction: str | None = None) -> Signs | None:
        """What speaks for and against the registers answering a question; None when it is not about one thing, or names
        only places without a register. ``jurisdiction`` as in ``ask``."""
        context = self._understood(question, jurisdiction)
        draft = _best_draft(context) if context else None
        return read_signs(context, draft) if context and draft and draft.intent in OF_ONE_THING else None

    def _understood(self, text: str, jurisdiction: str | None) -> Context | None:
        question, links = self._linked(read_question(text, self._words))
        codes, named = self._codes(links, jurisdiction)
        return self._context(question, links, codes, named=named) if codes else None

    def _linked(self, question: Question) -> tuple[Question, Links]:
        """The question with what it names. When the part that asks names nothing, its whole text does; when that names
        nothing either, it may be misspelt or in pinyin."""
        links = link(question, self._catalogue)
        named = any(question.in_focus(m.start, m.end) for m in links.mentions if m.kind == "concept")
        if named and not is_pinyin(question.text):  # in pinyin an English word is named by chance
            return question, links
        if not question.story and (named or all(mention.kind == "place" for mention in links.mentions)):
            respelt = self._respeller.respell(question)
            if respelt is not None:
                return respelt, link(respelt, self._catalogue)
            if named:
                return question, links
        widened = question.widened()
        return widened, link(widened, self._catalogue)

    @cached_property
    def _respeller(self) -> Respeller:
        return Respeller(self._catalogue.spoken, self._words)

    def _codes(self, links: Links, jurisdiction: str | None) -> tuple[tuple[str, ...], bool]:
        """The places with a register that are asked about, and whether somebody named them; none when only a place
        without one is named."""
        known = self._catalogue.codes
        if links.codes:
            return links.codes, True
        if jurisdiction is not None:
            return tuple(code for code in known if code == jurisdiction), True
        if links.foreign:
            return (), True
        return known, False

    def _context(self, question: Question, links: Links, codes: tuple[str, ...], *, named: bool) -> Context:
        common = {register.agency_iri for register in self._catalogue.registers}
        terms = read_terms(question, links, self._words, common)
        seeker = Seeker(
            question,
            links,
            terms,
            facts=self._facts,
            catalogue=self._catalogue,
            index=self._index,
            words=self._words,
            weights=self._thresholds.weights,
            ranking=self._thresholds.ranking,
            cells=self._thresholds.cells,
        )
        return Context(
            question,
            links,
            terms,
            codes,
            named,
            self._words,
            self._thresholds,
            self._facts,
            self._catalogue,
            seeker,
            self._heard(question),
            reread=lambda text: self._reread(question, text, codes, named=named),
        )

    def _reread(self, question: Question, text: str, codes: tuple[str, ...], *, named: bool) -> Context:
        again, links = self._linked(read_again(question, text, self._words, question.lang))
        return self._context(again, links, codes, named=named)

    def _hear(self, question: Question) -> Heard:
        encoder, vector = self._index.encoder, self._index.vector(question.text)
        meaning = None if encoder is None or vector is None else Meaning(encoder, vector)
        return hear(question, self._words, meaning)

    def _refuse(self, question: Question, reason: Reason) -> Answer:
        return self._say(question, Draft("describe", 0.0, reason=reason), (), named=False)

    def _say(self, question: Question, draft: Draft, codes: tuple[str, ...], *, named: bool) -> Answer:
        say, codes = _SAYS[question.lang], draft.codes or codes
        saying = Saying(draft, self._catalogue, codes, named, draft.reason)
        labels = (option.rstrip(STOPS) for option in draft.options)
        options = tuple(Option(label, _asking_again(question, label)) for label in labels)
        status: Status = "answered" if draft.reason is None else "clarify" if options else "abstained"
        spoken = {} if status == "abstained" else draft.by_place
        if draft.reason is None:
            text = say.text(saying)
        else:
            text = say.doubt(saying) if spoken else say.abstention(saying, draft.reason)
        return Answer(
            question=question.raw,
            lang=question.lang,
            status=status,
            text=text,
            intent=draft.intent,
            interpretation=say.interpretation(saying),
            content=together(tuple(spoken.values())),
            by_jurisdiction=dict(sorted(spoken.items())),
            reason=draft.reason,
            jurisdictions=tuple(sorted(spoken)) or (codes if named else ()),
            options=options,
            nearest=draft.nearest,
            plan=draft.plan,
        )


def _best_draft(context: Context) -> Draft:
    """The draft of the reading that fits best: how plainly it was asked for, and how well it could be met."""
    best: tuple[float, Draft] | None = None
    for reading in _readings(context):
        answering: Callable[[Context], Draft] | None = ANSWERING.get(reading.intent)
        if answering is None:
            continue
        draft = answering(context)
        met = bool(draft.by_place) or draft.reason is not None
        value = round(reading.score * (0.5 + 0.5 * min(1.0, draft.score)) if met else 0.1 * draft.score, 4)
        if not met and reading.score >= _PLAINLY and reading.intent in _NOTHING_ELSE_WILL_DO:
            return draft
        if best is None or value > best[0]:
            best = (value, draft)
    draft = best[1] if best else Draft("who", 0.0)
    if draft.reason == "not_recorded" and is_polar(context.question, context.words):
        denial = ANSWERING["gap"](context)  # whoever asks whether it is recorded is told that it is not
        return denial if denial.denied and denial.by_place else draft
    return draft


def _readings(context: Context) -> tuple[Reading, ...]:
    """The readings worth trying: by the words for them and by what was learned, and before these what the structure of
    the question plainly asks for."""
    readings = read_intents(context.question, context.words, context.heard)
    first = readings[0]
    others = tuple(reading for reading in readings if reading.intent != "list")
    if first.intent in _SAID_OF_ONE_THING and is_structured(context):
        return (Reading("compositional", 1.0), *(r for r in readings if r.intent != "compositional"))
    if first.intent in _LISTED and is_listed(context):
        return (Reading("list", 1.0), *others)
    unsure = first.score < _HARDLY
    if (unsure or first.intent in (*_LISTED, "procedure", "count")) and is_of_remit(context):
        return (Reading("list", 1.0), *others)
    if first.intent in ("who", "describe") and is_of_named(context):
        return (*others, Reading("list", first.score))
    return readings


def _nearest(context: Context, draft: Draft) -> tuple[Nearest, ...]:
    """What the registers do say nearest to a question that they do not answer."""
    firsts = {code: found.results[0] for code, found in sorted(draft.by_place.items()) if found.results}
    return tuple(
        Nearest(f"{context.catalogue.place(code)}：{result.subject or result.statement}", result.iri)
        for code, result in firsts.items()
    )


def _asking_again(question: Question, label: str) -> str:
    return f"{label}：{question.raw.strip()}" if question.lang == "zh" else f"{label}: {question.raw.strip()}"
