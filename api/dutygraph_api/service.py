"""What the routes share: the opened build, the answering on it, and the queries of the pages."""

from __future__ import annotations

import functools
import logging
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from fastapi import Request

from dutygraph.answer import Answer, Answerer
from dutygraph.errors import DutygraphError
from dutygraph.pipeline import Opened, current_name, open_home, open_templates
from dutygraph.settings import Settings
from dutygraph.store import Iri, Plain, Template, bind, load_templates, select
from dutygraph_api.metrics import Metrics

__all__ = ["Live", "Service", "Table", "live"]

ANSWERS_KEPT = 512
ROWS_KEPT = 128
Table = tuple[Mapping[str, Plain | None], ...]
LOG = logging.getLogger("dutygraph")


@dataclass(frozen=True, slots=True, weakref_slot=True)
class Live:
    """One build, opened, with its answering, the named queries, and those of the pages."""

    opened: Opened
    answerer: Answerer
    named_queries: Mapping[str, Template]
    page_queries: Mapping[str, Template]
    _answer: functools._lru_cache_wrapper[Answer] = field(init=False, repr=False)
    _rows: functools._lru_cache_wrapper[Table] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        # The same question on the same graph has the same answer, so it is worked out once; so is a page's query.
        object.__setattr__(self, "_answer", functools.lru_cache(maxsize=ANSWERS_KEPT)(self.answerer.ask))
        object.__setattr__(self, "_rows", functools.lru_cache(maxsize=ROWS_KEPT)(self._select))

    @property
    def name(self) -> str:
        """The folder name of the build."""
        return self.opened.build.folder.name

    @property
    def graph_version(self) -> str:
        """``sha256:…`` of the graph."""
        return self.opened.build.graph_version

    @property
    def places(self) -> dict[str, str]:
        """The counties that have a register: code → name."""
        reports = self.opened.build.info["registers"].values()
        return {report["jurisdiction_code"]: report["jurisdiction"] for report in reports}

    def answer(self, question: str, jurisdiction: str | None, lang: str | None, id: str | None = None) -> Answer:  # noqa: A002
        """See ``Answerer.ask``."""
        return replace(self._answer(question, jurisdiction, lang), id=id)

    def rows(self, name: str, **params: Iri | Sequence[Iri]) -> Table:
        """The rows of a query of the pages. These are ours and small: they run in this process, without a limit."""
        return self._rows(bind(self.page_queries[name], params))

    def _select(self, sparql: str) -> Table:
        return tuple(select(self.opened.store, sparql).dicts())


class Service:
    """Holds the live build and takes up a newer one when the home folder points to it."""

    def __init__(self, settings: Settings) -> None:
        """Raises StoreUnavailable or IndexUnavailable when there is no build to serve."""
        self.settings = settings
        self.metrics = Metrics()
        self.named_queries = open_templates()
        self._page_queries = load_templates(Path(__file__).parent / "queries")
        self._live = self._open()
        self._taken_up = self._live.name
        self._turn = threading.Lock()

    def _open(self) -> Live:
        opened = open_home(self.settings)
        answerer = Answerer(opened.store, opened.index, opened.templates)
        return Live(opened, answerer, self.named_queries, self._page_queries)

    def live(self) -> Live:
        """The build to answer from. One small file is read to see whether there is a newer one; that is opened beside
        the requests, which the old one answers meanwhile."""
        name = current_name(self.settings.home)
        if name is not None and name != self._taken_up:
            with self._turn:
                if name != self._taken_up:
                    self._taken_up = name
                    threading.Thread(target=self._take_up, name="take-up", daemon=True).start()
        return self._live

    def _take_up(self) -> None:
        try:
            # Requests under way keep the build they began with; it is closed when the last of them lets go of it.
            self._live = self._open()
        except DutygraphError as exc:
            LOG.error("the new build cannot be opened, the old one stays: %s", exc)

    def close(self) -> None:
        """Close the store at shutdown."""
        self._live.opened.store.close()


def live(request: Request) -> Live:
    """The build that this request is answered from."""
    service: Service = request.app.state.service
    return service.live()
