from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dutygraph.retrieve import Speller, Suggestion, normalise
from dutygraph.retrieve.spelling import _one_slip

TERMS = [
    "派出所",
    "烟花爆竹",
    "犬吠扰民",
    "户口",
    "银行",
    "户口迁移",
    "养犬许可",
    "养犬许可证",
    "Barking dogs",
    "passports",
    "狗",
]


@pytest.fixture(scope="module")
def speller() -> Speller:
    return Speller(TERMS)


def suggested(speller: Speller, text: str) -> list[tuple[str, str, str]]:
    folded = normalise(text)
    return [(folded[each.start : each.end], each.term, each.how) for each in speller.suggest(folded)]


@pytest.mark.parametrize(
    ("text", "piece", "term", "how"),
    [
        ("派初所电话", "派初所", "派出所", "sound"),
        ("户扣怎么办", "户扣", "户口", "sound"),
        ("去银航", "银航", "银行", "sound"),  # 行 is read in two ways
        ("yan hua Bao zhu归谁管", "yan hua bao zhu", "烟花爆竹", "pinyin"),
        ("hukou banli", "hukou", "户口", "pinyin"),
        ("烟火爆竹", "烟火爆竹", "烟花爆竹", "misprint"),
        ("犬吠民", "犬吠民", "犬吠扰民", "misprint"),
        ("犬吠的扰民", "犬吠的扰民", "犬吠扰民", "misprint"),
        ("犬扰吠民", "犬扰吠民", "犬吠扰民", "misprint"),
        ("who issues Passprots?", "passprots", "passport", "misprint"),
        ("a barkng dog", "barkng", "barking", "misprint"),
    ],
)
def test_a_slip_is_mended(speller: Speller, text: str, piece: str, term: str, how: str) -> None:
    assert suggested(speller, text) == [(piece, term, how)]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "派出所电话",  # right as it is
        "barking dogs and passports",
        "湖寇",  # two characters, both others: chance
        "养犬许可怎么办",  # a term with a stray character beside it
        "够",  # one character
        "park a car",  # short English words have too many neighbours
        "天气预报",
    ],
)
def test_what_is_right_or_too_far_is_left_alone(speller: Speller, text: str) -> None:
    assert suggested(speller, text) == []


def test_places_are_those_of_the_normalised_text(speller: Speller) -> None:
    assert speller.suggest(normalise("請問 派初所")) == (Suggestion(2, 5, "派出所", "sound"),)


def test_only_the_head_of_a_long_message_is_read(speller: Speller) -> None:
    assert speller.suggest("天" * 300 + "派初所") == ()
    assert speller.suggest("天" * 100 + "派初所") != ()


@given(st.text(alphabet="犬吠扰民", max_size=6), st.text(alphabet="犬吠扰民", max_size=6))
def test_one_slip_is_a_distance_of_one(piece: str, term: str) -> None:
    letters = "犬吠扰民"
    places = range(len(piece) + 1)
    inserted = {piece[:at] + letter + piece[at:] for at in places for letter in letters}
    deleted = {piece[:at] + piece[at + 1 :] for at in places}
    changed = {piece[:at] + letter + piece[at + 1 :] for at in places for letter in letters if at < len(piece)}
    swapped = {piece[:at] + piece[at + 1] + piece[at] + piece[at + 2 :] for at in range(len(piece) - 1)}
    assert _one_slip(piece, term) == (term in (inserted | deleted | changed | swapped) - {piece})


@given(st.sampled_from(["烟花爆竹", "犬吠扰民", "户口迁移"]), st.data())
def test_every_single_slip_in_a_term_is_found(term: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(term) - 1))
    stray = data.draw(st.sampled_from("龙凤麟"))
    slip = data.draw(st.sampled_from([term[:at] + stray + term[at + 1 :], term[:at] + term[at + 1 :]]))
    suggestions = Speller([term]).suggest(slip)
    assert term in {each.term for each in suggestions}
