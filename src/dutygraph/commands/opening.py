"""Opening what a command needs: the last build, made first when there is none yet."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from dutygraph.settings import Settings

if TYPE_CHECKING:
    from dutygraph.answer import Answerer

__all__ = ["ensure_built", "open_answerer"]


def ensure_built(settings: Settings) -> None:
    """Build the registers that come along, when nothing has been built yet in this home folder."""
    from dutygraph.pipeline import current_build

    if current_build(settings.home) is None:
        from dutygraph.commands.build import show_progress
        from dutygraph.pipeline import build
        from dutygraph.resources import data_dir

        print(f"还没有建库，先建一次 · nothing built yet, building first: {settings.home}", file=sys.stderr)
        with show_progress() as on_progress:
            build([data_dir()], settings.home, encoder=settings.encoder, on_progress=on_progress)


def open_answerer(settings: Settings) -> Answerer:
    """The answering on the last build."""
    from dutygraph.answer import Answerer
    from dutygraph.pipeline import open_home

    ensure_built(settings)
    opened = open_home(settings)
    return Answerer(opened.store, opened.index, opened.templates)
