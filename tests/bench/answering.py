"""What one process needs for reading, building, findings and answers: ``python tests/bench/answering.py``.

Processor time of one thread, which other work on the machine lengthens less than wall time.
"""

from __future__ import annotations

import json
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from dutygraph.analysis import find_findings
from dutygraph.answer import Answer, Answerer
from dutygraph.pipeline import build, open_home, open_templates
from dutygraph.read import find_register_folders, read_register
from dutygraph.resources import data_dir
from dutygraph.settings import Settings

QUESTIONS = Path(__file__).parents[1] / "questions" / "development.jsonl"


def main() -> None:
    folders = find_register_folders(data_dir())
    print(f"reading a register    {milliseconds(lambda: read_register(folders[0])):>8.0f} ms")
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        print(f"building              {milliseconds(lambda: build([data_dir()], home)):>8.0f} ms")
        opened, templates = open_home(Settings(home=home)), open_templates()
        print(f"findings              {milliseconds(lambda: find_findings(opened.store, templates)):>8.0f} ms")
        opened.store.close()
        questions = [json.loads(line) for line in QUESTIONS.read_text(encoding="utf-8").splitlines()]
        for encoder in ("auto", "none"):
            report(Settings(home=home, encoder=encoder), questions)


def report(settings: Settings, questions: Sequence[dict[str, str | None]]) -> None:
    """A question each, for the first time and again; the very first one opens what is opened when it is needed."""
    opened = open_home(settings)
    answerer = Answerer(opened.store, opened.index, opened.templates)
    answerer.ask("?谁")
    print(f"{len(questions)} questions, encoder {settings.encoder}")
    for name in ("for the first time", "again"):
        taken = sorted(milliseconds(partial(ask, answerer, each)) for each in questions)
        p95 = taken[int(len(taken) * 0.95)]
        print(f"  {name:<20} p50 {statistics.median(taken):.1f} ms, p95 {p95:.1f} ms")
    opened.store.close()


def ask(answerer: Answerer, question: dict[str, str | None]) -> Answer:
    """The answer to a question of the bank."""
    return answerer.ask(str(question["question"]), question.get("ask_jurisdiction"))


def milliseconds(work: Callable[[], object]) -> float:
    """Processor time of ``work``."""
    started = time.process_time()
    work()
    return (time.process_time() - started) * 1000


if __name__ == "__main__":
    main()
