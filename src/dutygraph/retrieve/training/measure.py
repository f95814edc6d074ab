"""How often search finds the right sentence, by words and by each encoder, on the same questions in the same run."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from dutygraph.retrieve.encoders import Encoder
from dutygraph.retrieve.index import Index, build_index, open_index
from dutygraph.retrieve.normalise import normalise
from dutygraph.retrieve.passages import Passage
from dutygraph.retrieve.training.corpus import Group

__all__ = [
    "Asked",
    "Found",
    "Nearness",
    "Speed",
    "Task",
    "area_under",
    "by_meaning",
    "by_words",
    "corpus_task",
    "count_found",
    "near_registers",
    "time_encoder",
]

_TIMED = 200  # questions
_DEEP = 50


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, its language, and the places of the sentences that answer it. ``among``: a jurisdiction, when only
    its passages may be found."""

    text: str
    language: str
    right: frozenset[int]
    among: str | None = None


@dataclass(frozen=True, slots=True)
class Task:
    """Questions and the passages to find, in order: each with its jurisdiction (empty where there is none)."""

    name: str
    asked: tuple[Asked, ...]
    passages: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Found:
    """Of the questions in one language: how many there are, the share with a right passage first, and among the first
    ten."""

    questions: int
    first: float
    ten: float


@dataclass(frozen=True, slots=True)
class Nearness:
    """How near a question lies to the passages that may answer it: the best cosine, and by the encoder's landmarks
    (``Bearing.known``; None when it has none)."""

    cosine: float
    landmarks: float | None


@dataclass(frozen=True, slots=True)
class Speed:
    """Milliseconds to open an encoder and encode a first question, and of the questions after it (median). Time of the
    processor, so that other work on the machine counts little."""

    load: float
    question: float


def corpus_task(name: str, groups: Iterable[Group]) -> Task:
    """Each wording of ``groups`` is to find its official sentence among those of all the groups and their near
    misses."""
    groups = list(groups)
    texts: dict[str, int] = {}
    for group in groups:
        for text in (group.official, *group.near):
            texts.setdefault(normalise(text), len(texts))
    asked = tuple(
        Asked(wording.text, wording.language, frozenset({texts[normalise(group.official)]}))
        for group in groups
        for wording in group.wordings
    )
    return Task(name, asked, tuple(("", text) for text in texts))


def by_words(task: Task) -> list[int | None]:
    """The rank of the first right passage of each question, from 1; None when it is not among the first 50. By BM25,
    through the index as it is used."""
    with tempfile.TemporaryDirectory() as folder:
        index = _index(task, Path(folder) / "index", None)
        found = [index.search(asked.text, jurisdiction=asked.among, limit=_DEEP) for asked in task.asked]
    return [_rank((int(hit.iri) for hit in hits), asked.right) for hits, asked in zip(found, task.asked, strict=True)]


def _index(task: Task, folder: Path, encoder: Encoder | None) -> Index:
    passages = [
        Passage(iri=str(place), jurisdiction=jurisdiction or "-", kind="passage", label="", text=text)
        for place, (jurisdiction, text) in enumerate(task.passages)
    ]
    build_index(passages, [], folder, "measured", encoder)
    return open_index(folder, encoder)


def by_meaning(task: Task, encoder: Encoder) -> list[int | None]:
    """The rank of the first right passage of each question, as ``by_words``, by the encoder's cosines alone."""
    import numpy as np

    vectors = np.stack([each.vector for each in encoder.passages([normalise(text) for _, text in task.passages])])
    ranks = []
    for asked in task.asked:
        cosines = vectors @ encoder.query(normalise(asked.text)).vector
        if asked.among is not None:
            elsewhere = [jurisdiction != asked.among for jurisdiction, _ in task.passages]
            cosines = np.where(elsewhere, np.float32(-2), cosines)
        ranks.append(_rank(map(int, np.argsort(-cosines, kind="stable")[:_DEEP]), asked.right))
    return ranks


def _rank(places: Iterable[int], right: frozenset[int]) -> int | None:
    return next((rank for rank, place in enumerate(places, start=1) if place in right), None)


def count_found(task: Task, ranks: Sequence[int | None], language: str) -> Found:
    """The figures of one language; zeros when no question is in it."""
    ours = [rank for asked, rank in zip(task.asked, ranks, strict=True) if asked.language == language]
    share = 1 / max(1, len(ours))
    first, ten = (sum(rank is not None and rank <= depth for rank in ours) * share for depth in (1, 10))
    return Found(len(ours), first, ten)


def near_registers(task: Task, encoder: Encoder) -> list[Nearness]:
    """How near each question lies to the passages, through the index as it is used."""
    with tempfile.TemporaryDirectory() as folder:
        index = _index(task, Path(folder) / "index", encoder)
        return [_nearness(index, asked) for asked in task.asked]


def _nearness(index: Index, asked: Asked) -> Nearness:
    hits = index.search(asked.text, jurisdiction=asked.among, limit=_DEEP)
    bearing = index.bearing(asked.text)
    known = bearing.known if bearing else {}
    reached = [value for place, value in known.items() if asked.among in (None, place)]
    return Nearness(max((hit.cosine or 0.0 for hit in hits), default=0.0), max(reached, default=None))


def area_under(inside: Sequence[float], outside: Sequence[float]) -> float:
    """The chance that one of ``inside`` is greater than one of ``outside``, an equal one counting half: the area under
    the curve of a threshold. Raises ZeroDivisionError when either is empty."""
    wins = sum((left > right) + (left == right) / 2 for left in inside for right in outside)
    return wins / (len(inside) * len(outside))


def time_encoder(make: Callable[[], Encoder], task: Task) -> Speed:
    """The speed of an encoder on the first questions of a task. Libraries not imported yet count as loading."""
    questions = [normalise(asked.text) for asked in task.asked[:_TIMED]]
    started = time.process_time()
    encoder = make()
    encoder.query(questions[0])
    load = time.process_time() - started
    times = []
    for question in questions:
        started = time.process_time()
        encoder.query(question)
        times.append(time.process_time() - started)
    return Speed(load * 1000, median(times) * 1000)
