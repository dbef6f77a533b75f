"""Whoever leaves in one tab has left in all of them, and on no other device."""

from __future__ import annotations

from typing import Literal

import pytest
from myths import catalog
from myths.errors import RecoveryError
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.conftest import PHONE, Running, agree, all_saved, enter, ready, until, whole

UI = catalog.load().ui
TEXT = "for nobody but me"
WITHOUT_CHANNEL = "delete window.BroadcastChannel"


def write(context: BrowserContext, room: Running) -> Page:
    """Open a page and write for oneself."""
    page = context.new_page()
    whole(page, room)
    page.get_by_role("textbox").first.fill(TEXT)
    all_saved(page)
    return page


def leave(page: Page, room: Running) -> None:
    page.goto(room.url("/leave"))
    page.get_by_role("button", name=UI.leave.button).click()
    expect(page.get_by_text(UI.left.body)).to_be_visible()


def is_empty(page: Page) -> None:
    """The page says that the visit has ended, and has nothing of it."""
    expect(page.get_by_role("alert")).to_have_text(UI.page.over)
    assert page.locator("[data-myths-item], .said, form").count() == 0
    assert TEXT not in page.content()
    assert page.evaluate("({...sessionStorage})") == {}


@pytest.mark.parametrize("channel", [True, False], ids=["told by the tab", "told by the server"])
def test_leaving_in_one_tab_empties_the_others(phone: BrowserContext, room: Running, channel: bool):
    if not channel:
        phone.add_init_script(WITHOUT_CHANNEL)
    enter(phone, room)
    other, one = write(phone, room), phone.new_page()
    answers = phone.new_page()
    answers.goto(room.url("/withdraw"))
    expect(answers.get_by_text(TEXT)).to_be_visible()
    other.get_by_role("textbox").nth(1).press_sequentially("unsaved")
    before = len(room.store.answers(history=True, workshop=room.code))
    leave(one, room)
    is_empty(other)
    if channel:
        is_empty(answers)
    other.wait_for_timeout(3500)  # longer than the server hears last words
    is_empty(other)
    assert len(room.store.answers(history=True, workshop=room.code)) <= before + 1
    other.get_by_role("link", name=UI.left.again).click()
    expect(other.get_by_role("heading", level=1)).to_have_text(UI.join.heading)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_quick_exit_looks_like_nothing_else_on_a_page(
    phone: BrowserContext, room: Running, scheme: Literal["light", "dark"]
):
    enter(phone, room)
    page = phone.new_page()
    page.emulate_media(color_scheme=scheme)
    whole(page, room)
    way_out = page.get_by_role("link", name=UI.components.quickexit.exit)
    colour = way_out.evaluate("it => getComputedStyle(it).backgroundColor")
    others = page.locator("a:visible, button:visible, summary:visible, label:visible")
    found = others.evaluate_all("all => all.map(it => getComputedStyle(it).backgroundColor)")
    assert len(found) > 30
    assert found.count(colour) == 1
    assert colour not in ("rgba(0, 0, 0, 0)", "rgb(255, 255, 255)")


def test_the_quick_exit_empties_the_other_tabs(phone: BrowserContext, room: Running):
    phone.route("https://www.wikipedia.org/**", lambda route: route.fulfill(body="Rain"))
    enter(phone, room)
    other, one = write(phone, room), phone.new_page()
    whole(one, room, "start")
    one.get_by_role("link", name="Leave now").click()
    is_empty(other)


def test_the_quick_exit_without_a_connection_signs_out_as_soon_as_there_is_one(
    phone: BrowserContext, room: Running
):
    phone.route("https://www.wikipedia.org/**", lambda route: route.fulfill(body="Rain"))
    enter(phone, room)
    page = write(phone, room)
    (token,) = [each["value"] for each in phone.cookies() if each["name"].startswith("visit-")]
    phone.set_offline(True)
    page.get_by_role("link", name="Leave now").click()
    page.wait_for_url("https://www.wikipedia.org/**")
    phone.set_offline(False)
    page.goto(room.url("/m/risk"))
    expect(page.get_by_role("heading", level=1)).to_have_text(UI.join.heading)
    assert TEXT not in page.content()
    assert not [each for each in phone.cookies() if each["name"].startswith(("visit-", "left-"))]
    with pytest.raises(RecoveryError):
        room.store.visitor(token)


def test_leaving_on_one_device_touches_no_other(
    phone: BrowserContext, browser: Browser, room: Running
):
    code = enter(phone, room)
    computer = browser.new_context(viewport=PHONE)
    page = computer.new_page()
    page.goto(room.url("/"))
    page.get_by_label("Recovery code").fill(code)
    page.get_by_role("button", name=UI.join.return_button, exact=True).click()
    ready(page)
    page = write(computer, room)
    leave(phone.new_page(), room)
    page.get_by_role("radio", name="Disagree", exact=True).first.check()
    all_saved(page)
    expect(page.get_by_role("textbox").first).to_have_value(TEXT)
    computer.close()


def test_a_device_that_was_lost_is_emptied_from_another(
    phone: BrowserContext, browser: Browser, room: Running
):
    code = enter(phone, room)
    lost = write(phone, room)
    computer = browser.new_context(viewport=PHONE)
    page = computer.new_page()
    page.goto(room.url("/"))
    page.get_by_label("Recovery code").fill(code)
    page.get_by_role("button", name=UI.join.alone).click()
    is_empty(lost)
    ready(page)
    assert page.url.partition("#")[0] == room.url("/m/risk")
    computer.close()


def test_the_code_is_still_there_after_a_reload_and_back_leads_somewhere(
    phone: BrowserContext, room: Running
):
    page = phone.new_page()
    page.goto(room.link)
    agree(page)
    code = page.locator("#recovery-code").inner_text()
    page.reload()
    expect(page.locator("#recovery-code")).to_have_text(code)
    page.get_by_role("button", name=UI.code.go_on).click()
    ready(page)
    page.go_back()
    expect(page.get_by_text(UI.code.kept)).to_be_visible()
    page.go_back()
    until(lambda: page.get_by_text(UI.join.already).is_visible(), page)


def test_what_is_pressed_is_not_printed(phone: BrowserContext, room: Running):
    enter(phone, room)
    page = phone.new_page()
    page.goto(room.url("/leave"))
    button = page.get_by_role("link", name=UI.leave.show)
    expect(button).to_be_visible()
    page.emulate_media(media="print")
    expect(button).to_have_count(0)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
