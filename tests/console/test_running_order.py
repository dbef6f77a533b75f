"""The plan by the clock: what is done now, what comes next, how late it is, what comes after."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from myths import catalog
from myths.console.plan import here, parts
from myths.console.running_order import RunningOrder, guide, running_order
from myths.live import acts
from myths.store import LiveState, Workshop

from tests.adapted import adapted, cut
from tests.server.conftest import ROOT

CATALOG = catalog.load()
NINE = datetime(2026, 11, 5, 9, 0, tzinfo=UTC)


def order_at(workshop: Workshop, page: str, step: str, *, minutes: float) -> RunningOrder:
    """Return the order some minutes after the room came to a page."""
    led = parts(CATALOG, workshop)
    state = acts.go(LiveState(), page, step, now=NINE)
    now = NINE + timedelta(minutes=minutes)
    return running_order(CATALOG, workshop, led, here(led, state), state, now)


@pytest.fixture
def half(store) -> Workshop:
    modules = CATALOG.series.routes["half-day"].modules
    return store.open_workshop(route="half-day", modules=modules)


def test_what_is_done_now_and_next_is_that_of_the_step(half):
    order = order_at(half, "womens-services", "story", minutes=22)
    assert order.minutes == 45
    assert [each.act for each in order.now] == ["story", "plenary"]
    assert order.following.act == "again"
    assert order.ends == NINE + timedelta(minutes=45)


@pytest.mark.parametrize(
    ("minutes", "late"), [(0, 0), (37.9, 0), (38, 0), (38.9, 0), (39, 1), (50, 12)]
)
def test_a_room_is_late_once_its_step_should_be_over(half, minutes, late):
    assert order_at(half, "womens-services", "story", minutes=minutes).late == late


def test_who_is_early_is_not_late_and_a_new_step_of_a_part_begins_no_new_clock(half):
    assert order_at(half, "womens-services", "again", minutes=10).late == 0
    state = acts.go(LiveState(), "risk", "view", now=NINE)
    later = acts.go(state, "risk", "facts", now=NINE + timedelta(minutes=5))
    assert later.since == NINE
    assert acts.go(later, "harm", now=NINE + timedelta(minutes=9)).since > NINE


def test_after_a_part_come_its_pause_and_the_next_one(half):
    order = order_at(half, "risk", "view", minutes=0)
    assert (order.minutes, order.pause, order.after.slug, order.after_minutes) == (
        65,
        15,
        "womens-services",
        45,
    )
    last = order_at(half, "closing", "keep", minutes=50)
    assert (last.minutes, last.late, last.after, last.entries) == (40, 10, None, ())


def test_a_workshop_of_other_modules_and_a_short_one_have_a_plan_too(store):
    own = store.open_workshop(route="half-day", modules=["harm"])
    assert order_at(own, "harm", "view", minutes=0).minutes == 45
    short = store.open_workshop(route="ten-minutes", modules=["risk"], short=True)
    assert order_at(short, "risk", "view", minutes=0).minutes == 10
    gone = store.open_workshop(route="no-more", modules=["risk"])
    assert order_at(gone, "start", "", minutes=500).late == 0


def told_at(workshop: Workshop, step: str, slug: str = "risk") -> dict[str, Any]:
    """Return what the guide says at a step, joined to one text for each part."""
    led = parts(CATALOG, workshop)
    part = next(each for each in led if each.slug == slug)
    order = order_at(workshop, slug, step, minutes=0)
    told = guide(CATALOG, part, part.step(step), order)
    assert told
    return {name: "".join(words) for name, words in told.items()}


def test_the_guide_says_what_to_do_at_the_step_and_a_page_without_one_nothing(half):
    told = told_at(half, "facts")
    assert "Read the core fact aloud" in told["doing"]
    assert "three minutes" in told["support"]
    led = parts(CATALOG, half)
    assert guide(CATALOG, led[0], led[0].steps[0], order_at(half, "start", "", minutes=0)) is None


def test_what_to_say_and_what_people_object_stands_at_its_step_and_all_in_the_whole(half):
    view, facts, story, again = (
        told_at(half, step) for step in ("view", "facts", "story", "again")
    )
    assert "There is no good or bad number" in view["say"]
    assert "There is no good or bad number" not in facts["say"] + story["say"] + again["say"]
    assert "a measure that leaves no danger" in facts["say"]
    assert "A good outcome of the story" in story["say"]
    assert "A good outcome of the story" not in view["say"] + facts["say"]
    assert "read the first fact again" in again["say"]
    assert view["objections"] == ""  # nobody has read anything yet
    assert "we should not do it" in facts["objections"]
    assert "Ask what danger is left" in facts["objections"]  # and the answer with it
    assert "we should not do it" not in story["objections"]
    for told in (view, facts, story, again):
        assert all(each in told["whole"] for each in ("no good or bad number", "Prison is safer"))


@pytest.mark.parametrize("slug", CATALOG.series.modules)
def test_each_sentence_and_objection_of_a_guide_has_its_step(store, slug):
    tied, told = CATALOG.module(slug).guide, CATALOG.guide(slug)
    for words, steps in (
        (CATALOG.ui.guide.say, tied.say),
        (CATALOG.ui.guide.objections, tied.objections),
    ):
        named = {number for numbers in steps.values() for number in numbers}
        assert named == set(range(1, len(told.sections[words]) + 1))


def test_what_a_guide_ties_to_no_step_is_said_at_each_also_at_a_trainers_own(store, tmp_path):
    content = shutil.copytree(ROOT / "content", tmp_path / "content")
    file = content / "modules" / "risk" / "module.yml"
    file.write_text(file.read_text("utf-8").partition("guide:")[0] + "guide: {say: {view: [1]}}\n")
    words = catalog.load(content)
    room = store.open_workshop()
    led = parts(words, room, adapted(tmp_path) / "participants")[1]
    own = next(step for step in led.steps if not step.kind)
    for step, opening in ((led.step("view"), True), (led.step("facts"), False), (own, False)):
        state = acts.go(LiveState(), "risk", step.slug, now=NINE)
        order = running_order(words, room, [led], (led, step), state, NINE)
        told = guide(words, led, step, order)
        assert told
        said = "".join(told["say"])
        assert ("Such a worry can protect people" in said) is opening
        assert "read the first fact again" in said
        assert "Prison is safer" in "".join(told["objections"])


def test_a_step_of_the_trainers_own_takes_no_minutes_of_the_plan(store, tmp_path):
    room = store.open_workshop()
    led = parts(CATALOG, room, adapted(tmp_path) / "participants")
    state = acts.go(LiveState(), "risk", "part-1", now=NINE)
    order = running_order(CATALOG, room, led, here(led, state), state, NINE)
    assert (order.now, order.following.act) == ((), "check")
    assert sum(each.minutes for each in order.entries) == order.minutes


def test_a_step_that_a_trainer_left_out_or_moved_is_so_in_the_plan(store, tmp_path):
    copy = adapted(tmp_path) / "participants"
    cut(copy / "06_harm.ipynb")
    room = store.open_workshop(modules=["harm"])
    led = parts(CATALOG, room, copy)
    state = acts.go(LiveState(), "harm", "view-2", now=NINE)
    order = running_order(CATALOG, room, led, here(led, state), state, NINE)
    steps = [step.slug for step in led[1].steps]
    assert steps == ["story", "view", "part-1", "view-2", "facts", "story-2"]
    planned = ["story", "settle", "rate", "facts"]
    assert [each.act for each in order.entries] == planned
    assert [each.act for each in order.now] == ["settle", "rate"]
    assert order.following
    assert order.following.act == "facts"
