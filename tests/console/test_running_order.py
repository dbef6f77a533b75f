"""The plan by the clock: what is done now, what comes next, how late it is, what comes after."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from myths import catalog
from myths.console.plan import here, parts
from myths.console.running_order import RunningOrder, guide, running_order
from myths.live import acts
from myths.store import LiveState, Workshop

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


def test_the_guide_says_what_to_do_at_the_step_and_a_page_without_one_nothing(half):
    led = parts(CATALOG, half)
    order = order_at(half, "risk", "facts", minutes=0)
    told = guide(CATALOG, led[1], order)
    assert "Read the core fact aloud" in told["doing"][0]
    assert "There is no good or bad number" in told["say"]
    assert "we should not do it" in told["objections"]
    assert "three minutes" in told["support"]
    assert guide(CATALOG, led[0], order) is None
