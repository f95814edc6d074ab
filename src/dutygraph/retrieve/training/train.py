"""Fine-tuning: everyday wordings come closer to the official sentence that answers them than to the others."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dutygraph.retrieve.normalise import normalise
from dutygraph.retrieve.training.corpus import Group

if TYPE_CHECKING:
    import torch

__all__ = ["Batch", "Recipe", "batches", "train"]

Hand = tuple[Group, list[str]]
"""An official sentence and some of its wordings."""


@dataclass(frozen=True, slots=True)
class Recipe:
    """How to train. A step takes ``groups`` official sentences, ``wordings`` of each, and one near miss of each; an
    epoch shows every wording once. ``scale`` multiplies cosines before the softmax (the temperature's inverse).
    ``frozen``: how many of the lower layers stay as they are; the embeddings always do."""

    epochs: int = 3
    groups: int = 24
    wordings: int = 2
    scale: float = 30.0
    rate: float = 4e-5
    warm_up: float = 0.1
    frozen: int = 4
    tokens: int = 96
    threads: int = 2
    seed: int = 20261122


def train(
    source: Path,
    target: Path,
    groups: Sequence[Group],
    recipe: Recipe | None = None,
    on_step: Callable[[int, int, float], None] = lambda step, steps, loss: None,
) -> None:
    """Fine-tune the sentence-transformers model in ``source`` on ``groups`` and save it in ``target``. The loss is
    MultipleNegativesRankingLoss over the official sentences and near misses of a step, each counted once: with several
    wordings of one sentence in a step, the sentence must not be its own wrong answer. Matrix products are in bfloat16,
    weights and their updates in float32. ``on_step`` is told the step, how many there are, and the loss."""
    import torch
    from sentence_transformers import SentenceTransformer

    recipe = recipe or Recipe()
    torch.set_num_threads(recipe.threads)
    torch.manual_seed(recipe.seed)
    torch.use_deterministic_algorithms(True)
    model = SentenceTransformer(str(source), device="cpu", local_files_only=True)
    model.max_seq_length = recipe.tokens
    _freeze(model, recipe.frozen)
    steps = list(batches(groups, recipe))
    weights = [parameter for parameter in model.parameters() if parameter.requires_grad]
    optimiser = torch.optim.AdamW(weights, lr=recipe.rate, weight_decay=0.01)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, _slope(len(steps), recipe.warm_up))
    model.train()
    for number, batch in enumerate(steps, start=1):
        loss = _loss(model, batch, recipe.scale)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(weights, 1.0)
        optimiser.step()
        schedule.step()
        optimiser.zero_grad()
        on_step(number, len(steps), float(loss.detach()))
    model.eval()
    model.save(str(target), create_model_card=False)


@dataclass(frozen=True, slots=True)
class Batch:
    """What one step sees: questions, the sentences they may mean, and which of them each one means."""

    questions: list[str]
    sentences: list[str]
    meant: list[int]


def batches(groups: Sequence[Group], recipe: Recipe) -> Iterator[Batch]:
    """The steps of all epochs. Each epoch deals the wordings of every group afresh into hands of ``wordings``, and the
    hands into steps in which no sentence comes twice as the right one: in the first epoch from everywhere, in the
    later ones few topics at a time, which is harder."""
    draw = random.Random(recipe.seed)  # noqa: S311 - shuffles, guards nothing
    for epoch in range(recipe.epochs):
        rounds: list[list[Hand]] = []
        for group in groups:
            texts = [wording.text for wording in group.wordings]
            draw.shuffle(texts)
            for number, start in enumerate(range(0, len(texts), recipe.wordings)):
                if number == len(rounds):
                    rounds.append([])
                rounds[number].append((group, texts[start : start + recipe.wordings]))
        steps = []
        for dealt in rounds:
            hands = _together(dealt, draw) if epoch else draw.sample(dealt, len(dealt))
            steps += [hands[start : start + recipe.groups] for start in range(0, len(hands), recipe.groups)]
        draw.shuffle(steps)
        for hands in steps:
            yield _batch(hands, draw)


def _together(hands: list[Hand], draw: random.Random) -> list[Hand]:
    """Topic after topic, both shuffled, so that a step holds few topics and its wrong answers are close ones."""
    topics = sorted({group.topic for group, _ in hands})
    draw.shuffle(topics)
    return sorted(draw.sample(hands, len(hands)), key=lambda hand: topics.index(hand[0].topic))


def _batch(hands: list[Hand], draw: random.Random) -> Batch:
    sentences = {normalise(group.official): None for group, _ in hands}
    meant = [place for place, (_, texts) in enumerate(hands) for _ in texts]
    for group, _ in hands:
        if group.near:
            sentences.setdefault(normalise(draw.choice(group.near)))
    return Batch([normalise(text) for _, texts in hands for text in texts], list(sentences), meant)


def _loss(model: Any, batch: Batch, scale: float) -> torch.Tensor:
    import torch

    with torch.autocast("cpu", dtype=torch.bfloat16):
        questions = _vectors(model, [model.prompts["query"] + text for text in batch.questions])
        sentences = _vectors(model, [model.prompts["passage"] + text for text in batch.sentences])
    scores = questions.float() @ sentences.float().T * scale
    return torch.nn.functional.cross_entropy(scores, torch.tensor(batch.meant))


def _vectors(model: Any, texts: list[str]) -> torch.Tensor:
    vectors: torch.Tensor = model(model.preprocess(texts))["sentence_embedding"]
    return vectors


def _freeze(model: Any, layers: int) -> None:
    bert = model[0].auto_model
    for part in (bert.embeddings, *bert.encoder.layer[:layers]):
        for parameter in part.parameters():
            parameter.requires_grad = False


def _slope(steps: int, warm_up: float) -> Callable[[int], float]:
    """The learning rate's share at a step: up in a straight line during ``warm_up`` of the steps, then down to 0."""
    rising = max(1, round(steps * warm_up))
    return lambda step: min((step + 1) / rising, (steps - step) / max(1, steps - rising))
