"""A participant goes through the whole workshop on a phone, stops half-way, and comes back."""

from __future__ import annotations

from typing import Any

import myths
import pandas as pd
import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import PHONE, Running, all_saved, at_step, go_to, join, ready, whole

MODULES = ["risk", "womens-services", "only-men", "mediation", "manipulation", "harm", "funding"]
PLAN = "If a colleague says so, then I will ask what it is compared with."


def answer_everything(page: Page) -> set[str]:
    """Go through the steps of the page, and answer each question.

    Returns the questions as "module.item.phase".
    """
    asked = answer_step(page)
    while page.get_by_role("link", name="Continue: ").count():
        onward = page.get_by_role("link", name="Continue: ")
        step = str(onward.get_attribute("href")).removeprefix("#")
        onward.click()
        at_step(page, step)
        asked |= answer_step(page)
    return asked


def answer_step(page: Page) -> set[str]:
    """Answer each question of the step by touch: the second option, a sentence."""
    step = page.locator(".step:visible")
    for group in step.get_by_role("group").all():
        if group.get_by_role("radio").count():
            group.get_by_role("radio").nth(1).check()
    for keep in step.get_by_role("button", name="Keep my answer").all():
        keep.click()
    for box in step.get_by_role("textbox").all():
        box.fill(PLAN)
    for readers in step.get_by_label("Who can read this?").all():
        readers.select_option("evaluation")
    step.locator(":is(h1, h2)").first.click()
    questions = step.locator("[data-myths-item]").all()
    if questions:
        all_saved(page)
    return {str(question.get_attribute("data-myths-item")) for question in questions}


def go_on(page: Page) -> None:
    page.get_by_role("link", name="Next").last.click()
    ready(page)


@pytest.fixture(scope="module", params=[4, pytest.param(7, marks=pytest.mark.soak)])
def modules(request: pytest.FixtureRequest) -> tuple[str, ...]:
    """The modules of the workshop; one that is gone through in each test run has fewer."""
    return MODULES[: request.param]


@pytest.fixture(scope="module")
def meeting(server: Running, modules: tuple[str, ...]) -> Running:
    """A workshop of months ago, since its follow-up is asked today."""
    return server.earlier_workshop(modules)


@pytest.fixture(scope="module")
def walked(browser: Browser, meeting: Running, modules: tuple[str, ...]) -> dict[str, Any]:
    """One walk from the link to the closing page, with a break and a new phone in the middle."""
    asked: set[str] = set()
    first = browser.new_context(viewport=PHONE)
    page = first.new_page()
    recovery = join(page, meeting)
    for slug in modules[:3]:
        go_on(page)
        assert page.url.endswith(f"/m/{slug}")
        asked |= answer_everything(page)
    first.close()

    second = browser.new_context(viewport=PHONE)
    page = second.new_page()
    page.goto(meeting.url("/"))
    page.get_by_label("Recovery code").fill(recovery.lower().replace("-", " "))
    page.get_by_role("button", name="Come back", exact=True).click()
    ready(page)
    whole(page, meeting, "only-men")
    kept: dict[str, Any] = {
        "checked": page.get_by_role("radio", checked=True).count(),
        "texts": [box.input_value() for box in page.get_by_role("textbox").all()],
    }
    for slug in modules[3:]:
        go_to(page, "again")
        go_on(page)
        assert page.url.endswith(f"/m/{slug}")
        asked |= answer_everything(page)
    go_on(page)
    asked |= answer_everything(page)
    page.goto(meeting.url("/m/followup"))
    ready(page)
    asked |= answer_everything(page)
    second.close()
    return kept | {"asked": asked}


def test_everything_is_as_it_was_after_coming_back_with_the_recovery_code(walked):
    assert walked["checked"] == 9  # three ratings and confidence, twice, and the recall question
    assert len(walked["texts"]) == 5
    assert set(walked["texts"]) == {PLAN}


@pytest.fixture(scope="module")
def answers(walked, meeting: Running) -> pd.DataFrame:
    return myths.answers(db=meeting.db, workshop=meeting.code)


def test_every_answer_given_is_in_the_evaluators_table_once(walked, answers, modules):
    assert answers.participant.nunique() == 1
    keys = answers.module.astype(str) + "." + answers.item.astype(str)
    given = (keys + "." + answers.phase.astype(str)).to_list()
    assert len(given) > len(modules) * (
        14 + 2
    )  # each module once, its plan and its myth in the follow-up
    assert sorted(given) == sorted(walked["asked"])


def test_what_was_chosen_and_written_is_what_is_in_the_table(answers):
    after = answers[(answers.phase == "after") & answers.module.isin(MODULES)]
    assert set(after[after.kind == "rating"].value) == {2}
    assert set(after[after.kind == "confidence"].value) == {1}
    assert set(after[after.kind.isin(["text", "commitment"])].text) == {PLAN}
    assert set(answers.language) == {"en"}
    assert not answers.declined.any()
    assert not answers.rehearsal.any()
