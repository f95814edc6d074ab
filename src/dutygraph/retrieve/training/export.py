"""A fine-tuned model as it ships: one ONNX file for onnxruntime on a processor, and a tokenizer.

The graph is written down here, operator by operator, rather than traced: it is the encoder of a BERT and nothing else,
in operators that onnxruntime is quick at (a normalisation of its own after an addition takes a quarter of the time of
the two in one). What ships multiplies eight-bit numbers; ``retrieve.training.quantise`` says what makes them do. The
word vectors keep the four bits that they came in, without loss: they are not trained.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from dutygraph.retrieve.training.convert import PROMPTS
from dutygraph.retrieve.training.quantise import (
    ATTENTION,
    SHARE,
    WORD_BLOCK,
    Span,
    ease,
    eight_bits,
    even_out,
    four_bits,
)
from dutygraph.retrieve.training.vocabulary import MAX_TOKENS

if TYPE_CHECKING:
    import numpy as np
    import onnx
    from numpy.typing import NDArray

    Matrix = NDArray[np.float32]

__all__ = ["digest", "export"]

_MICROSOFT = "com.microsoft"
_PARTS = ("weight", "bias")


# The largest of the weights' numbers. Processors without VNNI add two products of eight-bit numbers in sixteen bits and
# cut what does not fit: with 95 in place of 127 that happens to one pair in a hundred thousand. After a GELU, which
# gives hardly anything below zero, it does not happen at all.
_LARGEST, _LARGEST_AFTER_GELU = 95, 127
_SHARE_AFTER_GELU = 0.5

_TOKEN = 128  # numbers of a token's vector


def export(source: Path, target: Path, texts: Iterable[str] | None = None) -> None:
    """Write the sentence-transformers folder ``source`` (a BERT, mean pooling, normalised) to the folder ``target`` as
    ``model.onnx`` and ``tokenizer.json``. The graph takes the numbers of one text's tokens, ``ids`` of shape (1, n),
    and gives its ``vector`` of length 1, of shape (1, dimensions), and the vectors of its ``tokens``, of shape (1, n,
    fewer dimensions): what the last layer makes of each, along the principal components of what it makes of ``texts``.
    ``texts``: normalised ones of the kind that the model is for; how large its inner values grow on them decides how
    it is quantised. Without them nothing is, to measure what quantising costs, and there are no tokens."""
    import onnx
    from safetensors.numpy import load_file

    config = json.loads((source / "config.json").read_bytes())
    tokenizer = _tokenizer(source / "tokenizer.json")
    writer = _Writer(load_file(source / "model.safetensors"), config)
    model = writer.model()
    if texts is not None:
        prompted = [prompt + text for text in texts for prompt in PROMPTS.values()]
        *entries, hidden = _watch(model, [*writer.entries.values(), writer.hidden], tokenizer, prompted)
        spans = {
            name: Span(seen.min(axis=0), seen.max(axis=0), seen.mean(axis=0))
            for name, seen in zip(writer.entries, entries, strict=True)
        }
        model = _SmallWriter(writer.weights, config, spans, _components(hidden)).model()
    target.mkdir(parents=True, exist_ok=True)
    onnx.save(model, str(target / "model.onnx"))
    (target / "tokenizer.json").write_text(tokenizer, encoding="utf-8")
    card = {"name": f"dutygraph-e5-small/{digest(target)}", "prompts": PROMPTS}
    (target / "model.json").write_text(json.dumps(card, indent=1) + "\n", encoding="utf-8")


def _tokenizer(path: Path) -> str:
    """The tokenizer as it was before training: saved again, it cuts and fills up texts as training did, and takes
    special tokens that are written in a text for real ones."""
    tokenizer = json.loads(path.read_bytes())
    tokenizer["truncation"] = {"direction": "Right", "max_length": MAX_TOKENS, "strategy": "LongestFirst", "stride": 0}
    tokenizer |= {"padding": None, "added_tokens": []}
    return json.dumps(tokenizer, ensure_ascii=False, separators=(",", ":")) + "\n"


def digest(folder: Path) -> str:
    """Twelve hex digits over an exported model's graph and tokenizer: its name changes with them."""
    seen = sha256((folder / "model.onnx").read_bytes())
    seen.update((folder / "tokenizer.json").read_bytes())
    return seen.hexdigest()[:12]


def _watch(model: onnx.ModelProto, names: Sequence[str], tokenizer: str, texts: Iterable[str]) -> list[Matrix]:
    """What stands in each of these places of the graph when the model encodes ``texts``, a token a row."""
    import numpy as np
    import onnx
    from onnx import TensorProto, helper
    from onnxruntime import InferenceSession
    from tokenizers import Tokenizer

    watched = onnx.ModelProto()
    watched.CopyFrom(model)
    watched.graph.output.extend(helper.make_tensor_value_info(name, TensorProto.FLOAT, None) for name in names)
    session = InferenceSession(watched.SerializeToString(), providers=["CPUExecutionProvider"])
    cut = Tokenizer.from_str(tokenizer)
    runs = [session.run(names, {"ids": np.array([cut.encode(text).ids])}) for text in texts]
    return [np.concatenate(seen, axis=1)[0] for seen in zip(*runs, strict=True)]


class Components(NamedTuple):
    """The middle of some vectors, and the directions in which they differ most, one a row."""

    middle: Matrix
    directions: Matrix


def _components(vectors: Matrix) -> Components:
    """The principal components, the first ``_TOKEN`` of them: of length, most is in the middle, which is the same in
    every token and says nothing."""
    import numpy as np

    middle = vectors.mean(axis=0)
    *_, directions = np.linalg.svd(vectors - middle, full_matrices=False)
    return Components(middle, directions[:_TOKEN])


@dataclass
class _Writer:
    """Puts the graph together, in float32; every method adds nodes and returns the name of its output. ``entries``:
    what goes into each product, by the product's name; ``hidden``: what the last layer makes of the tokens."""

    weights: dict[str, Matrix]
    config: dict[str, Any]
    nodes: list[onnx.NodeProto] = field(default_factory=list)
    constants: dict[str, onnx.TensorProto] = field(default_factory=dict)
    entries: dict[str, str] = field(default_factory=dict)
    hidden: str = ""

    def model(self) -> onnx.ModelProto:
        from onnx import TensorProto, helper

        hidden = self._embed("ids")
        for layer in range(self.config["num_hidden_layers"]):
            hidden = self._layer(hidden, f"encoder.layer.{layer}")
        self.hidden = hidden
        mean = self._node("ReduceMean", [hidden, self._constant("axes", [1], "int64")], keepdims=0)
        self._node("LpNormalization", [mean], out="vector", axis=-1, p=2)
        size = self.config["hidden_size"]
        outputs = [helper.make_tensor_value_info("vector", TensorProto.FLOAT, [1, size])]
        outputs += [helper.make_tensor_value_info(name, TensorProto.FLOAT, None) for name in self._tokens(hidden)]
        graph = helper.make_graph(
            self.nodes,
            "encoder",
            [helper.make_tensor_value_info("ids", TensorProto.INT64, [1, "tokens"])],
            outputs,
            list(self.constants.values()),
        )
        opsets = [helper.make_opsetid("", 21), helper.make_opsetid(_MICROSOFT, 1)]
        return helper.make_model(graph, opset_imports=opsets, ir_version=10, producer_name="dutygraph")

    def _tokens(self, _hidden: str) -> list[str]:
        return []

    def _embed(self, ids: str) -> str:
        words = self._words("embeddings.word_embeddings.weight", ids)
        length = self._node("Shape", [ids], start=1, end=2)
        zero = self._constant("zero", [0], "int64")
        # Position and kind of token: always 0, 1, 2 … and the first kind, so one table serves both.
        table = self.weights["embeddings.position_embeddings.weight"]
        table = table + self.weights["embeddings.token_type_embeddings.weight"][0]
        places = self._node("Slice", [self._float("places", table), zero, length])
        places = self._node("Unsqueeze", [places, zero])
        return self._norm(words, places, "embeddings.LayerNorm")

    def _words(self, name: str, ids: str) -> str:
        return self._node("Gather", [self._float(name, self.weights[name]), ids])

    def _layer(self, hidden: str, prefix: str) -> str:
        # One product for the three maps of the same input: what it costs to cut the input is paid once.
        three = self._linear(hidden, *(f"{prefix}.attention.self.{part}" for part in ATTENTION))
        heads = self.config["num_attention_heads"]
        attended = self._node("MultiHeadAttention", self._split(three), domain=_MICROSOFT, num_heads=heads)
        attended = self._linear(attended, f"{prefix}.attention.output.dense")
        hidden = self._norm(attended, hidden, f"{prefix}.attention.output.LayerNorm")
        inner = self._node("Gelu", [self._linear(hidden, f"{prefix}.intermediate.dense")])
        outer = self._linear(inner, f"{prefix}.output.dense")
        return self._norm(outer, hidden, f"{prefix}.output.LayerNorm")

    def _norm(self, left: str, right: str, name: str) -> str:
        parts = [self._float(f"{name}.{part}", self.weights[f"{name}.{part}"]) for part in _PARTS]
        both = self._node("Add", [left, right])
        return self._node("LayerNormalization", [both, *parts], epsilon=self.config["layer_norm_eps"])

    def _linear(self, hidden: str, *names: str) -> str:
        import numpy as np

        self.entries[names[0]] = hidden
        weight, bias = (np.concatenate([self.weights[f"{name}.{part}"] for name in names]) for part in _PARTS)
        return self._product(hidden, names[0], weight, bias)

    def _product(self, hidden: str, name: str, weight: Matrix, bias: Matrix) -> str:
        product = self._node("MatMul", [hidden, self._float(f"{name}.weight", weight.T)])
        return self._node("Add", [product, self._float(f"{name}.bias", bias)])

    def _split(self, three: str) -> list[str]:
        from onnx import helper

        outs = [f"{three}.{part}" for part in ATTENTION]
        self.nodes.append(
            helper.make_node("Split", [three], outs, name=f"{three}.split", axis=2, num_outputs=len(outs))
        )
        return outs

    def _node(self, kind: str, inputs: list[str], out: str = "", **attributes: Any) -> str:
        from onnx import helper

        name = out or f"{kind}_{len(self.nodes)}"
        self.nodes.append(helper.make_node(kind, inputs, [name], name=name, **attributes))
        return name

    def _float(self, name: str, values: Matrix) -> str:
        return self._constant(name, values, "float32")

    def _constant(self, name: str, values: Any, kind: str) -> str:
        import numpy as np
        from onnx import numpy_helper

        if name not in self.constants:
            self.constants[name] = numpy_helper.from_array(np.ascontiguousarray(values, dtype=kind), name)
        return name


class _SmallWriter(_Writer):
    """Writes the same graph with eight-bit products and four-bit word vectors, and the vectors of tokens. ``spans``: of
    what goes into each product of the model that the weights are of; ``components``: of what its last layer gives."""

    def __init__(
        self, weights: dict[str, Matrix], config: dict[str, Any], spans: Mapping[str, Span], components: Components
    ) -> None:
        evened, self._spans = even_out(weights, config["num_hidden_layers"], spans)
        super().__init__(evened, config)
        self._components = components

    def _tokens(self, hidden: str) -> list[str]:
        middle, directions = self._components
        off = self._node("Sub", [hidden, self._float("tokens.middle", middle)])
        along = self._node("MatMul", [off, self._float("tokens.directions", directions.T)])
        return [self._node("LpNormalization", [along], out="tokens", axis=-1, p=2)]

    def _words(self, name: str, ids: str) -> str:
        from onnx import TensorProto, helper

        numbers, scales = four_bits(self.weights[name])
        halves = numbers.astype("u1") & 0x0F
        packed = halves[:, 1::2] << 4 | halves[:, ::2]
        self.constants[name] = helper.make_tensor(name, TensorProto.INT4, numbers.shape, packed.tobytes(), raw=True)
        inputs = [name, ids, self._float(f"{name}.scales", scales)]
        return self._node(
            "GatherBlockQuantized", inputs, domain=_MICROSOFT, gather_axis=0, quantize_axis=1, block_size=WORD_BLOCK
        )

    def _product(self, hidden: str, name: str, weight: Matrix, bias: Matrix) -> str:
        import numpy as np

        span = self._spans[name]
        if ".attention.output." in name:  # evened out already
            return self._eight_bits(hidden, name, weight, bias, span.mean)
        eased = ease(span, weight, _SHARE_AFTER_GELU if _after_gelu(name) else SHARE)
        factor, stretched = np.float32(1) / eased.divisor, weight * eased.divisor
        if eased.loud is not None:
            factor[eased.loud], stretched[:, eased.loud] = 0, 0
        divided = self._node("Mul", [hidden, self._float(f"{name}.factor", factor)])
        product = self._eight_bits(divided, name, stretched, bias, span.mean * factor)
        if eased.loud is None:
            return product
        loud = self._node("Gather", [hidden, self._constant(f"{name}.loud", [eased.loud], "int64")], axis=2)
        aside = self._node("MatMul", [loud, self._float(f"{name}.loud.weight", weight[:, [eased.loud]].T)])
        return self._node("Add", [product, aside])

    def _eight_bits(self, hidden: str, name: str, weight: Matrix, bias: Matrix, mean: Matrix) -> str:
        """``mean``: of what goes in. What rounded weights make of it too little or too much, the bias puts right."""
        numbers, scales = eight_bits(weight, _LARGEST_AFTER_GELU if _after_gelu(name) else _LARGEST)
        lost = (weight - numbers * scales[:, None]) @ mean
        inputs = [
            hidden,
            self._constant(f"{name}.weight", numbers.T, "int8"),
            self._float(f"{name}.scales", scales),
            "",
            self._float(f"{name}.bias", bias + lost),
        ]
        return self._node("DynamicQuantizeMatMul", inputs, domain=_MICROSOFT)


def _after_gelu(name: str) -> bool:
    return name.endswith(".output.dense") and ".attention." not in name
