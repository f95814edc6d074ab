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
            self._matrix: NDArray[np.float32] = np.load(path, mmap_mode="r", allow_pickle=False)
        except (OSError, ValueError, EOFError) as exc:
            raise IndexUnavailable("the vectors cannot be read; run `dutygraph build` again", path=path) from exc
        if self._matrix.ndim != 2 or len(self._matrix) != rows:
            raise IndexUnavailable(f"holds no {rows} vectors; run `dutygraph build` again", path=path)

    def __iter__(self) -> Iterator[NDArray[np.float32]]:
        return iter(self._matrix)

    def nearest(self, query: NDArray[np.float32], among: NDArray[np.bool_] | None, limit: int) -> list[int]:
        """The ``limit`` rows with the highest cosine to ``query``, unordered; only rows that ``among`` marks."""
        import numpy as np

        cosines = self._matrix @ query
        if among is not None:
            cosines = np.where(among, cosines, np.float32(-2.0))
            limit = min(limit, int(among.sum()))
        if limit >= len(cosines):
            return list(range(len(cosines)))
        return [int(row) for row in np.argpartition(-cosines, limit - 1)[:limit]] if limit > 0 else []

    def cosines(self, query: NDArray[np.float32], rows: list[int]) -> list[float]:
        """The cosines of ``query`` with ``rows``. Summed in double precision: the matrix product of ``nearest`` adds up
        in an order that depends on the processor, and its last digits with it."""
        import numpy as np

        picked = self._matrix[rows].astype(np.float64) @ query.astype(np.float64)
        return [float(cosine) for cosine in picked]

    def bridged(self, landmarks: NDArray[np.float32], weights: NDArray[np.float64], rows: list[int]) -> list[float]:
        """For each of ``rows`` the best cosine to one of ``landmarks``, each times its weight."""
        import numpy as np

        cosines = self._matrix[rows].astype(np.float64) @ landmarks.astype(np.float64).T
        return [float(best) for best in (cosines * weights).max(axis=1)] if rows else []
