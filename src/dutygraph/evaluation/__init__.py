"""Scoring answers against gold questions: right, complete, cited, and silent where the registers are."""

from __future__ import annotations

from dutygraph.evaluation.names import Place, aliases_of, places_of
from dutygraph.evaluation.placed import Fit, Placed, read_placed
from dutygraph.evaluation.questions import KINDS, Evidence, Gold, Question, parse_question, read_questions
from dutygraph.evaluation.report import Report, Row, evaluate

__all__ = [
    "KINDS",
    "Evidence",
    "Fit",
    "Gold",
    "Place",
    "Placed",
    "Question",
    "Report",
    "Row",
    "aliases_of",
    "evaluate",
    "parse_question",
    "places_of",
    "read_placed",
    "read_questions",
]
