"""Subdivisions of an act: 条, 款, 项, 目 in this order (立法法, article 65), as ELI resources."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from rdflib import Literal, URIRef

from dutygraph.graph.iris import mint_article
from dutygraph.graph.literals import zh
from dutygraph.graph.provenance import Triple
from dutygraph.graph.vocab import ELI, RDF

__all__ = ["article_parts", "article_triples"]

_PART: Final = re.compile(r"第([0-9\u3007零一二三四五六七八九十百千]+)(条之[一二三四五六七八九十]+|[条款项目])")
_LEVELS: Final = "条款项目"
_DIGITS: Final = "〇一二三四五六七八九"


def article_parts(as_written: str) -> tuple[str, ...]:
    """第34条第2款 → (第三十四条, 第二款): the levels from the article down, numerals as acts print them. Empty when the
    words are no such reference."""
    text = re.sub(r"\s+", "", unicodedata.normalize("NFKC", as_written))
    found = [(match.group(1), match.group(2)) for match in _PART.finditer(text)]
    levels = [_LEVELS.index(level[0]) for _, level in found]
    if not levels or levels[0] != 0 or any(a >= b for a, b in pairwise(levels)):
        return ()
    return tuple(f"第{_chinese(number)}{level}" for number, level in found)


def _chinese(number: str) -> str:
    """0–9999 as Chinese numerals; what is Chinese already, and what is larger, stays."""
    if not number.isdecimal() or int(number) > 9999:
        return number
    value, out, pending_zero = int(number), "", False
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, value = divmod(value, unit)
        if digit == 0:
            pending_zero = bool(out)
            continue
        out += "零" * (pending_zero and bool(out)) + _DIGITS[digit] + name
        pending_zero = False
    return out.removeprefix("一") if out.startswith("一十") else out or _DIGITS[0]


def article_triples(law: URIRef, as_written: str) -> Iterator[Triple]:
    """The cited subdivision of ``law`` with the subdivisions above it; nothing when the words are no reference."""
    parts = article_parts(as_written)
    above = law
    for depth in range(1, len(parts) + 1):
        node = mint_article(law, parts[:depth])
        yield node, RDF.type, ELI.LegalResourceSubdivision
        yield node, ELI.is_part_of, above
        yield above, ELI.has_part, node
        yield node, ELI.number, Literal(parts[depth - 1])
        yield node, ELI.title, zh("".join(parts[:depth]))
        above = node
