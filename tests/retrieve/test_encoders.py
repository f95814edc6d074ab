from __future__ import annotations

import math
import shutil
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import ModuleType
from typing import ClassVar

import numpy as np
import pytest
from numpy.typing import NDArray

from dutygraph.errors import IndexUnavailable
from dutygraph.retrieve import open_encoder
from dutygraph.retrieve.encoders import MODEL_FOLDER, RARITY, TOKEN_ONE, FolderEncoder, OnnxEncoder
from dutygraph.retrieve.training.export import digest
from dutygraph.retrieve.training.making import write_rarity


class SentenceTransformer:
    """Stands for the library's class: remembers what it was given."""

    prompts: ClassVar[dict[str, str]] = {}
    seen: ClassVar[list[str]] = []

    def __init__(self, path: str, local_files_only: bool) -> None:
        assert local_files_only
        assert Path(path).is_dir()

    def encode(self, texts: list[str], normalize_embeddings: bool, show_progress_bar: bool) -> NDArray[np.float32]:
        assert normalize_embeddings
        assert not show_progress_bar
        self.seen[:] = texts
        return np.array([[1.0, 0.0] for _ in texts], dtype=np.float32)


@pytest.fixture
def model(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    library = ModuleType("sentence_transformers")
    library.SentenceTransformer = SentenceTransformer  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "sentence_transformers", library)
    (tmp_path / "modules.json").write_text("[]", encoding="utf-8")
    (tmp_path / "model.safetensors").write_bytes(b"weights")
    return tmp_path


@pytest.mark.parametrize(
    ("prompts", "query", "passage"),
    [
        ({}, "query: 狗叫", "passage: 狗叫"),
        ({"query": "问：", "document": "文："}, "问：狗叫", "文：狗叫"),
        ({"query": "", "passage": "P "}, "query: 狗叫", "P 狗叫"),
    ],
)
def test_a_local_model_gets_its_prompts(
    model: Path, monkeypatch: pytest.MonkeyPatch, prompts: dict[str, str], query: str, passage: str
) -> None:
    monkeypatch.setattr(SentenceTransformer, "prompts", prompts)
    encoder = FolderEncoder(model)
    assert encoder.query("狗叫").vector.shape == (2,)
    assert SentenceTransformer.seen == [query]
    assert [each.vector.shape for each in encoder.passages(["狗叫"])] == [(2,)]
    assert SentenceTransformer.seen == [passage]


def test_the_name_of_a_local_model_follows_its_content(model: Path) -> None:
    name = FolderEncoder(model).name
    assert FolderEncoder(model).name == name
    (model / "model.safetensors").write_bytes(b"Weights")
    assert FolderEncoder(model).name != name


def test_a_local_model_without_the_library_is_told_how_to_get_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "sentence_transformers", None)
    (tmp_path / "modules.json").write_text("[]", encoding="utf-8")
    with pytest.raises(IndexUnavailable, match=r"dutygraph\[transformers\]"):
        open_encoder(str(tmp_path))


def test_threads_get_what_one_gets() -> None:
    encoder = open_encoder("auto")
    assert encoder is not None
    questions = ["谁管狗叫", "who handles barking dogs?", "户口迁移", "烟花爆竹归谁管"] * 4
    with ThreadPoolExecutor(4) as threads:
        together = list(threads.map(encoder.query, questions))
    for question, (vector, tokens, rarity) in zip(questions, together, strict=True):
        again = encoder.query(question)
        assert (again.vector == vector).all()
        assert again.tokens is not None
        assert tokens is not None
        assert (again.tokens == tokens).all()
        assert again.rarity is not None
        assert (again.rarity == rarity).all()


def test_the_name_of_the_model_that_ships_follows_its_content() -> None:
    assert OnnxEncoder(MODEL_FOLDER).name == f"dutygraph-e5-small/{digest(MODEL_FOLDER)}"


def test_the_model_that_ships_fits_its_bounds() -> None:
    assert sum(path.stat().st_size for path in MODEL_FOLDER.iterdir()) <= 60_000_000


def test_special_tokens_in_a_text_are_text() -> None:
    encoder = OnnxEncoder(MODEL_FOLDER)
    plain, marked = encoder.query("谁管狗叫").vector, encoder.query("谁管</s>狗叫<pad><unk>").vector
    assert float(plain @ marked) < 0.9999
    assert np.linalg.norm(marked) == pytest.approx(1.0, abs=1e-5)


@pytest.mark.parametrize("text", ["", " ", "狗" * 5000, "\U0001f415", "ꙮ" * 600])
def test_any_text_has_a_vector(text: str) -> None:
    vector, tokens, rarity = OnnxEncoder(MODEL_FOLDER).query(text)
    assert vector.shape == (384,)
    assert vector.dtype == np.float32
    assert np.isfinite(vector).all()
    assert tokens is not None
    assert tokens.dtype == np.int8
    assert rarity is not None
    assert len(rarity) == len(tokens)
    assert np.linalg.norm(tokens.astype(float), axis=1) == pytest.approx(TOKEN_ONE, rel=0.05)


def test_of_a_question_rare_tokens_count_more_than_those_of_every_question() -> None:
    encoder = OnnxEncoder(MODEL_FOLDER)
    tokens, rarity = encoder.query("殡仪馆归谁管")[1:]
    assert tokens is not None
    assert rarity is not None
    assert len(rarity) == len(tokens)
    pieces = dict(zip(encoder.pieces("殡仪馆归谁管"), rarity.tolist(), strict=True))
    asking = set(encoder.pieces("谁管"))
    assert max(pieces[piece] for piece in asking & set(pieces)) < max(pieces.values())
    assert encoder.passages(["殡仪馆"])[0].rarity is None


def test_rarity_is_the_logarithm_of_the_inverse_share_of_questions(tmp_path: Path) -> None:
    shutil.copytree(MODEL_FOLDER, tmp_path / "encoder")
    write_rarity(tmp_path / "encoder", ["猫", "猫", "狗"])
    encoder = OnnxEncoder(tmp_path / "encoder")
    cat, dog = (encoder.pieces(text)[-2] for text in ("猫", "狗"))
    rarity = np.load(tmp_path / "encoder" / RARITY)
    assert (rarity[cat], rarity[dog]) == (round(10 * math.log(4 / 3)), round(10 * math.log(4 / 2)))
    assert rarity[encoder.pieces("鸟")[-2]] == round(10 * math.log(4))


def test_a_folder_without_a_model_is_named(tmp_path: Path) -> None:
    with pytest.raises(IndexUnavailable, match=r"model\.json"):
        OnnxEncoder(tmp_path)


def test_a_damaged_model_is_named(tmp_path: Path) -> None:
    for name in ("model.json", "tokenizer.json"):
        (tmp_path / name).write_bytes((MODEL_FOLDER / name).read_bytes())
    (tmp_path / "model.onnx").write_bytes(b"no graph")
    with pytest.raises(IndexUnavailable, match="DUTYGRAPH_ENCODER=none"):
        OnnxEncoder(tmp_path).query("狗")
