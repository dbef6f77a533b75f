"""A trainer puts ipywidgets into a module: Voila's own front end shows them, in our frame."""

from __future__ import annotations

import os
import re
import signal
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import myths
import pytest
from myths import catalog
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import (
    Running,
    all_saved,
    by,
    enter,
    open_menu,
    ready,
    serving,
    until,
    whole,
)
from tests.browser.mixed import notebooks
from tests.browser.test_reconnecting import expect_another_kernel, kernel_of, process_of
from tests.browser.way import Way, way_to

SAYS = catalog.load().ui.page
STEPS = catalog.load().ui.steps
WAITING = catalog.load().ui.components.question.waiting
BEFORE, AFTER = "Because a colleague said so. ", "But I ask: compared with what?"


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    folder = tmp_path_factory.mktemp("mixed")
    with serving(folder / "workshop.sqlite", "--notebooks", str(notebooks(folder))) as running:
        yield running


@pytest.fixture
def own(room: Running) -> Running:
    """A workshop of one test's own."""
    return room.another_workshop()


@pytest.fixture
def way(room: Running) -> Iterator[Way]:
    with way_to(room) as opened:
        yield opened


def mixed(phone: BrowserContext, room: Running) -> Page:
    enter(phone, room)
    page = phone.new_page()
    whole(page, room)
    expect(page.get_by_role("slider", name="Minutes")).to_be_visible()
    return page


def write(page: Page, text: str) -> None:
    page.get_by_label("Who can read this?").first.select_option("evaluation")
    page.get_by_role("textbox").first.press_sequentially(text)


def texts(room: Running) -> list[str]:
    kept: list[str] = myths.answers(db=room.db, workshop=room.code).text.dropna().to_list()
    return kept


def test_a_page_with_other_widgets_has_our_frame(phone: BrowserContext, own: Running):
    asked: list[str] = []
    faults: list[str] = []
    phone.on("request", lambda request: asked.append(request.url))
    phone.on("weberror", lambda error: faults.append(str(error.error)))
    phone.on("console", lambda said: faults.append(said.text) if "Policy" in said.text else None)
    page = mixed(phone, own)
    expect(page.get_by_role("region", name="Leave quickly")).to_be_visible()
    expect(page.get_by_role("main")).to_have_count(1)
    expect(page.locator("#main")).to_have_count(1)
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.get_by_text("Run sheet for the trainer")).to_have_count(0)
    expect(page.get_by_text(SAYS.section_failed)).to_have_count(3)
    expect(page.get_by_text("ZeroDivisionError")).to_have_count(0)
    expect(page).to_have_title(SAYS.tab_part.format(number=2, total=9))
    answers = open_menu(page).get_by_role("link", name=STEPS.answers, exact=True)
    expect(answers).to_be_visible()
    assert {urlsplit(url).netloc for url in asked} <= {urlsplit(own.link).netloc, ""}
    assert not faults


def test_an_answer_there_is_kept_and_the_widgets_reach_the_kernel(
    phone: BrowserContext, own: Running
):
    page = mixed(phone, own)
    expect(page.get_by_text("Nothing yet")).to_be_visible()
    page.get_by_role("slider", name="Minutes").press("ArrowRight")
    page.get_by_label("Town").select_option("There")
    expect(page.get_by_text("4 minutes, There, None")).to_be_visible()
    page.get_by_role("radio", name="Agree", exact=True).first.check()
    all_saved(page)
    answers = myths.answers(db=own.db, workshop=own.code)
    assert answers.value.dropna().to_list() == [4]


def test_who_goes_on_at_once_loses_no_word_and_leaves_no_kernel(
    phone: BrowserContext, own: Running
):
    page = mixed(phone, own)
    kernel = own.url(f"/kernels/{kernel_of(page)}")
    write(page, BEFORE)
    page.get_by_role("link", name="Next").last.click()
    page.wait_for_url("**/m/womens-services")
    cookies = {each["name"]: each["value"] for each in phone.cookies()}
    until(lambda: httpx.get(kernel, cookies=cookies).status_code == 404, page)
    assert texts(own) == [BEFORE]


@pytest.mark.parametrize("how", ["cut", pytest.param("forget", marks=pytest.mark.soak)])
def test_the_page_tells_the_truth_about_its_connection(
    phone: BrowserContext, own: Running, way: Way, how: str
):
    page = mixed(phone, by(way, own))
    write(page, BEFORE)
    all_saved(page)
    getattr(way, how)()
    if how == "cut":
        expect(page.locator("#status")).to_have_text(SAYS.connection_lost, timeout=4000)
    write(page, AFTER)
    expect(page.locator(".myths-state", has_text=WAITING).first).to_be_visible()
    if how == "cut":
        way.mend()
        expect(page.locator("#status")).to_have_text(SAYS.connection_back)
    all_saved(page)
    expect(page.get_by_role("textbox").first).to_have_value(BEFORE + AFTER)
    assert texts(own) == [BEFORE + AFTER]


@pytest.mark.skipif(not Path("/proc/net/unix").exists(), reason="finds the kernel in Linux's /proc")
def test_a_page_whose_kernel_is_killed_comes_back_with_every_word(
    phone: BrowserContext, own: Running
):
    page = mixed(phone, own)
    killed = kernel_of(page)
    write(page, BEFORE)
    os.kill(process_of(killed), signal.SIGKILL)
    write(page, AFTER)
    expect_another_kernel(page, killed)
    all_saved(page)
    assert texts(own) == [BEFORE + AFTER]


def test_a_widget_that_comes_late_brings_the_other_front_end_and_loses_no_word(
    phone: BrowserContext, own: Running
):
    enter(phone, own)
    page = phone.new_page()
    whole(page, own, "womens-services")
    write(page, BEFORE)
    page.get_by_role("button", name="More").click()
    page.wait_for_url(re.compile("front=stock"))
    ready(page)
    expect(page.get_by_role("textbox").first).to_have_value(BEFORE)
    all_saved(page)
    page.get_by_role("button", name="More").click()
    expect(page.get_by_role("slider")).to_be_visible()
    assert "front=stock" in page.url
    assert texts(own) == [BEFORE]


def test_its_files_are_kept_by_the_browser_and_its_kernel_cannot_be_ended_there(
    phone: BrowserContext, own: Running
):
    page = mixed(phone, own)
    script = page.locator("script[src$='/voila.js']").get_attribute("src")
    assert script
    cookies = {each["name"]: each["value"] for each in phone.cookies()}
    with httpx.Client(base_url=own.url("/"), cookies=cookies) as http:
        file = http.get(script)
        assert file.headers["Content-Encoding"] == "gzip"
        assert "immutable" in file.headers["Cache-Control"]
        old = re.sub("stock/[0-9a-f]+", "stock/0", script)
        assert http.get(old).headers["Cache-Control"] == "no-store"
        for nothing in ("../../../desk.py", "voila.json", "%2e%2e/%2e%2e/desk.py", ""):
            assert http.get(script.replace("voila.js", nothing)).status_code == 404
        kernel = f"/api/kernels/{kernel_of(page)}"
        assert http.get(kernel).status_code == 200
        assert http.delete(kernel).status_code in (403, 405)
        assert http.post(f"{kernel}/restart").status_code in (403, 404)
        assert http.get(kernel).status_code == 200
