"""A message or the wire is lost while a page loads, or a finger is quick: the page goes on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, WebSocketRoute, expect

from tests.browser.conftest import PATIENCE, PHONE, Running, enter, ready
from tests.browser.test_private import until

STATES = b'"update_states"'


@dataclass
class Wire:
    """Loses each answer to "what widgets are there?" until it is `whole`; some are `lost`.

    With `cut`, the first one is lost with its connection. Requests, which a page goes over to, are
    lost as well until then.
    """

    cut: bool
    lost: list[bytes] = field(default_factory=list)
    whole: bool = False

    def follow(self, near: WebSocketRoute) -> None:
        far = near.connect_to_server()

        def pass_on(message: str | bytes) -> None:
            data = message.encode() if isinstance(message, str) else message
            if STATES not in data or self.whole:
                near.send(message)
                return
            self.lost.append(data)
            if self.cut and len(self.lost) == 1:
                near.close(code=1011)

        far.on_message(pass_on)

    def request(self, route: Route) -> None:
        if self.whole:
            route.continue_()
        else:
            route.abort()


@pytest.mark.parametrize("cut", [False, True], ids=["the answer is lost", "the wire is cut"])
def test_a_page_whose_loading_is_disturbed_still_comes_once(
    phone: BrowserContext, room: Running, cut: bool
):
    wire = Wire(cut)
    phone.route_web_socket("**/channels*", wire.follow)
    phone.route("**/kernels/*/messages*", wire.request)
    enter(phone, room)
    page = phone.new_page()
    page.clock.install()
    page.goto(room.url("/m/risk"), wait_until="commit")
    until(lambda: bool(wire.lost), page)
    expect(page.get_by_role("heading", level=1)).to_be_visible()  # the words are there meanwhile
    expect(page.locator("body[data-ready]")).to_have_count(0)
    wire.whole = True
    page.clock.fast_forward(6000)
    ready(page)
    expect(page.get_by_role("heading", level=1)).to_have_count(1)
    expect(page.locator("[data-myths-item='risk.myth.before']")).to_have_count(1)


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport=PHONE)
    context.set_default_timeout(PATIENCE)
    yield context.new_page()
    context.close()


def test_a_double_tap_on_a_form_sends_it_once(page: Page, room: Running):
    sent: list[Route] = []

    def hold(route: Route) -> None:
        if route.request.method == "POST":
            sent.append(route)
        else:
            route.continue_()

    page.route("**/*", hold)
    page.goto(room.link)
    page.get_by_role("checkbox").check()
    page.get_by_role("radio", name="No").check()
    button = page.get_by_role("button", name="Join the workshop").bounding_box()
    assert button
    # The mouse waits for no navigation; an answer that never came would hang anything that does.
    page.mouse.dblclick(button["x"] + 20, button["y"] + 20, delay=50)
    until(lambda: bool(sent), page)
    page.wait_for_timeout(300)
    assert len(sent) == 1
    sent[0].fulfill(body="<!doctype html><title>In</title>", content_type="text/html")
    expect(page).to_have_title("In")
