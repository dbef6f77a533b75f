"""Ratings that come at once go to the disk together, each for itself."""

from __future__ import annotations

import asyncio
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from myths.errors import AnswerError, StoreError
from myths.server import rating_saves
from myths.server.rating_saves import RatingSaves
from myths.store import GivenRating
from myths.vocabulary import Reason

from tests.store.samples import asked, given
from tests.threads import finish


class SlowStore:
    """A store that saves when it is let, and refuses what `refusals` name by its participant."""

    def __init__(self) -> None:
        self.batches: list[list[str]] = []
        self.refusals: dict[str, Exception] = {}
        self.fault: Exception | None = None
        self.gate, self.begun = threading.Event(), threading.Event()

    def save_ratings(self, ratings: Any) -> list[Any]:
        self.begun.set()
        assert self.gate.wait(10)
        self.batches.append([participant for participant, *_ in ratings])
        if self.fault:
            raise self.fault
        return [self.refusals.get(participant) for participant, *_ in ratings]


async def sent(saves: RatingSaves, store: SlowStore, people: list[str]) -> list[Any]:
    """Let the first come, and all others while it is being saved; returns what became of them."""
    tasks = [asyncio.ensure_future(saves.keep(GivenRating(people[0], asked(), given(1))))]
    await asyncio.to_thread(store.begun.wait, 10)
    tasks += [
        asyncio.ensure_future(saves.keep(GivenRating(each, asked(), given(1))))
        for each in people[1:]
    ]
    await asyncio.sleep(0)
    store.gate.set()
    return await asyncio.gather(*tasks, return_exceptions=True)


def outcomes(store: SlowStore, people: list[str]) -> list[Any]:
    with ThreadPoolExecutor(1) as threads:
        saves = RatingSaves(store, threads)  # type: ignore[arg-type]
        return finish(sent(saves, store, people))


def test_a_room_of_three_hundred_is_seven_transactions():
    people, store = [f"p{number}" for number in range(300)], SlowStore()
    assert outcomes(store, people) == [None] * 300
    assert [len(batch) for batch in store.batches] == [1, *[50] * 5, 49]
    assert [each for batch in store.batches for each in batch] == people


def test_one_that_is_refused_is_nobody_elses_fault():
    store, refused = SlowStore(), AnswerError("erased", reason=Reason.ERASED)
    store.refusals["p2"] = refused
    assert outcomes(store, ["p0", "p1", "p2", "p3"]) == [None, None, refused, None]


@pytest.mark.parametrize("fault", [StoreError("away", retry=True), ZeroDivisionError()])
def test_a_store_that_fails_fails_for_those_who_were_in_it_and_the_next_is_tried_anew(fault):
    store = SlowStore()
    store.fault = fault
    assert outcomes(store, ["p0", "p1"]) == [fault, fault]
    assert store.batches == [["p0"], ["p1"]]


def test_whoever_waits_no_longer_is_no_hindrance():
    store = SlowStore()

    async def story(saves: RatingSaves) -> None:
        first = asyncio.ensure_future(saves.keep(GivenRating("p0", asked(), given(1))))
        await asyncio.to_thread(store.begun.wait, 10)
        second = asyncio.ensure_future(saves.keep(GivenRating("p1", asked(), given(1))))
        await asyncio.sleep(0)
        first.cancel()
        store.gate.set()
        await second

    with ThreadPoolExecutor(1) as threads:
        finish(story(RatingSaves(store, threads)))  # type: ignore[arg-type]
    assert store.batches == [["p0"], ["p1"]]


@pytest.mark.parametrize("is_saved", [True, False])
def test_whoever_waits_for_the_room_waits_until_all_are_saved_and_never_long(
    is_saved: bool, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(rating_saves, "_PATIENCE", 10 if is_saved else 0.01)
    store = SlowStore()

    async def story(saves: RatingSaves) -> int:
        kept = asyncio.ensure_future(saves.keep(GivenRating("p0", asked(), given(1))))
        await asyncio.to_thread(store.begun.wait, 10)
        if is_saved:
            asyncio.get_running_loop().call_later(0.05, store.gate.set)
        await saves.wait_idle()
        saved = len(store.batches)
        store.gate.set()
        await kept
        await saves.wait_idle()
        return saved

    with ThreadPoolExecutor(1) as threads:
        assert finish(story(RatingSaves(store, threads))) == is_saved  # type: ignore[arg-type]
