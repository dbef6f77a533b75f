"""What is typed into the studio is not lost, whatever the page does meanwhile."""

from __future__ import annotations

from pathlib import Path

from myths import catalog
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import Running, ready, until
from tests.browser.studio_desk import (
    UI,
    WORDS,
    content,
    desk,
    editing,
    field_of,
    kept,
    saved,
    unfold,
)

__all__ = ["content", "desk", "editing", "kept"]


def test_what_was_typed_stays_when_the_program_does_not_answer(desk: Page, content: Path):
    unfold(desk, UI.steps.view)
    field = field_of(desk, WORDS.label_title)
    desk.route("**/staff/studio", lambda route: route.abort())
    field.fill("Danger")
    desk.get_by_role("button", name=WORDS.save, exact=True).last.click()
    expect(desk.locator(".saved")).to_have_text(WORDS.away)
    expect(field).to_have_value("Danger")
    desk.unroute("**/staff/studio")
    saved(desk)
    assert catalog.load(content).module("risk").title == "Danger"


def test_what_is_typed_before_the_script_starts_is_kept_and_saved(
    desk: Page, editing: Running, content: Path
):
    held: list[Route] = []
    desk.route("**/studio.js", lambda route: held.append(route))
    desk.goto(editing.url("/staff/studio?part=risk"), wait_until="commit")
    unfold(desk, UI.steps.view)
    title = field_of(desk, WORDS.label_title)
    title.fill("Danger")
    desk.get_by_label(WORDS.part).select_option("harm")
    title.focus()
    until(lambda: bool(held), desk)
    held[0].continue_()
    ready(desk)
    desk.keyboard.press("End")
    desk.keyboard.type("s")
    expect(title).to_have_value("Dangers")
    expect(desk.get_by_label(WORDS.part)).to_have_value("harm")
    expect(desk.locator(".saved")).to_contain_text(WORDS.label_title)  # it is not saved yet
    saved(desk)
    assert catalog.load(content).module("risk").title == "Dangers"


def test_what_is_typed_while_a_save_is_on_its_way_stays_in_the_new_form(desk: Page, content: Path):
    held: list[Route] = []
    unfold(desk, UI.steps.view)
    title = field_of(desk, WORDS.label_title)
    title.fill("Danger")
    desk.route("**/staff/studio", lambda route: hold_save(route, held))
    desk.evaluate("document.querySelector('form.edit').dataset.old = ''")
    desk.get_by_role("button", name=WORDS.save, exact=True).last.click()
    until(lambda: bool(held), desk)
    title.fill("Dangerous")
    for _ in "ous":
        title.press("ArrowLeft")
    held[0].continue_()
    expect(desk.locator("[data-old]")).to_have_count(0)
    assert catalog.load(content).module("risk").title == "Danger"
    desk.keyboard.type("x")
    expect(title).to_have_value("Dangerxous")
    expect(desk.locator(".saved")).to_contain_text(WORDS.label_title)  # that is not saved yet
    saved(desk)
    assert catalog.load(content).module("risk").title == "Dangerxous"


def hold_save(route: Route, held: list[Route]) -> None:
    """Hold the first save back, and let all else through."""
    wish = route.request.post_data_json["wish"]["do"]
    if wish == "save" and not held:
        held.append(route)
    else:
        route.continue_()
