"""The whole evaluation: every answer marked, and the figures over them."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from statistics import fmean
from typing import Any

from dutygraph.evaluation.citations import Documents, regime_titles
from dutygraph.evaluation.kinds import mark
from dutygraph.evaluation.marking import Bench, Mark
from dutygraph.evaluation.names import NameBook, Place, as_list
from dutygraph.evaluation.questions import KINDS, Question, names_in_gold
from dutygraph.evaluation.views import Reply

__all__ = ["Report", "Row", "evaluate"]

_FULL = 0.999  # from here a mark is full: shares of thirds do not add up to 1
_DECIMALS = 4  # of a mark; the figures are means of marks as shown
_PASSED = 0.7  # a procedure with so much of its steps is of use


@dataclass(frozen=True, slots=True)
class Row:
    """One question, marked. ``supported``: does a citation stand where the gold's does? None when the question has no
    gold evidence. ``elapsed_ms``: as the answer says, None when it does not."""

    question: Question
    status: str
    mark: Mark
    quotes: int = 0
    valid_quotes: int = 0
    supported: bool | None = None
    elapsed_ms: float | None = None

    def as_json(self) -> dict[str, Any]:
        question = self.question
        return {
            "id": question.id,
            "kind": question.kind,
            "lang": question.lang,
            "jurisdiction": question.jurisdiction,
            "question": question.text,
            "status": self.status,
            "score": self.mark.score,
            "why": self.mark.why,
            "supported": self.supported,
        }


def _mean(values: Iterable[float | None]) -> float | None:
    known = [0.0 if value is None else float(value) for value in values]
    return fmean(known) if known else None


def _percentile(values: Sequence[float], percent: float) -> float | None:
    """The nearest-rank percentile."""
    if not values:
        return None
    return sorted(values)[max(0, math.ceil(percent / 100 * len(values)) - 1)]


def _scores(rows: Iterable[Row]) -> list[float]:
    return [row.mark.score for row in rows]


@dataclass(frozen=True, slots=True)
class Report:
    """The marks of all questions, in their order, and the figures over them. A figure is None when nothing counts
    towards it."""

    rows: tuple[Row, ...]

    def of_kind(self, kind: str) -> tuple[Row, ...]:
        return tuple(row for row in self.rows if row.question.kind == kind)

    def of_status(self, status: str) -> tuple[Row, ...]:
        return tuple(row for row in self.rows if row.status == status)

    @property
    def macro(self) -> float | None:
        """The mean over kinds of the mean of each kind."""
        return _macro(self.rows)

    @property
    def kinds(self) -> dict[str, dict[str, Any]]:
        figures = {}
        for kind in KINDS:
            scores = _scores(self.of_kind(kind))
            if scores:
                figures[kind] = {
                    "n": len(scores),
                    "mean": fmean(scores),
                    "full": _mean(score >= _FULL for score in scores),
                    "zero": _mean(score == 0 for score in scores),
                }
        return figures

    def slices(self, keys: Callable[[Question], Iterable[str]]) -> dict[str, dict[str, Any]]:
        """n, mean and mean over kinds of the rows by key (a language, a style); a row may have several."""
        groups: dict[str, list[Row]] = {}
        for row in self.rows:
            for key in keys(row.question):
                groups.setdefault(key, []).append(row)
        return {
            key: {"n": len(rows), "mean": _mean(_scores(rows)), "macro": _macro(rows)}
            for key, rows in sorted(groups.items())
        }

    @property
    def wrong_when_answered(self) -> float:
        """The share of the answered questions whose answer is worth nothing."""
        return _mean(row.mark.score == 0 for row in self.of_status("answered")) or 0.0

    @property
    def abstention(self) -> dict[str, float | None]:
        """Precision, recall and F1 of abstaining, the share of answerable questions abstained from (``false``) and of
        those asked back (``needless_clarify``)."""
        abstained, unanswerable = self.of_status("abstained"), self.of_kind("unanswerable")
        right = sum(row.question.kind == "unanswerable" for row in abstained)
        precision = right / len(abstained) if abstained else 0.0
        recall = right / len(unanswerable) if unanswerable else 0.0
        answerable = [row for row in self.rows if row.question.kind not in ("unanswerable", "ambiguous")]
        return {
            "precision": precision,
            "recall": recall,
            "f1": 2 * precision * recall / (precision + recall) if right else 0.0,
            "false": _mean(row.status == "abstained" for row in answerable),
            "needless_clarify": _mean(row.status == "clarify" for row in answerable),
        }

    @property
    def who(self) -> dict[str, float | None]:
        marks = [row.mark for row in self.of_kind("who")]
        return {
            "recall_at_1": _mean(mark.first for mark in marks),
            "recall_at_3": _mean(mark.among_three for mark in marks),
            "set_f1": _mean(mark.set_f1 for mark in marks),
        }

    @property
    def citations(self) -> dict[str, Any]:
        """``valid``: the share of quotes that occur in their document; ``present``: of answered questions with a quote;
        ``support``: of answered ones, where the gold has evidence, with a quote that supports it."""
        quotes, answered = sum(row.quotes for row in self.rows), self.of_status("answered")
        return {
            "quotes": quotes,
            "valid": sum(row.valid_quotes for row in self.rows) / quotes if quotes else None,
            "present": _mean(row.quotes > 0 for row in answered),
            "support": _mean(row.supported for row in answered if row.supported is not None),
        }

    @property
    def elapsed_ms(self) -> dict[str, float | None]:
        times = [row.elapsed_ms for row in self.rows if row.elapsed_ms is not None]
        return {"p50": _percentile(times, 50), "p95": _percentile(times, 95)}

    def as_json(self) -> dict[str, Any]:
        """All figures and rows, ready for ``json.dumps``."""
        return {
            "n": len(self.rows),
            "macro": self.macro,
            "mean": _mean(_scores(self.rows)),
            "kinds": self.kinds,
            "who": self.who,
            "lists_complete": _mean(row.mark.complete for row in self.of_kind("list")),
            "procedures_passed": _mean(row.mark.score >= _PASSED for row in self.of_kind("procedure")),
            "answered": len(self.of_status("answered")),
            "wrong_when_answered": self.wrong_when_answered,
            "abstention": self.abstention,
            "citations": self.citations,
            "elapsed_ms": self.elapsed_ms,
            "lang": self.slices(lambda question: [question.lang]),
            "jurisdiction": self.slices(lambda question: [question.jurisdiction or "none"]),
            "style": self.slices(lambda question: question.style),
            "missing": [row.question.id for row in self.of_status("missing")],
            "rows": [row.as_json() for row in self.rows],
        }

    def table(self) -> list[str]:
        """The figures as lines of text for a terminal."""
        lines = [f"{'kind':<15}{'n':>5}{'mean':>8}{'full':>8}{'zero':>8}"]
        for kind, row in self.kinds.items():
            lines.append(f"{kind:<15}{row['n']:>5}{_f(row['mean']):>8}{_f(row['full']):>8}{_f(row['zero']):>8}")
        lines += [f"{'mean over kinds':<20}{_f(self.macro):>8}", f"{'mean':<20}{_f(_mean(_scores(self.rows))):>8}", ""]
        data = self.as_json()
        lines.append(_figures("who", self.who))
        lines.append(f"{'answered':<14}{data['answered']} of {data['n']}   wrong {_f(self.wrong_when_answered)}")
        lines += [_figures("abstention", self.abstention), _figures("citations", self.citations)]
        lines.append(_figures("complete", {"lists": data["lists_complete"], "procedures": data["procedures_passed"]}))
        lines += [_figures("elapsed ms", self.elapsed_ms), ""]
        for name in ("lang", "jurisdiction", "style"):
            for key, row in data[name].items():
                lines.append(f"{name:<14}{key:<14}{row['n']:>5}{_f(row['mean']):>8}   over kinds {_f(row['macro'])}")
        if data["missing"]:
            lines += ["", f"no answer to {len(data['missing'])}: {', '.join(data['missing'][:8])}"]
        return lines


def _macro(rows: Iterable[Row]) -> float | None:
    by_kind: dict[str, list[float]] = {}
    for row in rows:
        by_kind.setdefault(row.question.kind, []).append(row.mark.score)
    return _mean(fmean(scores) for scores in by_kind.values())


def _f(figure: float | None) -> str:
    return "-" if figure is None else f"{figure:.3f}"


def _figures(name: str, figures: Mapping[str, Any]) -> str:
    return f"{name:<14}" + "   ".join(
        f"{label.replace('_', ' ')} {figure if isinstance(figure, int) else _f(figure)}"
        for label, figure in figures.items()
    )


def evaluate(
    questions: Sequence[Question],
    answers: Mapping[str, Mapping[str, Any]],
    documents: Mapping[str, str],
    places: Sequence[Place],
    aliases: Mapping[str, Iterable[str]],
) -> Report:
    """Mark answers against gold questions.

    Args:
        questions: as ``read_questions`` gives them.
        answers: by question id, the JSON object of the answer contract; one that is missing earns nothing.
        documents: source texts by the name that evidence carries (``<register folder>/<file>``).
        places: the jurisdictions of the registers, see ``places_of``.
        aliases: short name → full names, see ``aliases_of``.
    """
    bench = Bench(NameBook(places, aliases), Documents(documents, regime_titles(questions)))
    known_names = names_in_gold(questions)
    return Report(tuple(_row(question, answers.get(question.id), bench, known_names) for question in questions))


def _row(question: Question, raw: Mapping[str, Any] | None, bench: Bench, known_names: Sequence[str]) -> Row:
    reply = Reply(raw, bench.book, known_names)
    marked = mark(question, reply, bench)
    marked = replace(marked, score=round(marked.score, _DECIMALS))
    if raw is None:
        return Row(question, reply.status, marked)
    cited = [entry for entry in as_list(raw.get("evidence")) if isinstance(entry, Mapping)]
    elapsed = raw.get("elapsed_ms")
    return Row(
        question,
        reply.status,
        marked,
        quotes=len(cited),
        valid_quotes=sum(map(bench.documents.is_valid, cited)),
        supported=bench.documents.supported(raw, question) if question.evidence else None,
        elapsed_ms=float(elapsed) if isinstance(elapsed, int | float) else None,
    )
