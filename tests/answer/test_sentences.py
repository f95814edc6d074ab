"""Who acts in the sentences of a cell."""

from __future__ import annotations

import pytest

from dutygraph.answer.sentences import bears_name, sentences_of


def test_a_sentence_names_its_own_subject_and_the_next_ones_keep_it() -> None:
    text = "负责水库的日常巡查。水务局负责取水许可的审批。负责河道采砂的管理；教育局指定学校开展宣传。"
    assert [sentence.actor for sentence in sentences_of(text)] == ["", "水务局", "水务局", "教育局"]


@pytest.mark.parametrize(
    "text",
    [
        "配合教育局负责校园安全。",
        "对民政部门负责的事项进行监督。",
        "有关部门负责落实。",
        "局指定两名人员参加检查。",
        "负责全局工作。",
    ],
)
def test_an_agency_that_is_helped_watched_or_unnamed_is_no_subject(text: str) -> None:
    assert [sentence.actor for sentence in sentences_of(text)] == [""]


def test_a_point_of_a_list_is_read_with_the_words_that_open_it() -> None:
    sentences = sentences_of("负责查处下列违法养殖：一是无证养殖。二是超出范围。负责渔船检验。")
    assert [sentence.text for sentence in sentences][1] == "二是超出范围。"
    assert sentences[1].plain.startswith("负责查处下列违法养殖:")
    assert sentences[2].plain.startswith("负责渔船检验")


def test_a_short_name_is_borne_by_the_agency_that_has_its_words() -> None:
    assert bears_name("水务局", "水利和水务管理局")
    assert bears_name("农牧局", "农业和畜牧局")
    assert not bears_name("教育局", "水务局")
    assert not bears_name("某局", "某某局")
