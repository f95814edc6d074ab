"""One jurisdiction's part of an index: its passages, their words and their vectors."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from dutygraph.errors import IndexUnavailable
from dutygraph.retrieve.bearings import Bearings
from dutygraph.retrieve.bm25 import Bm25
from dutygraph.retrieve.late import TokenFile
from dutygraph.retrieve.vectors import VectorFile

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["BM25", "DIGITS", "LANDMARKS", "PASSAGES", "TOKENS", "VECTORS", "Asked", "Partition", "Scores"]

BM25, PASSAGES, VECTORS, LANDMARKS = "bm25", "passages.json", "vectors.npy", "landmarks.npy"
TOKENS = "tokens.npy"
"""What a partition's folder holds."""

DIGITS = 6
"""Scores are rounded to this many decimals before they are compared."""

_POOL = 400  # how deep each side is looked at; fusion needs no more
_MEND = "run `dutygraph build` again"


class Asked(NamedTuple):
    """A question as the partitions see it: its words and those of the phrases given with it, with their weights."""

    words: Mapping[str, float]
    phrases: Mapping[str, float]
    bearings: Bearings | None
    kinds: frozenset[str] | None


class Scores(NamedTuple):
    """What a search found, in columns: the numbers of the nodes, rising, and the scores of each as ``Hit`` has them."""

    nodes: NDArray[np.intp]
    bm25: NDArray[np.float64]
    official: NDArray[np.float64]
    cosine: NDArray[np.float64] | None
    bridged: NDArray[np.float64] | None


class Partition:
    """One jurisdiction's passages. Files are opened at the first search that needs them."""

    def __init__(self, folder: Path, jurisdiction: str, count: int) -> None:
        self.jurisdiction = jurisdiction
        self._folder = folder
        self._count = count

    def search(self, asked: Asked) -> Scores:
        """The nodes of this partition's best passages, each with the best of every score."""
        import numpy as np

        bm25 = self._by_words(asked.words, asked.kinds)
        official = self._by_words(asked.phrases, asked.kinds)
        found = (bm25 > 0) | (official > 0)
        cosine = bridged = None
        if asked.bearings is not None:
            found[self._vectors.nearest(asked.bearings.vector, self._of_kinds(asked.kinds), _POOL)] = True
        rows = np.flatnonzero(found)
        # The passages of one node stand together, and nodes in the order of their IRIs.
        nodes = self._node_of[rows]
        firsts = np.flatnonzero(np.diff(nodes, prepend=-1))

        def best(values: NDArray[np.float64]) -> NDArray[np.float64]:
            return np.maximum.reduceat(np.round(values, DIGITS), firsts) if len(firsts) else np.zeros(0)

        if asked.bearings is not None:
            seen = np.vstack((asked.bearings.vector, asked.bearings.landmarks))
            cosines = self._vectors.cosines(seen, rows)
            cosine = best(cosines[:, 0])
            if asked.bearings.around is not None:
                bridged = best((cosines[:, 1:] * asked.bearings.cosines).max(axis=1))
        return Scores(nodes[firsts], best(bm25[rows]), best(official[rows]), cosine, bridged)

    def late(self, tokens: NDArray[np.int8], rarity: NDArray[np.uint8] | None, iris: Iterable[str]) -> dict[str, float]:
        """How well the nodes of these IRIs match a question's tokens, 0 … 1: each by its best passage. Without those
        that are not here. ``rarity``: how much each token counts, by default all the same."""
        here = [iri for iri in iris if iri in self._rows_of]
        matches = self._tokens.match(tokens, rarity, [self._rows_of[iri] for iri in here])
        return {iri: round(match, DIGITS) for iri, match in zip(here, matches, strict=True)}

    def _by_words(self, weights: Mapping[str, float], kinds: frozenset[str] | None) -> NDArray[np.float64]:
        """The BM25 score of each passage."""
        import numpy as np

        scores = np.zeros(self._count)
        hits = self._bm25.search(weights, kinds, _POOL)
        scores[[row for row, _ in hits]] = [score for _, score in hits]
        return scores

    @property
    def nodes(self) -> list[tuple[str, str]]:
        """IRI and kind of each node."""
        return self._numbered[0]

    @cached_property
    def landmarks(self) -> NDArray[np.float64]:
        """The best cosine of this partition's passages to each of the encoder's landmarks."""
        import numpy as np

        path = self._folder / LANDMARKS
        try:
            nearness: NDArray[np.float64] = np.load(path, allow_pickle=False).astype(np.float64)
        except (OSError, ValueError, EOFError) as exc:
            raise IndexUnavailable(f"the landmarks cannot be read; {_MEND}", path=path) from exc
        return nearness

    def _of_kinds(self, kinds: frozenset[str] | None) -> NDArray[np.bool_] | None:
        import numpy as np

        if kinds is None:
            return None
        of_nodes = np.array([kind in kinds for _, kind in self.nodes], dtype=bool)
        return of_nodes[self._node_of]

    @property
    def _node_of(self) -> NDArray[np.intp]:
        """The number of each passage's node."""
        return self._numbered[1]

    @cached_property
    def _bm25(self) -> Bm25:
        return Bm25(self._folder / BM25)

    @cached_property
    def _vectors(self) -> VectorFile:
        return VectorFile(self._folder / VECTORS, self._count)

    @cached_property
    def _tokens(self) -> TokenFile:
        return TokenFile(self._folder / TOKENS, self._count)

    @cached_property
    def _rows_of(self) -> dict[str, range]:
        """The numbers of each IRI's passages, which stand together."""
        import numpy as np

        starts = np.searchsorted(self._node_of, np.arange(len(self.nodes) + 1)).tolist()
        rows: dict[str, range] = {}
        for (iri, _), start, end in zip(self.nodes, starts, starts[1:], strict=False):
            rows[iri] = range(rows[iri].start if iri in rows else start, end)
        return rows

    @cached_property
    def _numbered(self) -> tuple[list[tuple[str, str]], NDArray[np.intp]]:
        import numpy as np

        path = self._folder / PASSAGES
        try:
            pairs = [(str(iri), str(kind)) for iri, kind in json.loads(path.read_bytes())]
        except (OSError, ValueError, TypeError) as exc:
            raise IndexUnavailable(f"the passages cannot be read; {_MEND}", path=path) from exc
        if len(pairs) != self._count:
            raise IndexUnavailable(f"holds no {self._count} passages; {_MEND}", path=path)
        numbers = {pair: number for number, pair in enumerate(dict.fromkeys(pairs))}
        return list(numbers), np.array([numbers[pair] for pair in pairs], dtype=np.intp)
