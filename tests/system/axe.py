"""Accessibility checks of real pages with axe-core."""

from __future__ import annotations

from typing import TYPE_CHECKING

from axe_playwright_python.async_playwright import Axe

if TYPE_CHECKING:
    from playwright.async_api import Page

LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
"""WCAG 2.2 at level AA contains all of these."""


async def complaints(page: Page) -> list[str]:
    """What axe finds wrong with a page as it stands, as rule, element and reason."""
    found = await Axe().run(page, options={"runOnly": {"type": "tag", "values": LEVELS}})
    return [
        f"{violation['id']}: {node['html']} – {node['failureSummary']}"
        for violation in found.response["violations"]
        for node in violation["nodes"]
    ]
