"""The graph of the last build as a file for others."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import orjson

from dutygraph.errors import SettingsError, StoreUnavailable
from dutygraph.pipeline.home import current_build

__all__ = ["ExportForm", "export_graph"]

ExportForm = Literal["ttl", "trig", "nq", "jsonld", "xlsx"]


def export_graph(home: Path, form: ExportForm, *, register: str | None = None) -> bytes:
    """The last build as ``ttl``, ``trig``, ``nq``, ``jsonld`` or ``xlsx``: everything, or the one register of an id.

    Raises StoreUnavailable when nothing has been built, SettingsError for a register that is not there.
    """
    from dutygraph.graph import export_workbook, from_lines, new_graph, serialise

    build = current_build(home)
    if build is None:
        raise StoreUnavailable("nothing has been built here yet; run `dutygraph build`", path=home)
    names = list(build.info["registers"])
    if register is not None and register not in names:
        raise SettingsError(f"--register {register!r}: there is no such register; there are {', '.join(names)}")
    kept = [orjson.loads((build.registers / f"{name}.json").read_bytes()) for name in names if register in (None, name)]
    graphs = {one["iri"]: from_lines(one["lines"]) for one in kept}
    shared = new_graph() if register else from_lines(orjson.loads(build.shared.read_bytes()))
    return export_workbook(graphs, shared) if form == "xlsx" else serialise(graphs, shared, form)
