"""The search index on disk: built once for a graph, opened in milliseconds, searched by words and by meaning.

    <folder>/meta.json       what it was built from and with; written last, so that a half-built folder is no index
    <folder>/words.txt       the word list: jieba's and the graph's own terms
    <folder>/<n>/            one partition for each jurisdiction:
        passages.json            IRI and kind of each passage, sorted
        bm25/                    the words (tantivy)
        vectors.npy              the vectors, when an encoder was there
        texts.txt                what each vector was made from, as a hash: the next build need not make it again
        landmarks.npy            how near the jurisdiction's passages come to each of the encoder's landmarks

The same passages and terms give the same index, and the same index and question the same hits: everything is sorted
before it is numbered, scores are rounded before they are compared, and equal ones are ordered by IRI.
"""

from __future__ import annotations

import json
import os
import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property, lru_cache
from hashlib import sha256
from itertools import groupby, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from dutygraph.errors import IndexStale, IndexUnavailable
from dutygraph.retrieve.bm25 import Bm25, write_bm25
from dutygraph.retrieve.encoders import Encoder, open_encoder
from dutygraph.retrieve.fusion import fuse
from dutygraph.retrieve.normalise import normalise
from dutygraph.retrieve.passages import Passage
from dutygraph.retrieve.segment import SEGMENTER, Segmenter, write_words
from dutygraph.retrieve.vectors import VectorFile, write_vectors

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["Bearing", "Hit", "Index", "build_index", "open_index"]

_FORMAT = 2
_POOL = 400  # how deep each side is looked at; fusion needs no more
_DIGITS = 6  # scores are rounded to this many decimals before they are compared
# What the encoder sees of a long message: this many Chinese characters or Latin words. It takes 0.4 ms for each, and
# more than these found nothing more.
_QUESTION = re.compile(r"(?:\s?[a-z0-9'-]+|[\s\S]){0,150}")
_BATCH = 16
_AROUND = 8  # landmarks that say where a question lies
_SHARPNESS = 30.0  # what the encoder was trained with: cosines times this are the odds of meaning the same
_REMEMBERED = 64  # questions
_WORDS, _OFFICIAL, _MEANING = 1.0, 2.0, 1.0  # weights in the fusion; docs/evaluation.md has the figures
_LANDMARKS = "landmarks.npy"
_MEND = "run `dutygraph build` again"


@dataclass(frozen=True, slots=True)
class Hit:
    """A node that fits a question. ``score`` (0 to 1) orders hits of one search and compares with nothing else;
    ``bm25`` is by the question's own words, ``official`` by the phrases given with it, each 0 when no word is shared
    or the node is far down; ``cosine`` is None without an encoder; ``bridged`` is the best product of the cosines from
    the question to a landmark and from there to the node, None without landmarks."""

    iri: str
    jurisdiction: str
    kind: str
    score: float
    bm25: float
    cosine: float | None
    official: float = 0.0
    bridged: float | None = None


@dataclass(frozen=True, slots=True)
class Bearing:
    """Where a question lies among the encoder's landmarks, the official sentences on all that a county governs.
    ``nearest``: the cosine of the nearest one; ``known``: by jurisdiction, how near its passages come (a cosine) to the
    landmarks around the question, each weighed by its own nearness."""

    nearest: float
    known: Mapping[str, float]


class Index:
    """An open index. Safe to share between threads."""

    def __init__(self, folder: Path, meta: dict[str, Any], encoder: Encoder | None) -> None:
        self.graph_version: str = meta["graph_version"]
        self.segmenter = Segmenter.open(folder / "words.txt")
        if self.segmenter.digest != meta["words_sha256"]:
            raise IndexUnavailable("the word list is damaged; run `dutygraph build` again", path=folder / "words.txt")
        self._encoder = encoder
        # One question is looked at from several sides; its bearings are taken once.
        self._bearings = lru_cache(_REMEMBERED)(self._take_bearings)
        self._partitions = [
            _Partition(folder / part["folder"], part["jurisdiction"], part["passages"]) for part in meta["partitions"]
        ]

    @property
    def encoder(self) -> str | None:
        """The name of the encoder in use, or None: search goes by words alone."""
        return self._encoder.name if self._encoder else None

    def search(
        self,
        text: str,
        *,
        jurisdiction: str | None = None,
        kinds: Collection[str] | None = None,
        limit: int = 20,
        official: Iterable[str] = (),
        meaning: str | None = None,
    ) -> list[Hit]:
        """The nodes that fit ``text`` best, at most ``limit``, best first: of one jurisdiction (GB/T 2260 code) or of
        all, of some ``kinds`` or of all. ``official``: what registers would write for what the question means, such as
        the official phrases of the lexicon's concepts in it; they count twice as much as its own words. ``meaning``:
        what the encoder sees in place of ``text``, such as the whole question of which that is the content. Empty when
        nothing fits or nothing of the kind is there. Several passages of one IRI count as one hit, with the best of
        each score."""
        question = normalise(text)
        asked = _Asked(
            words={word: float(count) for word, count in Counter(_words(self.segmenter, question)).items()},
            phrases={word: 1.0 for phrase in official for word in _words(self.segmenter, normalise(phrase))},
            bearings=self._bearings(normalise(meaning or text)),
            kinds=None if kinds is None else frozenset(kinds),
        )
        found: dict[_Node, _Scores] = {}
        for partition in self._partitions:
            if jurisdiction in (None, partition.jurisdiction):
                for node, scores in partition.search(asked):
                    found[node] = found[node].best_of(scores) if node in found else scores
        fused = fuse(
            [
                ({node: scores.bm25 for node, scores in found.items() if scores.bm25 > 0}, _WORDS),
                ({node: scores.official for node, scores in found.items() if scores.official > 0}, _OFFICIAL),
                ({node: scores.cosine for node, scores in found.items() if scores.cosine is not None}, _MEANING),
            ]
        )
        ranked = sorted(fused.items(), key=lambda pair: (-round(pair[1], _DIGITS), pair[0]))
        return [_hit(node, score, found[node]) for node, score in ranked[:limit]]

    def bearing(self, text: str) -> Bearing | None:
        """Where a question lies; None without an encoder, or when the encoder has no landmarks."""
        found = self._bearings(normalise(text))
        if found is None or found.around is None:
            return None
        import numpy as np

        weights = np.exp(_SHARPNESS * (found.cosines - found.cosines.max()))
        weights /= weights.sum()
        known = {part.jurisdiction: float(weights @ part.landmarks[found.around]) for part in self._partitions}
        return Bearing(
            round(float(found.cosines.max()), _DIGITS), {code: round(value, _DIGITS) for code, value in known.items()}
        )

    def _take_bearings(self, question: str) -> _Bearings | None:
        if self._encoder is None or not question:
            return None
        import numpy as np

        vector = self._encoder.query(_head(question))
        landmarks = self._encoder.landmarks
        if landmarks is None:
            return _Bearings(vector, None, np.zeros(0), np.zeros((0, len(vector)), dtype=np.float32))
        near = np.argsort(-(landmarks @ vector), kind="stable")[:_AROUND]
        cosines = landmarks[near].astype(np.float64) @ vector.astype(np.float64)
        return _Bearings(vector, near, cosines, landmarks[near])


class _Bearings(NamedTuple):
    """A question's vector, and the landmarks around it: their numbers (None without any), cosines and vectors."""

    vector: NDArray[np.float32]
    around: NDArray[np.intp] | None
    cosines: NDArray[np.float64]
    landmarks: NDArray[np.float32]


class _Asked(NamedTuple):
    """A question as the partitions see it."""

    words: Mapping[str, float]
    phrases: Mapping[str, float]
    bearings: _Bearings | None
    kinds: frozenset[str] | None


class _Node(NamedTuple):
    jurisdiction: str
    iri: str
    kind: str


class _Scores(NamedTuple):
    bm25: float
    official: float
    cosine: float | None
    bridged: float | None

    def best_of(self, other: _Scores) -> _Scores:
        return _Scores(
            max(self.bm25, other.bm25),
            max(self.official, other.official),
            _larger(self.cosine, other.cosine),
            _larger(self.bridged, other.bridged),
        )


def _larger(left: float | None, right: float | None) -> float | None:
    return max((value for value in (left, right) if value is not None), default=None)


def _hit(node: _Node, score: float, scores: _Scores) -> Hit:
    return Hit(
        node.iri,
        node.jurisdiction,
        node.kind,
        round(score, _DIGITS),
        scores.bm25,
        scores.cosine,
        scores.official,
        scores.bridged,
    )


def _rounded(rows: Iterable[int], values: Iterable[float]) -> dict[int, float]:
    return {row: round(value, _DIGITS) for row, value in zip(rows, values, strict=True)}


class _Partition:
    """One jurisdiction's passages. Files are opened at the first search that needs them."""

    def __init__(self, folder: Path, jurisdiction: str, count: int) -> None:
        self.jurisdiction = jurisdiction
        self._folder = folder
        self._count = count

    def search(self, asked: _Asked) -> Iterator[tuple[_Node, _Scores]]:
        """The scores of this partition's best passages, in no order."""
        bm25 = dict(self._bm25.search(asked.words, asked.kinds, _POOL))
        official = dict(self._bm25.search(asked.phrases, asked.kinds, _POOL))
        rows = {*bm25, *official}
        cosines: dict[int, float] = {}
        bridged: dict[int, float] = {}
        if asked.bearings is not None:
            rows.update(self._vectors.nearest(asked.bearings.vector, self._of_kinds(asked.kinds), _POOL))
            ordered = sorted(rows)
            cosines = _rounded(ordered, self._vectors.cosines(asked.bearings.vector, ordered))
            if asked.bearings.around is not None:
                over = self._vectors.bridged(asked.bearings.landmarks, asked.bearings.cosines, ordered)
                bridged = _rounded(ordered, over)
        for row in rows:
            scores = _Scores(
                round(bm25.get(row, 0.0), _DIGITS),
                round(official.get(row, 0.0), _DIGITS),
                cosines.get(row),
                bridged.get(row),
            )
            yield _Node(self.jurisdiction, *self._passages[row]), scores

    def _of_kinds(self, kinds: frozenset[str] | None) -> NDArray[np.bool_] | None:
        import numpy as np

        return None if kinds is None else np.array([kind in kinds for _, kind in self._passages], dtype=bool)

    @cached_property
    def _bm25(self) -> Bm25:
        return Bm25(self._folder / "bm25")

    @cached_property
    def _vectors(self) -> VectorFile:
        return VectorFile(self._folder / "vectors.npy", self._count)

    @cached_property
    def landmarks(self) -> NDArray[np.float64]:
        """The best cosine of this partition's passages to each of the encoder's landmarks."""
        import numpy as np

        path = self._folder / _LANDMARKS
        try:
            nearness: NDArray[np.float64] = np.load(path, allow_pickle=False).astype(np.float64)
        except (OSError, ValueError, EOFError) as exc:
            raise IndexUnavailable(f"the landmarks cannot be read; {_MEND}", path=path) from exc
        return nearness

    @cached_property
    def _passages(self) -> list[tuple[str, str]]:
        path = self._folder / "passages.json"
        try:
            pairs = [(str(iri), str(kind)) for iri, kind in json.loads(path.read_bytes())]
        except (OSError, ValueError, TypeError) as exc:
            raise IndexUnavailable("the passages cannot be read; run `dutygraph build` again", path=path) from exc
        if len(pairs) != self._count:
            raise IndexUnavailable(f"holds no {self._count} passages; run `dutygraph build` again", path=path)
        return pairs


def build_index(
    passages: Iterable[Passage],
    terms: Iterable[str],
    folder: Path,
    graph_version: str,
    encoder: Encoder | str | None = "auto",
    *,
    last: Path | None = None,
    on_progress: Callable[[int, int], None] = lambda done, of: None,
) -> None:
    """Build the index of ``passages`` in ``folder``, which must be new or empty. ``terms`` (labels, lexicon words) are
    kept whole when texts are cut into words. ``encoder``: one, or a setting for ``open_encoder``. ``last``: an earlier
    index, whose vectors are taken over for texts that it has. ``on_progress`` is told how many passages are done, and
    of how many. Raises IndexUnavailable when the folder holds something or the encoder does not load."""
    if folder.exists() and any(folder.iterdir()):
        raise IndexUnavailable("is not empty; an index is built in a new folder", path=folder)
    folder.mkdir(parents=True, exist_ok=True)
    model = open_encoder(encoder) if isinstance(encoder, str) else encoder
    known = _known_vectors(last, model.name) if last and model else {}
    digest = write_words(terms, folder / "words.txt")
    segmenter = Segmenter.open(folder / "words.txt")
    ordered = sorted(set(passages), key=lambda each: (each.jurisdiction, each.iri, each.kind, each.label, each.text))
    partitions = []
    done = 0
    for number, (jurisdiction, group) in enumerate(groupby(ordered, key=lambda passage: passage.jurisdiction)):
        members = list(group)
        for written in _write_partition(members, folder / str(number), segmenter, model, known):
            on_progress(done + written, len(ordered))
        done += len(members)
        partitions.append({"jurisdiction": jurisdiction, "folder": str(number), "passages": len(members)})
    meta = {
        "format": _FORMAT,
        "graph_version": graph_version,
        "segmenter": SEGMENTER,
        "words_sha256": digest,
        "encoder": model.name if model else None,
        "passages": len(ordered),
        "partitions": partitions,
    }
    (folder / "meta.json").write_text(json.dumps(meta, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _write_partition(
    passages: list[Passage],
    folder: Path,
    segmenter: Segmenter,
    model: Encoder | None,
    known: Mapping[str, NDArray[np.float32]],
) -> Iterator[int]:
    """Write one partition; yields how many of its passages are done, after each batch."""
    texts = [normalise(passage.full_text) for passage in passages]
    words = ((each.kind, _words(segmenter, text)) for each, text in zip(passages, texts, strict=True))
    write_bm25(words, folder / "bm25")
    pairs = json.dumps([[passage.iri, passage.kind] for passage in passages], ensure_ascii=False)
    (folder / "passages.json").write_text(pairs, encoding="utf-8")
    if model:
        import numpy as np

        digests = [sha256(text.encode()).hexdigest() for text in texts]
        made = {digest: known[digest] for digest in digests if digest in known}
        missing = {digest: text for digest, text in zip(digests, texts, strict=True) if digest not in made}
        if not missing:
            yield len(texts)
        waiting = iter(missing.items())
        batches = list(iter(lambda: dict(islice(waiting, _BATCH)), {}))
        # Encoding is done outside Python, a thread a core; each text by itself, so the threads change nothing in it.
        with ThreadPoolExecutor(os.cpu_count()) as pool:
            for batch, vectors in zip(
                batches, pool.map(lambda batch: model.passages(list(batch.values())), batches), strict=True
            ):
                made.update(zip(batch, vectors, strict=True))
                yield sum(digest in made for digest in digests)
        vectors = np.stack([made[digest] for digest in digests])
        write_vectors(vectors, folder / "vectors.npy")
        if model.landmarks is not None:
            np.save(folder / _LANDMARKS, np.round((model.landmarks @ vectors.T).max(axis=1), _DIGITS))
        (folder / "texts.txt").write_text("\n".join(digests), encoding="ascii")
    else:
        yield len(texts)


def _known_vectors(folder: Path, encoder: str) -> dict[str, NDArray[np.float32]]:
    """The vectors of an index by the hash of their texts; none when it is of another encoder or cannot be read."""
    try:
        meta = json.loads((folder / "meta.json").read_bytes())
        if meta["encoder"] != encoder:
            return {}
        known: dict[str, NDArray[np.float32]] = {}
        for part in meta["partitions"]:
            digests = (folder / part["folder"] / "texts.txt").read_text(encoding="ascii").split()
            known.update(zip(digests, VectorFile(folder / part["folder"] / "vectors.npy", len(digests)), strict=True))
    except (OSError, ValueError, KeyError, TypeError, IndexUnavailable):
        return {}
    return known


def open_index(folder: Path, encoder: Encoder | str | None = "auto", graph_version: str | None = None) -> Index:
    """Open the index in ``folder``. An index with vectors needs the encoder that made them, or ``none``; one without is
    searched by words. Raises IndexUnavailable when there is no index or a damaged one, and IndexStale when it is of
    another format, another way of cutting words, another encoder, or another graph than ``graph_version``."""
    path = folder / "meta.json"
    try:
        meta = json.loads(path.read_bytes())
        made_by, version = meta["encoder"], meta["graph_version"]
        form = (meta["format"], meta["segmenter"])
    except (OSError, ValueError, TypeError, KeyError) as exc:
        raise IndexUnavailable("there is no search index; run `dutygraph build`", path=path) from exc
    if form != (_FORMAT, SEGMENTER):
        raise IndexStale(f"the index was made by another version of dutygraph; {_MEND}", path=path)
    if graph_version not in (None, version):
        raise IndexStale(f"the index belongs to another graph ({version}); {_MEND}", path=path)
    model = None
    if made_by is not None:
        model = open_encoder(encoder) if isinstance(encoder, str) else encoder
        if model and model.name != made_by:
            raise IndexStale(f"the index was made with the encoder {made_by}, not {model.name}; {_MEND}", path=path)
    return Index(folder, meta, model)


def _head(question: str) -> str:
    begun = _QUESTION.match(question)
    return begun.group() if begun else ""


def _words(segmenter: Segmenter, normalised: str) -> list[str]:
    """What is counted of a text, passage or question: its words, the shorter words inside them, and the characters of
    its Chinese words. Measured: characters add 10 to 13 points to the right cell among the first ten."""
    words = segmenter.cut(normalised)
    inside = [part for word in words if len(word) > 2 for part in segmenter.subwords(word)]
    return words + inside + [letter for word in words if len(word) > 1 and not word.isascii() for letter in word]
