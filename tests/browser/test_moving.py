"""A server ends while somebody writes: the page goes on at another one, with every word."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import myths
import pytest
from myths.store import open_store
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import all_saved, by, enter, whole
from tests.browser.way import Way
from tests.forkserver.kernels import wait_until
from tests.server.conftest import Running
from tests.server.machine import Machine

WRITTEN = "As I said in the meeting, "
REST = "it depends on the programme."


@pytest.fixture
def machines(tmp_path: Path) -> Iterator[tuple[Machine, Machine]]:
    """Two servers on one store; the first has time to end."""
    db = f"sqlite:///{tmp_path}/workshop.sqlite"
    with (
        Machine(db, tmp_path / "first.log", "--drain", "8") as first,
        Machine(db, tmp_path / "second.log") as second,
    ):
        yield first, second


@pytest.fixture
def room(machines: tuple[Machine, Machine]) -> Running:
    return machines[0].seen_by(open_store(machines[0].db).open_workshop())


def begun(phone: BrowserContext, room: Running) -> Page:
    """Somebody who has rated."""
    enter(phone, room)
    page = phone.new_page()
    whole(page, room)
    page.get_by_role("radio", name="Agree", exact=True).first.check()
    all_saved(page)
    return page


def test_a_page_moves_by_itself_with_all_that_was_said(
    phone: BrowserContext, machines: tuple[Machine, Machine], room: Running, way: Way
):
    first, second = machines
    way.to = first.port
    page = begun(phone, by(way, room))
    page.get_by_label("Who can read this?").first.select_option("evaluation")
    box = page.get_by_role("textbox").first
    box.press_sequentially(WRITTEN)
    before = page.locator("#kernel").text_content()
    way.to = second.port  # as a proxy does when a server is not ready any more
    first.ask_to_end()
    wait_until(lambda: first.process.poll() is not None, "the first server ends", seconds=60)
    page.wait_for_function(
        "before => document.body.dataset.ready === '' &&"
        " document.getElementById('kernel')?.textContent !== before",
        arg=before,
    )
    expect(box).to_have_value(WRITTEN)
    box.press_sequentially(REST)
    all_saved(page)
    table = myths.answers(db=room.db, workshop=room.code)
    assert table.text.dropna().to_list() == [WRITTEN + REST]
    assert table.value.dropna().to_list() == [4]
