"""What the routes share: the opened build and the answering on it."""

from __future__ import annotations

from dataclasses import dataclass

from fastapi import Request

from dutygraph.answer import Answerer
from dutygraph.pipeline import Opened, current_build, open_home
from dutygraph.settings import Settings

__all__ = ["Live", "Service", "live"]


@dataclass(frozen=True, slots=True)
class Live:
    """One build, opened, with its answering."""

    opened: Opened
    answerer: Answerer


class Service:
    """Holds the live build and takes up a newer one when the home folder points to it."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._live = self._open()

    def _open(self) -> Live:
        opened = open_home(self.settings)
        return Live(opened, Answerer(opened.store, opened.index, opened.templates))

    def live(self) -> Live:
        """The newest build. One small file is read to see whether it changed."""
        build = current_build(self.settings.home)
        if build is not None and build.folder != self._live.opened.build.folder:
            # Requests under way keep the build they began with; it is closed when the last of them lets go of it.
            self._live = self._open()
        return self._live

    def close(self) -> None:
        """Close the store at shutdown."""
        self._live.opened.store.close()


def live(request: Request) -> Live:
    """The build that this request is answered from."""
    service: Service = request.app.state.service
    return service.live()
