"""Opening the last build for reading."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from dutygraph.errors import StoreUnavailable
from dutygraph.pipeline.home import Build, current_build
from dutygraph.resources import queries_dir
from dutygraph.retrieve import Index, open_index
from dutygraph.settings import Settings
from dutygraph.store import Store, Template, load_templates, open_store

__all__ = ["Opened", "open_home", "open_templates"]


@dataclass(frozen=True, slots=True)
class Opened:
    """The live build, opened read-only. ``templates`` are those that answering uses; ``open_templates`` gives all."""

    build: Build
    store: Store
    index: Index
    templates: Mapping[str, Template]


def open_templates() -> dict[str, Template]:
    """Every named query that comes along, by name."""
    return load_templates(queries_dir())


def open_home(settings: Settings) -> Opened:
    """Store, index and queries of the live build. Raises StoreUnavailable when nothing has been built, IndexUnavailable
    when the index is damaged."""
    build = current_build(settings.home)
    if build is None:
        raise StoreUnavailable("nothing has been built here yet; run `dutygraph build`", path=settings.home)
    # Answering needs its own queries only: reading all of them would cost a cold start another 80 ms.
    answering = load_templates(queries_dir() / "ask")
    return Opened(build, open_store(build.store), open_index(build.index, encoder=settings.encoder), answering)
