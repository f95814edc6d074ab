"""Learning from questions with known answers what evidence is worth: which record is the right one, whether it is, and
whether the registers answer at all. The same questions give the same weights."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from dutygraph.errors import SettingsError
from dutygraph.evaluation.reliability import Predicted

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = [
    "FOLDS",
    "Case",
    "Choice",
    "Logistic",
    "first_case",
    "fit_in_folds",
    "fit_logistic",
    "fit_ranking",
    "fold_of",
    "judge_in_folds",
]

FOLDS = 5
"""In how many parts questions are cut, each to be judged by what was learned from the others."""

_RIDGE = 0.01  # on the weights of the ranking, in standard deviations
_UNBOUND = 1e6  # as C of a logistic regression: none of it is held back
_LEAST = 1e-12


@dataclass(frozen=True, slots=True)
class Choice:
    """The records found for one question in one place: the reasons for each by name; which of them are ``right``; which
    ``exact``, right and from the very cell that the gold quotes (all False when there is none). ``group``: what is
    never parted between learning and judging; ``source``: where it comes from, for the report; ``weight``: how much it
    counts against other questions."""

    group: str
    source: str
    reasons: tuple[Mapping[str, float], ...]
    right: tuple[bool, ...]
    exact: tuple[bool, ...]
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Case:
    """One question: the signs by name, and whether it came ``true``. The rest as in Choice."""

    group: str
    source: str
    signs: Mapping[str, float]
    true: bool
    weight: float = 1.0


T = TypeVar("T", Choice, Case)


@dataclass(frozen=True, slots=True)
class Logistic:
    """A logistic model: log odds at the ``start``, and what a whole of each piece of evidence adds."""

    start: float
    weights: Mapping[str, float]

    def probabilities(self, evidence: Sequence[Mapping[str, float]]) -> NDArray[np.float64]:
        """0 … 1 for each. Evidence without a weight counts nothing."""
        import numpy as np

        names = list(self.weights)
        added: NDArray[np.float64] = _matrix(evidence, names) @ np.array([self.weights[name] for name in names])
        return 1 / (1 + np.exp(-self.start - added))


def fold_of(group: str) -> int:
    """The part, 0 … FOLDS - 1, that a group belongs to: by its name, so that it stays when other questions come in."""
    return zlib.crc32(group.encode()) % FOLDS


def fit_ranking(choices: Sequence[Choice]) -> Logistic:
    """What each reason for a record is worth: a conditional logit within the records of each question, towards the
    exact ones, or the right ones where none is exact (McFadden 1974). Its sum is then scaled to the log odds of a
    record being right, over all records of all questions (Platt 1999). Raises SettingsError when no
    record of any question is right, or every one."""
    import numpy as np
    from scipy.optimize import minimize

    names = sorted({name for choice in choices for reasons in choice.reasons for name in reasons})
    found = [choice for choice in choices if choice.reasons]
    if not any(any(choice.right) for choice in found) or all(all(choice.right) for choice in found):
        raise SettingsError("nothing to learn a ranking from: the questions need right records and wrong ones")
    every = [_matrix(choice.reasons, names) for choice in found]
    spread = _spread(np.concatenate(every))
    learned = [
        (matrix / spread, np.array(choice.exact if any(choice.exact) else choice.right), choice.weight)
        for matrix, choice in zip(every, found, strict=True)
        if any(choice.right)
    ]
    total = sum(weight for *_, weight in learned)

    def loss(beta: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        """The negative log of the share that the wanted records have among all, and its slope."""
        value, slope = _RIDGE * beta @ beta / 2, _RIDGE * beta
        for matrix, wanted, weight in learned:
            sums = matrix @ beta
            share = np.exp(sums - sums.max())
            share /= share.sum()
            of_wanted = max(share[wanted].sum(), _LEAST)
            value -= weight / total * np.log(of_wanted)
            slope = slope + weight / total * matrix.T @ (share - np.where(wanted, share / of_wanted, 0))
        return float(value), slope

    beta = minimize(loss, np.zeros(len(names)), jac=True, method="L-BFGS-B").x / spread
    sums = np.concatenate([matrix @ beta for matrix in every])
    right = np.array([right for choice in found for right in choice.right])
    weights = np.repeat([choice.weight for choice in found], [len(choice.right) for choice in found])
    scale, start = _regress(sums[:, None], right, weights, _UNBOUND)
    return Logistic(start, {name: float(weight * scale[0]) for name, weight in zip(names, beta, strict=True)})


def fit_logistic(cases: Sequence[Case]) -> Logistic:
    """What each sign is worth for a case to come true: a logistic regression, held back a little. Raises SettingsError
    when all cases have one outcome."""
    import numpy as np

    true = np.array([case.true for case in cases], dtype=bool)
    if true.all() or not true.any():
        raise SettingsError(
            "nothing to learn from: there must be questions of either outcome, right and wrong, answerable and not"
        )
    names = sorted({name for case in cases for name in case.signs})
    matrix = _matrix([case.signs for case in cases], names)
    middle, spread = matrix.mean(axis=0), _spread(matrix)
    beta, start = _regress((matrix - middle) / spread, true, np.array([case.weight for case in cases]), 1.0)
    weights = beta / spread
    return Logistic(float(start - weights @ middle), dict(zip(names, map(float, weights), strict=True)))


def fit_in_folds(fit: Callable[[Sequence[T]], Logistic], questions: Sequence[T]) -> tuple[Logistic, ...]:
    """For each fold, what is learned from the questions of all others. Raises as ``fit`` does."""
    return tuple(fit([each for each in questions if fold_of(each.group) != fold]) for fold in range(FOLDS))


def judge_in_folds(models: Sequence[Logistic], cases: Sequence[Case]) -> list[Predicted]:
    """For each case the probability by the model of its fold, and whether it came true."""
    return [Predicted(float(models[fold_of(case.group)].probabilities([case.signs])[0]), case.true) for case in cases]


def first_case(choice: Choice, ranking: Logistic) -> Case:
    """Whether the record that a ranking puts first is right, with its ``score`` as the only sign. A choice without
    records is false at 0."""
    if not choice.reasons:
        return Case(choice.group, choice.source, {"score": 0.0}, true=False, weight=choice.weight)
    scores = ranking.probabilities(choice.reasons)
    first = int(scores.argmax())
    signs = {"score": float(scores[first])}
    return Case(choice.group, choice.source, signs, choice.right[first], choice.weight)


def _matrix(evidence: Sequence[Mapping[str, float]], names: Sequence[str]) -> NDArray[np.float64]:
    import numpy as np

    rows = [[each.get(name, 0.0) for name in names] for each in evidence]
    return np.array(rows, dtype=np.float64).reshape(len(rows), len(names))


def _spread(matrix: NDArray[np.float64]) -> NDArray[np.float64]:
    """Standard deviations; 1 for what is always the same, which gets no weight that way."""
    import numpy as np

    spread = matrix.std(axis=0)
    return np.where(spread > _LEAST, spread, 1.0)


def _regress(
    matrix: NDArray[np.float64], true: NDArray[np.bool_], weights: NDArray[np.float64], c: float
) -> tuple[NDArray[np.float64], float]:
    """Weights and start of a logistic regression."""
    from sklearn.linear_model import LogisticRegression

    fitted = LogisticRegression(C=c, max_iter=1000).fit(matrix, true, sample_weight=weights)
    return fitted.coef_[0], float(fitted.intercept_[0])
