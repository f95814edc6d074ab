"""What evidence is worth is found again where it is known, and probabilities are judged as they should be."""

from __future__ import annotations

from xml.etree import ElementTree

import numpy as np
import pytest

from dutygraph.errors import SettingsError
from dutygraph.evaluation.calibration import (
    FOLDS,
    Case,
    Choice,
    Logistic,
    first_case,
    fit_in_folds,
    fit_logistic,
    fit_ranking,
    fold_of,
    judge_in_folds,
)
from dutygraph.evaluation.reliability import (
    Predicted,
    Silence,
    area_under_curve,
    bins_of,
    calibration_error,
    draw_reliability,
    silence,
)

TRUE = {"concept": 2.0, "cosine": -1.0, "noise": 0.0}


def drawn_choices(count: int, records: int = 8) -> list[Choice]:
    """Questions whose right record was drawn by a conditional logit with the weights TRUE."""
    random = np.random.default_rng(7)
    choices = []
    for number in range(count):
        evidence = random.normal(size=(records, len(TRUE)))
        odds = np.exp(evidence @ list(TRUE.values()))
        right = random.choice(records, p=odds / odds.sum())
        marks = tuple(bool(each == right) for each in range(records))
        reasons = tuple(dict(zip(TRUE, map(float, row), strict=True)) for row in evidence)
        choices.append(Choice(f"q{number}", "drawn", reasons, marks, marks))
    return choices


def drawn_cases(count: int) -> list[Case]:
    """Questions that came true by a logistic model with the weights TRUE and the start -0.5."""
    random = np.random.default_rng(11)
    cases = []
    for number in range(count):
        signs = dict(zip(TRUE, map(float, random.normal(size=len(TRUE))), strict=True))
        odds = -0.5 + sum(TRUE[name] * value for name, value in signs.items())
        cases.append(Case(f"q{number}", "drawn", signs, bool(random.random() < 1 / (1 + np.exp(-odds)))))
    return cases


def test_a_ranking_finds_what_each_reason_is_worth_against_the_others() -> None:
    weights = fit_ranking(drawn_choices(1500)).weights
    assert weights["cosine"] / weights["concept"] == pytest.approx(-0.5, abs=0.05)
    assert weights["noise"] / weights["concept"] == pytest.approx(0.0, abs=0.05)


def test_a_ranking_is_scaled_to_the_share_of_records_that_are_right() -> None:
    choices = drawn_choices(400)
    ranking = fit_ranking(choices)
    said = np.concatenate([ranking.probabilities(choice.reasons) for choice in choices])
    assert said.mean() == pytest.approx(1 / 8, abs=0.001)


def test_a_ranking_is_learned_towards_the_exact_records_where_there_are_any() -> None:
    reasons = ({"cell": 1.0, "unit": 1.0}, {"cell": 0.0, "unit": 1.0}, {"cell": 0.0, "unit": 0.0})
    exact = [Choice(f"q{n}", "", reasons, (True, True, False), (True, False, False)) for n in range(20)]
    unknown = [Choice(f"q{n}", "", reasons, (True, True, False), (False, False, False)) for n in range(20)]
    by_cell, by_unit = (fit_ranking(choices).probabilities(reasons) for choices in (exact, unknown))
    assert by_cell[0] / by_cell[1] > by_unit[0] / by_unit[1]


def test_questions_without_records_teach_nothing() -> None:
    choices = drawn_choices(50)
    assert fit_ranking([*choices, Choice("none", "", (), (), ())]) == fit_ranking(choices)


def test_a_logistic_model_is_found_again() -> None:
    found = fit_logistic(drawn_cases(6000))
    assert found.start == pytest.approx(-0.5, abs=0.1)
    assert {name: pytest.approx(weight, abs=0.12) for name, weight in TRUE.items()} == found.weights


def test_weight_counts_as_repetition() -> None:
    cases = drawn_cases(60)
    heavy = [Case(c.group, c.source, c.signs, c.true, 2.0 if n < 30 else 1.0) for n, c in enumerate(cases)]
    once, twice = fit_logistic(heavy), fit_logistic([*cases[:30], *cases])
    # standardising does not know the weights, so the two agree nearly
    assert once.probabilities([c.signs for c in cases]) == pytest.approx(
        twice.probabilities([c.signs for c in cases]), abs=0.02
    )


def test_the_same_questions_give_the_same_weights() -> None:
    assert fit_ranking(drawn_choices(80)) == fit_ranking(drawn_choices(80))
    assert fit_logistic(drawn_cases(80)) == fit_logistic(drawn_cases(80))


def test_what_is_the_same_everywhere_has_no_weight() -> None:
    cases = [Case(c.group, c.source, {**c.signs, "none": 0.0, "always": 3.0}, c.true) for c in drawn_cases(80)]
    weights = fit_logistic(cases).weights
    assert weights["none"] == weights["always"] == 0


def test_a_question_is_judged_by_what_others_taught() -> None:
    cases = [Case(f"q{n}", "", {f"only-{n}": 1.0}, n % 2 == 0) for n in range(200)]
    by_all = judge_in_folds([fit_logistic(cases)] * FOLDS, cases)
    by_others = judge_in_folds(fit_in_folds(fit_logistic, cases), cases)
    assert area_under_curve(by_all) == 1.0
    assert area_under_curve(by_others) < 0.6  # type: ignore[operator]


def test_groups_spread_over_all_folds() -> None:
    folds = [fold_of(f"q{n}") for n in range(100)]
    assert set(folds) == set(range(FOLDS))
    assert folds == [fold_of(f"q{n}") for n in range(100)]


def test_the_first_record_is_the_most_probable_one() -> None:
    ranking = Logistic(0.0, {"concept": 1.0})
    choice = Choice("q", "bank", ({"concept": 0.0}, {"concept": 2.0}), (True, False), (True, False), 0.5)
    assert first_case(choice, ranking) == Case("q", "bank", {"score": pytest.approx(0.8808, abs=1e-4)}, False, 0.5)
    assert first_case(Choice("q", "bank", (), (), ()), ranking) == Case("q", "bank", {"score": 0.0}, False)


@pytest.mark.parametrize("right", [True, False])
def test_one_outcome_teaches_nothing(right: bool) -> None:
    with pytest.raises(SettingsError, match="either outcome"):
        fit_logistic([Case("q", "", {"a": 1.0}, right)])
    with pytest.raises(SettingsError, match="right records"):
        fit_ranking([Choice("q", "", ({"a": 1.0},), (right,), (right,))])


HALF_RIGHT = [Predicted(0.75, True), Predicted(0.75, False), Predicted(0.05, False), Predicted(1.0, True)]


def test_bins_hold_means_and_counts() -> None:
    assert [(each.probability, each.true, each.count) for each in bins_of(HALF_RIGHT)] == [
        (0.05, 0.0, 1), (0.75, 0.5, 2), (1.0, 1.0, 1),
    ]  # fmt: skip
    assert calibration_error(HALF_RIGHT) == pytest.approx((0.05 + 2 * 0.25) / 4)
    assert calibration_error([]) == 0


def test_declining_below_a_floor() -> None:
    assert silence(HALF_RIGHT, 0.5) == Silence(precision=1.0, recall=0.5, f1=pytest.approx(2 / 3), false=0.0)
    assert silence(HALF_RIGHT, 0.9) == Silence(precision=pytest.approx(2 / 3), recall=1.0, f1=0.8, false=0.5)
    assert silence(HALF_RIGHT, 0.0) == Silence(precision=0.0, recall=0.0, f1=0.0, false=0.0)


def test_a_curve_needs_both_outcomes() -> None:
    assert area_under_curve(HALF_RIGHT) == 0.875
    assert area_under_curve(HALF_RIGHT[:1]) is None


def test_the_diagram_is_one_document_with_every_curve_named() -> None:
    drawn = draw_reliability({"registers answer": HALF_RIGHT, "first record right": HALF_RIGHT[:2]})
    texts = [element.text for element in ElementTree.fromstring(drawn).iter("{http://www.w3.org/2000/svg}text")]
    assert {"registers answer (4)", "first record right (2)"} <= set(texts)
    assert drawn == draw_reliability({"registers answer": HALF_RIGHT, "first record right": HALF_RIGHT[:2]})
