"""The studio by keyboard, on a phone, without a script and in JupyterLab."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from myths import catalog
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import PATIENCE, PHONE, Running, ready
from tests.browser.studio_desk import (
    TALL,
    UI,
    WORDS,
    content,
    desk,
    draft,
    editing,
    field_of,
    kept,
    let_in,
    saved,
    unfold,
)
from tests.browser.test_accessible import nothing_found
from tests.browser.test_jupyterlab import TOKEN, jupyterlab, run_all
from tests.server.conftest import ROOT

__all__ = ["content", "desk", "editing", "kept"]


def test_by_keyboard_alone_a_text_is_found_changed_and_saved(desk: Page, content: Path):
    def reach(name: str, most: int = 60) -> None:
        for _ in range(most):
            desk.keyboard.press("Tab")
            here = desk.evaluate(
                "document.activeElement.labels?.[0]?.innerText ?? document.activeElement.innerText"
            )
            if here and here.strip() == name:
                return
        raise AssertionError(f"no way to {name!r}")

    reach(UI.steps.write)
    desk.keyboard.press("Enter")
    reach(f"{WORDS.label_reflections} 1")
    desk.keyboard.press("Control+A")
    desk.keyboard.type("What did you compare?")
    reach(WORDS.save)
    desk.keyboard.press("Enter")
    expect(desk.locator(".saved")).to_have_text(WORDS.told_saved)
    assert catalog.load(content).module("risk").item("learned").question == "What did you compare?"
    assert desk.evaluate("document.activeElement.innerText") == WORDS.save


def test_it_is_accessible_at_both_widths_and_in_both_schemes(desk: Page):
    nothing_found(desk, "all folded", height=3000)
    for summary in desk.locator("details.chapter > summary").all():
        if summary.locator("xpath=..").get_attribute("open") is None:
            summary.click()
    nothing_found(desk, "all unfolded", height=TALL)
    field_of(desk, WORDS.label_title).fill("")
    expect(desk.locator(".summary")).to_have_text(WORDS.errors.of(1))
    nothing_found(desk, "a fault", height=TALL)
    for width in (320, 390, 1280):
        desk.set_viewport_size({"width": width, "height": 900})
        assert desk.evaluate("document.documentElement.scrollWidth") <= width


def test_on_a_phone_the_page_is_below_and_a_link_leads_there(
    editing: Running, content: Path, browser: Browser
):
    context = browser.new_context(viewport=PHONE, has_touch=True)
    page = let_in(context, editing)
    page.goto(editing.url("/staff/studio?part=risk"))
    ready(page)
    page.get_by_role("link", name=WORDS.to_page).click()
    expect(page.locator("#draft")).to_be_in_viewport()
    page.get_by_role("link", name=WORDS.to_form).click()
    expect(page.locator("#texts")).to_be_in_viewport()
    context.close()


def test_without_any_script_a_text_is_changed(editing: Running, content: Path, browser: Browser):
    context = browser.new_context(viewport=PHONE, java_script_enabled=False)
    page = let_in(context, editing)
    page.get_by_label(WORDS.part).select_option("risk")
    page.get_by_role("button", name=WORDS.show).click()
    unfold(page, UI.steps.view)
    field_of(page, WORDS.label_title).fill("Danger")
    page.get_by_role("button", name=WORDS.save, exact=True).last.click()
    expect(page.locator(".saved")).to_have_text(WORDS.told_saved)
    assert catalog.load(content).module("risk").title == "Danger"
    context.close()


@pytest.fixture
def lab(
    content: Path, browser: Browser, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Iterator[Page]:
    """The trainers' notebook in JupyterLab, with its cell run."""
    monkeypatch.setenv("MYTHS_CONTENT", str(content))
    shutil.copytree(ROOT / "notebooks", tmp_path / "notebooks")
    shutil.copy(ROOT / "notebooks/trainers/studio.ipynb", tmp_path)
    context = browser.new_context(viewport={"width": 1440, "height": 2400})
    context.set_default_timeout(2 * PATIENCE)
    with jupyterlab(tmp_path) as address:
        page = context.new_page()
        page.goto(f"{address}/lab/tree/studio.ipynb?token={TOKEN}")
        page.get_by_text("Python 3 (ipykernel) | Idle").wait_for()
        run_all(page)
        yield page
        context.close()


def test_in_jupyterlab_it_is_the_same_form_beside_the_same_page(lab: Page, content: Path):
    page_of_draft = draft(lab)
    expect(page_of_draft.locator("h1")).to_contain_text("(ex-)partners")
    unfold(lab, UI.steps.story)
    field = field_of(lab, f"{WORDS.label_prompts} 3")
    field.fill("")
    expect(lab.locator(".summary")).to_have_text(WORDS.errors.of(1))
    field.press_sequentially("aa dd xx: who tells her today?")
    expect(lab.locator(".summary")).to_have_text(WORDS.fine)
    saved(lab)
    expect(page_of_draft.get_by_text("aa dd xx: who tells her today?")).to_be_visible()
    assert catalog.load(content).module("risk").prompts["protect"].startswith("aa dd xx")
    lab.get_by_label(WORDS.part).select_option("organiser")
    lab.get_by_role("button", name=WORDS.show).click()
    expect(lab.get_by_label(WORDS.label_organiser_name)).to_be_visible()
    expect(lab.locator("iframe[name=draft-page]")).to_have_count(0)
