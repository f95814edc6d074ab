"""One register: read, into triples, validated. And all of them together, written for the store."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, astuple, dataclass
from pathlib import Path
from typing import Any

import orjson

from dutygraph.errors import RegisterError

__all__ = ["Prepared", "WrittenGraph", "prepare_register", "write_graph"]


@dataclass(frozen=True, slots=True)
class Prepared:
    """A register ready for the store. ``iri`` names its graph, ``lines`` are its triples, ``texts`` the words of its
    nodes (for the lexicon), ``names`` the fields of what other registers may have too (for the alignment), ``spots``
    those of the cells that can be reviewed, ``stamp`` the fingerprint of what it was made from."""

    stamp: str
    iri: str
    lines: list[str]
    texts: list[list[str]]
    names: list[list[str]]
    spots: list[list[str]]
    report: dict[str, Any]


@dataclass(frozen=True, slots=True)
class WrittenGraph:
    """``version`` as in the Answer's graph_version. ``stale``: the corrections whose cell is not there any more, each
    with its file."""

    version: str
    triples: int
    concepts: int
    stale: tuple[str, ...]


def prepare_register(folder: Path, stamp: str) -> Prepared:
    """Read the register of a folder, make its triples and validate them.

    What violates a shape is left out and reported by cell; the rest goes on. Raises ReadError, RegisterError.
    """
    from dutygraph.graph import (
        build_graph,
        check_code,
        drop_nonconforming,
        named_things,
        node_texts,
        project_lookups,
        register_spots,
        to_lines,
        validate_graph,
    )
    from dutygraph.graph.iris import mint_register
    from dutygraph.read import parse_clauses, read_register
    from dutygraph.read.document import count_records

    register = read_register(folder)
    try:
        check_code(register.jurisdiction_code, project_lookups().places)
    except RegisterError as exc:
        raise RegisterError(str(exc), path=folder / "register.toml") from exc
    graph = build_graph(register, parse_clauses=parse_clauses)
    found = validate_graph(graph)
    drop_nonconforming(graph, found)
    report = {
        "jurisdiction_code": register.jurisdiction_code,
        "jurisdiction": register.jurisdiction,
        "agency": register.agency,
        "document": register.source.document,
        "sha256": register.source.sha256,
        "counts": {
            **count_records(register),
            "indicators": sum(len(regime.indicators) for regime in register.regimes),
            "penalties": sum(len(regime.penalties) for regime in register.regimes),
        },
        "findings": [asdict(finding) for finding in register.findings],
        "violations": [str(result) for result in found.results if result.severity == "violation"],
    }
    return Prepared(
        stamp=stamp,
        iri=str(mint_register(register.id)),
        lines=to_lines(graph),
        texts=[list(pair) for pair in node_texts(graph)],
        names=[list(astuple(thing)) for thing in named_things(graph)],
        spots=[list(astuple(spot)) for spot in register_spots(graph)],
        report=report,
    )


def write_graph(
    prepared: Mapping[str, Prepared], lexicons: Iterable[Path], corrections: Iterable[Path], folder: Path
) -> WrittenGraph:
    """Write ``graph.nq``, everything for the store, and ``shared.json``, the triples that belong to no register: the
    ontology with its lookups, the lexicon, what registers have in common, what people decided, and the graph's
    description of itself. ``prepared``: by register id. ``corrections``: the folders of them; those of registers that
    are not there say nothing. Raises SettingsError for a correction that is wrong."""
    from dutygraph.graph import (
        Named,
        Spot,
        alignment_graph,
        concept_graph,
        description_graph,
        locate,
        project_lookups,
        read_corrections,
        review_graph,
        shared_graph,
        to_lines,
        write_nquads,
    )
    from dutygraph.retrieve import read_lexicon

    registers = list(prepared.values())
    lines = {one.iri: one.lines for one in registers}
    concepts = [concept for lexicon in lexicons for concept in read_lexicon(lexicon)]
    nodes = [(iri, words) for one in registers for iri, words in one.texts]
    things = [Named(*fields) for one in registers for fields in one.names]  # type: ignore[arg-type]
    spots = {name: [Spot(*fields) for fields in one.spots] for name, one in prepared.items()}
    codes = {name: one.report["jurisdiction_code"] for name, one in prepared.items()}
    decided = [one for path in corrections for one in read_corrections(path) if one.register in prepared]
    located = locate(decided, spots)
    known = project_lookups()
    graphs = (
        shared_graph(known, set(codes.values())),
        concept_graph(concepts, nodes),
        alignment_graph(things, known.decisions, known.agency_types),
        review_graph(located, spots, codes),
        description_graph(lines),
    )
    shared = [line for graph in graphs for line in to_lines(graph)]
    (folder / "shared.json").write_bytes(orjson.dumps(shared))
    written = write_nquads(lines, shared, folder / "graph.nq")
    stale = tuple(f"{one.file}: {one.register}: {one.quote}" for one in located.stale)
    return WrittenGraph(written.version, written.triples, len(concepts), stale)
