"""The names that questions can use, read from the graph once: registers, places, agencies, departments, matters,
services, regimes, laws, and the concepts of the lexicon with what they stand for in each place."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from dutygraph.answer.facts import Facts
from dutygraph.retrieve import Entry, Matcher, normalise

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
    """An idea people have words for (``words``, normalised). ``denotes``: the records it stands for, by place."""

    iri: str
    label: str
    gloss: str
    words: tuple[str, ...]
    denotes: Mapping[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All of it. ``matcher`` finds names; its targets are keys of ``entities`` or ``concepts``."""

    registers: tuple[Register, ...]
    entities: Mapping[str, Entity]
    concepts: Mapping[str, Concept]
    names: Mapping[str, tuple[str, ...]]
    english: Mapping[str, str]
    matcher: Matcher

    @property
    def codes(self) -> tuple[str, ...]:
        """The places that have a register."""
        return tuple(dict.fromkeys(register.code for register in self.registers))

    def place(self, code: str) -> str:
        """The name of a place that has a register; its code for any other."""
        return next((register.place for register in self.registers if register.code == code), code)

    def english_place(self, code: str) -> str:
        """The English name of a place, as far as the graph knows one."""
        return self.english.get(self.place(code), self.place(code))


def read_catalogue(facts: Facts) -> Catalogue:
    """The catalogue of a graph: four queries. Raises StoreError, TemplateError."""
    registers = tuple(
        Register(*(str(row[name]) for name in ("register", "code", "place", "agencyName", "agency")))
        for row in facts.rows("registers")
    )
    entities, names, english = _entities(facts)
    concepts, words = _concepts(facts)
    matcher = Matcher([*_name_entries(entities, names), *words])
    return Catalogue(registers, entities, concepts, names, english, matcher)


def _entities(facts: Facts) -> tuple[dict[str, Entity], dict[str, tuple[str, ...]], dict[str, str]]:
    names: dict[str, dict[str, None]] = defaultdict(dict)
    kinds: dict[str, tuple[EntityKind, str | None]] = {}
    for row in facts.rows("names"):
        iri, label = str(row["iri"]), str(row["label"])
        kinds[iri] = _KINDS[str(row["type"]).replace("#", "/").rpartition("/")[2]], _optional(row["code"])
        names[iri][label] = None
    entities, english = {}, {}
    for iri, (kind, code) in kinds.items():
        chinese = [label for label in names[iri] if not label.isascii()]
        label = max(chinese or list(names[iri]), key=lambda name: (iri.endswith(name), len(name), name))
        entities[iri] = Entity(iri, kind, code, label)
        latin = sorted((name for name in names[iri] if name.isascii() and name[:1].isalpha()), key=lambda n: (-len(n), n))
        if latin:
            english[label] = latin[0]
    return entities, {iri: tuple(labels) for iri, labels in names.items()}, english


def _name_entries(entities: Mapping[str, Entity], names: Mapping[str, tuple[str, ...]]) -> Iterator[Entry]:
    for iri, entity in entities.items():
        for name in names[iri]:
            if len(normalise(name)) >= _SHORTEST_NAME:
                yield Entry(name, entity.kind, iri)


def _concepts(facts: Facts) -> tuple[dict[str, Concept], list[Entry]]:
    denotes: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for row in facts.rows("denotes"):
        denotes[str(row["concept"])][str(row["code"] or "")].add(str(row["node"]))
    labels: dict[str, list[str]] = defaultdict(list)
    spoken: dict[str, list[str]] = defaultdict(list)
    words: list[Entry] = []
    for row in facts.rows("concepts"):
        concept, label = str(row["concept"]), str(row["label"])
        if row["form"] == "preferred":
            labels[concept].append(label)
        words.append(Entry(label, "concept", concept))
        spoken[concept].append(normalise(label))
    concepts = {
        iri: Concept(
            iri,
            next((label for label in found if not label.isascii()), found[0]),
            next((label for label in found if label.isascii()), found[0]),
            tuple(word for word in spoken[iri] if len(word) >= _SHORTEST_NAME),
            {code: frozenset(nodes) for code, nodes in denotes[iri].items() if len(nodes) <= _COMMON},
        )
        for iri, found in labels.items()
    }
    return concepts, [word for word in words if word.target in concepts]


def _optional(value: object) -> str | None:
    return None if value is None else str(value)
