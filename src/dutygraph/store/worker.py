"""The process in which a query with a time limit runs: ``python -m dutygraph.store.worker FOLDER MEGABYTES``.

Oxigraph's Python binding cannot cancel a query (its issue 1926), and a thread inside it cannot be stopped; a process
can. The watchdog is faulthandler's: a C thread that needs no interpreter lock and ends the process at the limit, even
when the process that asked has died in the meantime. Another gain: a query that overflows the stack or eats the memory
takes only this process with it.
"""

from __future__ import annotations

import faulthandler
import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import IO, Any

from dutygraph.errors import StoreError
from dutygraph.store.engine import evaluate, open_folder
from dutygraph.store.wire import encode_result, frame, read_frame, write_frame

__all__ = ["MAX_REPLY", "serve"]

MAX_REPLY = 64 << 20
"""Bytes of one answer; a single row can be larger than any number of rows."""


def serve(folder: Path, requests: IO[bytes], replies: IO[bytes]) -> None:
    """Answer requests one by one until the asking side closes the pipe."""
    try:
        store = open_folder(folder)
    except StoreError as exc:
        write_frame(replies, _failure(exc))
        return
    write_frame(replies, {"ready": True})
    with Path(os.devnull).open("w") as nowhere:
        while (request := read_frame(requests)) is not None:
            faulthandler.dump_traceback_later(request["seconds"], exit=True, file=nowhere)
            try:
                result = evaluate(store, request["sparql"], request["rows"], request["default"], request["named"])
                reply = frame(encode_result(result))
                if len(reply) > MAX_REPLY:
                    raise StoreError(f"the answer is larger than {MAX_REPLY >> 20} MB; narrow the query or add LIMIT")
            except StoreError as exc:
                reply = frame(_failure(exc))
            faulthandler.cancel_dump_traceback_later()
            replies.write(reply)
            replies.flush()


def _failure(error: StoreError) -> dict[str, Any]:
    context = {key: value for key, value in error.context.items() if key in ("line", "column", "words")}
    return {"error": type(error).__name__, "message": str(error), "context": context}


def _limit_memory(megabytes: int) -> None:
    with suppress(ImportError, ValueError, OSError):  # not on Windows, and not above the hard limit
        import resource

        resource.setrlimit(resource.RLIMIT_DATA, (megabytes << 20, megabytes << 20))


if __name__ == "__main__":
    _limit_memory(int(sys.argv[2]))
    with suppress(BrokenPipeError, KeyboardInterrupt):
        serve(Path(sys.argv[1]), sys.stdin.buffer, sys.stdout.buffer)
