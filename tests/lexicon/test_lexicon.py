"""The lexicon of the project as data: what its words look like, and that it knows what the real registers say."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from dutygraph.model import Register
from dutygraph.read import find_register_folders, read_register
from dutygraph.resources import data_dir
from dutygraph.retrieve import Concept, check_lexicon, read_lexicon
from dutygraph.retrieve.normalise import normalise
from dutygraph.retrieve.trie import Entry, Matcher, longest

MOST_CONCEPTS_OF_A_WORD = 4  # a word of more concepts says nothing any more
CHINESE = re.compile("[\u3400-\u9fff]")
CONCEPTS = read_lexicon(data_dir() / "lexicon")
REGISTERS = [read_register(folder) for folder in find_register_folders(data_dir())]


def matcher(concepts: tuple[Concept, ...]) -> Matcher:
    return Matcher(Entry(word, "concept", c.id) for c in concepts for word in (*c.words, *c.en_words))


EVERYDAY = matcher(CONCEPTS)


def meant(question: str) -> set[str]:
    """The concepts of the longest everyday words in a question."""
    return {match.entry.target for match in longest(EVERYDAY.find(normalise(question)))}


def test_every_concept_has_words_of_each_sort() -> None:
    assert [c.id for c in CONCEPTS if not (c.words and c.en_words and c.official)] == []


def test_chinese_words_have_two_characters_or_more() -> None:
    assert [(c.id, w) for c in CONCEPTS for w in (*c.words, *c.official) if len(normalise(w)) < 2] == []


def test_english_words_are_english() -> None:
    wrong = [(c.id, w) for c in CONCEPTS for w in c.en_words if CHINESE.search(w) or len(normalise(w)) < 3]
    assert wrong == []


def test_nothing_is_repeated_or_unknown() -> None:
    assert [note for note in check_lexicon(CONCEPTS) if note.kind != "ambiguous"] == []


def test_no_concept_is_near_to_itself() -> None:
    assert [c.id for c in CONCEPTS if c.id in c.near] == []


def test_no_word_stands_in_too_many_concepts() -> None:
    notes = [note for note in check_lexicon(CONCEPTS) if note.kind == "ambiguous"]
    assert [note for note in notes if len(note.concepts) > MOST_CONCEPTS_OF_A_WORD] == []


@pytest.mark.parametrize("shell", ["{}归谁管？", "我想问一下，{}这事儿找哪个部门"])
def test_every_chinese_word_is_found_in_a_question(shell: str) -> None:
    lost = [(c.id, w) for c in CONCEPTS for w in c.words if c.id not in meant(shell.format(w))]
    assert lost == []


def test_every_english_word_is_found_in_a_question() -> None:
    lost = [(c.id, w) for c in CONCEPTS for w in c.en_words if c.id not in meant(f"Tell me about {w}, please")]
    assert lost == []


@pytest.mark.parametrize("register", REGISTERS, ids=lambda register: register.id)
def test_every_statement_of_a_register_is_known(register: Register) -> None:
    """Each duty, item, matter, share, service and regime holds an official phrase of some concept."""
    phrases = [normalise(phrase) for c in CONCEPTS for phrase in c.official]
    texts = map(normalise, statements(register))
    unknown = [text for text in texts if not any(phrase in text for phrase in phrases)]
    assert unknown == []


def statements(register: Register) -> Iterator[str]:
    for duty in register.duties:
        yield duty.text.text
        yield from (item.text.text for item in duty.work_items)
    for matter in register.matters:
        yield matter.name.text
        yield from (share.text.text for share in matter.shares)
    yield from (service.name.text for service in register.services)
    yield from (regime.title.text for regime in register.regimes)
