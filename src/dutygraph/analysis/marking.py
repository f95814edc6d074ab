"""Where two texts differ: the words and the numbers that only one of them has."""

from __future__ import annotations

import difflib
import re
from collections.abc import Sequence
from itertools import groupby

from dutygraph.analysis.aligning import of_any_level
from dutygraph.analysis.comparison import Mark, Piece

__all__ = ["mark_differences"]

# A number is one token, so 30 and 300 differ as a whole; so is a Latin word. All else is told apart by character.
_TOKEN = re.compile(
    r"(?P<number>\d+(?:[.．,]\d+)*|[〇零一二三四五六七八九十百千]+(?=[次户人名个日天年月周元倍份起种条万]))"
    r"|(?P<words>[A-Za-z]+|\w)|.",
    re.DOTALL,
)
_Token = tuple[str, Mark]


def mark_differences(left: str, right: str) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """Both texts cut into pieces, which joined give them back; white space, punctuation and words of the level count
    nowhere. Pure."""
    mine, theirs = _tokens(left), _tokens(right)
    read, other = ([of_any_level(text) for text, _ in tokens] for tokens in (mine, theirs))
    blocks = difflib.SequenceMatcher(None, read, other, autojunk=False).get_opcodes()
    last = len(blocks) - 1
    # One character that happens to stand in both, between two differences, is no common ground.
    same = [tag == "equal" and (b - a > 1 or at in (0, last)) for at, (tag, a, b, _, _) in enumerate(blocks)]
    return (
        _pieces([(kept, mine[a:b]) for kept, (_, a, b, _, _) in zip(same, blocks, strict=True)]),
        _pieces([(kept, theirs[c:d]) for kept, (_, _, _, c, d) in zip(same, blocks, strict=True)]),
    )


def _tokens(text: str) -> list[_Token]:
    """The tokens of a text, each with the mark it gets when the other text has not got it."""
    kinds: dict[str | None, Mark] = {"number": "number", "words": "words"}
    return [(found.group(), kinds.get(found.lastgroup, "same")) for found in _TOKEN.finditer(text)]


def _pieces(runs: Sequence[tuple[bool, Sequence[_Token]]]) -> tuple[Piece, ...]:
    marked: list[_Token] = [(text, "same" if kept else mark) for kept, tokens in runs for text, mark in tokens]
    return tuple(
        Piece("".join(text for text, _ in group), mark) for mark, group in groupby(marked, key=lambda token: token[1])
    )
