"""Answering in processes of their own, when questions come faster than one thread answers them.

Answering is Python at work, so threads share one core. A process opens the same build again, which takes a second and
some hundred megabytes: none is started before two questions meet, and never more than there are cores.
"""

from __future__ import annotations

import logging
import multiprocessing
import os
import signal
import threading
from asyncio import wrap_future
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import cache

from dutygraph.answer import Answer, Answerer
from dutygraph.errors import StoreUnavailable
from dutygraph.pipeline import open_home
from dutygraph.settings import Settings

__all__ = ["Helpers"]

_MOST = 4
LOG = logging.getLogger("dutygraph")


class Helpers:
    """Processes that answer from one build of a home folder. For use from one event loop."""

    def __init__(self, settings: Settings, build: str, size: int | None = None) -> None:
        """``build``: its folder name; ``size``: how many processes, by default one a core and four at most."""
        self._opening = (settings, build)
        self._size = min(_MOST, os.cpu_count() or 1) if size is None else size
        self._pool: ProcessPoolExecutor | None = None
        self._ready = False

    @property
    def ready(self) -> bool:
        """Whether a process has opened the build and answers."""
        return self._ready

    def start(self) -> None:
        """Start the processes, unless they are or one alone would be no help; returns at once."""
        if self._pool is None and self._size > 1:
            context = multiprocessing.get_context("spawn")
            self._pool = ProcessPoolExecutor(self._size, context, initializer=_begin)
            for _ in range(self._size):
                self._pool.submit(_wake, *self._opening).add_done_callback(self._note)

    def _note(self, woken: Future[None]) -> None:
        self._ready = self._ready or (not woken.cancelled() and woken.exception() is None)

    async def ask(self, question: str, jurisdiction: str | None, lang: str | None) -> Answer | None:
        """See ``Answerer.ask``. None when the processes have ended or no longer have the build: they are not started
        again."""
        if self._pool is None:
            return None
        try:
            return await wrap_future(self._pool.submit(_ask, *self._opening, question, jurisdiction, lang))
        except (BrokenProcessPool, StoreUnavailable) as exc:
            LOG.error("the processes that answer are of no more help, the service answers alone: %s", exc)
            self._ready = False
            return None

    def close(self) -> None:
        """End the processes, after the questions that they have."""
        self._ready = False
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)


def _begin() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C in a terminal reaches all processes; the service ends these
    threading.Thread(target=_end_with_service, daemon=True).start()


def _end_with_service() -> None:
    """A pool's processes outlive a service that is killed: they hold both ends of the pipe they wait at."""
    service = multiprocessing.parent_process()
    if service is not None:
        service.join()
        os._exit(0)


@cache
def _answerer(settings: Settings, build: str) -> Answerer:
    opened = open_home(settings)
    if opened.build.folder.name != build:
        raise StoreUnavailable("a newer build has taken the place of this one", path=settings.home)
    return Answerer(opened.store, opened.index, opened.templates)


def _wake(settings: Settings, build: str) -> None:
    _answerer(settings, build)


def _ask(settings: Settings, build: str, question: str, jurisdiction: str | None, lang: str | None) -> Answer:
    return _answerer(settings, build).ask(question, jurisdiction, lang)
