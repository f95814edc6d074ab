"""build(): read → graph → validate → load → index, then switch to it in one step."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import orjson

from dutygraph.pipeline.home import Build, building, current_build, discard_old_builds, publish
from dutygraph.pipeline.inputs import Inputs, find_inputs, fingerprint
from dutygraph.pipeline.prepare import Prepared, prepare_register

__all__ = ["Progress", "Summary", "build"]

Progress = Callable[[str, int, int], None]
"""Called with what is being done, how much of it is done, and how much there is."""


@dataclass(frozen=True, slots=True)
class Summary:
    """How a build ended. ``registers``: per register id its counts, reader's findings and SHACL results.
    ``fresh``: False when everything was unchanged and the last build still stands. ``stale``: the corrections that were
    not applied because their cell is not there any more."""

    registers: dict[str, dict[str, Any]]
    triples: int
    passages: int
    concepts: int
    graph_version: str
    seconds: float
    fresh: bool
    stale: tuple[str, ...]


def build(
    data_dirs: Iterable[Path],
    home: Path,
    *,
    encoder: str = "auto",
    force: bool = False,
    on_progress: Progress = lambda doing, done, total: None,
) -> Summary:
    """Build graph, store and index from the registers of the data folders.

    Everything is made beside the live build, which goes on answering until the new one is whole. Unchanged registers
    are taken over from the last build; when nothing at all changed the last build stands.

    Raises RegisterError, ReadError, SettingsError for input that cannot be used (nothing is changed then), and
    StoreUnavailable when another build is running.
    """
    started = time.perf_counter()
    inputs = find_inputs(data_dirs, encoder, home)
    with building(home) as folder:
        last = None if force else current_build(home)
        if last and last.info["version"] == inputs.version:
            return _summary(last.info, started, fresh=False)
        prepared = _prepare_all(inputs, last, on_progress)
        info = _assemble(inputs, prepared, folder, last=last, encoder=encoder, on_progress=on_progress)
        live = publish(home, folder, inputs.version[:16], info)
        discard_old_builds(home, live, last)
    return _summary(info, started, fresh=True)


def _summary(info: dict[str, Any], started: float, *, fresh: bool) -> Summary:
    return Summary(
        registers=info["registers"],
        triples=info["triples"],
        passages=info["passages"],
        concepts=info["concepts"],
        graph_version=info["graph_version"],
        seconds=round(time.perf_counter() - started, 2),
        fresh=fresh,
        stale=tuple(info["stale"]),
    )


def _prepare_all(inputs: Inputs, last: Build | None, on_progress: Progress) -> dict[str, Prepared]:
    """Read, turn into triples and validate every register; those that did not change come from the last build."""
    stamps = {name: fingerprint([path], salt=inputs.program) for name, path in inputs.registers.items()}
    done: dict[str, Prepared] = {}
    for name, stamp in stamps.items():
        kept = _kept(last, name, stamp)
        if kept:
            done[name] = kept
    todo = [name for name in inputs.registers if name not in done]
    on_progress("读取并校验登记表 · registers", len(done), len(inputs.registers))
    if len(todo) < 2:
        for name in todo:
            done[name] = prepare_register(inputs.registers[name], stamps[name])
            on_progress("读取并校验登记表 · registers", len(done), len(inputs.registers))
        return done
    with ProcessPoolExecutor() as pool:
        jobs = {name: pool.submit(prepare_register, inputs.registers[name], stamps[name]) for name in todo}
        for name, job in jobs.items():
            done[name] = job.result()
            on_progress("读取并校验登记表 · registers", len(done), len(inputs.registers))
    return {name: done[name] for name in inputs.registers}


def _kept(last: Build | None, name: str, stamp: str) -> Prepared | None:
    if last is None:
        return None
    file = last.registers / f"{name}.json"
    if not file.is_file():
        return None
    kept = orjson.loads(file.read_bytes())
    return Prepared(**kept) if kept["stamp"] == stamp else None


def _assemble(
    inputs: Inputs,
    prepared: dict[str, Prepared],
    folder: Path,
    *,
    last: Build | None,
    encoder: str,
    on_progress: Progress,
) -> dict[str, Any]:
    """Write triples, store and index into the folder; returns the build.json."""
    from dutygraph.pipeline.prepare import write_graph
    from dutygraph.pipeline.search import fill_index
    from dutygraph.store import fill_store

    (folder / "registers").mkdir()
    for name, one in prepared.items():
        (folder / "registers" / f"{name}.json").write_bytes(orjson.dumps(asdict(one)))
    on_progress("写图 · graph", 0, 1)
    written = write_graph(prepared, inputs.lexicons, inputs.corrections, folder)
    on_progress("写图 · graph", 1, 1)
    on_progress("装库 · store", 0, 1)
    fill_store(folder / "store", folder / "graph.nq")
    on_progress("装库 · store", 1, 1)
    passages = fill_index(
        folder,
        written.version,
        encoder,
        last.index if last else None,
        lambda done, total: on_progress("建索引 · index", done, total),
    )
    (folder / "graph.nq").unlink()
    return {
        "version": inputs.version,
        "graph_version": written.version,
        "encoder": encoder,
        "registers": {name: one.report for name, one in prepared.items()},
        "triples": written.triples,
        "concepts": written.concepts,
        "passages": passages,
        "stale": written.stale,
    }
