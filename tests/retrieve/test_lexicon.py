from __future__ import annotations

from pathlib import Path

import pytest

from dutygraph.errors import LexiconError
from dutygraph.resources import data_dir
from dutygraph.retrieve import Concept, LexiconNote, check_lexicon, read_lexicon

ENTRY = """
[[concept]]
id = "barking-dogs"
zh = "犬吠扰民"
en = "barking dogs"
words = ["狗叫", "狗吵"]
en_words = ["barking dog"]
official = ["犬吠扰民"]
near = ["dog-licence"]
"""
BARKING = Concept(
    "barking-dogs", "犬吠扰民", "barking dogs", ("狗叫", "狗吵"), ("barking dog",), ("犬吠扰民",), ("dog-licence",)
)


def write(folder: Path, **files: str) -> Path:
    for name, content in files.items():
        (folder / f"{name}.toml").write_text(content, encoding="utf-8")
    return folder


def test_entries_in_the_order_of_files(tmp_path: Path) -> None:
    write(
        tmp_path,
        b='[[concept]]\nid = "dog-licence"\nzh = "养犬许可"\nen = "dog licences"',
        a=ENTRY,
        questions="[shells]",
    )
    assert read_lexicon(tmp_path) == (BARKING, Concept("dog-licence", "养犬许可", "dog licences"))


def test_no_files_no_concepts(tmp_path: Path) -> None:
    assert read_lexicon(tmp_path) == ()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("[[concept]\n", ["a.toml", "is no TOML", "line 1"]),
        ('[[concepts]]\nid = "x"', ["a.toml", "'concepts' is not known", "[[concept]]"]),
        ('[concept]\nid = "x"', ["two brackets"]),
        ('concept = ["x"]', ["a.toml, entry 1", "is no table"]),
        (ENTRY.replace("en_words", "enwords"), ["a.toml, barking-dogs", "'enwords' is not known", "en_words"]),
        (ENTRY.replace('zh = "犬吠扰民"', 'zh = " "'), ["barking-dogs", "'zh' must be a text"]),
        (ENTRY.replace('id = "barking-dogs"', ""), ["entry 1", "'id' must be a text"]),
        (ENTRY.replace('"barking-dogs"', '"Barking dogs"'), ["Barking dogs", "lower-case"]),
        (ENTRY.replace('["狗叫", "狗吵"]', '"狗叫"'), ["'words' must be a list"]),
        (ENTRY.replace('"狗吵"', "5"), ["'words' must be a text"]),
        (ENTRY + ENTRY, ["a.toml, barking-dogs", "stands in a.toml already"]),
    ],
)
def test_a_wrong_file_is_named_with_entry_and_mend(content: str, words: list[str], tmp_path: Path) -> None:
    write(tmp_path, a=content)
    with pytest.raises(LexiconError) as caught:
        read_lexicon(tmp_path)
    assert [word for word in words if word not in str(caught.value)] == []


def test_a_file_that_is_not_text_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_bytes("犬吠扰民".encode("gb18030"))
    with pytest.raises(LexiconError, match="UTF-8"):
        read_lexicon(tmp_path)


def test_what_may_mislead_is_reported() -> None:
    licence = Concept("dog-licence", "养犬许可", "dog licences", ("狗證", "狗证", "狗叫"), near=("cats",))
    assert check_lexicon([BARKING, licence]) == (
        LexiconNote("repeated", "狗证", ("dog-licence",)),
        LexiconNote("ambiguous", "狗叫", ("barking-dogs", "dog-licence")),
        LexiconNote("unknown-near", "cats", ("dog-licence",)),
    )
    assert LexiconNote("repeated-id", "barking-dogs", ("barking-dogs",)) in check_lexicon([BARKING, BARKING])


def test_the_lexicon_of_the_project_reads() -> None:
    concepts = read_lexicon(data_dir() / "lexicon")
    assert len(concepts) > 100
    assert [note for note in check_lexicon(concepts) if note.kind in ("unknown-near", "repeated-id")] == []
