from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dutygraph.retrieve import Entry, Match, Matcher, longest, normalise

DOG = Entry("犬吠扰民", "concept", "barking-dogs")
NOISE = Entry("扰民", "concept", "noise")
BARK = Entry("barking dog", "concept", "barking-dogs")
PHONE = Entry("110", "concept", "police-call")
BIKE = Entry("E-bikes", "concept", "e-bike")


def found(text: str, *entries: Entry) -> list[tuple[str, str]]:
    folded = normalise(text)
    return [(folded[match.start : match.end], match.entry.target) for match in Matcher(entries).find(folded)]


def test_overlaps_are_kept_longest_first() -> None:
    assert found("犬吠擾民", DOG, NOISE) == [("犬吠扰民", "barking-dogs"), ("扰民", "noise")]


def test_one_name_of_two_things_gives_both() -> None:
    other = Entry("扰民", "matter", "m1")
    assert found("太扰民了", NOISE, other) == [("扰民", "noise"), ("扰民", "m1")]


@pytest.mark.parametrize("text", ["Barking  Dogs", "a barking-dog!", "the barking dog's owner"])
def test_latin_words_ignore_case_plural_and_hyphens(text: str) -> None:
    assert [target for _, target in found(text, BARK)] == ["barking-dogs"]


@pytest.mark.parametrize("text", ["embarking dog", "barking dogma", "1105", "2110", "e bikers"])
def test_latin_words_and_numbers_match_whole(text: str) -> None:
    assert found(text, BARK, PHONE, BIKE) == []


def test_numbers_match_inside_chinese() -> None:
    assert found("打110没人接，e bike被偷", PHONE, BIKE) == [("110", "police-call"), ("e bike", "e-bike")]


def test_a_name_without_letters_is_refused() -> None:
    with pytest.raises(ValueError, match="nothing to look for"):
        Matcher([Entry(" - ", "concept", "x")])


def test_longest_drops_what_lies_inside() -> None:
    matches = Matcher([DOG, NOISE, Entry("民警", "x", "police")]).find("犬吠扰民警")
    assert [match.entry.name for match in longest(matches)] == ["犬吠扰民", "民警"]


@given(st.lists(st.text(alphabet="狗叫扰民", min_size=1, max_size=4), max_size=8), st.text(alphabet="狗叫扰民吵"))
def test_finds_what_a_plain_search_finds(names: list[str], text: str) -> None:
    expected = {
        (start, start + len(name), name) for name in names for start in range(len(text)) if text.startswith(name, start)
    }
    matches: list[Match] = Matcher(Entry(name, "k", name) for name in names).find(text)
    assert {(match.start, match.end, match.entry.name) for match in matches} == expected
    assert len(matches) == len(expected)
