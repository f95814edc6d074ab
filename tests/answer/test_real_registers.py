"""On the registers that come along: what the lexicon has words for is answered with verbatim quotes, or not at all."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from dutygraph.answer import Answerer
from dutygraph.pipeline import open_home
from dutygraph.resources import data_dir
from dutygraph.retrieve import read_lexicon
from dutygraph.settings import Settings


@pytest.fixture(scope="module")
def answerer(settings: Settings) -> Iterator[Answerer]:
    opened = open_home(Settings(home=settings.home, encoder="none"))
    yield Answerer(opened.store, opened.index, opened.templates)
    opened.store.close()


@pytest.fixture(scope="module")
def documents() -> dict[str, str]:
    return {
        f"{path.parent.name}/{path.name}": "".join(path.read_text("utf-8").split())
        for path in (data_dir() / "registers").glob("*/*.txt")
    }


def test_each_concept_is_answered_with_quotes_that_stand_in_the_document(
    answerer: Answerer, documents: dict[str, str]
) -> None:
    concepts = read_lexicon(data_dir() / "lexicon")
    questions = [text for concept in concepts for text in (f"{concept.words[0]}归谁管", f"who handles {concept.en}?")]
    answered = 0
    for question in questions:
        answer = answerer.ask(question).as_json()
        answered += answer["status"] == "answered"
        # asked back with what comes nearest, that has its evidence too
        assert bool(answer["evidence"]) == bool(answer["results"]), question
        assert bool(answer["results"]) >= (answer["status"] == "answered"), question
        assert not (answer["results"] and answer["status"] == "abstained"), question
        for evidence in answer["evidence"]:
            assert "".join(evidence["quote"].split()) in documents[evidence["document"]], question
        for result in answer["results"]:
            assert result["evidence"], question
    assert answered > len(questions) / 2


def test_the_same_thing_in_two_matters_of_one_agency_is_said_together(answerer: Answerer) -> None:
    answer = answerer.ask("谁管狗叫").as_json()
    assert set(answer["by_jurisdiction"]) == {"130408", "130524"}
    there = answer["by_jurisdiction"]["130524"]
    assert there["names"][0] == "公安局"
    said = {result["statement"].rstrip("。；") for result in there["results"]}
    assert {"负责犬吠扰民的行政处罚", "负责查处饲养宠物产生的噪声"} <= said
    here = answer["by_jurisdiction"]["130408"]
    assert here["departments"] == ["治安管理大队"]
    assert "限养犬类" in here["results"][0]["statement"]
    assert answer["text"].startswith("柏乡县：公安局")
    assert "永年区：" in answer["text"]


def test_a_county_that_lacks_the_matter_points_to_the_one_that_has_it(answerer: Answerer) -> None:
    answer = answerer.ask("放射源的安全许可证谁核发", jurisdiction="130408").as_json()
    assert (answer["status"], answer["reason"], answer["results"]) == ("abstained", "not_in_register", [])
    assert answer["nearest"][0]["label"].startswith("柏乡县：放射源管理")


def test_a_corrected_row_answers_for_whom_it_is_and_says_so(answerer: Answerer) -> None:
    answer = answerer.ask("城市区域的声环境质量监测由谁组织", jurisdiction="130524").as_json()
    first = answer["results"][0]
    assert (first["agency"], first["row_of"]) == ("环境保护局", "城乡规划和城市管理行政执法局")
    assert [made["author"] for made in first["corrections"]] == ["dutygraph"]
    assert "更正（dutygraph" in answer["text"]
    assert "声环境质量监测" in answer["evidence"][first["evidence"][0]]["quote"]


def test_a_matter_is_glossed_by_the_concept_of_its_name_not_by_one_that_mentions_it(answerer: Answerer) -> None:
    said = answerer.ask("who handles barking dogs?", "130524").text
    assert "犬类管理 (dogs in general)" in said
