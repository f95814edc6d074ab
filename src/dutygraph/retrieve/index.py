"""The search index on disk: built once for a graph, opened in milliseconds, searched by words and by meaning.

    <folder>/meta.json       what it was built from and with; written last, so that a half-built folder is no index
    <folder>/words.txt       the word list: jieba's and the graph's own terms
    <folder>/<n>/            one partition for each jurisdiction:
        passages.json            IRI and kind of each passage, sorted
        bm25/                    the words (tantivy)
        vectors.npy              the vectors, when an encoder was there
        tokens.npy               and those of the tokens, when it gives such
        tokens-starts.npy        where those of each passage begin
        texts.txt                what each vector was made from, as a hash: the next build need not make it again
        landmarks.npy            how near the jurisdiction's passages come to each of the encoder's landmarks

The same passages and terms give the same index, and the same index and question the same hits: everything is sorted
before it is numbered, scores are rounded before they are compared, and equal ones are ordered by IRI.
"""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from itertools import groupby, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dutygraph.errors import IndexStale, IndexUnavailable
from dutygraph.retrieve.bearings import Bearing, Bearings, take_bearings, weigh_bearings
from dutygraph.retrieve.bm25 import write_bm25
from dutygraph.retrieve.encoders import Encoded, Encoder, open_encoder
from dutygraph.retrieve.fusion import fuse
from dutygraph.retrieve.late import TokenFile, write_tokens
from dutygraph.retrieve.normalise import normalise
from dutygraph.retrieve.partition import BM25, DIGITS, LANDMARKS, PASSAGES, TOKENS, VECTORS, Asked, Partition, Scores
from dutygraph.retrieve.passages import Passage
from dutygraph.retrieve.segment import SEGMENTER, Segmenter, write_words
from dutygraph.retrieve.vectors import VectorFile, write_vectors

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["Found", "Hit", "Index", "build_index", "open_index"]

_FORMAT = 3
_BATCH = 16
_REMEMBERED = 64  # questions
_PHRASES = 4_096  # the official phrases of a lexicon, whose words are counted once
_SENTENCES = 1_024  # of records, compared with questions beside the passages
_WORDS, _OFFICIAL, _MEANING = 1.0, 2.0, 1.0  # weights in the fusion; docs/evaluation.md has the figures
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
class Found:
    """The nodes of one jurisdiction that fit a question, in columns: ``nodes`` are IRI and kind, sorted; the rest are
    what ``Hit`` says of each."""

    jurisdiction: str
    nodes: tuple[tuple[str, str], ...]
    score: NDArray[np.float64]
    bm25: NDArray[np.float64]
    official: NDArray[np.float64]
    cosine: NDArray[np.float64] | None
    bridged: NDArray[np.float64] | None

    def hits(self) -> Iterator[Hit]:
        """The same, node by node."""
        nothing = [None] * len(self.nodes)
        cosine = nothing if self.cosine is None else self.cosine.tolist()
        bridged = nothing if self.bridged is None else self.bridged.tolist()
        columns = self.score.tolist(), self.bm25.tolist(), cosine, self.official.tolist(), bridged
        for (iri, kind), *scores in zip(self.nodes, *columns, strict=True):
            yield Hit(iri, self.jurisdiction, kind, *scores)


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
        self._sentence = lru_cache(_SENTENCES)(self._vector_of)
        self._phrase = lru_cache(_PHRASES)(self._words_of)
        self._partitions = [
            Partition(folder / part["folder"], part["jurisdiction"], part["passages"]) for part in meta["partitions"]
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
        found = self.find(text, jurisdiction=jurisdiction, kinds=kinds, limit=limit, official=official, meaning=meaning)
        hits = (hit for each in found for hit in each.hits())
        return sorted(hits, key=lambda hit: (-hit.score, hit.jurisdiction, hit.iri, hit.kind))

    def find(
        self,
        text: str,
        *,
        jurisdiction: str | None = None,
        kinds: Collection[str] | None = None,
        limit: int = 20,
        official: Iterable[str] = (),
        meaning: str | None = None,
    ) -> tuple[Found, ...]:
        """What ``search`` finds, by jurisdiction and in columns: for those who weigh hundreds of nodes."""
        question = normalise(text)
        asked = Asked(
            words={word: float(count) for word, count in Counter(_words(self.segmenter, question)).items()},
            phrases={word: 1.0 for phrase in official for word in self._phrase(phrase)},
            bearings=self._bearings(normalise(meaning or text)),
            kinds=None if kinds is None else frozenset(kinds),
        )
        asking = [part for part in self._partitions if jurisdiction in (None, part.jurisdiction)]
        scored = [(part, part.search(asked)) for part in asking]
        return _best([(part, scores) for part, scores in scored if len(scores.nodes)], limit)

    def late(self, text: str, jurisdiction: str, iris: Iterable[str]) -> dict[str, float] | None:
        """How well the nodes of these IRIs match a question token by token, 0 … 1; without those that are not of the
        jurisdiction. None without an encoder, or when it gives no tokens."""
        found = self._bearings(normalise(text))
        if found is None or found.tokens is None:
            return None
        asked = (part for part in self._partitions if part.jurisdiction == jurisdiction)
        return next((part.late(found.tokens, found.rarity, iris) for part in asked), {})

    def vector(self, text: str) -> NDArray[np.float32] | None:
        """What the encoder makes of a text; None without one, or when nothing is said."""
        found = self._bearings(normalise(text))
        return None if found is None else found.vector

    def nearness(self, question: str, texts: Sequence[str]) -> dict[str, float] | None:
        """The cosines of a question and texts that need not be passages of the index; None without an encoder. Texts
        that were compared before are remembered."""
        found = self._bearings(normalise(question))
        if found is None:
            return None
        return {text: round(float(self._sentence(text) @ found.vector), DIGITS) for text in texts}

    def _vector_of(self, text: str) -> Any:
        return self._encoder.passages([text])[0].vector if self._encoder else None

    def bearing(self, text: str) -> Bearing | None:
        """Where a question lies; None without an encoder, or when the encoder has no landmarks."""
        found = self._bearings(normalise(text))
        if found is None or found.around is None:
            return None
        return weigh_bearings(found, {part.jurisdiction: part.landmarks for part in self._partitions})

    def _take_bearings(self, question: str) -> Bearings | None:
        return take_bearings(self._encoder, question) if self._encoder and question else None

    def _words_of(self, phrase: str) -> tuple[str, ...]:
        return tuple(_words(self.segmenter, normalise(phrase)))


def _best(scored: list[tuple[Partition, Scores]], limit: int) -> tuple[Found, ...]:
    """The ``limit`` nodes that come first when all scores are fused."""
    if not scored:
        return ()
    import numpy as np

    def together(name: str) -> NDArray[np.float64]:
        return np.concatenate([getattr(scores, name) for _, scores in scored])

    bm25, official = together("bm25"), together("official")
    rankings = [(np.where(bm25 > 0, bm25, np.nan), _WORDS), (np.where(official > 0, official, np.nan), _OFFICIAL)]
    if scored[0][1].cosine is not None:
        rankings.append((together("cosine"), _MEANING))
    fused = np.round(fuse(rankings, len(bm25)), DIGITS)
    # Nodes are numbered in the order of their IRIs, which decides between equals.
    chosen = np.sort(np.argsort(-fused, kind="stable")[:limit])
    found = []
    start = 0
    for part, scores in scored:
        end = start + len(scores.nodes)
        here = chosen[(chosen >= start) & (chosen < end)]
        at = here - start
        found.append(
            Found(
                part.jurisdiction,
                tuple(part.nodes[node] for node in scores.nodes[at].tolist()),
                fused[here],
                scores.bm25[at],
                scores.official[at],
                None if scores.cosine is None else scores.cosine[at],
                None if scores.bridged is None else scores.bridged[at],
            )
        )
        start = end
    return tuple(found)


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
    known = _known_texts(last, model.name) if last and model else {}
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
    known: Mapping[str, Encoded],
) -> Iterator[int]:
    """Write one partition; yields how many of its passages are done, after each batch."""
    texts = [normalise(passage.full_text) for passage in passages]
    words = ((each.kind, _words(segmenter, text)) for each, text in zip(passages, texts, strict=True))
    write_bm25(words, folder / BM25)
    pairs = json.dumps([[passage.iri, passage.kind] for passage in passages], ensure_ascii=False)
    (folder / PASSAGES).write_text(pairs, encoding="utf-8")
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
            for batch, encoded in zip(
                batches, pool.map(lambda batch: model.passages(list(batch.values())), batches), strict=True
            ):
                made.update(zip(batch, encoded, strict=True))
                yield sum(digest in made for digest in digests)
        vectors = np.stack([made[digest].vector for digest in digests])
        write_vectors(vectors, folder / VECTORS)
        tokens = [each for digest in digests if (each := made[digest].tokens) is not None]
        if tokens:
            write_tokens(tokens, folder / TOKENS)
        if model.landmarks is not None:
            np.save(folder / LANDMARKS, np.round((model.landmarks @ vectors.T).max(axis=1), DIGITS))
        (folder / "texts.txt").write_text("\n".join(digests), encoding="ascii")
    else:
        yield len(texts)


def _known_texts(folder: Path, encoder: str) -> dict[str, Encoded]:
    """The texts of an index as its encoder sees them, by their hash; none when it is of another encoder or cannot be
    read."""
    try:
        meta = json.loads((folder / "meta.json").read_bytes())
        if meta["encoder"] != encoder:
            return {}
        known: dict[str, Encoded] = {}
        for part in meta["partitions"]:
            here = folder / part["folder"]
            digests = (here / "texts.txt").read_text(encoding="ascii").split()
            vectors = list(VectorFile(here / VECTORS, len(digests)))
            late = (here / TOKENS).is_file()
            tokens = TokenFile(here / TOKENS, len(digests)).passages() if late else [None] * len(digests)
            known.update(zip(digests, map(Encoded, vectors, tokens), strict=True))
    except (OSError, ValueError, KeyError, TypeError, IndexUnavailable):
        return {}
    return known


def open_index(folder: Path, encoder: Encoder | str | None = "auto", graph_version: str | None = None) -> Index:
    """Open the index in ``folder``. An index with vectors needs the encoder that made them, or ``none``; one without is
    searched by words. Raises IndexUnavailable when there is no index or a damaged one, and IndexStale when it is of
    another format, another way of cutting words, another encoder, or another graph than ``graph_version``."""
    # The products of a search are small, and OpenBLAS's threads wait by spinning: on a busy machine one product took
    # fifty milliseconds instead of one. It reads this once, when numpy is first imported.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
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


def _words(segmenter: Segmenter, normalised: str) -> list[str]:
    """What is counted of a text, passage or question: its words, the shorter words inside them, and the characters of
    its Chinese words. Measured: characters add 10 to 13 points to the right cell among the first ten."""
    words = segmenter.cut(normalised)
    inside = [part for word in words if len(word) > 2 for part in segmenter.subwords(word)]
    return words + inside + [letter for word in words if len(word) > 1 and not word.isascii() for letter in word]
