"""The dense side of search: exact cosines over a memory-mapped file of float32 vectors (numpy).

A county has fewer than ten thousand passages: one matrix product takes a fraction of a millisecond, and nothing
approximate has to be tuned or trusted.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from dutygraph.errors import IndexUnavailable

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["VectorFile", "write_vectors"]


def write_vectors(vectors: NDArray[np.float32], path: Path) -> None:
    """Write vectors of length 1, one a row, for ``VectorFile``."""
    import numpy as np

    np.save(path, np.ascontiguousarray(vectors, dtype=np.float32), allow_pickle=False)


class VectorFile:
    """A file of vectors, opened for reading. Safe to share between threads."""

    def __init__(self, path: Path, rows: int) -> None:
        """Raises IndexUnavailable when the file is missing, damaged or has not ``rows`` rows."""
        import numpy as np

        try:
            # as a plain array: each slice of a numpy.memmap costs as much as the product
            self._matrix: NDArray[np.float32] = np.asarray(np.load(path, mmap_mode="r", allow_pickle=False))
        except (OSError, ValueError, EOFError) as exc:
            raise IndexUnavailable("the vectors cannot be read; run `dutygraph build` again", path=path) from exc
        if self._matrix.ndim != 2 or len(self._matrix) != rows:
            raise IndexUnavailable(f"holds no {rows} vectors; run `dutygraph build` again", path=path)

    def __iter__(self) -> Iterator[NDArray[np.float32]]:
        return iter(self._matrix)

    def nearest(self, query: NDArray[np.float32], among: NDArray[np.bool_] | None, limit: int) -> NDArray[np.intp]:
        """The ``limit`` rows with the highest cosine to ``query``, unordered; only rows that ``among`` marks."""
        import numpy as np

        if among is None and limit >= len(self._matrix):
            return np.arange(len(self._matrix))
        cosines = self._matrix @ query
        if among is not None:
            cosines = np.where(among, cosines, np.float32(-2.0))
            limit = min(limit, int(among.sum()))
        if limit >= len(cosines):
            return np.arange(len(cosines))
        return np.argpartition(-cosines, limit - 1)[:limit] if limit > 0 else np.arange(0)

    def cosines(self, queries: NDArray[np.float32], rows: NDArray[np.intp]) -> NDArray[np.float64]:
        """The cosines of ``rows`` with each of ``queries``: a row for a row, a column for a query. Summed in double
        precision: the matrix product of ``nearest`` adds up in an order that depends on the processor, and its last
        digits with it."""
        import numpy as np

        found: NDArray[np.float64] = self._matrix[rows].astype(np.float64) @ queries.astype(np.float64).T
        return found
