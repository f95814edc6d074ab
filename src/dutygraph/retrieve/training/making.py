"""The whole way from the packages and data/ to the encoder that ships."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from dutygraph.resources import data_dir
from dutygraph.retrieve.encoders import LANDMARKS, RARITY, OnnxEncoder
from dutygraph.retrieve.lexicon import read_lexicon
from dutygraph.retrieve.normalise import normalise
from dutygraph.retrieve.training.card import write_card
from dutygraph.retrieve.training.convert import convert
from dutygraph.retrieve.training.corpus import Group, read_corpus, split_corpus
from dutygraph.retrieve.training.export import export
from dutygraph.retrieve.training.measure import by_meaning, by_words, corpus_task, count_found
from dutygraph.retrieve.training.train import Recipe, train

__all__ = ["finish", "make", "questions_of", "sample_of", "texts_of", "write_landmarks", "write_rarity"]

_TENTHS = 10  # rarity is in tenths


def make(work: Path, target: Path, on_step: Callable[[int, int, float], None]) -> None:
    """Convert, train, export, measure. ``work`` gets two sentence-transformers folders, ``untrained`` and ``trained``;
    ``target`` the encoder with its card."""
    everyday = data_dir() / "everyday"
    groups = read_corpus(everyday)
    convert(work / "untrained", texts_of(data_dir(), groups))
    train(work / "untrained", work / "trained", split_corpus(groups, everyday)["training"], Recipe(), on_step)
    finish(work, target)


def finish(work: Path, target: Path) -> None:
    """What ``make`` does after the training."""
    export(work / "untrained", work / "packed")
    everyday = data_dir() / "everyday"
    groups = read_corpus(everyday)
    split = split_corpus(groups, everyday)
    export(work / "trained", work / "float32")
    export(work / "trained", target, sample_of(split["training"]))
    write_landmarks(target, groups)
    write_rarity(target, questions_of(data_dir(), groups))
    encoders = {"before training": work / "packed", "this model, in float32": work / "float32", "this model": target}
    figures = {}
    for name in ("test", "known"):
        task = corpus_task(name, split[name])
        ranks = {"BM25": by_words(task)}
        ranks |= {label: by_meaning(task, OnnxEncoder(folder)) for label, folder in encoders.items()}
        figures[name] = {
            label: {language: count_found(task, found, language) for language in ("zh", "en")}
            for label, found in ranks.items()
        }
    write_card(target, split, Recipe(), figures)


def write_landmarks(target: Path, groups: list[Group]) -> None:
    """Put the vectors of all official sentences beside the encoder in ``target``, in half precision."""
    import numpy as np

    sentences = list(dict.fromkeys(normalise(group.official) for group in groups))
    vectors = [each.vector for each in OnnxEncoder(target).passages(sentences)]
    np.save(target / LANDMARKS, np.stack(vectors).astype(np.float16))


def write_rarity(target: Path, questions: Iterable[str]) -> None:
    """Put beside the encoder in ``target`` how rare each of its tokens is among normalised questions: the logarithm of
    the inverse share of those that hold it (Spärck Jones 1972), in tenths."""
    import numpy as np

    encoder = OnnxEncoder(target)
    holding: Counter[int] = Counter()
    count = 0
    for question in questions:
        holding.update(set(encoder.pieces(question)))
        count += 1
    held = np.array([holding[number] for number in range(encoder.vocabulary)])
    rarity = np.rint(np.log((count + 1) / (held + 1)) * _TENTHS)
    np.save(target / RARITY, rarity.astype(np.uint8))


def questions_of(data: Path, groups: list[Group]) -> Iterator[str]:
    """The wordings of the corpus, and the forms of questions."""
    for group in groups:
        yield from (normalise(wording.text) for wording in group.wordings)
    with (data / "forms" / "questions.tsv").open(encoding="utf-8", newline="") as lines:
        yield from (normalise(row["question"]) for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


def sample_of(groups: list[Group]) -> list[str]:
    """One sentence and one wording of every tenth group: what the encoder's inner values are watched on."""
    return [normalise(text) for group in groups[::10] for text in (group.official, group.wordings[0].text)]


def texts_of(data: Path, groups: list[Group]) -> Iterator[str]:
    """What the vocabulary must keep whole: the corpus, the lexicon, the registers."""
    for group in groups:
        yield from (group.official, *group.near, *(wording.text for wording in group.wordings))
    for concept in read_lexicon(data / "lexicon"):
        yield from (*concept.words, *concept.en_words, *concept.official)
    for source in sorted(data.glob("registers/*/*.txt")):
        yield from source.read_text(encoding="utf-8").splitlines()
