"""axe, asked for faults alone: to list what is right takes half its time, and nobody reads it."""

from __future__ import annotations

from typing import Any

from axe_playwright_python.sync_playwright import Axe, AxeResults
from playwright.sync_api import Page

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def by_axe(page: Page, part: str | None = None, **options: Any) -> AxeResults:
    """Look at a page, or the part of it that a selector names; `options` are axe's own."""
    return Axe().run(page, part, options={"resultTypes": ["violations"], **options})
