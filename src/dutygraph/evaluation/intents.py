"""Learning what a question asks for: a multinomial logistic model of pieces of wording, cues and meaning."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["Asked", "fit_intents"]

_SEEN = 7  # a piece of wording in fewer questions says more about these than about asking
_PENALTY = 5.0  # the inverse of the strength of regularisation, chosen by cross-validation
# The length of a meaning whose every number is one standard deviation from the middle; chosen on questions of others
_MEANT = 0.7
_TENTHS = 10  # weights are rounded to tenths
_LEAST = 1e-9


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with a known intent: the cues it has, the pieces of its wording, and the vector of its ``meaning``;
    ``weight``: how much it counts."""

    intent: str
    cues: Mapping[str, float]
    wording: frozenset[str]
    weight: float = 1.0
    meaning: NDArray[np.float32] | None = None


def fit_intents(questions: Sequence[Asked]) -> dict[str, object]:
    """The weights of each intent in tenths, as answering reads them: ``intents``, ``start``, ``cues``, ``wording``, and
    ``meaning`` when every question has one. The same questions give the same weights; there must be three intents or
    more. Needs scikit-learn."""
    import numpy as np
    from scipy.sparse import csr_matrix, hstack
    from sklearn.feature_extraction import DictVectorizer
    from sklearn.linear_model import LogisticRegression

    seen = Counter(piece for question in questions for piece in question.wording)
    vectorizer = DictVectorizer()
    evidence = vectorizer.fit_transform([_evidence(question, seen) for question in questions])
    names = vectorizer.get_feature_names_out()
    vectors = [question.meaning for question in questions if question.meaning is not None]
    by_meaning = len(vectors) == len(questions)
    middle = spread = np.zeros(0)
    if by_meaning:
        meanings = np.stack(vectors).astype(np.float64)
        middle, spread = meanings.mean(axis=0), (meanings.std(axis=0) + _LEAST) * meanings.shape[1] ** 0.5 / _MEANT
        evidence = hstack([evidence, csr_matrix((meanings - middle) / spread)]).tocsr()
    model = LogisticRegression(C=_PENALTY, max_iter=500, tol=1e-4)
    model.fit(evidence, [q.intent for q in questions], sample_weight=[q.weight for q in questions])
    tables: dict[str, dict[str, list[int]]] = {"cues": {}, "wording": {}}
    for name, weights in zip(names, model.coef_.T, strict=False):
        table, _, feature = name.partition(" ")
        tenths = [round(weight * _TENTHS) for weight in weights.tolist()]
        if any(tenths):
            tables[table][feature] = tenths
    start, found = model.intercept_, {"intents": model.classes_.tolist(), **tables}
    if by_meaning:
        # what was taken from and divided by the vectors becomes part of the weights
        of_meaning = model.coef_.T[len(names) :] / spread[:, None]
        start = start - middle @ of_meaning
        found["meaning"] = np.rint(of_meaning * _TENTHS).astype(int).tolist()
    return found | {"start": [round(weight * _TENTHS) for weight in start.tolist()]}


def _evidence(question: Asked, seen: Mapping[str, int]) -> dict[str, float]:
    share = max(1, len(question.wording)) ** -0.5
    wording = {f"wording {piece}": share for piece in question.wording if seen[piece] >= _SEEN}
    return {**wording, **{f"cues {name}": value for name, value in question.cues.items() if value}}
