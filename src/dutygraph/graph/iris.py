"""IRIs of the things in the registers.

Identity comes from stable raw fields (names, texts), never from row numbers. Chinese characters stay as they are
(RFC 3987 ``ucschar``); only what a path segment of an IRI forbids is percent-encoded.
"""

from __future__ import annotations

import re
from hashlib import sha256
from typing import Final

from rdflib import URIRef

from dutygraph.errors import IriCollision
from dutygraph.graph.vocab import BASE

__all__ = [
    "Mint",
    "fingerprint",
    "mint_agency",
    "mint_alignment",
    "mint_article",
    "mint_concept",
    "mint_department",
    "mint_function",
    "mint_law",
    "mint_matter",
    "mint_matter_concept",
    "mint_measurement",
    "mint_place",
    "mint_reading",
    "mint_register",
    "mint_review",
    "mint_reviewer",
    "mint_source",
    "segment_of",
]

# RFC 3987, production isegment: unreserved, sub-delims, ":" and "@", and ucschar. White space and invisible formatting
# characters among ucschar (U+3000, U+200B, U+202E) are allowed by the grammar but lost in print: they are encoded too.
_FORBIDDEN: Final = re.compile(
    "[^A-Za-z0-9\\-._~!$&'()*+,;=:@"
    "\u00a1-\u167f\u1681-\u1fff\u2010-\u2027\u2030-\u205e\u2070-\u2fff\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\uffef"
    "\U00010000-\U0001fffd\U00020000-\U0002fffd\U00030000-\U0003fffd\U00040000-\U0004fffd\U00050000-\U0005fffd"
    "\U00060000-\U0006fffd\U00070000-\U0007fffd\U00080000-\U0008fffd\U00090000-\U0009fffd\U000a0000-\U000afffd"
    "\U000b0000-\U000bfffd\U000c0000-\U000cfffd\U000d0000-\U000dfffd\U000e1000-\U000efffd]"
)


def segment_of(text: str) -> str:
    """One path segment that stands for ``text`` and no other: forbidden characters as %XX of their UTF-8 bytes."""
    encoded = _FORBIDDEN.sub(
        lambda found: "".join(f"%{byte:02X}" for byte in found.group().encode("utf-8", "surrogatepass")), text
    )
    # "." and ".." would be taken away when the IRI is resolved (RFC 3986, section 5.2.4).
    return encoded.replace(".", "%2E") if encoded in {".", ".."} else encoded


def fingerprint(*fields: str) -> str:
    """The first 12 hexadecimal digits of the sha256 of the fields, which cannot run into each other."""
    return sha256("\x1f".join(fields).encode("utf-8", "surrogatepass")).hexdigest()[:12]


def _iri(*segments: str) -> URIRef:
    return URIRef(BASE + "/".join(segment_of(segment) for segment in segments))


def mint_register(register_id: str) -> URIRef:
    """The register; also the name of its named graph."""
    return _iri("register", register_id)


def mint_source(register_id: str) -> URIRef:
    """The file the register was read from."""
    return _iri("source", register_id)


def mint_place(code: str) -> URIRef:
    """A place by its GB/T 2260 code."""
    return _iri("place", code)


def mint_agency(code: str, name: str) -> URIRef:
    """An agency: within one place a name means one agency."""
    return _iri("agency", code, name)


def mint_department(code: str, agency: str, name: str) -> URIRef:
    """A department of an agency."""
    return _iri("department", code, agency, name)


def mint_matter(register_id: str, name: str) -> URIRef:
    """A matter by its name in the register."""
    return _iri("matter", register_id, name)


def mint_law(title: str, number: str | None = None) -> URIRef:
    """An act by its title; ``number`` only for the second act of one title."""
    return _iri("law", title, number) if number else _iri("law", title)


def mint_article(law: URIRef, parts: tuple[str, ...]) -> URIRef:
    """A subdivision of an act: 条, 款, 项, 目 in this order (立法法, article 65)."""
    return URIRef("/".join((str(law), *map(segment_of, parts))))


def mint_concept(slug: str) -> URIRef:
    """A concept of the lexicon."""
    return _iri("concept", slug)


def mint_matter_concept(name: str) -> URIRef:
    """What matters and regimes of several counties are about."""
    return _iri("matter-concept", name)


def mint_function(agency_type: str, name: str) -> URIRef:
    """What departments of one kind of agency are for."""
    return _iri("function", agency_type, name)


def mint_alignment(one: URIRef, other: URIRef) -> URIRef:
    """A pair of things that may be one, in either order."""
    return _iri("alignment", fingerprint(*sorted((one, other))))


def mint_measurement(register_id: str, metric: str) -> URIRef:
    """What a quality metric says of a register."""
    return _iri("quality", register_id, metric)


def mint_review(register_id: str, *fields: str) -> URIRef:
    """What a person decided about a cell, by everything that the decision says."""
    return _iri("review", register_id, fingerprint(*fields))


def mint_reading(review: URIRef, node: URIRef) -> URIRef:
    """A statement as a review corrects it."""
    return _iri("reading", fingerprint(review, node))


def mint_reviewer(name: str) -> URIRef:
    """Who decided."""
    return _iri("reviewer", name)


class Mint:
    """The IRIs of one register's graph, and who owns each of them.

    A node whose identity is a text gets ``kind/register/fingerprint``. Two nodes that are truly equal in their fields
    (a sentence that stands twice) are told apart by a counter in the order of the source.
    """

    def __init__(self, register_id: str) -> None:
        self.register_id = register_id
        self._owners: dict[str, tuple[str, ...]] = {}
        self._seen: dict[tuple[str, ...], int] = {}

    def claim(self, iri: URIRef, *key: str) -> URIRef:
        """``iri``, kept for the thing ``key``. Raises IriCollision when another thing has it already."""
        owner = self._owners.setdefault(str(iri), key)
        if owner != key:
            raise IriCollision(
                f"two different things would share the IRI {iri}: {' | '.join(owner)} and {' | '.join(key)}",
                place=self.register_id,
            )
        return iri

    def taken(self, iri: URIRef, *key: str) -> bool:
        """Whether a thing other than ``key`` has ``iri``."""
        return self._owners.get(str(iri), key) != key

    def hashed(self, kind: str, *fields: str) -> URIRef:
        """A new IRI ``kind/register/fingerprint`` for the thing with these fields, counted when they come again."""
        return self.counted(_iri(kind, self.register_id, fingerprint(*fields)), kind, *fields)

    def counted(self, iri: URIRef, *key: str) -> URIRef:
        """``iri`` the first time, ``iri~2`` the second time the same ``key`` comes, and so on."""
        count = self._seen[key] = self._seen.get(key, 0) + 1
        return self.claim(iri if count == 1 else URIRef(f"{iri}~{count}"), *key, str(count))

    def cell(self, *names: str) -> URIRef:
        """The IRI of a cell of this register."""
        return _iri("cell", self.register_id, "-".join(names).replace(" ", "-"))
