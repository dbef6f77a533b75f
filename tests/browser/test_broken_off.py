"""A page that came in part loads itself again, after pauses that grow, with every word typed."""

from __future__ import annotations

from itertools import pairwise

import pytest
from myths import catalog
from playwright.sync_api import BrowserContext, Page, Route, WebSocketRoute, expect

from tests.browser.conftest import Running, enter, ready
from tests.browser.test_reconnecting import AFTER, expect_the_sentence_once, writing

SAYS = catalog.load().ui.page
EDGES = {
    "before its kernel": 'id="kernel"',
    "among its widgets": "data-model=",
    "at its end": 'id="end"',
}


def break_off(page: Page, *, at: str, times: int) -> list[str]:
    """Cut the page off at its last `at`, so often; returns the pieces that came."""
    pieces: list[str] = []

    def cut(route: Route) -> None:
        if len(pieces) == times:
            route.continue_()
            return
        answer = route.fetch()
        pieces.append(answer.text().rpartition(at)[0])
        assert pieces[-1]
        route.fulfill(response=answer, body=pieces[-1])

    page.route("**/m/risk", cut)
    return pieces


@pytest.mark.parametrize("edge", EDGES)
def test_a_page_that_broke_off_loads_itself_again_and_has_every_word(
    phone: BrowserContext, server: Running, edge: str
):
    room = server.another_workshop()
    pieces: list[str] = []

    def pass_on(near: WebSocketRoute) -> None:
        far = near.connect_to_server()
        near.on_message(
            lambda message: None if AFTER[:5] in str(message) and not pieces else far.send(message)
        )

    phone.route_web_socket("**/channels*", pass_on)
    page = writing(phone, room)
    page.get_by_role("textbox").first.press_sequentially(AFTER)
    pieces = break_off(page, at=EDGES[edge], times=2)
    page.reload()
    expect(page.locator("#status")).to_have_text(SAYS.starting_again)
    ready(page)
    assert len(pieces) == 2
    expect_the_sentence_once(page, room)


def test_a_page_waits_longer_and_longer_for_a_server_that_is_away(
    phone: BrowserContext, room: Running
):
    enter(phone, room)
    page = phone.new_page()
    page.add_init_script("Math.random = () => 1")
    page.clock.install()
    page.route("**/healthz", lambda route: route.abort())
    break_off(page, at='id="end"', times=1)
    page.goto(room.url("/m/risk"))
    tried: list[int] = []
    while len(tried) < 8:
        page.clock.fast_forward(500)
        page.wait_for_timeout(50)
        at = page.evaluate("history.state?.again.at ?? 0")
        tried += [at] if at not in (0, *tried) else []
    expect(page.locator("#status")).to_have_text(SAYS.unreachable)
    pauses = [after - before for before, after in pairwise(tried)]
    for pause, least in zip(pauses, [2, 4, 8, 16, 30, 30, 30], strict=True):
        assert pause >= least * 1000
    page.unroute("**/healthz")
    page.clock.fast_forward(30_000)
    ready(page)
