"""SPARQL cut into tokens, so that a name is never mistaken for the same letters in a string, an IRI or a comment.

The tokens follow the terminals of SPARQL 1.1 Query Language, section 19.8, joined together they are the text again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

__all__ = ["Token", "expand_codepoints", "tokenise"]

_TOKENS = re.compile(
    r"""
    (?P<space>[ \t\r\n]+)
  | (?P<comment>\#[^\r\n]*)
  | (?P<iri><(?:[^\x00-\x20<>"{}|^`\\]|\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8})*>)
  | (?P<string>
        \"{3}(?:\"{0,2}(?:[^"\\]|\\.))*\"{3}
      | '{3}(?:'{0,2}(?:[^'\\]|\\.))*'{3}
      | "(?:[^"\\\r\n]|\\.)*"
      | '(?:[^'\\\r\n]|\\.)*'
    )
  | (?P<variable>[?$][\w·]+)
  | (?P<language>@[A-Za-z]+(?:-[A-Za-z0-9]+)*)
  | (?P<blank>_:[\w-]+)
  | (?P<name>(?:[^\W\d_][\w.-]*)?:(?:[\w:-]|%[0-9A-Fa-f]{2}|\\[_~.!$&'()*+,;=/?\#@%-]|\.(?=[\w:.%\\-]))*)
  | (?P<number>[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?)
  | (?P<word>[^\W\d][\w-]*)
  | (?P<mark>.)
    """,
    re.VERBOSE | re.DOTALL,
)
_CODEPOINT = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")


@dataclass(frozen=True, slots=True)
class Token:
    """``kind`` is one of space, comment, iri, string, variable, language, blank, name (prefixed), number, word
    (keywords and functions), mark (any other character)."""

    kind: str
    text: str
    start: int


def tokenise(sparql: str) -> Iterator[Token]:
    """The tokens of a SPARQL text, in order and without gaps. Never fails: what is no token becomes marks."""
    for found in _TOKENS.finditer(sparql):
        yield Token(found.lastgroup or "mark", found.group(), found.start())


def expand_codepoints(sparql: str) -> str:
    r"""The text with ``\u0041`` and ``\U00000041`` replaced, as engines do that follow SPARQL 1.1, 19.2 to the letter
    and expand before they parse."""

    def expand(found: re.Match[str]) -> str:
        number = int(found[1] or found[2], 16)
        return chr(number) if number <= 0x10FFFF else found[0]

    return _CODEPOINT.sub(expand, sparql)
