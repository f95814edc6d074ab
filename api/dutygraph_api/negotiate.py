"""Content negotiation (RFC 9110, 12.5.1): the first offered media type with the highest quality."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

__all__ = ["choose", "prefers_english"]


def choose(accept: str | None, offered: Iterable[str]) -> str | None:
    """The media type of ``offered`` that the Accept header likes best; earlier offers win ties. No header accepts
    anything. None when nothing offered is acceptable."""
    types = list(offered)
    if not accept or not accept.strip():
        return types[0]
    ranges = [_parse(part) for part in accept.split(",") if part.strip()]
    best, best_quality = None, 0.0
    for media_type in types:
        quality = _quality(media_type, ranges)
        if quality > best_quality:
            best, best_quality = media_type, quality
    return best


def prefers_english(accept_language: str | None) -> bool:
    """Whether the Accept-Language header likes English better than Chinese."""
    qualities = {"en": 0.0, "zh": 0.0}
    for part in (accept_language or "").split(","):
        tag, _, quality = _parse(part)
        language = tag.split("-")[0].strip()
        if language in qualities:
            qualities[language] = max(qualities[language], quality)
    return qualities["en"] > qualities["zh"]


def _parse(part: str) -> tuple[str, str, float]:
    media, *parameters = (piece.strip() for piece in part.split(";"))
    kind, _, subtype = media.lower().partition("/")
    quality = 1.0
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip().lower() == "q":
            try:
                quality = min(1.0, max(0.0, float(value)))
            except ValueError:
                quality = 0.0
    return kind, subtype or "*", quality


def _quality(media_type: str, ranges: Sequence[tuple[str, str, float]]) -> float:
    """The quality of the most specific range that fits."""
    kind, _, subtype = media_type.split(";", maxsplit=1)[0].partition("/")
    found, depth = 0.0, -1
    for wanted_kind, wanted_subtype, quality in ranges:
        fits = wanted_kind in ("*", kind) and wanted_subtype in ("*", subtype)
        specific = (wanted_kind != "*") + (wanted_subtype != "*")
        if fits and specific > depth:
            found, depth = quality, specific
    return found
