"""English words brought to one form: enough for dogs, barking and licences to meet dog, bark and licence."""

from __future__ import annotations

__all__ = ["singular", "stem"]

_VOWELS = frozenset("aeiouy")


def singular(word: str) -> str:
    """A lower-case English word without its plural or possessive ending (after Harman's S-stemmer, 1991); other words
    come back as they are."""
    word = word.removesuffix("'s").removesuffix("'")
    if len(word) < 4 or not word.isascii() or not word.isalpha():
        return word
    if word.endswith("ies"):
        return word[:-3] + "y"
    if word.endswith(("sses", "xes", "zes", "ches", "shes")):
        return word[:-2]
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


def stem(word: str) -> str:
    """``singular``, and then without -ing, -ed and a final -e, where a syllable is left. Wrong at times, but always in
    the same way, and both sides of a search pass through it."""
    base = singular(word)
    if len(base) < 4 or not base.isascii() or not base.isalpha():
        return base
    for ending in ("ing", "ed", "e"):
        root = base.removesuffix(ending)
        if root != base and len(root) >= 3 and not _VOWELS.isdisjoint(root):
            doubled = ending != "e" and root[-1] == root[-2] and root[-1] not in "lsz"
            return root[:-1] if doubled else root
    return base
