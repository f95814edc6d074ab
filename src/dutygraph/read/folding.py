"""White space and numbering of the form: what is folded away in texts and what counts as a number."""

from __future__ import annotations

import re

from dutygraph.read.numerals import NUMBER, parse_number

__all__ = ["fold", "is_broken", "number_value", "squeeze"]

# Zero-width marks, soft hyphens and byte order marks are blanks to a reader, but not to ``str.isspace``.
_BLANK = "\\s\u00a0\u00ad\u200b\u200c\u200d\u2060\ufeff"
_RUN = re.compile(f"[{_BLANK}]+")
_NUMBER_CELL = re.compile(rf"[（(〔\[]?第?(?:(?P<value>{NUMBER})|(?P<circled>[①-⑳]))[项号条]?[）)〕\]]?[、.．,，:：]?")
_LONGEST_NUMBER = 16
_OPENING, _CLOSING = "（(《〔“", "）)》〕”"
_BROKEN_END = "、，,：:（(《〔“"


def fold(text: str) -> str:
    """The text with its white space folded away: one blank stays between two Western words, none beside Chinese."""

    def replace(match: re.Match[str]) -> str:
        start, end = match.span()
        between_words = start > 0 and end < len(text) and _is_western(text[start - 1]) and _is_western(text[end])
        return " " if between_words else ""

    return _RUN.sub(replace, text)


def _is_western(char: str) -> bool:
    return "!" <= char <= "~"


def squeeze(text: str) -> str:
    """The text without any white space, for comparing titles and header words."""
    return _RUN.sub("", text)


def number_value(text: str) -> int | None:
    """The value of a cell or marker that holds a number and nothing else: 3, 3., （三）, 三、, ③; else None."""
    match = _NUMBER_CELL.fullmatch(squeeze(text)) if len(text) <= _LONGEST_NUMBER else None
    if match is None:
        return None
    if match["circled"]:
        return ord(match["circled"]) - ord("①") + 1
    value = parse_number(match["value"])
    return None if value is None else int(value)


def is_broken(text: str) -> bool:
    """Whether the text evidently goes on elsewhere: it ends in a comma or an opening bracket, or leaves one open."""
    if not text:
        return False
    unclosed = any(
        text.count(opening) > text.count(closing) for opening, closing in zip(_OPENING, _CLOSING, strict=True)
    )
    return unclosed or text[-1] in _BROKEN_END
