"""Weights in few bits, and products made fit for eight-bit numbers on both sides.

A product of eight-bit numbers has one scale for all that goes in, so a channel that is a hundred times larger than the
rest, as this family has a few, leaves the rest no bits. What goes in is therefore moved and stretched channel by
channel, and the weights and biases around it so that the product stays what it was (the shift of Outlier Suppression+,
Wei et al. 2023, <https://arxiv.org/abs/2304.09145>; the scales of SmoothQuant, Xiao et al. 2023,
<https://arxiv.org/abs/2211.10438>). In nine of the twelve layers a single neuron of the feed-forward part speaks so
loudly that no scale helps: it is multiplied by itself, in float32.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Matrix = NDArray[np.float32]
    Integers = NDArray[np.int8]

__all__ = ["ATTENTION", "SHARE", "WORD_BLOCK", "Ease", "Span", "ease", "eight_bits", "even_out", "four_bits"]

ATTENTION = ("query", "key", "value")
WORD_BLOCK = 32  # as the weights came
SHARE = 0.8
"""Of the spread between channels, what weights take over where nothing else is said."""

_LOUD = 5.0  # so many times the next one's largest effect
_FAINTEST = 1 / 16  # of the median: a channel that the texts hardly used must not be blown up


@dataclass(frozen=True, slots=True)
class Span:
    """Of each channel that goes into a product, the least and the greatest value that was seen, and the mean."""

    least: Matrix
    greatest: Matrix
    mean: Matrix

    @property
    def middle(self) -> Matrix:
        middle: Matrix = (self.least + self.greatest) * self.least.dtype.type(0.5)
        return middle

    @property
    def size(self) -> Matrix:
        """The largest distance from zero."""
        import numpy as np

        size: Matrix = np.maximum(np.abs(self.least), np.abs(self.greatest))
        return size

    def less(self, offset: Matrix) -> Span:
        """The span once ``offset`` is taken off."""
        return Span(self.least - offset, self.greatest - offset, self.mean - offset)

    def over(self, divisor: Matrix) -> Span:
        """The span once it is divided by ``divisor``, which is above zero."""
        return Span(self.least / divisor, self.greatest / divisor, self.mean / divisor)


@dataclass(frozen=True, slots=True)
class Ease:
    """What goes into a product is divided by ``divisor``, by channel, and its weights are multiplied by it. ``loud``:
    the channel whose effect is far larger than that of any other, if there is one."""

    divisor: Matrix
    loud: int | None = None


def ease(span: Span, weight: Matrix, share: float = SHARE) -> Ease:
    """How to ease a product with ``weight`` (outputs by inputs). ``share`` of the spread between channels goes over to
    the weights, from 0 to 1."""
    import numpy as np

    sizes, weights = span.size, np.abs(weight).max(axis=0)
    divisor = sizes**share / np.maximum(weights, np.finfo(np.float32).tiny) ** (1 - share)
    divisor = np.maximum(divisor, np.median(divisor) * _FAINTEST).astype(np.float32)
    effects = sizes * weights
    first, second = np.argsort(-effects, kind="stable")[:2]
    return Ease(divisor, int(first) if effects[first] > _LOUD * effects[second] else None)


def even_out(
    weights: Mapping[str, Matrix], layers: int, spans: Mapping[str, Span]
) -> tuple[dict[str, Matrix], dict[str, Span]]:
    """The weights of the same model, eased where that costs the graph nothing, and the spans that it has then.

    What goes into the products after a normalisation has its middle at zero: the normalisation's bias takes it off, and
    the biases of the product and of what is added to the rest that goes past it give it back. What the attention gives
    on is a mean of values, so the maps that make the values divide it."""
    moved, left = dict(weights), dict(spans)
    for norm, products, after in _around(layers):
        middle = spans[products[0]].middle
        moved[f"{norm}.bias"] = moved[f"{norm}.bias"] - middle
        for product in products:
            moved[f"{product}.bias"] = moved[f"{product}.bias"] + moved[f"{product}.weight"] @ middle
        moved[f"{after}.bias"] = moved[f"{after}.bias"] + middle
        left[products[0]] = spans[products[0]].less(middle)
    for layer in range(layers):
        values, after = (f"encoder.layer.{layer}.attention.{part}" for part in ("self.value", "output.dense"))
        divisor = ease(spans[after], moved[f"{after}.weight"]).divisor
        moved[f"{values}.weight"] = moved[f"{values}.weight"] / divisor[:, None]
        moved[f"{values}.bias"] = moved[f"{values}.bias"] / divisor
        moved[f"{after}.weight"] = moved[f"{after}.weight"] * divisor
        left[after] = spans[after].over(divisor)
    return moved, left


def _around(layers: int) -> Iterator[tuple[str, list[str], str]]:
    """Each normalisation that products follow, these products, and the one whose result is added to what went in."""
    norm = "embeddings.LayerNorm"
    for layer in range(layers):
        prefix = f"encoder.layer.{layer}"
        attention = f"{prefix}.attention.output"
        yield norm, [f"{prefix}.attention.self.{part}" for part in ATTENTION], f"{attention}.dense"
        yield f"{attention}.LayerNorm", [f"{prefix}.intermediate.dense"], f"{prefix}.output.dense"
        norm = f"{prefix}.output.LayerNorm"


def eight_bits(weight: Matrix, largest: int) -> tuple[Integers, Matrix]:
    """Numbers from -``largest`` to ``largest``, and one scale for each row."""
    import numpy as np

    scales = np.abs(weight).max(axis=1) / np.float32(largest)
    numbers = np.divide(weight, scales[:, None], out=np.zeros_like(weight), where=scales[:, None] != 0)
    return np.rint(numbers).astype(np.int8), scales


def four_bits(table: Matrix) -> tuple[Integers, Matrix]:
    """Numbers from -8 to 7, and one scale for each block of 32 in a row. The number of largest size is -8: so the
    weights were packed, and unpacked ones come back exactly."""
    import numpy as np

    blocks = table.reshape(len(table), -1, WORD_BLOCK)
    largest = np.take_along_axis(blocks, np.abs(blocks).argmax(axis=2, keepdims=True), axis=2)
    scales = largest / np.float32(-8)
    numbers = np.divide(blocks, scales, out=np.zeros_like(blocks), where=scales != 0)
    numbers = np.clip(np.rint(numbers), -8, 7).astype(np.int8)
    return numbers.reshape(table.shape), scales[:, :, 0].astype(np.float32)
