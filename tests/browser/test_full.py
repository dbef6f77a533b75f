"""A server that has no room for another page: who comes too late is told, waits, and gets in."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from myths import catalog
from playwright.sync_api import BrowserContext, expect

from tests.browser.conftest import enter, ready
from tests.server.conftest import Running, Visitor, read, serving
from tests.server.wire import Wire

SAYS = catalog.load().ui.errors


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    db = tmp_path_factory.mktemp("small") / "workshop.sqlite"
    with serving(db, "--most-pages", "1") as running:
        yield running


def test_who_comes_too_late_is_told_so_and_gets_in_when_a_page_is_closed(
    small: Running, phone: BrowserContext
):
    early = Visitor(small)
    early.join()
    wire = Wire(early, "risk")
    enter(phone, small)
    page = phone.new_page()
    page.goto(small.url("/m/start"))
    expect(page.get_by_role("alert")).to_have_text(SAYS.full)
    refused = early.get("/m/start")
    assert refused.status_code == 503
    assert SAYS.full in read(refused)
    wire.shut_down()
    ready(page)
