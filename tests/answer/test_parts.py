from __future__ import annotations

import pytest

from dutygraph.answer.asking import hear
from dutygraph.answer.parts import parts_of
from dutygraph.answer.question import read_question
from dutygraph.answer.words import read_question_words
from dutygraph.resources import data_dir

WORDS = read_question_words(data_dir() / "lexicon" / "questions.toml")


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("广告牌归谁管，电话多少", ("广告牌归谁管", "广告牌电话多少")),
        ("磁县路灯谁负责？依据哪部条例？", ("磁县路灯谁负责", "磁县路灯依据哪部条例")),
        ("who handles street lamps and what is the phone number?", None),
    ],
)
def test_several_things_asked_of_one_are_asked_apart(text: str, parts: tuple[str, ...] | None) -> None:
    found = _parts(text)
    if parts is None:
        assert len(found) == 2
        assert "street lamps" in found[1]
        assert "phone" in found[1]
    else:
        assert found == parts


@pytest.mark.parametrize(
    "text",
    [
        "广告牌归谁管",
        "路灯坏了，井盖也丢了，归谁管",
        "两个县的路灯谁负责，电话各是多少，对照一下",
        "who handles street lamps in Cixian?",
        "房东收了三回押金不退，扣了两百，磁县这种事归哪个部门管",
        "卖菜的缺斤短两被罚款，罚款单上写的是哪部法",
    ],
)
def test_one_question_stays_one(text: str) -> None:
    assert _parts(text) == ()


def _parts(text: str) -> tuple[str, ...]:
    question = read_question(text, WORDS)
    return parts_of(question, WORDS, hear(question, WORDS))
