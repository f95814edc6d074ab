"""Texts that are no question to a register: empty ones, instructions, code, requests for something else."""

from __future__ import annotations

from dutygraph.answer.model import Reason
from dutygraph.answer.question import Question
from dutygraph.answer.words import QuestionWords

__all__ = ["is_emergency", "is_unrecorded", "refusal"]

_NO_QUESTION = 10_000  # characters; the longest complaint is a tenth of it


def refusal(question: Question, words: QuestionWords) -> Reason | None:
    """Why this text is not answered at all; None when it may be a question."""
    if question.empty or len(question.raw) >= _NO_QUESTION:
        return "out_of_scope"
    if words.care["injection"].search(question.text) or words.care["markup"].search(question.text):
        return "unsafe"
    if words.care["elsewhere"].search(question.text):
        return "out_of_scope"
    return None


def is_unrecorded(question: Question, words: QuestionWords) -> bool:
    """Whether a fact is asked for that no duty register carries (prices, hours, papers, terms), and nothing else. A
    long message that also asks for them wants to know whom to turn to."""
    recorded = any(words.intents[name].strong.search(question.focus) for name in ("who", "penalty", "indicator"))
    return not question.story and not recorded and bool(words.care["unrecorded"].search(question.focus))


def is_emergency(question: Question, words: QuestionWords) -> bool:
    """Whether somebody is in danger now."""
    return bool(words.care["emergency"].search(question.text))
