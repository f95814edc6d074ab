"""A headless Chromium, the one the system has: nothing is downloaded."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Request, expect, sync_playwright

from browsing import REVIEW_TOKEN
from dutygraph.settings import Settings
from serving import serving

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
# A machine that runs all tests at once is slow; a page that is right is not made wrong by that.
PATIENCE_MS = 60_000
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]


@dataclass
class Watched:
    """A page, and everything it did that it should not have done."""

    page: Page
    wrong: list[str] = field(default_factory=list)


@pytest.fixture(scope="session")
def server(home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a service on the real registers, with a home folder of its own that forms may write to."""
    own = shutil.copytree(home, tmp_path_factory.mktemp("browser") / "home")
    with serving(Settings(home=own, review_token=REVIEW_TOKEN)) as address:
        yield address


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One browser for all tests."""
    if CHROMIUM is None:
        pytest.skip("needs Chromium: apt-get install chromium fonts-noto-cjk")
    expect.set_options(timeout=PATIENCE_MS)
    with sync_playwright() as playwright:
        one = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield one
        one.close()


@pytest.fixture
def visit(browser: Browser, server: str) -> Iterator[Callable[..., Watched]]:
    """``visit(width, java_script_enabled=False, …)`` opens a page that is watched, on the server."""
    contexts: list[BrowserContext] = []

    def start(width: int, **options: object) -> Watched:
        size = {"width": width, "height": 844 if width < 600 else 900}
        context = browser.new_context(base_url=server, viewport=size, **options)  # type: ignore[arg-type]
        context.set_default_timeout(PATIENCE_MS)
        contexts.append(context)
        watched = Watched(context.new_page())

        def on_request(address: str) -> None:
            if not address.startswith(server):
                watched.wrong.append(f"foreign request: {address}")

        def on_failure(request: Request) -> None:
            # A click on the next link breaks off what the page before was still fetching (its icon): no fault of it.
            if request.failure != "net::ERR_ABORTED":
                watched.wrong.append(f"failed: {request.url}")

        watched.page.on("request", lambda request: on_request(request.url))
        watched.page.on("requestfailed", on_failure)
        watched.page.on("console", lambda message: watched.wrong.append(f"console: {message.text}"))
        watched.page.on("pageerror", lambda error: watched.wrong.append(f"error: {error}"))
        return watched

    yield start
    for context in contexts:
        context.close()
