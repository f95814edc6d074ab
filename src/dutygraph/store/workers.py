"""A few worker processes that share a read-only store; each can be ended without the others noticing."""

from __future__ import annotations

import os
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from dutygraph import errors
from dutygraph.errors import QueryTimeout, StoreError, StoreUnavailable
from dutygraph.store.protocol import Result
from dutygraph.store.wire import decode_result, read_frame, write_frame

__all__ = ["Workers"]

_MEGABYTES = 2048


class _Worker:
    """One child process, answering one query at a time."""

    def __init__(self, folder: Path, megabytes: int) -> None:
        # -P: a folder named dutygraph where the user happens to stand must not be imported instead of this package
        command = [sys.executable, "-P", "-m", "dutygraph.store.worker", str(folder), str(megabytes)]
        self._process = subprocess.Popen(  # noqa: S603 - our own module, no shell
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        greeting = self._receive()
        if greeting is None or "error" in greeting:
            self.end()
            raise StoreUnavailable(greeting["message"] if greeting else "the query process did not start", path=folder)

    @property
    def alive(self) -> bool:
        return self._process.poll() is None

    def ask(self, request: dict[str, Any]) -> dict[str, Any] | None:
        """The reply, or None when the process ended instead of replying."""
        assert self._process.stdin is not None
        try:
            write_frame(self._process.stdin, request)
        except OSError:
            return None
        return self._receive()

    def _receive(self) -> dict[str, Any] | None:
        assert self._process.stdout is not None
        return read_frame(self._process.stdout)

    def end(self) -> None:
        self._process.kill()
        with self._process:  # closes the pipes and waits
            pass


class Workers:
    """At most ``size`` processes, each started when first needed. Safe to use from many threads."""

    def __init__(self, folder: Path, size: int | None = None, megabytes: int = _MEGABYTES) -> None:
        self._folder = folder
        self._megabytes = megabytes
        self._size = size or max(2, min(4, os.cpu_count() or 2))
        self._lock = threading.Lock()
        self._closed = False
        self._idle: queue.LifoQueue[_Worker | None] = queue.LifoQueue()  # None: a place not yet taken by a process
        for _ in range(self._size):
            self._idle.put(None)

    def run(
        self, sparql: str, rows: int | None, seconds: float, default_graphs: Sequence[str], named_graphs: Sequence[str]
    ) -> Result:
        """Answer within ``seconds``, waiting for a free process included. Raises QueryTimeout and what the query
        itself raises."""
        deadline = time.monotonic() + seconds
        try:
            worker = self._idle.get(timeout=seconds)
        except queue.Empty:
            raise QueryTimeout(f"all {self._size} query processes are busy; try again later", query=sparql) from None
        try:
            if self._closed:
                raise StoreUnavailable("the store is closed", path=self._folder)
            if worker is not None and not worker.alive:
                worker.end()
                worker = None
            request = {"sparql": sparql, "rows": rows, "default": list(default_graphs), "named": list(named_graphs)}
            reply = worker.ask(request | {"seconds": _left(deadline)}) if worker else None
            if reply is None and time.monotonic() < deadline:
                # None was idle, or the idle one was dying already when it was asked (killed from outside): a new one
                # has its whole life before it.
                if worker:
                    worker.end()
                worker = _Worker(self._folder, self._megabytes)
                reply = worker.ask(request | {"seconds": _left(deadline)})
            if reply is None and worker:
                worker.end()
                worker = None
        finally:
            self._give_back(worker)
        if reply is not None:
            return _opened(reply, sparql)
        if time.monotonic() >= deadline:
            raise QueryTimeout(f"stopped after {seconds:g} s; narrow the query or add LIMIT", query=sparql)
        raise StoreError(
            f"the query broke its process: nested too deeply, or over {self._megabytes} MB of memory; narrow it",
            query=sparql,
        )

    def _give_back(self, worker: _Worker | None) -> None:
        with self._lock:
            if self._closed and worker is not None:
                worker.end()
                worker = None
            self._idle.put(worker)

    def close(self) -> None:
        """End the idle processes; a busy one ends with its query. Whoever waits is told that the store is closed."""
        with self._lock:
            self._closed = True
            workers = [self._idle.get() for _ in range(self._idle.qsize())]
            for worker in workers:
                if worker is not None:
                    worker.end()
                self._idle.put(None)


def _left(deadline: float) -> float:
    """Seconds until the deadline, never none at all: a process must be told some limit."""
    return max(0.001, deadline - time.monotonic())


def _opened(reply: dict[str, Any], sparql: str) -> Result:
    if "error" not in reply:
        return decode_result(reply)
    kind: type[StoreError] = getattr(errors, reply["error"])
    error = kind(reply["message"], query=sparql)
    error.context.update(reply["context"])
    raise error
