"""Marking words inside a quote."""

from __future__ import annotations

from collections.abc import Iterable

__all__ = ["marked"]


def marked(text: str, words: Iterable[str]) -> list[tuple[str, bool]]:
    """``text`` in pieces, each with whether it is to be marked: every place where one of the words stands. Where words
    overlap, their places are one. The pieces together are the text again."""
    inside = [False] * len(text)
    for word in words:
        at = text.find(word) if word else -1
        while at >= 0:
            inside[at : at + len(word)] = [True] * len(word)
            at = text.find(word, at + len(word))
    pieces: list[tuple[str, bool]] = []
    for character, mark in zip(text, inside, strict=True):
        if pieces and pieces[-1][1] == mark:
            pieces[-1] = (pieces[-1][0] + character, mark)
        else:
            pieces.append((character, mark))
    return pieces
