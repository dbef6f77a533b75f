"""The trainers' pages in a browser: accessible in every state, by keyboard, without a script."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from myths import catalog
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.conftest import PATIENCE, PHONE, Running
from tests.browser.test_accessible import looked_at
from tests.forkserver.kernels import wait_until
from tests.server.conftest import Visitor

SAYS = catalog.load().ui
STAFF = SAYS.staff


@pytest.fixture
def page(phone: BrowserContext, room: Running) -> Page:
    page = phone.new_page()
    page.goto(room.url("/staff/"))
    return page


def come_in(page: Page, room: Running) -> None:
    page.get_by_label(STAFF.key).fill(room.store.new_staff_key())
    page.get_by_role("button", name=STAFF.enter).click()
    expect(page.get_by_role("heading", name=STAFF.heading)).to_be_visible()


def test_the_pages_are_accessible_in_every_state(page: Page, room: Running):
    expect(page.get_by_role("region", name="Leave quickly")).to_be_visible()
    looked_at(page, everything=True)
    page.get_by_label(STAFF.key).fill("x")
    page.get_by_role("button", name=STAFF.enter).click()
    expect(page.get_by_text(STAFF.wrong_key)).to_be_visible()
    expect(page.get_by_label(STAFF.key)).to_be_focused()
    looked_at(page)
    come_in(page, room)
    page.get_by_text(STAFF.revoke).click()
    page.evaluate("scrollTo(0, 0)")  # else the exit lies over whatever has been scrolled under it
    looked_at(page, everything=True)
    page.get_by_label(STAFF.title).fill("قضاة يوم الاثنين")
    page.get_by_role("button", name=STAFF.open_button).click()
    expect(page.get_by_role("heading", name="قضاة يوم الاثنين")).to_be_visible()
    for summary in page.locator("main summary").all():
        summary.click()
    page.evaluate("scrollTo(0, 0)")
    looked_at(page, everything=True)
    page.get_by_role("button", name=STAFF.erase_button).click()
    expect(page.get_by_text(STAFF.not_sure)).to_be_visible()
    looked_at(page)
    page.get_by_text(STAFF.close).click()
    page.get_by_role("button", name=STAFF.close_button).click()
    expect(page.get_by_text(STAFF.is_closed)).to_be_visible()
    looked_at(page)


def test_the_square_has_a_name_and_the_code_can_be_read(page: Page, room: Running):
    come_in(page, room)
    page.get_by_role("button", name=STAFF.open_button).click()
    code = page.locator(".code").inner_text()
    expect(page.get_by_role("img", name=STAFF.square.format(code=code))).to_be_visible()
    expect(page.get_by_role("link", name=f"{room.url('/')}?w={code}")).to_be_visible()
    assert code in room.store.joined()


def test_the_number_of_people_who_joined_goes_up_while_one_looks(page: Page, room: Running):
    come_in(page, room)
    page.get_by_role("button", name=STAFF.open_button).click()
    count = page.locator("#joined")
    expect(count).to_have_text(STAFF.joined.of(0))
    page.get_by_text(SAYS.workshop.change).click()
    page.get_by_label(STAFF.title).fill("typed meanwhile")
    with Visitor(replace(room, code=page.locator(".code").inner_text())) as someone:
        someone.join()
    expect(count).to_have_text(STAFF.joined.of(1))
    expect(page.get_by_label(STAFF.title)).to_have_value("typed meanwhile")


def test_a_sheet_for_the_wall_is_printed_and_nothing_else(page: Page, room: Running):
    come_in(page, room)
    page.get_by_label(STAFF.title).fill("Judges on Monday")
    page.get_by_role("button", name=STAFF.open_button).click()
    code = page.locator(".code").inner_text()
    expect(page.get_by_role("button", name=SAYS.workshop.sheet)).to_be_visible()
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 794, "height": 1123})  # A4
    sheet = page.locator(".wall-sheet")
    for words in (SAYS.projector.join, SAYS.projector.scan, code, room.url("/")):
        expect(sheet.get_by_text(words, exact=True)).to_be_visible()
    expect(
        sheet.get_by_text(re.compile(r"^Until .+ \d\d:\d\d \w+ people can join"))
    ).to_be_visible()
    expect(sheet.get_by_role("img", name=STAFF.square.format(code=code))).to_be_visible()
    assert page.locator("body").inner_text().strip() == sheet.inner_text().strip()
    assert "Judges" not in sheet.inner_text()  # "Participants do not see it"
    place = sheet.bounding_box()
    assert place
    assert place["height"] < 1123 - 2 * 48


def test_a_sheet_for_the_wall_speaks_the_language_of_its_workshop(page: Page, room: Running):
    come_in(page, room)
    workshop = room.store.open_workshop(language="de")
    page.goto(room.url(f"/staff/{workshop.code}"))
    page.emulate_media(media="print")
    sheet = page.locator(".wall-sheet[lang=de]")
    expect(sheet.get_by_text(catalog.load(language="de").ui.projector.join)).to_be_visible()


def test_by_keyboard_alone_a_workshop_is_opened_and_erased(page: Page, room: Running):
    def reach(name: str) -> None:
        for _ in range(200):
            page.keyboard.press("Tab")
            here = page.evaluate(
                "document.activeElement.labels?.[0]?.innerText ?? document.activeElement.innerText"
            )
            if here and here.strip().startswith(name):
                return
        raise AssertionError(f"no way to {name!r}")

    reach(STAFF.key)
    page.keyboard.type(room.store.new_staff_key().lower())
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name=STAFF.heading)).to_be_visible()
    reach(STAFF.title)
    page.keyboard.type("By keyboard")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="By keyboard")).to_be_visible()
    code = page.locator(".code").inner_text()
    reach(STAFF.erase)
    page.keyboard.press("Enter")
    reach(STAFF.sure)
    page.keyboard.press("Space")
    reach(STAFF.erase_button)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name=STAFF.heading)).to_be_visible()
    assert code not in room.store.joined()


def test_the_quick_exit_signs_the_trainer_out(page: Page, room: Running):
    come_in(page, room)
    page.route("https://www.wikipedia.org/", lambda route: route.fulfill(body="elsewhere"))
    kept = {each["name"]: each["value"] for each in page.context.cookies()}
    (token,) = (value for name, value in kept.items() if name.startswith("staff-"))
    assert room.store.staff_role(token)
    for _ in range(3):
        page.keyboard.press("Shift")
    expect(page.get_by_text("elsewhere")).to_be_visible()
    wait_until(lambda: not room.store.staff_role(token), "the trainer is signed out")
    page.goto(room.url("/staff/"))
    expect(page.get_by_label(STAFF.key)).to_be_visible()


def test_without_any_script_everything_works(browser: Browser, room: Running):
    context = browser.new_context(viewport=PHONE, java_script_enabled=False)
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    page.goto(room.url("/staff/"))
    come_in(page, room)
    page.get_by_role("button", name=STAFF.open_button).click()
    code = page.locator(".code").inner_text()
    page.get_by_text(STAFF.erase).click()
    page.get_by_label(STAFF.sure).check()
    page.get_by_role("button", name=STAFF.erase_button).click()
    assert code not in room.store.joined()
    page.get_by_role("button", name=STAFF.sign_out).click()
    expect(page.get_by_label(STAFF.key)).to_be_visible()
    context.close()
