"""The words of a question that say what it is about, and how much of them a text covers."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache

from dutygraph.answer.link import Links
from dutygraph.answer.question import Question
from dutygraph.answer.words import QuestionWords

__all__ = ["Term", "Terms", "read_terms"]

_HAN = re.compile(r"[\u3400-\u9fff]+")
_LATIN = re.compile(r"[a-z0-9][a-z0-9'\-]*")


@dataclass(frozen=True, slots=True)
class Term:
    """Two Chinese characters, an English word or a number at ``start`` of the question's text."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Terms:
    """The content of a question: ``all`` its terms, ``content`` the same as a text to search with."""

    all: tuple[Term, ...]
    content: str


def read_terms(question: Question, links: Links, words: QuestionWords, common: Collection[str]) -> Terms:
    """The content of the asking part: what remains without shells, stop words, intents' cues and place names.
    ``common``: IRIs whose names say nothing, such as the agency whose registers these are."""
    text = question.text
    blank = [False] * len(text)
    for mention in links.mentions:
        if mention.kind == "place" or mention.target in common:
            _blank(blank, mention.start, mention.end)
    patterns = (words.shells, *(cue.strong for cue in words.intents.values()))
    for pattern in patterns:
        for found in pattern.finditer(text):
            _blank(blank, *found.span())
    for mention in links.mentions:  # a known name is content, even where a cue runs through it
        if mention.kind != "place" and mention.target not in common:
            blank[mention.start : mention.end] = [False] * (mention.end - mention.start)
    terms: list[Term] = []
    for start, end in question.focus_spans:
        for found in _HAN.finditer(text, start, end):
            terms += _bigrams(text, *found.span(), blank=blank, words=words)
        for found in _LATIN.finditer(text, start, end):
            word = found.group().strip("'-")
            if word not in words.stopwords and not blank[found.start()]:
                terms.append(Term(word, found.start(), found.end()))
    first = {term.text: term for term in reversed(terms)}
    content = "".join(" " if blank[at] else text[at] for start, end in question.focus_spans for at in range(start, end))
    return Terms(tuple(sorted(first.values(), key=lambda term: term.start)), " ".join(content.split()))


@cache
def _longest(words: frozenset[str]) -> int:
    return max(map(len, words), default=0)


def _blank(blank: list[bool], start: int, end: int) -> None:
    blank[start:end] = [True] * (end - start)


def _bigrams(text: str, start: int, end: int, *, blank: list[bool], words: QuestionWords) -> list[Term]:
    """Neighbouring characters of a Chinese run, not across what is blank or a stop word of two or more characters."""
    skip = blank[start:end]
    longest = _longest(words.stopwords)
    for at in range(start, end):
        if text[at] in words.particles:
            skip[at - start] = True
        for size in range(min(longest, end - at), 1, -1):
            if text[at : at + size] in words.stopwords:
                skip[at - start : at - start + size] = [True] * size
                break
    return [
        Term(text[i : i + 2], i, i + 2)
        for i in range(start, end - 1)
        if not (skip[i - start] or skip[i + 1 - start])
        and not (text[i] in words.stopwords and text[i + 1] in words.stopwords)
    ]
