"""What readers said of an answer: one JSON object a line in ``home/feedback.jsonl``, for the lexicon's next round.

Nothing about the person is kept: no address, no time of day, and what looks like a telephone, identity or account
number or an e-mail address in their words is blotted out before it is written.
"""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path

from dutygraph.errors import SettingsError, StoreUnavailable

__all__ = ["FILE_BYTES", "Feedback", "keep_feedback", "read_feedback"]

FILE_BYTES = 5_000_000
"""Size at which the file takes no more. What is there is worth more than what a flood would put in its place."""
_FILE = "feedback.jsonl"
_PERSONAL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+|\d(?:[ -]?\d){6,}[Xx]?")
_BLOT = "▇"


@dataclass(frozen=True, slots=True)
class Feedback:
    """``note``: what is wrong, in the reader's words, or empty. ``answer``: the id of the answer as it was shown,
    ``graph_version``: of the graph it came from, so that it can be asked again."""

    question: str
    answer: str
    note: str
    date: date
    graph_version: str


def keep_feedback(home: Path, feedback: Feedback) -> bool:
    """Add one line to the file of the home folder; False when the file is full. Raises StoreUnavailable when it cannot
    be written."""
    import fcntl

    import orjson

    blotted = replace(feedback, question=_blotted(feedback.question), note=_blotted(feedback.note))
    line = orjson.dumps(asdict(blotted)) + b"\n"
    path = home / _FILE
    try:
        with path.open("ab") as file:
            fcntl.flock(file, fcntl.LOCK_EX)  # several services may share a home folder
            if file.tell() + len(line) > FILE_BYTES:
                return False
            file.write(line)
    except OSError as exc:
        raise StoreUnavailable(f"cannot be written ({exc.strerror})", path=path) from exc
    return True


def _blotted(text: str) -> str:
    return _PERSONAL.sub(_BLOT, text)


def read_feedback(home: Path) -> list[Feedback]:
    """Everything that was said, in its order; nothing when nobody said anything. Raises SettingsError for a line that
    is no feedback, naming it."""
    import orjson

    path = home / _FILE
    try:
        lines = path.read_bytes().splitlines()
    except FileNotFoundError:
        return []
    found = []
    for number, line in enumerate(lines, start=1):
        try:
            entry = orjson.loads(line)
            found.append(Feedback(**{**entry, "date": date.fromisoformat(entry["date"])}))
        except (ValueError, TypeError, KeyError) as exc:
            raise SettingsError(
                "is no feedback; mend the line or remove it", path=path, place=f"line {number}"
            ) from exc
    return found
