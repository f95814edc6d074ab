"""The everyday corpus holds what it says: no question with two answers, nothing of a test in the training."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from dutygraph.errors import SettingsError
from dutygraph.resources import data_dir
from dutygraph.retrieve import normalise
from dutygraph.retrieve.training.corpus import SPLITS, Group, Wording, find_repeats, read_corpus, split_corpus

EVERYDAY = data_dir() / "everyday"
STYLES = {"colloquial", "complaint", "question", "request", "report", "short", "clerk", "long"} | {
    "misprint", "traditional", "pinyin", "mixed",
}  # fmt: skip


@pytest.fixture(scope="module")
def groups() -> list[Group]:
    return read_corpus(EVERYDAY)


@pytest.fixture(scope="module")
def following() -> list[Group]:
    """What will be learned from next."""
    return read_corpus(EVERYDAY / "next")


def test_nothing_stands_in_it_twice(groups: list[Group], following: list[Group]) -> None:
    assert find_repeats(split_corpus([*groups, *following], EVERYDAY)) == []


def test_every_split_holds_both_languages(groups: list[Group]) -> None:
    split = split_corpus(groups, EVERYDAY)
    assert sum(map(len, split.values())) == len(groups)
    for name in SPLITS:
        assert {wording.language for group in split[name] for wording in group.wordings} == {"zh", "en"}


def test_topics_left_out_are_topics_of_the_corpus(groups: list[Group]) -> None:
    split = split_corpus(groups, EVERYDAY)
    trained = {group.topic for group in split["training"]}
    for name in ("test", "development"):
        assert split[name]
        assert trained.isdisjoint(group.topic for group in split[name])


def test_every_group_says_something(groups: list[Group], following: list[Group]) -> None:
    for group in [*groups, *following]:
        assert group.official.strip()
        assert group.wordings
        assert normalise(group.official) not in map(normalise, group.near), group.official
        assert {wording.style for wording in group.wordings} <= STYLES, group.official
        assert all(normalise(wording.text) for wording in group.wordings)


def test_no_wording_is_a_question_of_the_bank(groups: list[Group], following: list[Group]) -> None:
    bank = Path(__file__).parent.parent / "questions"
    lines = [line for path in bank.glob("*.jsonl") for line in path.read_text(encoding="utf-8").splitlines()]
    questions = {normalise(json.loads(line)["question"]) for line in lines}
    assert questions
    every = [wording.text for group in [*groups, *following] for wording in group.wordings]
    assert not [text for text in every if normalise(text) in questions]


def group(topic: str, official: str, *wordings: str) -> Group:
    return Group(topic, "who", official, (), tuple(Wording(text, "zh", "short") for text in wordings))


def test_repeats_are_found_across_splits_and_whatever_the_script() -> None:
    split = {"training": [group("dogs", "养犬登记", "狗证")], "test": [group("cats", "养猫登记", "猫证", "狗證")]}
    assert find_repeats(split) == ["狗证: training/dogs, test/cats"]  # type: ignore[arg-type]
    assert find_repeats({"test": [group("dogs", "养犬登记", "狗证", "狗证")]}) == ["狗证: test/dogs, test/dogs"]  # type: ignore[dict-item]


def test_the_rule_says_where_a_topic_goes(tmp_path: Path) -> None:
    (tmp_path / "splits.toml").write_text('test = ["a"]\ndevelopment = ["b"]\nknown_share = 4\n', encoding="utf-8")
    groups = [group(topic, f"{topic}{number}", "问") for topic in "abc" for number in range(40)]
    split = split_corpus(groups, tmp_path)
    assert {name: {each.topic for each in split[name]} for name in SPLITS} == {
        "test": {"a"}, "development": {"b"}, "training": {"c"}, "known": {"c"},
    }  # fmt: skip
    assert 3 <= len(split["known"]) <= 20
    assert split_corpus(groups, tmp_path) == split


@pytest.mark.parametrize("line", ["{", "{}", '{"topic": "a", "intent": "who", "p": "b", "neg": [], "q": [["c"]]}'])
def test_a_line_that_is_no_group_is_named(tmp_path: Path, line: str) -> None:
    (tmp_path / "a.jsonl").write_text(f'{{"topic":"a","intent":"who","p":"b","neg":[],"q":[]}}\n{line}\n')
    with pytest.raises(SettingsError, match=r"a\.jsonl: line 2 "):
        read_corpus(tmp_path)


def test_a_corpus_without_its_rule_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"splits\.toml"):
        split_corpus([], tmp_path)
