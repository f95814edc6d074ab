"""Places: the administrative divisions of GB/T 2260.

``lookups/divisions.csv`` has them all, former ones too; ``lookups/places.toml`` says better, for those it names, how
they are read in English and what people call them.
"""

from __future__ import annotations

import csv
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from rdflib import Literal
from rdflib.namespace import RDF

from dutygraph.errors import RegisterError
from dutygraph.graph.iris import mint_place
from dutygraph.graph.provenance import Triple
from dutygraph.graph.vocab import DCT, DG, SKOS

__all__ = ["Place", "around", "check_code", "place_triples", "read_divisions", "read_places"]

_CODE: Final = re.compile(r"\d{2}(\d{2}(\d{2})?)?")
_LEVEL: Final = re.compile(r"(?:省|市|县|区|旗|盟)\Z")


@dataclass(frozen=True, slots=True)
class Place:
    """A division: ``code`` without the trailing zeros of its level (``13``, ``1304``, ``130408``), the name in Chinese
    and English, the short names people use, and for a former division the last year it is listed in."""

    code: str
    name: str
    english: str
    short: tuple[str, ...] = ()
    until: str | None = None

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


def read_divisions(path: Path) -> dict[str, Place]:
    """The divisions of a UTF-8 CSV file with the columns code, zh, en and until, by code. Raises RegisterError when the
    file is missing or wrong."""
    try:
        with path.open(encoding="utf-8", newline="") as file:
            return {row["code"]: _division(row) for row in csv.DictReader(file)}
    except (OSError, ValueError, KeyError) as exc:
        raise RegisterError(f"no table of divisions: {exc}", path=path) from exc


def _division(row: Mapping[str, str]) -> Place:
    if not _CODE.fullmatch(row["code"]):
        raise ValueError(f"{row['code']!r} is no code of 2, 4 or 6 digits")
    bare = _LEVEL.sub("", row["zh"])
    english = row["en"].rpartition(" ")[0]
    # 赵县 is never called 赵, and 市辖区 is no name
    short = (bare, english) if len(bare) > 1 and bare != row["zh"] and "辖" not in bare else ()
    return Place(row["code"], row["zh"], row["en"], short, row["until"] or None)


def around(codes: Iterable[str], places: Mapping[str, Place]) -> list[Place]:
    """The places of these codes, and everything in force in their provinces: what one who asks there may name."""
    wanted = set(codes)
    provinces = {code[:2] for code in wanted}
    return [place for code, place in places.items() if code in wanted or (code[:2] in provinces and not place.until)]


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
            f"jurisdiction_code {code!r} is no GB/T 2260 code of a county, district or city; correct register.toml"
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
