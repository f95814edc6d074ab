"""What the routes share: the opened build, the answering on it, and the queries of the pages."""

from __future__ import annotations

import functools
import logging
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, TypeVar

from anyio import CapacityLimiter
from anyio.to_thread import run_sync
from fastapi import Request

from dutygraph.analysis import Evidence, Finding, find_findings, read_corrections
from dutygraph.answer import Answer, Answerer
from dutygraph.errors import DutygraphError
from dutygraph.pipeline import Opened, current_name, open_home, open_templates
from dutygraph.resources import data_dir
from dutygraph.settings import Settings
from dutygraph.store import Iri, Plain, Template, bind, load_templates, select
from dutygraph_api import reviews
from dutygraph_api.forms import Throttle
from dutygraph_api.helpers import Helpers
from dutygraph_api.metrics import Metrics

__all__ = ["Live", "Service", "Table", "live"]

ANSWERS_KEPT = 512
ROWS_KEPT = 128
WORKS_KEPT = 32
T = TypeVar("T")
Table = tuple[Mapping[str, Plain | None], ...]
LOG = logging.getLogger("dutygraph")


@dataclass(frozen=True, slots=True, weakref_slot=True)
class Live:
    """One build, opened, with its answering, the named queries, and those of the pages."""

    opened: Opened
    answerer: Answerer
    named_queries: Mapping[str, Template]
    page_queries: Mapping[str, Template]
    helpers: Helpers
    _answers: OrderedDict[tuple[str, str | None, str | None], Answer] = field(default_factory=OrderedDict, repr=False)
    _cells: dict[str, Mapping[str, str]] = field(default_factory=dict, repr=False)
    _works: OrderedDict[Hashable, Any] = field(default_factory=OrderedDict, repr=False)
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
    def home(self) -> Path:
        """The home folder that the build stands in."""
        return self.opened.build.folder.parent.parent

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
        """See ``Answerer.ask``. The same question has the same answer, so it is worked out once, and away from the
        event loop: a very long question takes a second. One at a time; when questions meet, processes help."""
        key = (question, jurisdiction, lang)
        answer = self._answers.get(key)
        if answer is None:
            answer = self._answers[key] = await self._work_out(*key)
        self._answers.move_to_end(key)
        if len(self._answers) > ANSWERS_KEPT:
            self._answers.popitem(last=False)
        return replace(answer, id=id)

    async def _work_out(self, question: str, jurisdiction: str | None, lang: str | None) -> Answer:
        if self.helpers.ready:
            answer = await self.helpers.ask(question, jurisdiction, lang)
            if answer is not None:
                return answer
        elif self._turn.borrowed_tokens:
            self.helpers.start()
        return await run_sync(self.answerer.ask, question, jurisdiction, lang, limiter=self._turn)

    async def once(self, key: Hashable, work: Callable[[], T]) -> T:
        """What ``work`` gives, worked out once for this build: one at a time, and away from the event loop."""

        def work_out() -> None:
            if key not in self._works:
                self._works[key] = work()

        if key not in self._works:
            await run_sync(work_out, limiter=self._turn)
        self._works.move_to_end(key)
        value: T = self._works[key]
        if len(self._works) > WORKS_KEPT:
            self._works.popitem(last=False)
        return value

    async def findings(self) -> list[Finding]:
        """Every finding of the build, gravest first, with the decisions of today; worked out after each decision, which
        takes a second or more."""
        return await self.once(("findings", reviews.version(self.home)), self._find)

    def _find(self) -> list[Finding]:
        reports = self.opened.build.info["registers"]
        notes = {register: report["findings"] for register, report in reports.items()}
        corrections = (*read_corrections(data_dir() / "corrections"), *reviews.kept(self.home))
        return list(find_findings(self.opened.store, self.named_queries, notes=notes, corrections=corrections))

    def cell(self, evidence: Evidence) -> str | None:
        """The IRI of a quoted cell, None when the graph has no cell there."""
        register = evidence.document.partition("/")[0]
        if register not in self._cells:
            iri = Iri(f"https://w3id.org/dutygraph/id/register/{register}")
            rows = self.rows("register-cells", register=iri)
            self._cells[register] = {str(row["locator"]): str(row["cell"]) for row in rows}
        return self._cells[register].get(evidence.locator)

    def rows(self, name: str, **params: Iri | Sequence[Iri]) -> Table:
        """The rows of a query of the pages. These are ours and small: they run in this process, without a limit."""
        return self._rows(bind(self.page_queries[name], params))

    def select(self, name: str) -> Table:
        """The rows of a query of the pages that needs nothing; they are not kept."""
        return self._select(bind(self.page_queries[name]))

    def _select(self, sparql: str) -> Table:
        return tuple(select(self.opened.store, sparql).dicts())


class Service:
    """Holds the live build and takes up a newer one when the home folder points to it."""

    def __init__(self, settings: Settings) -> None:
        """Raises StoreUnavailable or IndexUnavailable when there is no build to serve."""
        self.settings = settings
        self.metrics = Metrics()
        self.feedback_throttle = Throttle(each=5, everyone=100, seconds=600)
        self.sign_in_throttle = Throttle(each=10, everyone=50, seconds=600)
        self.named_queries = open_templates()
        self._page_queries = load_templates(Path(__file__).parent / "queries")
        self._live = self._open()
        self._taken_up = self._live.name
        self._turn = threading.Lock()

    def _open(self) -> Live:
        opened = open_home(self.settings)
        answerer = Answerer(opened.store, opened.index, opened.templates)
        helpers = Helpers(self.settings, opened.build.folder.name)
        return Live(opened, answerer, self.named_queries, self._page_queries, helpers)

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
        """End the helping processes and close the store at shutdown."""
        self._live.helpers.close()
        self._live.opened.store.close()


async def live(request: Request) -> Live:
    """The build that this request is answered from. Async, for FastAPI sends anything else to a thread and back."""
    service: Service = request.app.state.service
    return service.live()
