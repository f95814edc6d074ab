"""What speaks for a record being the one that says who is responsible."""

from __future__ import annotations

from dataclasses import dataclass, fields

from dutygraph.answer.facts import Statement

__all__ = ["STORY", "Reasons", "size_of"]

_LONG = 300  # characters
_MANY = 5  # departments


@dataclass(frozen=True, slots=True)
class Reasons:
    """What speaks for a record, each about 0 … 1: how far a ``concept`` of the question stands for it; the share of the
    question's terms that it covers (``coverage``) or says itself (``literal``, squared: a few terms are shared by
    chance, all of them are not); how far its cosine stands out (``standing``, cut at 1), how far it lies above the
    crowd (``cosine``), the same by way of landmarks (``bridged``); how much better than the likeliest records it
    matches token by token (``late``); BM25 of the question's words (``lexical``) and of
    the concepts' (``official``); whether it does what is asked to be done (``action``). ``stray``: it is a share of a
    matter that the question is not about; ``beside``: it only says who assists; ``actor``: it names another agency
    than its row's; ``department`` and ``agency``: the question asks for one, and it names one;
    ``outside``: the question asks for somebody inside the register's agency, and it is of another; ``length`` and
    ``departments``: how long, and of how many."""

    concept: float
    coverage: float
    literal: float
    standing: float
    cosine: float
    bridged: float
    late: float
    lexical: float
    official: float
    action: float
    stray: float
    beside: float
    actor: float
    department: float
    agency: float
    outside: float
    length: float
    departments: float

    def named(self, kind: str, *, story: bool) -> dict[str, float]:
        """By name, with the kind of record as one; in a story (a long message) some count anew."""
        found = {name: getattr(self, name) for name in _NAMES}
        found[f"is-{kind}"] = 1.0
        return found | {f"story-{name}": found[name] for name in STORY} if story else found


_NAMES = tuple(field.name for field in fields(Reasons))

STORY = ("concept", "coverage", "literal", "cosine", "bridged", "late", "lexical")
"""In a long message words are shared by chance, so these are weighed again."""


def size_of(statement: Statement) -> tuple[float, float]:
    """``length`` and ``departments`` of a record."""
    return min(1.0, len(statement.text) / _LONG), min(1.0, len(statement.departments) / _MANY)
