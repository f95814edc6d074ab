"""What calibrating came to, each question judged by what was learned from others."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from dutygraph.evaluation.calibration import Case, Choice, Logistic, fit_in_folds, fit_logistic, fold_of, judge_in_folds
from dutygraph.evaluation.reliability import Predicted, area_under_curve, calibration_error, silence

__all__ = ["CalibrationReport", "make_report"]

_FLOORS = (0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8)
_ALL = 1.0  # the weight of the questions of a bank; what counts less is reported, and left out of the sums


@dataclass(frozen=True, slots=True)
class CalibrationReport:
    """The figures as ``lines`` of Markdown, and the ``curves`` of the reliability diagram."""

    lines: tuple[str, ...]
    curves: Mapping[str, Sequence[Predicted]]


def make_report(
    choices: Sequence[Choice],
    firsts: Sequence[Case],
    taught: Sequence[Case],
    cases: Sequence[Case],
    *,
    rows: Sequence[Choice],
    rankings: Sequence[Logistic],
) -> CalibrationReport:
    """The figures. ``firsts``: of each choice, whether the record that others' ranking puts first is right; ``taught``:
    those of them from which the probability of that is learned; ``cases``: whether the registers answer; ``rows``:
    the choices of questions that do not ask who, and ``rankings``, by fold, of their records."""
    first_models, within_models = fit_in_folds(fit_logistic, taught), fit_in_folds(fit_logistic, cases)
    bank = [case for case in cases if case.weight == _ALL]
    within = judge_in_folds(within_models, bank)
    right = judge_in_folds(first_models, [case for case in firsts if case.weight == _ALL])
    sure = list(_confidence(bank, firsts, within_models, first_models))
    lines = (
        "| the right record first | questions | first | found at all | calibration error |",
        "|---|---|---|---|---|",
        *_of_records(choices, firsts, first_models),
        "",
        "| the right row first, and the cell | questions | row | cell |",
        "|---|---|---|---|",
        *_of_rows(rows, rankings),
        "",
        "| within the registers | questions | answerable | AUC | calibration error |",
        "|---|---|---|---|---|",
        *_of_registers(cases, within_models),
        "",
        "| declined below | precision | recall | F1 | answerable declined |",
        "|---|---|---|---|---|",
        *_of_floors(within),
        "",
        f"Calibration error of the confidence, over {len(sure)} questions of who is responsible and unanswerable ones: "
        f"{calibration_error(sure):.3f}; AUC {_figure(area_under_curve(sure))}.",
    )
    return CalibrationReport(lines, {"registers answer": within, "first record right": right, "confidence": sure})


def _of_records(choices: Sequence[Choice], firsts: Sequence[Case], models: Sequence[Logistic]) -> Iterator[str]:
    for source in dict.fromkeys(choice.source for choice in choices):
        found = [any(choice.right) for choice in choices if choice.source == source]
        judged = judge_in_folds(models, [case for case in firsts if case.source == source])
        first = sum(each.true for each in judged) / len(judged)
        yield _row(source, len(found), first, sum(found) / len(found), calibration_error(judged))


def _of_rows(rows: Sequence[Choice], rankings: Sequence[Logistic]) -> Iterator[str]:
    for source in dict.fromkeys(choice.source for choice in rows):
        found = [
            (choice, int(rankings[fold_of(choice.group)].probabilities(choice.reasons).argmax()))
            for choice in rows
            if choice.source == source
        ]
        row, cell = (
            sum(getattr(choice, marks)[first] for choice, first in found) / len(found) for marks in ("right", "exact")
        )
        yield _row(source, len(found), row, cell)


def _of_registers(cases: Sequence[Case], models: Sequence[Logistic]) -> Iterator[str]:
    for source in dict.fromkeys(case.source for case in cases):
        judged = judge_in_folds(models, [case for case in cases if case.source == source])
        answerable = sum(each.true for each in judged)
        yield _row(source, len(judged), answerable, area_under_curve(judged), calibration_error(judged))


def _of_floors(within: Sequence[Predicted]) -> Iterator[str]:
    for floor in _FLOORS:
        declined = silence(within, floor)
        yield _row(f"{floor:.1f}", declined.precision, declined.recall, declined.f1, declined.false)


def _confidence(
    bank: Sequence[Case], firsts: Sequence[Case], within: Sequence[Logistic], first: Sequence[Logistic]
) -> Iterator[Predicted]:
    """For each question of who is responsible, and each unanswerable one, the probability that the registers answer and
    the first record is right."""
    best: dict[str, Case] = {}
    for case in firsts:
        if case.group not in best or case.signs["score"] > best[case.group].signs["score"]:
            best[case.group] = case
    for case in bank:
        if not case.true or case.group in best:
            fold = fold_of(case.group)
            answered = within[fold].probabilities([case.signs])[0]
            right = first[fold].probabilities([case.signs])[0]
            yield Predicted(float(answered * right), case.true and best[case.group].true)


def _row(*cells: str | float | None) -> str:
    return f"| {' | '.join(cell if isinstance(cell, str) else _figure(cell) for cell in cells)} |"


def _figure(figure: float | None) -> str:
    if isinstance(figure, int):
        return str(figure)
    return "-" if figure is None else f"{figure:.3f}"
