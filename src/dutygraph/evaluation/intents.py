"""Learning what a question asks for: a multinomial logistic model of pieces of wording and cues."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

__all__ = ["Asked", "fit_intents"]

_SEEN = 5  # a piece of wording in fewer questions says more about these than about asking
_PENALTY = 5.0  # the inverse of the strength of regularisation, chosen by cross-validation
_TENTHS = 10  # weights are rounded to tenths


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with a known intent: the cues it has, the pieces of its wording; ``weight``: how much it counts."""

    intent: str
    cues: Mapping[str, float]
    wording: frozenset[str]
    weight: float = 1.0


def fit_intents(questions: Sequence[Asked]) -> dict[str, object]:
    """The weights of each intent in tenths, as answering reads them: ``intents``, ``start``, ``cues``, ``wording``.
    The same questions give the same weights; there must be three intents or more. Needs scikit-learn."""
    from sklearn.feature_extraction import DictVectorizer
    from sklearn.linear_model import LogisticRegression

    seen = Counter(piece for question in questions for piece in question.wording)
    vectorizer = DictVectorizer()
    evidence = vectorizer.fit_transform([_evidence(question, seen) for question in questions])
    model = LogisticRegression(C=_PENALTY, max_iter=500, tol=1e-4)
    model.fit(evidence, [q.intent for q in questions], sample_weight=[q.weight for q in questions])
    tables: dict[str, dict[str, list[int]]] = {"cues": {}, "wording": {}}
    for name, weights in zip(vectorizer.get_feature_names_out(), model.coef_.T, strict=True):
        table, _, feature = name.partition(" ")
        tenths = [round(weight * _TENTHS) for weight in weights.tolist()]
        if any(tenths):
            tables[table][feature] = tenths
    start = [round(weight * _TENTHS) for weight in model.intercept_.tolist()]
    return {"intents": model.classes_.tolist(), "start": start, **tables}


def _evidence(question: Asked, seen: Mapping[str, int]) -> dict[str, float]:
    share = max(1, len(question.wording)) ** -0.5
    wording = {f"wording {piece}": share for piece in question.wording if seen[piece] >= _SEEN}
    return {**wording, **{f"cues {name}": value for name, value in question.cues.items() if value}}
