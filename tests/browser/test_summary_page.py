"""What a room answered, on one page: found from the workshop's page, and accessible."""

from __future__ import annotations

import pytest
from myths import catalog
from playwright.sync_api import Page, expect

from tests.browser.conftest import Running
from tests.browser.test_accessible import looked_at
from tests.browser.test_console import staff
from tests.server.test_room_summary import vote

__all__ = ["staff"]
SAYS = catalog.load().ui.summary


@pytest.fixture
def room(server: Running) -> Running:
    return server.another_workshop()


def test_the_page_of_the_workshop_leads_to_what_the_room_answered(staff: Page, room: Running):
    names = [
        room.store.join(room.code, language="en", consent="agreed").participant for _ in range(10)
    ]
    vote(room, "before", [4] * 5 + [2] * 5, names)
    vote(room, "after", [2] * 7 + [4] * 3, names)
    staff.goto(room.url(f"/staff/{room.code}"))
    staff.get_by_role("link", name=SAYS.link).click()
    expect(staff.get_by_role("heading", level=1)).to_have_text(SAYS.heading)
    cells = staff.get_by_role("table").locator("tbody tr").first.locator("td")
    expect(cells).to_have_text(["50 %", "30 %"])
    looked_at(staff)
    staff.emulate_media(media="print")
    expect(staff.get_by_role("table")).to_be_visible()
    expect(staff.get_by_role("button", name=SAYS.print)).to_be_hidden()
