"""What the tests of pages share."""

from __future__ import annotations

from typing import Any

from axe_playwright_python.sync_playwright import Axe

__all__ = ["WIDTHS", "serious"]

WIDTHS = [390, 1280]
"""Pixels: a phone, a desk."""


def serious(page: Any) -> list[str]:
    """What axe-core finds to be a serious or critical barrier."""
    violations = Axe().run(page).response["violations"]
    barriers = [one for one in violations if one["impact"] in ("serious", "critical")]
    return [f"{one['id']}: {one['nodes'][0]['html']}" for one in barriers]
