"""The names that questions can use, read from the graph once: registers, places, agencies, departments, matters,
services, regimes, laws, and the concepts of the lexicon with what they stand for in each place."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from dutygraph.answer.facts import Facts
from dutygraph.answer.sentences import bears_name
from dutygraph.retrieve import Entry, Matcher

__all__ = ["Catalogue", "Concept", "Entity", "EntityKind", "Register", "read_catalogue"]

EntityKind = Literal["place", "agency", "department", "matter", "service", "regime", "law"]

_KINDS: Mapping[str, EntityKind] = {
    "Location": "place",
    "PublicOrganisation": "agency",
    "OrganizationalUnit": "department",
    "Matter": "matter",
    "ServiceItem": "service",
    "SupervisionRegime": "regime",
    "LegalResource": "law",
}
_SHORTEST_NAME = 2
_COMMON = 40  # a concept that stands for more records of one place than this says nothing about any of them


@dataclass(frozen=True, slots=True)
class Register:
    """A register with its place and the agency that keeps it."""

    iri: str
    code: str
    place: str
    agency: str
    agency_iri: str


@dataclass(frozen=True, slots=True)
class Entity:
    """A named thing of the graph. ``code`` is its place (None for laws), ``label`` its first name."""

    iri: str
    kind: EntityKind
    code: str | None
    label: str


@dataclass(frozen=True, slots=True)
class Concept:
    """An idea people have words for. ``official``: how registers put it; ``near``: the concepts beside it;
    ``denotes``: the records it stands for, by place."""

    iri: str
    label: str
    gloss: str
    official: tuple[str, ...]
    near: tuple[str, ...]
    denotes: Mapping[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All of it. ``matcher`` finds names; its targets are keys of ``entities`` or ``concepts``. ``units``: the agencies
    and departments that a concept is just another name of; ``english``: the English name of a label; ``spoken``: every
    name there is; ``agencies``: those of each place."""

    registers: tuple[Register, ...]
    entities: Mapping[str, Entity]
    concepts: Mapping[str, Concept]
    names: Mapping[str, tuple[str, ...]]
    units: Mapping[str, tuple[str, ...]]
    english: Mapping[str, str]
    spoken: frozenset[str]
    agencies: Mapping[str, tuple[Entity, ...]]
    matcher: Matcher

    @property
    def codes(self) -> tuple[str, ...]:
        """The places that have a register."""
        return tuple(dict.fromkeys(register.code for register in self.registers))

    def agency(self, name: str, code: str) -> str | None:
        """The agency of a place that goes by ``name``, one of its names or a shorter way to write one; None when there
        is none, or more than one."""
        here = self.agencies.get(code, ())
        called = {entity.label for entity in here if name in self.names[entity.iri]}
        found = called or {entity.label for entity in here if bears_name(name, entity.label)}
        return found.pop() if len(found) == 1 else None

    def place(self, code: str) -> str:
        """The name of a place that has a register; its code for any other."""
        return next((register.place for register in self.registers if register.code == code), code)

    def english_place(self, code: str) -> str:
        """The English name of a place, as far as the graph knows one."""
        return self.english.get(self.place(code), self.place(code))


def read_catalogue(facts: Facts) -> Catalogue:
    """The catalogue of a graph: five queries. Raises StoreError, TemplateError."""
    registers = tuple(
        Register(*(str(row[name]) for name in ("register", "code", "place", "agencyName", "agency")))
        for row in facts.rows("registers")
    )
    entities, names = _entities(facts)
    concepts, words = _concepts(facts)
    named: list[tuple[str, str, str]] = [
        (name, entities[iri].kind, iri) for iri, several in names.items() for name in several
    ]
    spoken = [(word, "concept", iri) for iri, several in words.items() for word in several]
    matcher = Matcher(Entry(*each) for each in (*named, *spoken) if len(each[0]) >= _SHORTEST_NAME)
    return Catalogue(
        registers,
        entities,
        concepts,
        names,
        _units(entities, names, concepts),
        _glosses(entities, names, concepts),
        frozenset(name for name, _, _ in (*named, *spoken)),
        _agencies(entities),
        matcher,
    )


def _lines(value: object) -> tuple[str, ...]:
    return tuple(sorted(set(str(value).split("\n")) - {""}))


def _entities(facts: Facts) -> tuple[dict[str, Entity], dict[str, tuple[str, ...]]]:
    rows = sorted(facts.rows("names"), key=lambda row: str(row["iri"]))
    names = {str(row["iri"]): _lines(row["names"]) for row in rows}
    entities: dict[str, Entity] = {}
    for row in rows:
        iri = str(row["iri"])
        kind = _KINDS[str(row["type"]).replace("#", "/").rpartition("/")[2]]
        code = None if row["code"] is None else str(row["code"])
        chinese = [name for name in names[iri] if not name.isascii()]
        label = max(chinese or names[iri], key=lambda name: (iri.endswith(name), len(name), name))
        entities[iri] = Entity(iri, kind, code, label)
    return entities, names


def _agencies(entities: Mapping[str, Entity]) -> dict[str, tuple[Entity, ...]]:
    found: dict[str, list[Entity]] = defaultdict(list)
    for entity in entities.values():
        if entity.kind == "agency" and entity.code is not None:
            found[entity.code].append(entity)
    return {code: tuple(several) for code, several in found.items()}


def _units(
    entities: Mapping[str, Entity], names: Mapping[str, tuple[str, ...]], concepts: Mapping[str, Concept]
) -> dict[str, tuple[str, ...]]:
    named: dict[str, list[str]] = defaultdict(list)
    for iri, entity in entities.items():
        if entity.kind in ("agency", "department"):
            for name in names[iri]:
                named[name].append(iri)
    found = {
        iri: tuple(
            dict.fromkeys(unit for phrase in (concept.label, *concept.official) for unit in named.get(phrase, ()))
        )
        for iri, concept in concepts.items()
    }
    return {iri: units for iri, units in found.items() if units}


def _glosses(
    entities: Mapping[str, Entity], names: Mapping[str, tuple[str, ...]], concepts: Mapping[str, Concept]
) -> dict[str, str]:
    """The English name of each Chinese label that has one: its own, the longest; else that of a concept so called,
    else of one that registers would put so."""
    found: dict[str, str] = {}
    called = [(concept.label, concept.gloss) for concept in concepts.values()]
    put = [(phrase, concept.gloss) for concept in concepts.values() for phrase in concept.official]
    for phrase, gloss in (*called, *put):
        found.setdefault(phrase, gloss)
    for iri, entity in entities.items():
        latin = [name for name in names[iri] if name.isascii() and name[:1].isalpha()]
        if latin:
            found[entity.label] = max(latin, key=lambda name: (len(name), name))
    return found


def _concepts(facts: Facts) -> tuple[dict[str, Concept], dict[str, tuple[str, ...]]]:
    denotes: dict[str, dict[str, frozenset[str]]] = defaultdict(dict)
    for row in facts.rows("denotes"):
        nodes = frozenset(_lines(row["nodes"]))
        if len(nodes) <= _COMMON:
            denotes[str(row["concept"])][str(row["code"])] = nodes
    forms: dict[str, dict[str, tuple[str, ...]]] = defaultdict(dict)
    for row in facts.rows("concepts"):
        forms[str(row["concept"])][str(row["form"])] = _lines(row["words"])
    near: dict[str, list[str]] = defaultdict(list)
    for row in facts.rows("related"):
        for one, other in ((row["concept"], row["other"]), (row["other"], row["concept"])):
            if str(other) not in near[str(one)]:
                near[str(one)].append(str(other))
    concepts: dict[str, Concept] = {}
    words: dict[str, tuple[str, ...]] = {}
    for iri, form in sorted(forms.items()):
        preferred = form.get("preferred") or next(iter(form.values()))
        chinese = [label for label in preferred if not label.isascii()]
        english = [label for label in preferred if label.isascii()]
        concepts[iri] = Concept(
            iri,
            (chinese or english)[0],
            (english or chinese)[0],
            form.get("official", ()),
            tuple(near[iri]),
            denotes.get(iri, {}),
        )
        words[iri] = tuple(word for several in form.values() for word in several)
    return concepts, words
