from __future__ import annotations

import asyncio
import multiprocessing
import os
import signal
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from dutygraph.answer import Answerer
from dutygraph.answer.model import Answer
from dutygraph.pipeline import current_name, open_home
from dutygraph.settings import Settings
from dutygraph_api.helpers import Helpers

QUESTION = ("谁管犬吠扰民", "130524", None)


@pytest.fixture
def helpers(settings: Settings) -> Iterator[Helpers]:
    name = current_name(settings.home)
    assert name is not None
    started = Helpers(settings, name, 2)
    yield started
    started.close()


def wake(helpers: Helpers) -> None:
    helpers.start()
    for _ in range(600):
        if helpers.ready:
            return
        time.sleep(0.1)
    pytest.fail("no process has opened the build")


def ask(helpers: Helpers) -> Answer | None:
    """In a thread of its own: the browser tests leave an event loop running in this one."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(lambda: asyncio.run(helpers.ask(*QUESTION))).result()


def test_a_process_gives_the_answer_that_the_service_gives(helpers: Helpers, settings: Settings) -> None:
    assert ask(helpers) is None  # not started
    wake(helpers)
    answer = ask(helpers)
    assert answer is not None
    opened = open_home(settings)
    own = Answerer(opened.store, opened.index, opened.templates).ask(*QUESTION)
    assert replace(answer, elapsed_ms=0.0) == replace(own, elapsed_ms=0.0)


def test_killed_processes_leave_the_service_to_itself(helpers: Helpers) -> None:
    wake(helpers)
    for process in multiprocessing.active_children():
        os.kill(process.pid or 0, signal.SIGKILL)
    assert ask(helpers) is None
    assert not helpers.ready


def test_another_build_is_not_answered_from(settings: Settings) -> None:
    helpers = Helpers(settings, "another", 2)
    helpers.start()
    assert ask(helpers) is None
    helpers.close()


def test_one_core_needs_no_process(settings: Settings) -> None:
    before = {process.pid for process in multiprocessing.active_children()}
    helpers = Helpers(settings, "any", 1)
    helpers.start()
    assert {process.pid for process in multiprocessing.active_children()} <= before
