"""The question itself: bounded, normalised, its language, and its core without politeness and story."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from dutygraph.answer.words import QuestionWords
from dutygraph.retrieve import normalise

__all__ = ["LONGEST", "Question", "read_again", "read_question"]

LONGEST = 2_000
"""Characters of a question that are read; what comes after them is left out."""

_CHINESE = re.compile(r"[\u3400-\u9fff]")
_LETTER = re.compile(r"[a-z]")
_SENTENCE = re.compile(r"[^。！？!?;；\n]+[。！？!?;；\n]*|[^.]+\.(?:\s|$)")
_LONG = 60  # characters; a longer message is a story in which the question has to be found


@dataclass(frozen=True, slots=True)
class Question:
    """``raw`` as asked; ``text`` normalised; ``focus`` the part of ``text`` that asks (all of it when short), without
    shells; ``focus_spans`` where the parts stand in ``text`` that say what it is about."""

    raw: str
    text: str
    focus: str
    focus_spans: tuple[tuple[int, int], ...]
    lang: str

    def in_focus(self, start: int, end: int) -> bool:
        """Whether a span of ``text`` touches the part that asks."""
        return any(start < stop and begin < end for begin, stop in self.focus_spans)

    def widened(self) -> Question:
        """The same question with its whole text in the focus: when the part that asks names nothing, the story does."""
        return replace(self, focus_spans=((0, len(self.text)),))

    @property
    def story(self) -> bool:
        """Whether this is a long message, in which the question has to be found."""
        return len(self.text) > _LONG * self.width

    @property
    def width(self) -> int:
        """How many times as long a text says the same in these letters, whatever language it is answered in: pinyin is
        as long as English."""
        return 1 if len(_CHINESE.findall(self.text)) * 3 >= len(_LETTER.findall(self.text)) else 3

    @property
    def empty(self) -> bool:
        """No letter and no character to understand."""
        return not (_CHINESE.search(self.text) or _LETTER.search(self.text) or any(c.isdigit() for c in self.text))


def read_question(raw: str, words: QuestionWords, lang: str | None = None) -> Question:
    """``raw`` as a Question. ``lang`` overrules the language it is written in."""
    return _read(raw, normalise(raw[:LONGEST]), words, lang)


def read_again(question: Question, text: str, words: QuestionWords, lang: str) -> Question:
    """The same question with another normalised text in place of what it was written as."""
    return _read(question.raw, text, words, lang)


def _read(raw: str, text: str, words: QuestionWords, lang: str | None) -> Question:
    chinese, latin = len(_CHINESE.findall(text)), len(_LETTER.findall(text))
    spoken = lang or ("zh" if chinese * 3 >= latin and (chinese or not latin) else "en")
    spans = _asking(text, words)
    focus = " ".join(words.shells.sub(" ", text[start:end]) for start, end in spans)
    return Question(raw, text, " ".join(focus.split()), spans, spoken)


def _asking(text: str, words: QuestionWords) -> tuple[tuple[int, int], ...]:
    """The sentences that ask. All of a short text; of a story those with a strong cue of any intent, else all."""
    if len(text) <= _LONG:
        return ((0, len(text)),)
    sentences = [found.span() for found in _SENTENCE.finditer(text)]
    asking = tuple(
        span
        for span in sentences
        if any(cue.strong.search(text, *span) for cue in words.intents.values()) or text[span[1] - 1] in "?？"
    )
    return asking or ((0, len(text)),)
