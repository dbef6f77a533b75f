"""Simulated people follow a trainer, and put their phones away, drop out and come back."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from myths import catalog
from myths.live import acts
from myths.rehearsal import CrowdPlan, rehearse, room, stay, summarize

from tests.adapted import CALL, adapted
from tests.server.conftest import Running, serving
from tests.threads import finish

PEOPLE = 6


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with serving(tmp_path_factory.mktemp("led") / "workshop.sqlite") as running:
        yield running


async def becomes(truth: Callable[[], bool], seconds: float = 60) -> float:
    """Wait until something has become true; returns after how many seconds."""
    start = time.monotonic()
    while not truth():
        assert time.monotonic() - start < seconds
        await asyncio.sleep(0.1)
    return time.monotonic() - start


def test_a_vote_that_is_opened_is_answered_within_some_seconds(server: Running, monkeypatch):
    monkeypatch.setattr(stay, "_PASSES", 0)  # else a few answer nothing
    store = server.store
    code = store.open_workshop(rehearsal=True, modules=["harm", "risk"]).code
    plan = CrowdPlan(url=server.link, code=code, people=PEOPLE, ramp=1, seconds=2, duration=200)
    names = [each.id for each in catalog.load().module("risk").statements]

    async def lead() -> None:
        crowd = asyncio.ensure_future(rehearse(plan))
        await becomes(lambda: store.attendance(code).joined == PEOPLE)
        store.change_live_state(code, lambda state: acts.set_pace(state, "together"))
        store.change_live_state(code, lambda state: acts.go(state, "risk", "view"))
        state = store.change_live_state(
            code, lambda state: acts.open_vote(state, "risk", "before", names)
        )
        await becomes(lambda: store.attendance(code, page="risk").steps == {"view": PEOPLE})
        await becomes(lambda: store.attendance(code, vote=state.vote).answered == PEOPLE)
        crowd.cancel()

    finish(lead())
    kept = store.answers(workshop=code, rehearsal=True)
    assert kept["rehearsal"].all()
    assert store.answers(workshop=code).empty  # no evaluation has them unasked


def test_made_up_people_answer_what_a_vote_is_about_and_a_trainers_own_question_too(
    tmp_path: Path, monkeypatch
):
    monkeypatch.setattr(stay, "_PASSES", 0)
    db, notebooks = tmp_path / "workshop.sqlite", adapted(tmp_path)
    with serving(db, "--notebooks", str(notebooks)) as running:
        store = running.store
        code = store.open_workshop(rehearsal=True, modules=["risk"]).code
        plan = CrowdPlan(url=running.link, code=code, people=3, ramp=1, seconds=20, duration=200)

        async def lead() -> None:
            store.change_live_state(code, lambda state: acts.set_pace(state, "together"))
            store.change_live_state(code, lambda state: acts.go(state, "risk", "part-1"))
            state = store.change_live_state(
                code, lambda state: acts.open_vote(state, "risk", "after", [CALL])
            )
            crowd = asyncio.ensure_future(rehearse(plan))
            await becomes(lambda: store.attendance(code, vote=state.vote).answered == 3)
            crowd.cancel()

        finish(lead())
        assert set(store.answers(workshop=code, rehearsal=True)["item"]) == {CALL}


def test_a_phone_that_was_put_away_and_one_that_comes_back_go_on(server: Running):
    code = server.store.open_workshop(rehearsal=True).code

    async def visit() -> None:
        async with room(server.link, 1) as (guest,):
            await guest.join(code)
            await guest.open("risk")
            await guest.answer("risk.myth.before", value=2)
            guest.sleep()
            await guest.wake()
            await guest.answer("risk.myth.before", value=3)
            await guest.drop_out()
            assert not guest.joined
            await guest.come_back()
            await guest.open("risk")
            await guest.answer("risk.myth.before", value=4)

    finish(visit())
    assert server.store.attendance(code).joined == 1
    kept = server.store.answers(workshop=code, history=True, rehearsal=True)
    assert list(kept["value"]) == [2, 3, 4]


def test_the_restless_do_both_and_nothing_is_lost(server: Running, monkeypatch):
    monkeypatch.setattr(stay, "_SLEEPS", 36)
    monkeypatch.setattr(stay, "_DROPS_OUT", 36)
    code = server.store.open_workshop(rehearsal=True).code
    plan = CrowdPlan(
        url=server.link, code=code, people=3, ramp=0, seconds=0.5, duration=15, restless=True
    )
    outcome = finish(rehearse(plan))
    assert outcome.slept
    assert outcome.dropped >= outcome.returned > 0
    found = summarize(plan, outcome, store=server.store)
    assert (found.lost, found.doubled, outcome.faults) == (0, 0, [])
