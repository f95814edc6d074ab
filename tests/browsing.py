"""What the tests of pages share."""

from __future__ import annotations

from typing import Any

from axe_playwright_python.sync_playwright import Axe

__all__ = ["REVIEW_TOKEN", "WIDTHS", "serious", "weight"]

REVIEW_TOKEN = "a token for tests"

WIDTHS = [390, 1280]
"""Pixels: a phone, a desk."""


def serious(page: Any) -> list[str]:
    """What axe-core finds to be a serious or critical barrier."""
    violations = Axe().run(page).response["violations"]
    barriers = [one for one in violations if one["impact"] in ("serious", "critical")]
    return [f"{one['id']}: {one['nodes'][0]['html']}" for one in barriers]


def weight(page: Any) -> int:
    """Bytes of a page with everything it loads, before compression, the code editor aside."""
    return int(
        page.evaluate(
            """[...performance.getEntriesByType("navigation"), ...performance.getEntriesByType("resource")]
            .filter((entry) => !entry.name.includes("/static/editor/"))
            .reduce((bytes, entry) => bytes + entry.decodedBodySize, 0)"""
        )
    )
