from __future__ import annotations

import pytest

from dutygraph.answer.facts import Citation
from dutygraph.answer.intents.acts import read_marks
from dutygraph.answer.model import Evidence, Law
from dutygraph.answer.question import read_question
from dutygraph.answer.words import read_question_words
from dutygraph.resources import data_dir

WORDS = read_question_words(data_dir() / "lexicon" / "questions.toml")
CELL = Evidence("a.txt", "依据", "row 1", "", "urn:cell")


def _cited(title: str, number: str | None = None) -> Citation:
    return Citation(Law(title, number), f"《{title}》（{number or ''}）", "130427", CELL)


ORDINANCE = _cited("河北省城市绿化条例")
MEASURES = _cited("城市绿线管理办法", "建设部令第112号")


@pytest.mark.parametrize(
    ("question", "ordinance", "measures"),
    [
        ("砍行道树要罚，罚的是哪个办法", 0, 1),
        ("绿化的省里那部条例叫什么", 2, 0),
        ("what are the provincial rules on street trees called?", 1, 0),
        ("which measures cover the green belt?", 0, 1),
        ("砍行道树按哪部法罚", 0, 0),  # people call any act a law
        ("超市门口的树谁管，哪部法", 0, 0),  # a supermarket is no city
    ],
)
def test_the_class_and_issuer_that_a_question_names_mark_an_act(question: str, ordinance: int, measures: int) -> None:
    asked = read_question(question, WORDS)
    assert (read_marks(asked, ORDINANCE), read_marks(asked, MEASURES)) == (ordinance, measures)
