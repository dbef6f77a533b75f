"""A trainer before the form of the studio, in a copy of the content that is theirs."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from myths import catalog
from playwright.sync_api import Browser, BrowserContext, FrameLocator, Locator, Page, expect

from tests.browser.conftest import PATIENCE, Running, ready
from tests.own_copy import editing, kept
from tests.server.conftest import ROOT

__all__ = ["editing", "kept"]


UI = catalog.load(ROOT / "content").ui


WORDS = UI.studio
TALL = 12_000  # px: nothing scrolls


@pytest.fixture
def content(kept: Path) -> Path:
    for name in ("modules", ".studio"):
        shutil.rmtree(kept / name, ignore_errors=True)
    shutil.copytree(ROOT / "content" / "modules", kept / "modules")
    shutil.copy(ROOT / "content" / "series.yml", kept)
    return kept


def let_in(context: BrowserContext, editing: Running) -> Page:
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    page.goto(editing.url("/staff/studio"))
    page.get_by_label(UI.staff.key).fill(editing.store.new_staff_key())
    page.get_by_role("button", name=UI.staff.enter).click()
    expect(page.get_by_role("heading", name=WORDS.heading)).to_be_visible()
    return page


@pytest.fixture
def desk(editing: Running, content: Path, browser: Browser) -> Iterator[Page]:
    """The form for the first module on a laptop, read by the police."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = let_in(context, editing)
    ready(page)
    page.get_by_label(WORDS.part).select_option("risk")
    page.get_by_role("button", name=WORDS.show).click()
    page.get_by_label(WORDS.audience).select_option("police")
    page.get_by_role("button", name=WORDS.show).click()
    ready(page)
    yield page
    context.close()


def draft(page: Page) -> FrameLocator:
    return page.frame_locator("iframe[name=draft-page]")


def unfold(page: Page, title: str) -> None:
    """Open a step of the form; one with a problem is open already."""
    summary = page.locator("details.chapter > summary", has_text=title).first
    if summary.locator("..").get_attribute("open") is None:
        summary.click()


def field_of(page: Page, label: str) -> Locator:
    return page.get_by_role("textbox", name=label, exact=True)


def saved(page: Page) -> None:
    page.get_by_role("button", name=WORDS.save, exact=True).last.click()
    expect(page.locator(".saved")).to_have_text(WORDS.told_saved)
