"""Late interaction: how well a question fits a passage, token by token (ColBERT, Khattab and Zaharia 2020).

Each token of the question looks for the token of the passage that is most like it; the mean of these cosines is the
match, the rare ones counting for more than those that are in every question. One vector for a whole cell says little of
its single clauses; its tokens say all of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from dutygraph.errors import IndexUnavailable
from dutygraph.retrieve.encoders import TOKEN_ONE

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Tokens = NDArray[np.int8]

__all__ = ["TokenFile", "write_tokens"]

_MEND = "run `dutygraph build` again"


def write_tokens(passages: Iterable[Tokens], path: Path) -> None:
    """Write the tokens of passages, as an encoder gives them, for ``TokenFile``. Where each begins goes into a file
    beside it."""
    import numpy as np

    every = list(passages)
    np.save(path, np.concatenate(every), allow_pickle=False)
    np.save(_starts_of(path), np.cumsum([0, *map(len, every)], dtype=np.int64), allow_pickle=False)


class TokenFile:
    """A file of tokens, opened for reading. Safe to share between threads."""

    def __init__(self, path: Path, passages: int) -> None:
        """Raises IndexUnavailable when a file is missing, damaged or not of ``passages`` passages."""
        import numpy as np

        try:
            self._tokens: Tokens = np.asarray(np.load(path, mmap_mode="r", allow_pickle=False))
            self._starts: list[int] = np.load(_starts_of(path), allow_pickle=False).tolist()
        except (OSError, ValueError, EOFError) as exc:
            raise IndexUnavailable(f"the tokens cannot be read; {_MEND}", path=path) from exc
        if len(self._starts) != passages + 1 or self._starts[-1] != len(self._tokens):
            raise IndexUnavailable(f"holds no tokens of {passages} passages; {_MEND}", path=path)

    def passages(self) -> list[Tokens]:
        """The tokens of each passage."""
        return [self._tokens[start:end] for start, end in zip(self._starts, self._starts[1:], strict=False)]

    def match(self, question: Tokens, rarity: NDArray[np.uint8] | None, groups: Sequence[range]) -> list[float]:
        """How well each group of passages, which stand one after another, matches a question: the best of them, 0 … 1.
        ``rarity``: how much each token of the question counts, by default all the same. All numbers are whole and below
        2²⁴, so a product of float32 is exact, and the same on every processor."""
        import numpy as np

        if not groups:
            return []
        starts = self._starts
        tokens = np.concatenate([self._tokens[starts[rows.start] : starts[rows.stop]] for rows in groups])
        likeness = tokens.astype(np.float32) @ question.T.astype(np.float32)
        lengths = [starts[row + 1] - starts[row] for rows in groups for row in rows]
        best = np.maximum.reduceat(likeness, np.cumsum([0, *lengths[:-1]]), axis=0)
        counts = np.ones(len(question)) if rarity is None else rarity.astype(np.float64)
        means = best.astype(np.float64) @ counts / max(1.0, counts.sum()) / TOKEN_ONE**2
        firsts = np.cumsum([0, *map(len, groups[:-1])])
        matches: list[float] = np.maximum.reduceat(means, firsts).tolist()
        return matches


def _starts_of(path: Path) -> Path:
    return path.with_stem(f"{path.stem}-starts")
