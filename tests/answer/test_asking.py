"""The learned reading of intents: what it looks at, what it says, and that the weights that come along fit the code."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import get_args

import numpy as np
import pytest

from dutygraph.answer.asking import BY_WORDS, MODEL, UNASKED, Asking, Meaning, cues, hear, read_asking, wording
from dutygraph.answer.model import Intent
from dutygraph.answer.question import Question, read_question
from dutygraph.answer.words import QuestionWords, read_question_words
from dutygraph.commands.asking import learn_asking
from dutygraph.resources import data_dir
from dutygraph.retrieve.encoders import open_encoder

HEADER = "intent\tlang\tquestion\n"
LARGEST = 300_000  # bytes
SOME = 10  # of the forms one in so many is asked
KNOWN_AGAIN = 0.8  # of the questions that it was learned from


@pytest.fixture(scope="module")
def words() -> QuestionWords:
    return read_question_words(data_dir() / "lexicon" / "questions.toml")


def asked(text: str, words: QuestionWords) -> Question:
    return read_question(text, words)


def test_chinese_is_read_in_pieces_of_up_to_four_characters_with_its_ends(words: QuestionWords) -> None:
    pieces = wording(asked("谁管犬", words))
    assert {"谁", "管犬", "^谁管犬", "犬$"} <= pieces
    assert "^谁管犬$" not in pieces


def test_english_is_read_in_words_and_pairs_with_its_ends(words: QuestionWords) -> None:
    pieces = wording(asked("who walks dogs?", words))
    assert {"_who", "_walks_dogs", "_^_who", "_?_$"} <= pieces
    assert "_who_walks_dogs" not in pieces


def test_only_cues_that_are_there_count(words: QuestionWords) -> None:
    heard = {name: value for name, value in cues(asked("how many departments are there", words), words) if value}
    assert heard["english"] == 1.0
    assert heard["intents.count"] >= 0.7
    assert "intents.penalty" not in heard


def test_probabilities_follow_the_weights() -> None:
    model = Asking(("phone", "who"), (0, 0), {"story": (20, 0)}, {"谁": (0, 40)})
    pieces = frozenset("谁管犬猫")
    assert model.probabilities({}, pieces) == {"phone": 0.1192, "who": 0.8808}  # one of four: 4 / √4 = 2
    assert model.probabilities({"story": 1.0}, pieces) == {"phone": 0.5, "who": 0.5}
    assert model.probabilities({}, frozenset()) == {"phone": 0.5, "who": 0.5}


def test_what_an_encoder_makes_of_a_question_counts() -> None:
    model = Asking(("phone", "who"), (0, 0), {}, {}, np.array([[20, 0], [0, 40]]), "an encoder")
    assert model.probabilities({}, frozenset(), Meaning("an encoder", np.array([0.5, 0.0]))) == {
        "phone": 0.7311,
        "who": 0.2689,
    }
    assert model.probabilities({}, frozenset(), Meaning("an encoder", np.array([1.0, 0.5]))) == {
        "phone": 0.5,
        "who": 0.5,
    }


def test_the_meaning_that_another_encoder_gives_is_not_weighed(words: QuestionWords) -> None:
    question = asked("烧烤摊的油烟谁管", words)
    learned = read_asking().meaning
    assert learned is not None
    assert hear(question, words, Meaning("another", np.ones(len(learned), dtype=np.float32))) == hear(question, words)


@pytest.mark.parametrize("path", [MODEL, BY_WORDS])
def test_the_weights_that_come_along_are_small_and_know_every_intent(path: Path) -> None:
    assert path.stat().st_size <= LARGEST
    model = read_asking(path)
    assert set(model.intents) == {*get_args(Intent), *UNASKED}
    assert {len(weights) for weights in (*model.cues.values(), *model.wording.values())} == {len(model.intents)}


@pytest.mark.parametrize("encoder", ["none", "auto"])
def test_the_weights_that_come_along_fit_the_pieces_and_cues_of_the_code(words: QuestionWords, encoder: str) -> None:
    with (data_dir() / "forms" / "questions.tsv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))[::SOME]
    opened = open_encoder(encoder)
    right = 0
    for row in rows:
        question = asked(row["question"], words)
        meaning = Meaning(opened.name, opened.query(question.text).vector) if opened else None
        said = hear(question, words, meaning).likely
        right += max(said, key=said.__getitem__) == row["intent"]
    assert right / len(rows) >= KNOWN_AGAIN


def test_learning_again_from_the_same_questions_writes_the_same_file(tmp_path: Path, words: QuestionWords) -> None:
    forms = tmp_path / "forms.tsv"
    asking = {"who": "归谁管", "phone": "的电话", "count": "有几只"}
    rows = [f"{intent}\tzh\t{thing}{rest}" for intent, rest in asking.items() for thing in "犬猫鼠鸟"]
    forms.write_text(HEADER + "\n".join(rows) + "\n", "utf-8")
    first, again = tmp_path / "first.json", tmp_path / "again.json"
    learn_asking(forms, [], first)
    learn_asking(forms, [], again)
    assert first.read_bytes() == again.read_bytes()
    question = asked("鱼归谁管", words)
    said = read_asking(first).probabilities(dict(cues(question, words)), wording(question))
    assert said["who"] > 0.5


def test_with_an_encoder_meanings_are_learned(tmp_path: Path) -> None:
    forms, model = tmp_path / "forms.tsv", tmp_path / "model.json"
    rows = ["who\tzh\t犬归谁管", "phone\tzh\t猫的电话", "count\tzh\t鼠有几只"]
    forms.write_text(HEADER + "\n".join(rows) + "\n", "utf-8")
    encoder = open_encoder("auto")
    assert encoder is not None
    learn_asking(forms, [], model, encoder)
    learned = read_asking(model)
    assert learned.encoder == encoder.name
    assert learned.meaning is not None
    assert learned.meaning.shape == (len(encoder.query("犬").vector), 3)
