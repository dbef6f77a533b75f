"""The Wi-Fi, the kernel or the server goes while somebody writes: nothing is lost."""

from __future__ import annotations

import json
import os
import re
import signal
from collections.abc import Iterator
from pathlib import Path

import myths
import pytest
from myths import catalog
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import Running, all_saved, by, enter, ready, start, stop, until, whole
from tests.browser.way import Way
from tests.faults.room import processes_named

SAYS = catalog.load().ui.page
WAITING = catalog.load().ui.components.question.waiting
BEFORE, AFTER = "Because a colleague said so. ", "But I ask: compared with what? 🙂"
SENTENCE = BEFORE + AFTER


@pytest.fixture(scope="module")
def changing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[Running]]:
    """A server of this file's own, which a test may start again; the last one runs."""
    running = [start(tmp_path_factory.mktemp("changing") / "workshop.sqlite")]
    yield running
    stop(running[-1])


def writing(phone: BrowserContext, room: Running) -> Page:
    """Somebody who has rated, and is in the middle of a sentence."""
    enter(phone, room)
    page = phone.new_page()
    whole(page, room)
    page.get_by_role("radio", name="Agree", exact=True).first.check()
    page.get_by_label("Who can read this?").first.select_option("evaluation")
    page.get_by_role("textbox").first.press_sequentially(BEFORE)
    return page


def expect_the_sentence_once(page: Page, room: Running) -> None:
    """All is on the page, said to be saved, and one row each in the evaluator's table."""
    all_saved(page)
    expect(page.get_by_role("textbox").first).to_have_value(SENTENCE)
    expect(page.get_by_role("radio", name="Agree", exact=True).first).to_be_checked()
    table = myths.answers(db=room.db, workshop=room.code)
    assert table.text.dropna().to_list() == [SENTENCE]
    assert table.value.dropna().to_list() == [4]
    history = myths.answers(db=room.db, workshop=room.code, history=True)
    assert len(set(history.text.dropna())) == history.text.count()  # none was written twice


def process_of(kernel: str) -> int:
    """Find the process of a kernel: the one of that name, or the one that holds its sockets."""
    for pid in processes_named(kernel):
        return pid
    unix = Path("/proc/net/unix").read_text().splitlines()
    inodes = {line.split()[6] for line in unix if kernel in line}
    for folder in Path("/proc").glob("[0-9]*/fd"):
        try:
            links = {os.readlink(link) for link in folder.iterdir()}  # noqa: PTH115  no real paths
        except OSError:
            continue
        if links & {f"socket:[{inode}]" for inode in inodes}:
            return int(folder.parent.name)
    raise AssertionError(f"there is no process of {kernel}")


def kernel_of(page: Page) -> str:
    kernel: str = json.loads(page.locator("#kernel").inner_text())["id"]
    return kernel


def expect_another_kernel(page: Page, gone: str) -> None:
    """The page was loaded again, and is ready."""
    until(lambda: gone not in page.locator("#kernel").inner_text(), page)
    ready(page)


def test_what_is_written_without_a_network_is_saved_when_it_is_back(
    phone: BrowserContext, server: Running, way: Way
):
    room = server.another_workshop()
    page = writing(phone, by(way, room))
    loaded = kernel_of(page)
    way.cut()
    expect(page.locator("#status")).to_have_text(SAYS.connection_lost, timeout=3000)
    page.get_by_role("textbox").first.press_sequentially(AFTER)
    expect(page.locator(".myths-state", has_text=WAITING).first).to_be_visible()
    expect(page.locator("#at")).to_have_text(re.compile(r"^\d answers? not saved yet$"))
    way.mend()
    expect(page.locator("#status")).to_have_text(SAYS.connection_back)
    expect_the_sentence_once(page, room)
    assert kernel_of(page) == loaded  # the page was not loaded again


def test_what_is_written_into_a_connection_that_died_without_a_word_is_saved(
    phone: BrowserContext, server: Running, way: Way
):
    room = server.another_workshop()
    page = writing(phone, by(way, room))
    all_saved(page)
    loaded = kernel_of(page)
    way.forget()
    page.get_by_role("textbox").first.press_sequentially(AFTER)
    expect(page.locator(".myths-state", has_text=WAITING).first).to_be_visible()
    expect_the_sentence_once(page, room)
    assert kernel_of(page) == loaded


@pytest.mark.skipif(not Path("/proc/net/unix").exists(), reason="finds the kernel in Linux's /proc")
def test_a_page_whose_kernel_is_killed_goes_on_and_keeps_every_word(
    phone: BrowserContext, server: Running
):
    room = server.another_workshop()
    page = writing(phone, room)
    all_saved(page)
    loaded = kernel_of(page)
    os.kill(process_of(loaded), signal.SIGKILL)
    page.get_by_role("textbox").first.press_sequentially(AFTER)
    expect_the_sentence_once(page, room)
    assert kernel_of(page) == loaded


def end_kernel(page: Page) -> str:
    """End a page's kernel as a page does that is left; returns its id."""
    page.evaluate(
        """() => {
          const { id, xsrf } = JSON.parse(document.getElementById("kernel").textContent);
          const body = new URLSearchParams({ _xsrf: xsrf });
          return fetch(`/voila/api/shutdown/${id}`, { method: "POST", body });
        }"""
    )
    return kernel_of(page)


def test_a_page_whose_kernel_is_gone_comes_back_with_every_word(
    phone: BrowserContext, server: Running
):
    room = server.another_workshop()
    page = writing(phone, room)
    gone = end_kernel(page)
    page.get_by_role("textbox").first.press_sequentially(AFTER)
    expect_another_kernel(page, gone)
    expect_the_sentence_once(page, room)


def test_a_page_whose_server_starts_again_comes_back_with_every_word(
    phone: BrowserContext, changing: list[Running]
):
    room = changing[-1].another_workshop()
    page = writing(phone, room)
    gone = kernel_of(page)
    changing[-1].process.kill()
    changing[-1].process.wait()
    page.get_by_role("textbox").first.press_sequentially(AFTER)
    expect(page.locator("#status")).to_have_text(SAYS.connection_lost)
    changing.append(start(room.file, "--port", str(room.port)))
    expect_another_kernel(page, gone)
    expect_the_sentence_once(page, room)


def test_a_page_says_what_it_knows_of_the_lost_connection_and_no_more(
    phone: BrowserContext, server: Running, way: Way
):
    room = server.another_workshop()
    page = writing(phone, by(way, room))
    page.route("**/healthz", lambda route: route.fulfill(status=502))
    way.cut()
    expect(page.locator("#status")).to_have_text(SAYS.lost_server)
    way.mend()
    expect(page.locator("#status")).to_have_text(SAYS.connection_back)
    page.unroute("**/healthz")
    page.evaluate("Object.defineProperty(navigator, 'onLine', { get: () => false })")
    way.cut()
    expect(page.locator("#status")).to_have_text(SAYS.lost_device)
    way.mend()
    expect(page.locator("#status")).to_have_text(SAYS.connection_back)
