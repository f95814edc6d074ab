"""The placed sentences are of the corpus, and their records of the graph."""

from __future__ import annotations

from pathlib import Path

import pytest

from dutygraph.errors import QuestionError
from dutygraph.evaluation import Placed, read_placed
from dutygraph.pipeline import open_home
from dutygraph.resources import data_dir
from dutygraph.retrieve.training.corpus import read_corpus
from dutygraph.settings import Settings
from dutygraph.store import select


@pytest.fixture(scope="module")
def placed() -> tuple[Placed, ...]:
    return read_placed(data_dir() / "calibration" / "placed.jsonl")


def test_each_sentence_of_the_corpus_is_placed_once(placed: tuple[Placed, ...]) -> None:
    officials = [each.official for each in placed]
    assert len(officials) == len(set(officials))
    assert set(officials) == {group.official for group in read_corpus(data_dir() / "everyday")}


def test_a_register_that_answers_does_so_with_a_record(placed: tuple[Placed, ...]) -> None:
    for each in placed:
        assert set(each.fit) == {"130408", "130524"}, each.official
        assert {code for code, fit in each.fit.items() if fit != "no"} == set(each.records), each.official
        for code, iris in each.records.items():
            assert iris, each.official
            assert all(f"/{code}-gongan/" in iri for iri in iris), each.official


def test_every_record_is_in_the_graph(placed: tuple[Placed, ...], settings: Settings) -> None:
    opened = open_home(settings)
    known = set(select(opened.store, "SELECT DISTINCT ?s { GRAPH ?g { ?s a ?kind } }").column("s"))
    opened.store.close()
    assert not {iri for each in placed for iris in each.records.values() for iri in iris} - known


def test_a_sentence_without_records_is_read(tmp_path: Path) -> None:
    file = tmp_path / "placed.jsonl"
    file.write_text('{"p": "a", "fit": {"1": "no"}}\n\n', encoding="utf-8")
    assert read_placed(file) == (Placed("a", {"1": "no"}, {}),)


@pytest.mark.parametrize("line", ["{", "[]", "{}", '{"p": "a", "fit": {"1": "maybe"}}', '{"p": "a", "fit": 3}'])
def test_a_line_that_is_none_is_named(tmp_path: Path, line: str) -> None:
    file = tmp_path / "placed.jsonl"
    file.write_text(f'{{"p": "a", "fit": {{}}}}\n{line}\n', encoding="utf-8")
    with pytest.raises(QuestionError, match=r"placed\.jsonl, line 2: "):
        read_placed(file)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(QuestionError, match="none"):
        read_placed(tmp_path / "none.jsonl")
