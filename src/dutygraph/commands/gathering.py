"""What calibrating learns from: what the open home makes of the questions of a bank and of everyday wordings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from dutygraph.answer import Answerer
    from dutygraph.answer.model import Intent
    from dutygraph.answer.weighed import Weighed
    from dutygraph.evaluation import Gold, Placed, Question
    from dutygraph.evaluation.calibration import Case, Choice
    from dutygraph.pipeline import Progress

__all__ = [
    "HELD_OUT",
    "OTHERS",
    "TRAINED",
    "Wording",
    "gather_cases",
    "gather_cells",
    "gather_choices",
    "read_wordings",
]

TRAINED, HELD_OUT = "everyday, trained on", "everyday, held out"
"""Sources of wordings: whether the encoder was trained on them."""

# Kinds of questions about one thing; those about a register as a whole are not judged by signs.
_KINDS = ("who", "legal", "phone", "indicator", "penalty", "procedure", "unanswerable")
# What a wording of the corpus counts against a question of the bank: there are many more of them, and they are placed
# by one reading of their official sentence. Of those that the encoder was trained on every third is enough.
_IN_RANKING, _IN_WITHIN, _EVERY = 0.1, 0.25, 3

OTHERS = 3.0
"""What a question on other registers counts: these are few, and what holds there too is no habit of two registers."""


@dataclass(frozen=True, slots=True)
class Wording:
    """A wording of the everyday corpus, with what is known of its official sentence."""

    text: str
    topic: str
    source: str
    placed: Placed


def read_wordings(file: Path) -> Iterator[Wording]:
    """The wordings of the corpus whose official sentence is placed; of those trained on, some."""
    from dutygraph.evaluation import read_placed
    from dutygraph.resources import data_dir
    from dutygraph.retrieve.training.corpus import read_corpus, split_corpus

    everyday = data_dir() / "everyday"
    placed = {each.official: each for each in read_placed(file)}
    for split, groups in split_corpus(read_corpus(everyday), everyday).items():
        trained = split == "training"
        for group in groups:
            if group.official in placed:
                for wording in group.wordings[:: _EVERY if trained else 1]:
                    source = TRAINED if trained else HELD_OUT
                    yield Wording(wording.text, group.topic, source, placed[group.official])


def gather_choices(
    answerer: Answerer,
    questions: Sequence[tuple[str, Sequence[Question]]],
    wordings: Sequence[Wording],
    on_progress: Progress,
) -> Iterator[Choice]:
    """For each question of who is responsible, and each wording that a register answers, the records of each place."""
    from dutygraph.evaluation.calibration import Choice

    asked = [(source, question) for source, all_ in questions for question in all_ if question.kind == "who"]
    answered = [wording for wording in wordings if "yes" in wording.placed.fit.values()]
    doing, total = "权衡记录 · weighing records", len(asked) + len(answered)
    for done, (source, question) in enumerate(asked, 1):
        for code, records in answerer.records(question.text, question.ask_jurisdiction).items():
            gold = _gold_at(question, code)
            if gold:
                right, exact = _marks(records, gold, question, code)
                yield Choice(f"{source}/{question.id}", source, _reasons(records), right, exact)
        on_progress(doing, done, total)
    for done, wording in enumerate(answered, len(asked) + 1):
        for code, records in answerer.records(wording.text).items():
            if wording.placed.fit.get(code) == "yes":
                right = tuple(record.iri in wording.placed.records[code] for record in records)
                yield Choice(wording.topic, wording.source, _reasons(records), right, right, _IN_RANKING)
        on_progress(doing, done, total)


def gather_cells(
    answerer: Answerer, questions: Sequence[tuple[str, Sequence[Question]]], on_progress: Progress
) -> Iterator[Choice]:
    """For each question about one thing that does not ask who is responsible, the records of each place that may answer
    it. Right are those of the row, or of the regime, that the gold's evidence stands in; exact those that it quotes,
    which for the legal basis of a matter is the matter."""
    from dutygraph.answer.traits import KINDS
    from dutygraph.evaluation.calibration import Choice

    asked = [(source, question) for source, all_ in questions for question in all_ if question.kind in KINDS]
    for done, (source, question) in enumerate(asked, 1):
        intent = cast("Intent", question.kind)
        for code, records in answerer.records(question.text, question.ask_jurisdiction, intent).items():
            marks = [_cell_marks(record, question, code) for record in records]
            if any(right for right, _ in marks):
                rights, exacts = (tuple(column) for column in zip(*marks, strict=True))
                yield Choice(f"{source}/{question.id}", source, _reasons(records), rights, exacts)
        on_progress("权衡条目 · weighing cells", done, len(asked))


def _cell_marks(record: Weighed, question: Question, code: str) -> tuple[bool, bool]:
    """Whether a record is of a row that the evidence stands in, and whether the evidence quotes it."""
    from dutygraph.evaluation.fold import fold

    text = fold(record.text)
    right = exact = False
    for evidence in question.evidence:
        row = fold(evidence.section.partition("/")[2])
        if evidence.doc.startswith(code) and row and row in (fold(record.subject), *map(fold, record.units)):
            quote = fold(evidence.quote)
            quoted = quote in text or text in quote or (question.kind == "legal" and record.kind == "matter")
            right, exact = True, exact or quoted
    return right, exact


def _gold_at(question: Question, code: str) -> Gold | None:
    """What is right in one place; None when the gold says nothing of it."""
    gold = question.gold
    if gold.by_jurisdiction:
        return gold.at(code) if code in gold.by_jurisdiction else None
    return gold if (question.jurisdiction or question.ask_jurisdiction) in (None, code) else None


def _marks(
    records: Sequence[Weighed], gold: Gold, question: Question, code: str
) -> tuple[tuple[bool, ...], tuple[bool, ...]]:
    """Which records name a right unit, and which of these stand in a cell that the gold quotes."""
    from dutygraph.evaluation.fold import fold

    names = {fold(name) for name in (*gold.primary, *gold.accept)}
    quotes = [fold(evidence.quote) for evidence in question.evidence if evidence.doc.startswith(code)]
    right = tuple(not names.isdisjoint(map(fold, record.units)) for record in records)
    texts = [fold(record.text) for record in records]
    quoted = [any(quote in text or text in quote for quote in quotes) for text in texts]
    return right, tuple(one and other for one, other in zip(right, quoted, strict=True))


def _reasons(records: Sequence[Weighed]) -> tuple[Mapping[str, float], ...]:
    return tuple(record.reasons for record in records)


def gather_cases(
    answerers: Sequence[Answerer],
    questions: Sequence[tuple[str, Sequence[Question]]],
    wordings: Sequence[Wording],
    on_progress: Progress,
    weight: float = 1.0,
) -> Iterator[Case]:
    """The signs of each question about one thing and of each wording that the encoder has not seen, and whether the
    registers answer it. A wording of which a register says only a part teaches nothing. ``answerers``: whom to
    ask, by fold; ``weight``: what a question counts."""
    from dutygraph.evaluation.calibration import Case, fold_of

    asked = [(source, question) for source, all_ in questions for question in all_ if question.kind in _KINDS]
    unseen = [wording for wording in wordings if wording.source == HELD_OUT]
    doing, total = "读取迹象 · reading signs", len(asked) + len(unseen)
    for done, (source, question) in enumerate(asked, 1):
        group = f"{source}/{question.id}"
        signs = answerers[fold_of(group)].signs(question.text, question.ask_jurisdiction)
        if signs:
            yield Case(group, source, signs.named(), question.kind != "unanswerable", weight)
        on_progress(doing, done, total)
    for done, wording in enumerate(unseen, len(asked) + 1):
        for code, fit in wording.placed.fit.items():
            signs = answerers[fold_of(wording.topic)].signs(wording.text, code) if fit != "part" else None
            if signs:
                yield Case(wording.topic, wording.source, signs.named(), fit == "yes", _IN_WITHIN)
        on_progress(doing, done, total)
