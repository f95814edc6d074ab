"""Places: the administrative divisions of GB/T 2260, from ``lookups/places.toml``."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from rdflib import Literal
from rdflib.namespace import RDF

from dutygraph.errors import RegisterError
from dutygraph.graph.iris import mint_place
from dutygraph.graph.provenance import Triple
from dutygraph.graph.vocab import DCT, DG, SKOS

__all__ = ["Place", "check_code", "place_triples", "read_places"]

_CODE: Final = re.compile(r"\d{2}(\d{2}(\d{2})?)?")


@dataclass(frozen=True, slots=True)
class Place:
    """A division: ``code`` without the trailing zeros of its level (``13``, ``1304``, ``130408``), the name in Chinese
    and English, and the short names people use."""

    code: str
    name: str
    english: str
    short: tuple[str, ...] = ()

    @property
    def parent(self) -> str | None:
        """The code of the division above, None for a province."""
        return self.code[:-2] or None


def read_places(path: Path) -> dict[str, Place]:
    """The divisions of a places file by code. Raises RegisterError when the file is missing or wrong."""
    try:
        table = tomllib.loads(path.read_text("utf-8"))["places"]
        return {code: _place(code, entry) for code, entry in table.items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as exc:
        raise RegisterError(f"no table of places: {exc}", path=path) from exc


def _place(code: str, entry: Mapping[str, object]) -> Place:
    short = entry.get("short", [])
    if not _CODE.fullmatch(code) or not isinstance(short, list):
        raise ValueError(f"[places.{code}] needs a code of 2, 4 or 6 digits and a list of short names")
    return Place(code, str(entry["zh"]), str(entry["en"]), tuple(map(str, short)))


def check_code(code: str, places: Mapping[str, Place]) -> Place:
    """The place of a jurisdiction code. Raises RegisterError for a code that is not among the places."""
    place = places.get(code)
    if place is None:
        raise RegisterError(
            f"jurisdiction_code {code!r} is no known GB/T 2260 code; correct register.toml, or add it to places.toml"
        )
    return place


def place_triples(place: Place) -> Iterator[Triple]:
    """The place as dct:Location and skos:Concept."""
    iri = mint_place(place.code)
    yield iri, RDF.type, DCT.Location
    yield iri, RDF.type, SKOS.Concept
    yield iri, SKOS.inScheme, DG.GB2260
    yield iri, SKOS.notation, Literal(place.code)
    yield iri, SKOS.prefLabel, Literal(place.name, lang="zh")
    yield iri, SKOS.prefLabel, Literal(place.english, lang="en")
    for short in place.short:
        yield iri, SKOS.altLabel, Literal(short, lang="en" if short.isascii() else "zh")
    if place.parent is not None:
        yield iri, SKOS.broader, mint_place(place.parent)
