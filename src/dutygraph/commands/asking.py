"""Learns what questions ask for: ``python -m dutygraph.commands.asking FORMS.tsv QUESTIONS.jsonl…`` rewrites the
weights that answering reads, by words alone and with the encoder that comes along. FORMS.tsv has the columns of
data/forms; QUESTIONS.jsonl are questions with their gold."""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dutygraph.evaluation.intents import Asked
    from dutygraph.retrieve.encoders import Encoder

__all__ = ["learn_asking", "main"]

_LABELS = {"ambiguous": "vague"}  # of kinds that are called otherwise; why one is unanswerable is not said
_BANK = 2.0  # a question of a bank counts like two of the forms, which are odder than what most people ask


def learn_asking(forms: Path, banks: Sequence[Path], target: Path, encoder: Encoder | None = None) -> None:
    """Fit the model to the forms and banks and write it to ``target``, the same file from the same questions; with an
    encoder, to what it makes of them too. Raises EvaluationError when a bank, OSError when a file cannot be read."""
    import orjson

    from dutygraph.evaluation.intents import fit_intents

    model = fit_intents(list(_questions(forms, banks, encoder)))
    if encoder:
        model["encoder"] = encoder.name
    target.write_bytes(orjson.dumps(model, option=orjson.OPT_SORT_KEYS).replace(b"],", b"],\n") + b"\n")


def _questions(forms: Path, banks: Sequence[Path], encoder: Encoder | None) -> Iterator[Asked]:
    from dutygraph.answer.asking import cues, wording
    from dutygraph.answer.question import read_question
    from dutygraph.answer.words import read_question_words
    from dutygraph.evaluation import read_questions
    from dutygraph.evaluation.intents import Asked
    from dutygraph.resources import data_dir
    from dutygraph.retrieve.bearings import take_bearings

    words = read_question_words(data_dir() / "lexicon" / "questions.toml")

    def asked(intent: str, text: str, weight: float) -> Asked:
        question = read_question(text, words)
        meaning = take_bearings(encoder, question.text).vector if encoder else None
        return Asked(intent, dict(cues(question, words)), wording(question), weight, meaning)

    with forms.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
            yield asked(row["intent"], row["question"], 1.0)
    for bank in banks:
        for question in read_questions(bank):
            if question.kind != "unanswerable":
                yield asked(_LABELS.get(question.kind, question.kind), question.text, _BANK)


def main(arguments: Sequence[str]) -> None:
    """The paths of the forms and of the banks, as on the command line."""
    from dutygraph.answer.asking import BY_WORDS, MODEL
    from dutygraph.retrieve.encoders import open_encoder

    forms, *banks = map(Path, arguments)
    learn_asking(forms, banks, BY_WORDS)
    learn_asking(forms, banks, MODEL, open_encoder("auto"))


if __name__ == "__main__":
    main(sys.argv[1:])
