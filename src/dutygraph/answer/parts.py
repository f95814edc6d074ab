"""Several questions in one message: who handles it, and at which number; each is answered by itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from dutygraph.answer.asking import Heard
from dutygraph.answer.model import Answer, Content, Intent, together
from dutygraph.answer.question import Question
from dutygraph.answer.words import QuestionWords

__all__ = ["join", "parts_of"]

_CUT = re.compile(r"[，,；;。？?！!]+|还有|另外|\band (?=(?:what|who|whom|how|which|at)\b)")
# What is asked beside something else, of the same thing; the other intents are about a register as a whole.
_BESIDE: tuple[Intent, ...] = ("phone", "legal", "penalty", "indicator", "who")
_ONE = 0.85  # of asking who; with something else beside it a question sounds like that
_ASKS = re.compile(r"谁|哪|什么|啥|多少|几|吗|怎|咋|何|[?？]|\b(?:who|whom|whose|what|which|how|when|where)\b")
_WHOLE: tuple[Intent, ...] = ("compare", "compositional", "overlap", "gap", "count", "list")


def parts_of(question: Question, words: QuestionWords, heard: Heard) -> tuple[str, ...]:
    """The questions in a short message that asks several things of one; empty when it asks one. A later part that only
    says what it asks for takes the object of the first: 燃放烟花谁管，电话多少 → 燃放烟花谁管; 燃放烟花电话多少. What
    plainly asks for somebody alone asks one, whatever words it tells its story in."""
    if (
        question.story
        or heard.likely["who"] >= _ONE
        or any(words.intents[intent].strong.search(question.focus) for intent in _WHOLE)
    ):
        return ()
    asking = list(_asking(question.text, words))
    if len({intent for intent, _, _, _ in asking}) < 2:
        return ()
    _, end, first, last = asking[0]
    text = question.text
    # Chinese puts what is asked behind its object, English before it.
    ahead, behind = (text[:first], "") if text[:first].strip() else ("", f" {text[last:end].strip()}")
    later = (f"{ahead}{text[start:stop]}{behind}" for _, stop, start, _ in asking[1:])
    return (text[:end].strip(), *later)


def _asking(text: str, words: QuestionWords) -> Iterator[tuple[Intent, int, int, int]]:
    """For each clause that asks: for what, where the clause ends, and where its words of asking start and end."""
    start = 0
    ends = [(found.start(), found.end()) for found in _CUT.finditer(text)]
    for end, after in (*ends, (len(text), len(text))):
        found = [(intent, cue) for intent in _BESIDE if (cue := words.intents[intent].strong.search(text, start, end))]
        if found and _ASKS.search(text, start, after):
            intent, cue = found[0]
            yield intent, end, cue.start(), cue.end()
        start = after


def join(question: Question, answers: tuple[Answer, ...]) -> Answer:
    """One answer that says each part's, numbered; what a later part only says again is said once. It is answered when
    one of them is, and as sure as the least sure of these."""
    answers = tuple(a for n, a in enumerate(answers) if a.status != "answered" or _is_new(a, answers[:n]))
    if len(answers) == 1:
        return replace(answers[0], question=question.raw)
    answered = [answer for answer in answers if answer.status == "answered"] or list(answers[:1])
    codes = dict.fromkeys(code for answer in answered for code in answer.by_jurisdiction)
    by_jurisdiction = {
        code: together(tuple(a.by_jurisdiction[code] for a in answered if code in a.by_jurisdiction)) for code in codes
    }
    contents: tuple[Content, ...] = tuple(answer.content for answer in answered)
    return replace(
        answered[0],
        question=question.raw,
        text="\n\n".join(f"({number}) {answer.text}" for number, answer in enumerate(answers, start=1)),
        interpretation=" ".join(answer.interpretation for answer in answers),
        content=together(contents),
        by_jurisdiction=dict(sorted(by_jurisdiction.items())),
        jurisdictions=tuple(sorted({code for answer in answered for code in answer.jurisdictions})),
        nearest=tuple(dict.fromkeys(near for answer in answers for near in answer.nearest)),
        confidence=min(answer.confidence for answer in answered),
    )


def _is_new(answer: Answer, before: tuple[Answer, ...]) -> bool:
    return all(answer.content.results != other.content.results for other in before)
