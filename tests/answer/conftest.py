"""Two small registers of another bureau, made up, and the answering on them: nothing here is about the police."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from dutygraph.answer import Answerer
from dutygraph.pipeline import Opened, build, open_home
from dutygraph.settings import Settings

DATA = Path(__file__).parent / "data"

Ask = Callable[..., dict[str, Any]]


@pytest.fixture(scope="session")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Opened]:
    home = tmp_path_factory.mktemp("civil-affairs")
    build([DATA], home, encoder="none")
    opened = open_home(Settings(home=home, encoder="none"))
    yield opened
    opened.store.close()


@pytest.fixture(scope="session")
def answerer(opened: Opened) -> Answerer:
    return Answerer(opened.store, opened.index, opened.templates)


@pytest.fixture(scope="session")
def ask(answerer: Answerer) -> Ask:
    def asked(question: str, jurisdiction: str | None = None, lang: str | None = None) -> dict[str, Any]:
        return answerer.ask(question, jurisdiction=jurisdiction, lang=lang, id="t").as_json()

    return asked
