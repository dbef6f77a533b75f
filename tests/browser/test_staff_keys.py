"""What trainers' and evaluators' own keys show in a browser: accessible in every state."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from myths import catalog
from myths.vocabulary import Scope
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import PATIENCE, PHONE, Running
from tests.browser.test_accessible import looked_at

SAYS = catalog.load().ui
ACCESS, STAFF = SAYS.access, SAYS.staff


def come(browser: Browser, room: Running, key: str) -> Page:
    context = browser.new_context(viewport=PHONE)
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    page.goto(room.url("/staff/"))
    page.get_by_label(STAFF.key).fill(key)
    page.get_by_role("button", name=STAFF.enter).click()
    expect(page.get_by_role("heading", name=STAFF.heading)).to_be_visible()
    return page


@pytest.fixture(scope="module")
def code(room: Running) -> str:
    """A workshop of a trainers' role, which an evaluators' role may read."""
    store = room.store
    store.new_staff_key("trainers north")
    store.new_staff_key("evaluation", scope=Scope.READ)
    made = store.open_workshop(by="trainers north", title="Łódź, police").code
    store.assign_workshop(made, "evaluation")
    return made


@pytest.fixture
def trainer(browser: Browser, room: Running, code: str) -> Iterator[Page]:
    page = come(browser, room, room.store.new_staff_key("trainers north"))
    yield page
    page.context.close()


@pytest.fixture
def evaluator(browser: Browser, room: Running, code: str) -> Iterator[Page]:
    page = come(browser, room, room.store.new_staff_key("evaluation"))
    yield page
    page.context.close()


@pytest.fixture
def coordinator(browser: Browser, room: Running, code: str) -> Iterator[Page]:
    page = come(browser, room, room.store.new_staff_key())
    yield page
    page.context.close()


def test_a_trainers_pages_are_accessible(trainer: Page, room: Running):
    expect(trainer.get_by_text(ACCESS.leads)).to_be_visible()
    looked_at(trainer, everything=True)
    trainer.goto(room.url("/staff/studio"))
    expect(trainer.get_by_text(ACCESS.not_yours)).to_be_visible()
    looked_at(trainer)


def test_an_evaluator_comes_to_a_download_and_each_page_on_the_way_is_accessible(
    evaluator: Page, room: Running, code: str
):
    looked_at(evaluator, everything=True)
    evaluator.get_by_role("link", name="Łódź, police").click()
    expect(evaluator.get_by_role("heading", name=ACCESS.data_heading)).to_be_visible()
    looked_at(evaluator)
    evaluator.get_by_role("link", name=STAFF.back).click()
    evaluator.get_by_role("link", name=ACCESS.data_link).click()
    looked_at(evaluator, everything=True)
    evaluator.get_by_role("checkbox").uncheck()
    evaluator.get_by_role("button", name=ACCESS.tables_button).click()
    expect(evaluator.get_by_role("alert")).to_contain_text(ACCESS.none_chosen)
    looked_at(evaluator)
    evaluator.get_by_role("checkbox").check()
    evaluator.get_by_role("button", name=ACCESS.tables_button).click()
    made = evaluator.get_by_role("heading", name=ACCESS.made_tables)
    expect(made).to_be_visible(timeout=PATIENCE)  # by itself: the page follows how far it is
    looked_at(evaluator)
    with evaluator.expect_download() as download:
        evaluator.get_by_role("link", name=ACCESS.download).click()
    assert download.value.suggested_filename == "tables.zip"


def test_the_list_of_what_was_done_is_accessible(coordinator: Page):
    coordinator.get_by_role("link", name=ACCESS.log_link).click()
    expect(coordinator.get_by_role("heading", name=ACCESS.acts_heading, exact=True)).to_be_visible()
    expect(coordinator.get_by_text("Łódź")).to_have_count(0)
    looked_at(coordinator, everything=True)
