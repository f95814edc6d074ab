"""Who a name in a cell means: the agencies and departments of one register.

A name is resolved exactly or through the aliases of register.toml, in both directions; an alias that two names share
resolves to neither. Similarity plays no part.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from rdflib import Literal, URIRef

from dutygraph.graph.agency_types import AgencyTypes
from dutygraph.graph.iris import mint_agency, mint_department, mint_place
from dutygraph.graph.places import Place
from dutygraph.graph.provenance import Triple
from dutygraph.graph.vocab import CV, DCT, DG, ORG, RDF, SKOS
from dutygraph.model import Register

__all__ = ["Parties"]


class Parties:
    """The agencies and departments named in ``register``.

    ``places``: all known places by code.
    """

    def __init__(self, register: Register, places: Mapping[str, Place], agency_types: AgencyTypes) -> None:
        self._code = register.jurisdiction_code
        self._types = agency_types.by_name
        self._aliases = register.aliases
        self._canonical = _canonical_names(register.aliases)
        self._prefixes = _place_prefixes(register, places)
        self._own_level = register.jurisdiction[-1:]
        self._agencies: dict[URIRef, tuple[str, str]] = {}
        self.publisher_name = register.agency
        self.publisher = self.agency(register.agency)
        names = (name for duty in register.duties for item in duty.work_items for name in item.departments)
        self._departments = {name: self._department_iri(name) for name in dict.fromkeys(names)}
        self._by_canonical: dict[str, URIRef] = {}
        for name, iri in self._departments.items():
            self._by_canonical.setdefault(self._canonical.get(name, name), iri)
        acting = {share.agency_name for matter in register.matters for share in matter.shares} | {register.agency}
        aliases = {alias for alias, name in self._canonical.items() if name in acting}
        self._mentionable = _longest_first({*acting, *aliases, *agency_types.full_names})
        self._own_units = {*self._departments, *self._unit_aliases()}

    def _department_iri(self, name: str) -> URIRef:
        return mint_department(self._code, self.publisher_name, self._canonical.get(name, name))

    def _unit_aliases(self) -> set[str]:
        return {alias for alias, name in self._canonical.items() if name in self._by_canonical}

    def agency(self, name: str) -> URIRef:
        """The agency of this name, made known when it is new. A place in front (柏乡县公安局) is the agency's place."""
        code, bare = self._split_place(name)
        bare = self._canonical.get(bare, bare)
        iri = mint_agency(code, bare)
        self._agencies.setdefault(iri, (code, bare))
        return iri

    def department(self, name: str) -> URIRef | None:
        """The publisher's department of this name; None when the register has no such department."""
        for candidate in (name, *self._without_prefixes(name)):
            found = self._departments.get(candidate)
            if found is None:
                found = self._by_canonical.get(self._canonical.get(candidate, candidate))
            if found is not None:
                return found
        return None

    def is_publisher(self, name: str) -> bool:
        """Whether ``name`` is a name of the publisher's kind of agency (公安部门 in the register of a 公安局)."""
        kind = self._types.get(name)
        return kind is not None and kind == self._types.get(self.publisher_name)

    def mentions(self, text: str, acting: URIRef | None = None) -> list[URIRef]:
        """The agencies that ``text`` names, beside the one that acts itself; longest name first at each position."""
        found = dict.fromkeys(
            self.agency(name) for name in self._mentionable.findall(text) if name not in self._own_units
        )
        return [agency for agency in found if agency != acting]

    def triples(self, register_iri: URIRef) -> Iterator[Triple]:
        """The agencies and departments that were asked for so far."""
        for iri, (code, name) in self._agencies.items():
            yield iri, RDF.type, CV.PublicOrganisation
            yield iri, SKOS.prefLabel, Literal(name, lang="zh")
            yield iri, DCT.spatial, mint_place(code)
            if name in self._types:
                yield iri, ORG.classification, self._types[name]
            for alias in self._aliases.get(name, ()):
                yield iri, SKOS.altLabel, Literal(alias, lang="zh")
        yield self.publisher, DG.inRegister, register_iri
        for iri in dict.fromkeys(self._departments.values()):
            yield from self._department_triples(iri, register_iri)

    def _department_triples(self, iri: URIRef, register_iri: URIRef) -> Iterator[Triple]:
        names = [name for name, other in self._departments.items() if other == iri]
        label = self._canonical.get(names[0], names[0])
        aliases = dict.fromkeys((*names, *self._aliases.get(label, ())))
        yield iri, RDF.type, ORG.OrganizationalUnit
        yield iri, SKOS.prefLabel, Literal(label, lang="zh")
        yield iri, ORG.unitOf, self.publisher
        yield iri, DCT.spatial, mint_place(self._code)
        yield iri, DG.inRegister, register_iri
        for alias in aliases:
            if alias != label:
                yield iri, SKOS.altLabel, Literal(alias, lang="zh")
        # 各派出所: a register that says "each" of a department means a kind of unit, not one office.
        if any(alias.startswith("各") for alias in aliases):
            yield iri, DG.isGenericUnit, Literal(True)

    def _split_place(self, name: str) -> tuple[str, str]:
        for prefix, code in self._prefixes.items():
            if name.startswith(prefix) and len(name) > len(prefix) + 1:
                return code, name.removeprefix(prefix)
        # 县公安局 in a county's register is the county's own
        if name[:1] == self._own_level and name[1:] in self._types:
            return self._code, name[1:]
        return self._code, name

    def _without_prefixes(self, name: str) -> Iterator[str]:
        bare = self._split_place(name)[1]
        yield bare
        for agency in (self.publisher_name, *self._aliases.get(self.publisher_name, ())):
            if bare.startswith(agency):
                yield bare.removeprefix(agency)


def _canonical_names(aliases: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    owners: dict[str, set[str]] = {}
    for name, others in aliases.items():
        for other in others:
            owners.setdefault(other, set()).add(name)
    return {alias: next(iter(names)) for alias, names in owners.items() if len(names) == 1}


def _place_prefixes(register: Register, places: Mapping[str, Place]) -> dict[str, str]:
    """The register's own place and the divisions above it, by the full names that may stand before an agency."""
    code = register.jurisdiction_code
    prefixes = {register.jurisdiction: code}
    while code:
        if code in places:
            prefixes.setdefault(places[code].name, code)
        code = code[:-2]
    return prefixes


def _longest_first(names: set[str]) -> re.Pattern[str]:
    ordered = sorted(filter(None, names), key=lambda name: (-len(name), name))
    return re.compile("|".join(map(re.escape, ordered)) or r"(?!)")
