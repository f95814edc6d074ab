"""Questions in pinyin, by sound, and with a slip, on the made-up registers."""

from __future__ import annotations

import pytest

from dutygraph.answer import Answerer
from dutygraph.answer.question import read_question
from dutygraph.answer.respell import Respeller
from dutygraph.answer.words import read_question_words
from dutygraph.resources import data_dir

WORDS = read_question_words(data_dir() / "lexicon" / "questions.toml")
RESPELLER = Respeller(["烟花爆竹", "养老机构", "殡葬管理", "fireworks"], WORDS)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("yanhua baozhu gui shui guan", "烟花爆竹"),
        ("yanglao jigou zhao na ge bumen", "养老机构"),
        ("养老机够归谁管", "养老机构"),
        ("宾葬管理归谁管", "殡葬管理"),
    ],
)
def test_the_name_that_is_meant_takes_the_place_of_what_was_written(written: str, meant: str) -> None:
    respelt = RESPELLER.respell(read_question(written, WORDS))
    assert respelt is not None
    assert meant in respelt.text
    assert (respelt.raw, respelt.lang) == (written, "zh")


@pytest.mark.parametrize("text", ["who can do men songs", "明天会不会刮风", "zenme ban", "who handles the rain?"])
def test_what_is_near_no_name_stays_as_it_is(text: str) -> None:
    assert RESPELLER.respell(read_question(text, WORDS)) is None


def test_english_words_that_happen_to_be_syllables_are_not_read_as_pinyin() -> None:
    assert Respeller(["方案"], WORDS).respell(read_question("is the fan gan on?", WORDS)) is None


def test_a_question_in_pinyin_gets_the_answer_of_the_same_in_characters(answerer: Answerer) -> None:
    plain, misspelt = (answerer.ask(text) for text in ("养老机构归谁管", "yanglao jigou gui shui guan"))
    assert plain.status == misspelt.status == "answered"
    assert plain.content.names == misspelt.content.names
