"""Whether a question is one of yes or no on what a register has: whether it lists, says, mentions something."""

from __future__ import annotations

import re

from dutygraph.answer.question import Question
from dutygraph.answer.words import QuestionWords

__all__ = ["asking_sentence", "is_polar"]

_SENTENCE = re.compile(r"[^。！？!?;；.]+[。！？!?;；.]*")


def is_polar(question: Question, words: QuestionWords) -> bool:
    """Whether yes or no answers it, and what is asked is whether something stands in a register or in a part of it, not
    who does a thing: of a question that also asks who, which or how much, that is the question."""
    start, end = asking_sentence(question, words)
    sentence = question.text[start:end]
    if words.modifiers["open"].search(question.text, end):
        return False
    if (question.story and question.lang == "zh") or not words.modifiers["presence"].search(sentence):
        return False
    indefinite = [found.span() for found in words.modifiers["indefinite"].finditer(sentence)]
    opened = (found.span() for found in words.modifiers["open"].finditer(sentence))
    if any(not any(a <= b_start and b_end <= b for a, b in indefinite) for b_start, b_end in opened):
        return False
    return bool(words.modifiers["in_writing"].search(question.text))


def asking_sentence(question: Question, words: QuestionWords) -> tuple[int, int]:
    """Where the sentence stands that yes or no answers; all of the question when none does."""
    found = [each.span() for each in _SENTENCE.finditer(question.text)]
    asking = [span for span in found if words.modifiers["presence"].search(question.text[slice(*span)])]
    return asking[-1] if asking else (0, len(question.text))
