"""A question in other letters than its words have: in pinyin, by sound, or with a slip. Only where nothing links."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from dutygraph.answer.question import Question, read_again
from dutygraph.answer.words import QuestionWords
from dutygraph.retrieve import Speller, Suggestion, readings

__all__ = ["Respeller", "is_pinyin"]

_LATIN = re.compile(r"[a-z]+")
_CHINESE = re.compile(r"[\u3400-\u9fff]")
_LONGEST_SYLLABLE = 6
_IN_PINYIN = 0.8  # of the Latin words; names of places in English spelling are pinyin too


class Respeller:
    """Rewrites questions by the names that can be meant. Building it takes a tenth of a second, so it is built once,
    when first needed."""

    def __init__(self, names: Iterable[str], words: QuestionWords) -> None:
        """``names``: everything that questions can name."""
        self._words = words
        self._speller = Speller((*names, *words.pinyin))
        small = {word for word in (*words.stopwords, *words.particles) if len(word) == 1}
        self._small = frozenset(sound for word in small for sound in readings().get(word, ()))

    def respell(self, question: Question) -> Question | None:
        """``question`` with what may be meant put in its place; None when nothing may."""
        in_pinyin = is_pinyin(question.text)
        suggestions = list(self._speller.suggest(question.text))
        if not in_pinyin:
            asking = self._asking(question.text)
            suggestions = [s for s in suggestions if s.how != "pinyin" and not any(asking[s.start : s.end])]
        chosen = _apart(suggestions)
        if not chosen:
            return None
        pieces: list[str] = []
        at = 0
        for each in chosen:
            pieces += [self._rest(question.text[at : each.start], in_pinyin), each.term]
            at = each.end
        if all(each.term in self._words.pinyin for each in chosen):
            return None
        pieces.append(self._rest(question.text[at:], in_pinyin))
        return read_again(question, "".join(pieces), self._words, "zh" if in_pinyin else question.lang)

    def _asking(self, text: str) -> list[bool]:
        """Which characters belong to words of asking: kinds and columns of records, that these are blank, runs of
        stop words."""
        asking = [False] * len(text)
        words = self._words
        tables = (words.targets, words.fields, words.nouns, words.comparisons)
        denying = (words.modifiers["negation"], words.modifiers["blank"])
        for pattern in (*denying, *(pattern for table in tables for pattern in table.values())):
            for found in pattern.finditer(text):
                asking[found.start() : found.end()] = [True] * len(found.group())
        for at in range(len(text) - 1):
            if text[at] in self._words.stopwords and text[at + 1] in self._words.stopwords:
                asking[at : at + 2] = [True, True]
        return asking

    def _rest(self, text: str, in_pinyin: bool) -> str:
        """What is not respelt; of a question in pinyin without the syllables of 的, 谁, 管 …"""
        if not in_pinyin:
            return text
        return _LATIN.sub(lambda found: "" if found.group() in self._small else found.group(), text)


def _apart(suggestions: Iterable[Suggestion]) -> list[Suggestion]:
    """The longest of those that overlap, in the order of the text."""
    kept: list[Suggestion] = []
    for each in sorted(
        suggestions, key=lambda each: (each.start - each.end, each.start, each.how != "sound", each.term)
    ):
        if all(each.end <= other.start or other.end <= each.start for other in kept):
            kept.append(each)
    return sorted(kept, key=lambda each: each.start)


def is_pinyin(text: str) -> bool:
    """Whether nearly all words of a text without Chinese are syllables put together."""
    found = _LATIN.findall(text)
    if _CHINESE.search(text) or len(found) < 2:
        return False
    return sum(_of_syllables(word) for word in found) >= _IN_PINYIN * len(found)


@lru_cache(4_096)
def _of_syllables(word: str) -> bool:
    known = _syllables()
    reached = {0}
    for end in range(1, len(word) + 1):
        if any(start in reached and word[start:end] in known for start in range(max(0, end - _LONGEST_SYLLABLE), end)):
            reached.add(end)
    return len(word) in reached


@lru_cache(1)
def _syllables() -> frozenset[str]:
    return frozenset(sound for sounds in readings().values() for sound in sounds)
