"""Whether probabilities hold: of what was said with seven in ten, do seven in ten come true?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

__all__ = [
    "Bin",
    "Predicted",
    "Silence",
    "area_under_curve",
    "bins_of",
    "calibration_error",
    "draw_reliability",
    "silence",
]

_BINS = 10
_SIDE, _MARGIN = 320, 48  # of the diagram, in its own units
_COLOURS = ("#0f62ae", "#b5480f", "#3b7a2a")  # told apart by their marks, too
_LARGEST = 9.0  # the radius of the mark that stands for all of them


@dataclass(frozen=True, slots=True)
class Predicted:
    """A probability, 0 … 1, and whether it came ``true``."""

    probability: float
    true: bool


@dataclass(frozen=True, slots=True)
class Bin:
    """Those of about one probability: their mean ``probability``, the share that came ``true``, how many."""

    probability: float
    true: float
    count: int


@dataclass(frozen=True, slots=True)
class Silence:
    """Declining what is less probable than a floor: the share of the declined that was rightly so (``precision``), the
    share of what was to be declined that was (``recall``), their harmonic mean, the share of the answerable that was
    declined (``false``)."""

    precision: float
    recall: float
    f1: float
    false: float


def bins_of(predicted: Sequence[Predicted]) -> tuple[Bin, ...]:
    """Ten bins of equal width, without the empty ones."""
    found: dict[int, list[Predicted]] = {}
    for each in predicted:
        found.setdefault(min(_BINS - 1, int(each.probability * _BINS)), []).append(each)
    return tuple(
        Bin(sum(p.probability for p in each) / len(each), sum(p.true for p in each) / len(each), len(each))
        for _, each in sorted(found.items())
    )


def calibration_error(predicted: Sequence[Predicted]) -> float:
    """The expected calibration error: how far the share that came true lies from the probability, in the mean over all
    (Naeini, Cooper and Hauskrecht 2015). 0 without any."""
    return sum(each.count * abs(each.true - each.probability) for each in bins_of(predicted)) / max(1, len(predicted))


def area_under_curve(predicted: Sequence[Predicted]) -> float | None:
    """The probability that one that came true was held more probable than one that did not; None when there are not
    both."""
    from sklearn.metrics import roc_auc_score

    true = [each.true for each in predicted]
    if len(set(true)) < 2:
        return None
    return float(roc_auc_score(true, [each.probability for each in predicted]))


def silence(predicted: Sequence[Predicted], floor: float) -> Silence:
    """What becomes of questions when those below ``floor`` are declined; what did not come true was to be declined."""
    declined = [each for each in predicted if each.probability < floor]
    rightly = sum(not each.true for each in declined)
    unanswerable = sum(not each.true for each in predicted)
    answerable = len(predicted) - unanswerable
    return Silence(
        precision=rightly / max(1, len(declined)),
        recall=rightly / max(1, unanswerable),
        f1=2 * rightly / max(1, len(declined) + unanswerable),
        false=(len(declined) - rightly) / max(1, answerable),
    )


def draw_reliability(curves: Mapping[str, Sequence[Predicted]]) -> str:
    """The reliability diagram of up to three named curves as an SVG document: for each bin the share that came true
    over its probability, the area of the mark as its count. On the diagonal, probabilities hold."""
    import drawsvg

    drawing = drawsvg.Drawing(_SIDE + 2 * _MARGIN, _SIDE + 2 * _MARGIN + 20 * len(curves), font_family="sans-serif")
    drawing.append(drawsvg.Rectangle(0, 0, "100%", "100%", fill="#ffffff"))
    drawing.append(drawsvg.Line(*_at(0, 0), *_at(1, 1), stroke="#8d8d8d", stroke_dasharray="4 4"))
    for tenth in range(0, 11, 2):
        share = tenth / 10
        drawing.append(drawsvg.Line(*_at(share, 0), *_at(share, 1), stroke="#e0e0e0"))
        drawing.append(drawsvg.Line(*_at(0, share), *_at(1, share), stroke="#e0e0e0"))
        x, y = _at(share, share)
        drawing.append(drawsvg.Text(f"{share:.1f}", 11, x, _MARGIN + _SIDE + 16, text_anchor="middle"))
        drawing.append(drawsvg.Text(f"{share:.1f}", 11, _MARGIN - 6, y + 4, text_anchor="end"))
    middle = _MARGIN + _SIDE / 2
    drawing.append(drawsvg.Text("probability", 12, middle, _MARGIN + _SIDE + 34, text_anchor="middle"))
    turned = f"rotate(-90 12 {middle})"
    drawing.append(drawsvg.Text("came true", 12, 12, middle, text_anchor="middle", transform=turned))
    for number, ((name, predicted), colour) in enumerate(zip(curves.items(), _COLOURS, strict=False)):
        bins = bins_of(predicted)
        line = drawsvg.Path(stroke=colour, fill="none")
        for step, each in enumerate(bins):
            (line.L if step else line.M)(*_at(each.probability, each.true))
        drawing.append(line)
        for each in bins:
            radius = max(2.0, _LARGEST * (each.count / len(predicted)) ** 0.5)
            drawing.append(_mark(number, *_at(each.probability, each.true), radius, colour))
        below = _MARGIN + _SIDE + 46 + 20 * number
        drawing.append(_mark(number, _MARGIN + 6, below + 6, 5, colour))
        drawing.append(drawsvg.Text(f"{name} ({len(predicted)})", 12, _MARGIN + 18, below + 10))
    return str(drawing.as_svg(skip_js=True, skip_css=True)) + "\n"


def _at(probability: float, true: float) -> tuple[float, float]:
    return round(_MARGIN + _SIDE * probability, 1), round(_MARGIN + _SIDE * (1 - true), 1)


def _mark(number: int, x: float, y: float, radius: float, colour: str) -> Any:
    """A circle, a square or a diamond."""
    import drawsvg

    if number == 0:
        return drawsvg.Circle(x, y, round(radius, 1), fill=colour)
    side = round(radius * 1.77, 1)  # of the square with the circle's area
    turned = f"rotate({45 * (number - 1)} {x} {y})"
    return drawsvg.Rectangle(round(x - side / 2, 1), round(y - side / 2, 1), side, side, fill=colour, transform=turned)
