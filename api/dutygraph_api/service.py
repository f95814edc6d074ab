"""What the routes share: the opened build, the answering on it, and the queries of the pages."""

from __future__ import annotations

import functools
import logging
import threading
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from anyio import CapacityLimiter
from anyio.to_thread import run_sync
from fastapi import Request

from dutygraph.analysis import Finding, find_findings, read_corrections
from dutygraph.answer import Answer, Answerer
from dutygraph.errors import DutygraphError
from dutygraph.pipeline import Opened, current_name, open_home, open_templates
from dutygraph.resources import data_dir
from dutygraph.settings import Settings
from dutygraph.store import Iri, Plain, Template, bind, load_templates, select
from dutygraph_api.forms import Throttle
from dutygraph_api.metrics import Metrics
from dutygraph_api.suggesting import Name, read_names

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
    _answers: OrderedDict[tuple[str, str | None, str | None], Answer] = field(default_factory=OrderedDict, repr=False)
    _findings: list[Finding] | None = field(default=None, init=False, repr=False)
    _names: tuple[Name, ...] | None = field(default=None, init=False, repr=False)
    _turn: CapacityLimiter = field(default_factory=lambda: CapacityLimiter(1), repr=False)
    _rows: functools._lru_cache_wrapper[Table] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        # A page's query on the same graph has the same rows, so they are fetched once.
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

    async def answer(self, question: str, jurisdiction: str | None, lang: str | None, id: str | None = None) -> Answer:  # noqa: A002
        """See ``Answerer.ask``. The same question has the same answer, so it is worked out once; one at a time, and
        away from the event loop: a very long question takes a second."""
        key = (question, jurisdiction, lang)
        answer = self._answers.get(key)
        if answer is None:
            answer = self._answers[key] = await run_sync(self.answerer.ask, *key, limiter=self._turn)
        self._answers.move_to_end(key)
        if len(self._answers) > ANSWERS_KEPT:
            self._answers.popitem(last=False)
        return replace(answer, id=id)

    async def findings(self) -> list[Finding]:
        """Every finding of the build, gravest first; worked out once, which takes a second or more."""
        if self._findings is None:
            found = await run_sync(self._find, limiter=self._turn)
            object.__setattr__(self, "_findings", found)
            return found
        return self._findings

    async def names(self) -> tuple[Name, ...]:
        """What can be suggested; worked out once, which takes about a second."""
        if self._names is None:
            found = await run_sync(
                lambda: read_names(self._select(bind(self.page_queries["names"]))), limiter=self._turn
            )
            object.__setattr__(self, "_names", found)
            return found
        return self._names

    def _find(self) -> list[Finding]:
        reports = self.opened.build.info["registers"]
        notes = {register: report["findings"] for register, report in reports.items()}
        corrections = read_corrections(data_dir() / "corrections")
        return list(find_findings(self.opened.store, self.named_queries, notes=notes, corrections=corrections))

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
        self.feedback_throttle = Throttle(each=5, everyone=100, seconds=600)
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
