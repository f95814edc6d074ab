"""Forms that change something: their fields, where they come from, and how often."""

from __future__ import annotations

import math
import time
from collections import deque
from collections.abc import Callable
from typing import TypeVar
from urllib.parse import parse_qsl, urlsplit

from fastapi import Request
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, ValidationError
from starlette.exceptions import HTTPException

__all__ = ["Throttle", "fields_of"]

Fields = TypeVar("Fields", bound=BaseModel)

TYPE = "application/x-www-form-urlencoded"


async def fields_of(request: Request, model: type[Fields]) -> Fields:
    """The fields of a form sent from a page of this service; those it does not know are left aside.

    Raises HTTPException (403 from a page of elsewhere, 415 not a form), RequestValidationError.
    """
    # A browser says from which page a form comes (Fetch, "append a request Origin header"); other clients do not.
    origin = request.headers.get("origin")
    if origin is not None and urlsplit(origin).netloc != request.headers.get("host"):
        raise HTTPException(403, "the form was sent from another site")
    if request.headers.get("content-type", "").split(";")[0].strip().lower() != TYPE:
        raise HTTPException(415, f"send {TYPE}")
    try:
        pairs = parse_qsl((await request.body()).decode("utf-8"), keep_blank_values=True, max_num_fields=100)
        return model.model_validate(dict(pairs))
    except ValidationError as exc:
        raise RequestValidationError(exc.errors()) from exc
    except ValueError as exc:
        raise HTTPException(400, "the form cannot be read") from exc


class Throttle:
    """Lets each client do something ``each`` times, and all of them ``everyone`` times, in any ``seconds``. Clients are
    kept in memory only and forgotten after that. For the event loop, so it needs no lock."""

    def __init__(self, each: int, everyone: int, seconds: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._each = each
        self._everyone = everyone
        self._seconds = seconds
        self._clock = clock
        self._done: deque[tuple[float, str]] = deque()

    def wait(self, client: str) -> int:
        """0, and once more is counted; else the seconds after which to try again, and nothing is counted."""
        now = self._clock()
        while self._done and self._done[0][0] <= now - self._seconds:
            self._done.popleft()
        own = [at for at, one in self._done if one == client]
        if len(own) >= self._each:
            return math.ceil(own[-self._each] + self._seconds - now)
        if len(self._done) >= self._everyone:
            return math.ceil(self._done[0][0] + self._seconds - now)
        self._done.append((now, client))
        return 0
