"""``python -m dutygraph.retrieve.training WORK TARGET``: make the encoder that ships, from nothing but the packages and
data/. WORK gets the two sentence-transformers folders (before and after training), TARGET the model with its card."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

from dutygraph.resources import data_dir
from dutygraph.retrieve.lexicon import read_lexicon
from dutygraph.retrieve.training.convert import convert
from dutygraph.retrieve.training.corpus import Group, read_corpus, split_corpus
from dutygraph.retrieve.training.export import export
from dutygraph.retrieve.training.train import train

__all__ = ["main", "texts_of"]


def main(argv: list[str] | None = None) -> int:
    """Convert, train, export; tells every tenth step on standard error."""
    parser = argparse.ArgumentParser(prog="python -m dutygraph.retrieve.training", description=main.__doc__)
    parser.add_argument("work", type=Path)
    parser.add_argument("target", type=Path)
    args = parser.parse_args(argv)
    everyday = data_dir() / "everyday"
    groups = read_corpus(everyday)
    convert(args.work / "untrained", texts_of(data_dir(), groups))
    training = split_corpus(groups, everyday)["training"]
    train(args.work / "untrained", args.work / "trained", training, on_step=_tell)
    export(args.work / "trained", args.target)
    return 0


def texts_of(data: Path, groups: list[Group]) -> Iterator[str]:
    """What the vocabulary must keep whole: the corpus, the lexicon, the registers."""
    for group in groups:
        yield from (group.official, *group.near, *(wording.text for wording in group.wordings))
    for concept in read_lexicon(data / "lexicon"):
        yield from (*concept.words, *concept.en_words, *concept.official)
    for source in sorted(data.glob("registers/*/*.txt")):
        yield from source.read_text(encoding="utf-8").splitlines()


def _tell(step: int, steps: int, loss: float) -> None:
    if step % 10 == 0 or step == steps:
        sys.stderr.write(f"step {step} of {steps}, loss {loss:.3f}\n")


if __name__ == "__main__":
    sys.exit(main())
