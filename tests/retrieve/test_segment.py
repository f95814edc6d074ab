from __future__ import annotations

import logging
import re
import subprocess
import sys
import warnings
from pathlib import Path

import pytest

from dutygraph.errors import IndexUnavailable
from dutygraph.resources import data_dir
from dutygraph.retrieve import normalise, segment
from dutygraph.retrieve.english import singular, stem
from dutygraph.retrieve.segment import Segmenter, write_words


@pytest.fixture(scope="module")
def words(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("words") / "words.txt"
    write_words(["犬吠扰民", "Barking dogs", "公共信息网络安全监察大队", "很" * 17], path)
    return path


def test_cuts_as_jieba_does_without_its_model(tmp_path: Path) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import jieba
    jieba.setLogLevel(logging.CRITICAL)
    tokenizer = jieba.Tokenizer()
    tokenizer.tmp_dir = str(tmp_path)
    texts = [path.read_text(encoding="utf-8") for path in sorted(data_dir().glob("registers/*/*.txt"))]
    runs = {run for text in texts for run in re.findall("[\u4e00-\u9fd5]+", normalise(text))}
    assert len(runs) > 1000
    assert [run for run in sorted(runs) if list(tokenizer.cut(run, HMM=False)) != segment(run)] == []


def test_terms_stay_whole(words: Path) -> None:
    segmenter = Segmenter.open(words)
    assert segmenter.cut("谁管犬吠扰民") == ["谁", "管", "犬吠扰民"]
    assert segmenter.cut("公共信息网络安全监察大队") == ["公共信息网络安全监察大队"]
    assert segment("谁管犬吠扰民") != ["谁", "管", "犬吠扰民"]


def test_subwords_are_words_of_the_list(words: Path) -> None:
    found = Segmenter.open(words).subwords("公共信息网络安全监察大队")
    assert {"公共", "信息网络", "监察", "大队"} <= set(found)
    assert "公共信息网络安全监察大队" not in found


def test_english_is_lowered_and_stemmed_and_marks_are_left_out() -> None:
    assert segment("Who handles Barking Dogs’ licences, 4S店？") == [
        "who",
        "handl",
        "bark",
        "dog",
        "licenc",
        "4s",
        "店",
    ]


@pytest.mark.parametrize(
    ("word", "one"),
    [
        ("dogs", "dog"),
        ("agencies", "agency"),
        ("boxes", "box"),
        ("gas", "gas"),
        ("police's", "police"),
    ],
)
def test_singular(word: str, one: str) -> None:
    assert singular(word) == one


@pytest.mark.parametrize(
    ("word", "root"),
    [("barking", "bark"), ("running", "run"), ("selling", "sell"), ("king", "king"), ("licensed", "licens")],
)
def test_stem(word: str, root: str) -> None:
    assert stem(word) == root


def test_same_terms_same_bytes(words: Path, tmp_path: Path) -> None:
    again = tmp_path / "again.txt"
    digest = write_words(["公共信息网络安全监察大队", "犬吠扰民", "犬吠扰民"], again)
    assert again.read_bytes() == words.read_bytes()
    assert digest == Segmenter.open(words).digest


@pytest.mark.parametrize("content", [b"", b"nothing\n", b"words\tmany\n"])
def test_a_damaged_list_is_named(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "words.txt").write_bytes(content)
    with pytest.raises(IndexUnavailable, match="dutygraph build"):
        Segmenter.open(tmp_path / "words.txt")


def test_a_missing_list_is_named(tmp_path: Path) -> None:
    with pytest.raises(IndexUnavailable, match=r"words\.txt"):
        Segmenter.open(tmp_path / "words.txt")


def test_importing_the_room_loads_nothing_heavy_and_segmenting_writes_nothing() -> None:
    program = (
        "import sys, dutygraph.retrieve as r;"
        "heavy = {'jieba', 'numpy', 'tantivy', 'onnxruntime', 'tokenizers', 'opencc', 'pypinyin'} & set(sys.modules);"
        "r.segment('谁管狗叫');"
        "print(sorted(heavy), 'jieba' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert (done.stdout, done.stderr) == ("[] False\n", "")
