"""A fine-tuned model as it ships: one ONNX file for onnxruntime on a processor, and a tokenizer.

The graph is written down here, operator by operator, rather than traced: it is the encoder of a BERT and nothing else,
in the fused operators of onnxruntime. Weights are kept in blocks of 32 with a scale of their own: eight bits for
the layers, and for the word vectors the four bits that they came in, without loss (they are not trained). Activations
are cut to eight bits in the same blocks by the kernel itself. Scales for a whole tensor, as dynamic quantisation has
them, cost several points at the first place: a few dimensions of this family are a hundred times larger than the rest.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from dutygraph.retrieve.training.convert import PROMPTS
from dutygraph.retrieve.training.vocabulary import MAX_TOKENS

if TYPE_CHECKING:
    import numpy as np
    import onnx
    from numpy.typing import NDArray

    Matrix = NDArray[np.float32]

__all__ = ["Form", "digest", "eight_bits", "export", "four_bits"]

Form = Literal["blocks8", "float32"]
"""``blocks8``: the form that ships. ``float32``: nothing quantised, to measure what the other costs."""

_WORD_BLOCK = 32  # as the weights came
_LAYER_BLOCK = 32
_MICROSOFT = "com.microsoft"
_EIGHT_BIT_ACTIVATIONS = 4  # MatMulNBits' accuracy_level


def export(source: Path, target: Path, form: Form = "blocks8") -> None:
    """Write the sentence-transformers folder ``source`` (a BERT, mean pooling, normalised) to the folder ``target`` as
    ``model.onnx`` and ``tokenizer.json``. The graph takes the numbers of one text's tokens, ``ids`` of shape (1, n),
    and gives its ``vector`` of length 1, of shape (1, dimensions)."""
    import onnx
    from safetensors.numpy import load_file

    config = json.loads((source / "config.json").read_bytes())
    writer = _Writer(load_file(source / "model.safetensors"), config, quantised=form == "blocks8")
    target.mkdir(parents=True, exist_ok=True)
    onnx.save(writer.model(), str(target / "model.onnx"))
    (target / "tokenizer.json").write_text(_tokenizer(source / "tokenizer.json"), encoding="utf-8")
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


@dataclass
class _Writer:
    """Puts the graph together; every method adds nodes and returns the name of its output."""

    weights: dict[str, Matrix]
    config: dict[str, Any]
    quantised: bool
    nodes: list[onnx.NodeProto] = field(default_factory=list)
    constants: list[onnx.TensorProto] = field(default_factory=list)

    def model(self) -> onnx.ModelProto:
        from onnx import TensorProto, helper

        hidden = self._embed("ids")
        for layer in range(self.config["num_hidden_layers"]):
            hidden = self._layer(hidden, f"encoder.layer.{layer}")
        mean = self._node("ReduceMean", [hidden, self._constant("axes", [1], "int64")], keepdims=0)
        self._node("LpNormalization", [mean], out="vector", axis=-1, p=2)
        size = self.config["hidden_size"]
        graph = helper.make_graph(
            self.nodes,
            "encoder",
            [helper.make_tensor_value_info("ids", TensorProto.INT64, [1, "tokens"])],
            [helper.make_tensor_value_info("vector", TensorProto.FLOAT, [1, size])],
            self.constants,
        )
        opsets = [helper.make_opsetid("", 21), helper.make_opsetid(_MICROSOFT, 1)]
        return helper.make_model(graph, opset_imports=opsets, ir_version=10, producer_name="dutygraph")

    def _embed(self, ids: str) -> str:
        words = self._words(ids)
        length = self._node("Shape", [ids], start=1, end=2)
        zero = self._constant("zero", [0], "int64")
        # Position and kind of token: always 0, 1, 2 … and the first kind, so one table serves both.
        table = self.weights["embeddings.position_embeddings.weight"]
        table = table + self.weights["embeddings.token_type_embeddings.weight"][0]
        places = self._node("Slice", [self._float("places", table), zero, length])
        places = self._node("Unsqueeze", [places, zero])
        return self._norm(words, places, "embeddings.LayerNorm")

    def _words(self, ids: str) -> str:
        name = "embeddings.word_embeddings.weight"
        if not self.quantised:
            return self._node("Gather", [self._float(name, self.weights[name]), ids])
        import onnx
        from onnx import TensorProto

        numbers, scales = four_bits(self.weights[name])
        packed = ((numbers[:, 1::2].astype("u1") & 0x0F) << 4) | (numbers[:, ::2].astype("u1") & 0x0F)
        table = onnx.TensorProto(name=name, data_type=TensorProto.INT4, dims=numbers.shape, raw_data=packed.tobytes())
        self.constants.append(table)
        inputs = [name, ids, self._float(f"{name}.scales", scales)]
        return self._node(
            "GatherBlockQuantized", inputs, domain=_MICROSOFT, gather_axis=0, quantize_axis=1, block_size=_WORD_BLOCK
        )

    def _layer(self, hidden: str, prefix: str) -> str:
        query, key, value = self._linear(hidden, *(f"{prefix}.attention.self.{part}" for part in _ATTENTION))
        heads = self.config["num_attention_heads"]
        attended = self._node("MultiHeadAttention", [query, key, value], domain=_MICROSOFT, num_heads=heads)
        (attended,) = self._linear(attended, f"{prefix}.attention.output.dense")
        hidden = self._norm(attended, hidden, f"{prefix}.attention.output.LayerNorm")
        inner = self._node("Gelu", self._linear(hidden, f"{prefix}.intermediate.dense"))
        (outer,) = self._linear(inner, f"{prefix}.output.dense")
        return self._norm(outer, hidden, f"{prefix}.output.LayerNorm")

    def _norm(self, left: str, right: str, name: str) -> str:
        inputs = [left, right, *(self._float(f"{name}.{part}", self.weights[f"{name}.{part}"]) for part in _PARTS)]
        epsilon = self.config["layer_norm_eps"]
        return self._node("SkipLayerNormalization", inputs, domain=_MICROSOFT, epsilon=epsilon)

    def _linear(self, hidden: str, *names: str) -> list[str]:
        """One product for several maps of the same input: what it costs to cut the input is paid once."""
        import numpy as np

        weight = np.concatenate([self.weights[f"{name}.weight"] for name in names])
        bias = self._float(f"{names[0]}.bias", np.concatenate([self.weights[f"{name}.bias"] for name in names]))
        product = self._product(hidden, names[0], weight, bias)
        if len(names) == 1:
            return [product]
        from onnx import helper

        outs = [f"{name}.out" for name in names]
        self.nodes.append(
            helper.make_node("Split", [product], outs, name=product + ".split", axis=2, num_outputs=len(names))
        )
        return outs

    def _product(self, hidden: str, name: str, weight: Matrix, bias: str) -> str:
        if not self.quantised:
            product = self._node("MatMul", [hidden, self._float(f"{name}.weight", weight.T.copy())])
            return self._node("Add", [product, bias])
        import numpy as np
        from onnx import numpy_helper

        outputs, inputs = weight.shape
        numbers, scales = eight_bits(weight)
        blocks = (numbers.astype(np.int16) + 128).astype(np.uint8)
        blocks = blocks.reshape(outputs, inputs // _LAYER_BLOCK, _LAYER_BLOCK)
        self.constants.append(numpy_helper.from_array(blocks, f"{name}.weight"))
        return self._node(
            "MatMulNBits",
            [hidden, f"{name}.weight", self._float(f"{name}.scales", scales), "", "", bias],
            domain=_MICROSOFT,
            K=inputs,
            N=outputs,
            bits=8,
            block_size=_LAYER_BLOCK,
            accuracy_level=_EIGHT_BIT_ACTIVATIONS,
        )

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

        if name not in {constant.name for constant in self.constants}:
            self.constants.append(numpy_helper.from_array(np.asarray(values, dtype=kind), name))
        return name


_PARTS = ("weight", "bias")
_ATTENTION = ("query", "key", "value")


def four_bits(table: Matrix) -> tuple[NDArray[np.int8], Matrix]:
    """Numbers from -8 to 7, and one scale for each block of 32 in a row. The number of largest size is -8: so the
    weights were packed, and unpacked ones come back exactly."""
    return _blocks(table, _WORD_BLOCK, -8, 7)


def eight_bits(table: Matrix) -> tuple[NDArray[np.int8], Matrix]:
    """Numbers from -127 to 127, and one scale for each block of 32 in a row."""
    return _blocks(table, _LAYER_BLOCK, -127, 127)


def _blocks(table: Matrix, size: int, lowest: int, highest: int) -> tuple[NDArray[np.int8], Matrix]:
    import numpy as np

    blocks = table.reshape(len(table), -1, size)
    largest = np.take_along_axis(blocks, np.abs(blocks).argmax(axis=2, keepdims=True), axis=2)
    scales = largest / np.float32(lowest)
    numbers = np.divide(blocks, scales, out=np.zeros_like(blocks), where=scales != 0)
    numbers = np.clip(np.rint(numbers), lowest, highest).astype(np.int8)
    return numbers.reshape(table.shape), scales[:, :, 0].astype(np.float32)
