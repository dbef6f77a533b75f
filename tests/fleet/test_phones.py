"""A phone behind the proxy: live over one WebSocket, and on when its server is killed."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, expect

from tests.browser.conftest import PATIENCE, PHONE, all_saved, enter, whole
from tests.fleet.conftest import Site


@pytest.fixture
def phone(browser: Browser) -> Iterator[BrowserContext]:
    """A phone that does not mind who signed the proxy's certificate."""
    context = browser.new_context(viewport=PHONE, locale="en-GB", ignore_https_errors=True)
    context.set_default_timeout(PATIENCE)
    yield context
    context.close()


def test_a_page_goes_on_at_the_other_server_when_its_own_is_killed(
    phone: BrowserContext, here: Site
):
    room = here.room()
    enter(phone, room)
    page = phone.new_page()
    sockets, posted = [], []
    page.on("websocket", lambda socket: sockets.append(socket.url))
    page.on("request", lambda sent: posted.append(sent.url))
    whole(page, room)
    page.get_by_role("radio", name="Agree", exact=True).first.check()
    all_saved(page)
    assert len(sockets) == 1
    assert not [url for url in posted if url.endswith("/messages")]
    cookies = {each["name"]: each["value"] for each in phone.cookies()}
    machine = here.machines[int(cookies["server"].removeprefix("w")) - 1]
    before = page.locator("#kernel").text_content()
    machine.kill()
    page.wait_for_function(
        "before => document.body.dataset.ready === '' &&"
        " document.getElementById('kernel')?.textContent !== before",
        arg=before,
    )
    expect(page.get_by_role("radio", name="Agree", exact=True).first).to_be_checked()
    page.get_by_role("radio", name="Disagree", exact=True).first.check()
    all_saved(page)
    assert here.store.answers(workshop=room.code)["value"].dropna().to_list() == [2]
    machine.start()
    machine.wait()
