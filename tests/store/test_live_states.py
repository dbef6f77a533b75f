"""Where a room is: one state for everybody, each change a new version, and nobody's undone."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from myths.errors import WorkshopError
from myths.store import LiveState, Vote, live_states, open_store
from myths.vocabulary import Reason

VOTE = Vote(page="risk", phase="before", items=("myth", "fact"), beside=("confidence",))
FULL = LiveState(
    pace="together",
    page="risk",
    step="facts",
    curtain="look-up",
    vote=VOTE,
    closed=("harm/myth/before",),
    revealed=("harm/myth",),
    scene="results",
    detail="harm/myth",
    until=datetime(2026, 11, 5, 10, 30, tzinfo=UTC),
    since=datetime(2026, 11, 5, 9, 45, tzinfo=UTC),
)


def stepped(state: LiveState) -> LiveState:
    return replace(state, step=f"{state.step}x"[-30:])


def test_a_room_that_nobody_leads_goes_at_each_ones_own_pace(store, workshop):
    assert store.live_state(workshop.code) == LiveState()
    assert store.live_states([workshop.code]) == {}


def test_all_of_a_state_is_kept_under_the_next_version(store, workshop):
    assert store.change_live_state(workshop.code, lambda _: FULL) == replace(FULL, version=1)
    for found in (
        store.live_state(workshop.code),
        open_store(store.address).live_states([workshop.code, "NOSUCH"])[workshop.code],
    ):
        assert found == replace(FULL, version=1)


def test_a_change_that_changes_nothing_is_no_new_version(store, workshop):
    store.change_live_state(workshop.code, lambda _: FULL)
    assert store.change_live_state(workshop.code, lambda now: now).version == 1


def test_who_saw_an_older_version_changes_nothing_and_is_told(store, workshop):
    store.change_live_state(workshop.code, lambda _: FULL, seen=0)
    with pytest.raises(WorkshopError) as caught:
        store.change_live_state(workshop.code, stepped, seen=0)
    assert caught.value.reason == Reason.STALE
    assert store.live_state(workshop.code).step == "facts"


def test_a_change_that_fails_leaves_the_state_as_it_was(store, workshop):
    def fail(_: LiveState) -> LiveState:
        raise WorkshopError("no", reason=Reason.EARLY)

    with pytest.raises(WorkshopError):
        store.change_live_state(workshop.code, fail)
    assert store.live_state(workshop.code).version == 0


def test_of_many_changes_at_once_none_is_lost(store, workshop):
    def change(_: int) -> int:
        return open_store(store.address).change_live_state(workshop.code, stepped).version

    with ThreadPoolExecutor(8) as pool:
        versions = list(pool.map(change, range(24)))
    assert sorted(versions) == list(range(1, 25))
    assert store.live_state(workshop.code).step == "x" * 24


def test_it_goes_with_its_workshop(store, workshop):
    store.change_live_state(workshop.code, lambda _: FULL)
    store.erase_workshop(workshop.code)
    with pytest.raises(WorkshopError):
        store.live_state(workshop.code)
    assert store.live_states([workshop.code]) == {}


@pytest.mark.parametrize(
    "wrong",
    [
        [],
        {"pace": "fast"},
        {"scene": "names"},
        {"curtain": "always"},
        {"page": "../etc"},
        {"vote": {"page": "risk", "phase": "never", "items": []}},
        {"vote": {"page": "risk", "phase": "before", "items": [1]}},
        {"closed": ["x" * 500]},
        {"until": "soon"},
        {"since": "soon"},
        {"vote": {"page": "risk", "phase": "before", "items": [], "beside": [1]}},
        {"until": 1e300},
        {"length": "long"},
        {"else": 1},
        {"closed": 5},
    ],
)
def test_a_value_from_elsewhere_that_is_no_state_is_known(wrong):
    assert not live_states.fit(wrong)
    assert live_states.fit({"pace": "own"})
