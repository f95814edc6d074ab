"""Every named query on a synthetic graph of a million triples: ``python tests/bench/store_scale.py [TRIPLES]``.

The graph is the project's registers, copied under invented division codes until it is large enough. Each query runs
bound to its examples, and again without its optional parameters; what takes longer than a second is marked. Not part of
the test suite: it takes minutes, and its figures are those of the machine.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from dutygraph.errors import QueryTimeout
from dutygraph.graph import build_graph, shared_graph, to_lines, write_nquads
from dutygraph.read import find_register_folders, read_register
from dutygraph.resources import data_dir, queries_dir
from dutygraph.store import Store, Template, bind, fill_store, load_templates, open_store

SLOW_SECONDS = 1.0
LIMIT_SECONDS = 60.0


def main(triples: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        store = fill(Path(folder), triples)
        print(f"{'query':<36}{'rows':>8}{'ms':>10}{'all rows':>10}{'ms':>10}")
        for template in load_templates(queries_dir()).values():
            report(store, template)
        store.close()


def fill(folder: Path, triples: int) -> Store:
    """A store of at least ``triples`` triples in the default graph."""
    originals = {}
    for register_folder in find_register_folders(data_dir()):
        register = read_register(register_folder)
        originals[register.id, register.jurisdiction_code] = to_lines(build_graph(register))
    size = sum(len(lines) for lines in originals.values())
    registers = dict(copies(originals, -(-triples // size)))
    written = write_nquads(registers, to_lines(shared_graph()), folder / "graph.nq")
    started = time.perf_counter()
    quads = fill_store(folder / "store", folder / "graph.nq")
    took = time.perf_counter() - started
    print(f"{len(registers)} registers, {written.triples} triples, {quads} quads, loaded in {took:.1f} s", end=", ")
    started = time.perf_counter()
    store = open_store(folder / "store")
    print(f"opened in {(time.perf_counter() - started) * 1000:.0f} ms")
    return store


def copies(originals: dict[tuple[str, str], list[str]], count: int) -> Iterator[tuple[str, list[str]]]:
    """Graph name → lines: the originals, and ``count`` - 1 times the same under another code."""
    for (name, code), lines in originals.items():
        yield f"https://w3id.org/dutygraph/id/register/{name}", lines
        for number in range(1, count):
            invented = f"{code[0]}{number:05d}X{code}"
            graph = f"https://w3id.org/dutygraph/id/register/{name.replace(code, invented)}"
            yield graph, [line.replace(code, invented) for line in lines]


def report(store: Store, template: Template) -> None:
    required = {one.name: one.example for one in template.parameters if not one.optional}
    bound = {one.name: one.example for one in template.parameters}
    cells = []
    slow = ""
    for given in (bound, required):
        started = time.perf_counter()
        try:
            result = store.query(bind(template, given), seconds=LIMIT_SECONDS)
            size = 1 if isinstance(result, bool) else len(result)
        except QueryTimeout:
            size = -1
        took = time.perf_counter() - started
        slow = "  slow" if took > SLOW_SECONDS else slow
        cells.append(f"{size:>{8 if not cells else 10}}{took * 1000:>10.1f}")
    print(f"{template.name:<36}{''.join(cells)}{slow}", flush=True)


if __name__ == "__main__":
    main(int(float(sys.argv[1])) if len(sys.argv) > 1 else 1_000_000)
