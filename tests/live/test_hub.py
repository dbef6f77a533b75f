"""The hub: every page of a room hears where the room is, whichever process moved it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from myths.live import Hub, acts
from myths.store import Store, open_store

from tests.threads import finish

PATIENCE = 20  # seconds, on a busy machine


class Page:
    """What one page hears."""

    def __init__(self) -> None:
        self.heard: list[dict[str, Any]] = []
        self.came = asyncio.Event()

    def hear(self, message: dict[str, Any]) -> None:
        self.heard.append(message)
        self.came.set()

    async def at(self, version: int) -> dict[str, Any]:
        async with asyncio.timeout(PATIENCE):
            while not self.heard or self.heard[-1]["version"] < version:
                await self.came.wait()
                self.came.clear()
        return self.heard[-1]


def running(
    store: Store,
    play: Callable[[Hub], Awaitable[None]],
    forget: Callable[[str], object] = lambda _: None,
    **people: int,
) -> None:
    async def run() -> None:
        hub = Hub(store, connected=lambda: people, forget=forget)
        hub.start()
        try:
            await play(hub)
        finally:
            hub.stop()

    finish(run())


async def move(store: Store, code: str, page: str) -> None:
    other = open_store(store.address)
    await asyncio.to_thread(
        other.change_live_state, code, lambda state: acts.go(state, page, "view")
    )


def test_all_pages_of_a_room_hear_of_a_move_and_those_of_another_do_not(store, workshop):
    other = store.open_workshop()

    async def play(hub: Hub) -> None:
        here, too, elsewhere = Page(), Page(), Page()
        for page, code in ((here, workshop.code), (too, workshop.code), (elsewhere, other.code)):
            hub.listen_to(code, page.hear)
        await move(store, workshop.code, "risk")
        for page in (here, too):
            told = await page.at(1)
            assert (told["page"], told["step"]) == ("risk", "view")
        assert elsewhere.heard == []

    running(store, play)


def test_who_comes_late_hears_where_the_room_is(store, workshop):
    async def play(hub: Hub) -> None:
        await move(store, workshop.code, "risk")
        first, second = Page(), Page()
        hub.listen_to(workshop.code, first.hear)
        await first.at(1)
        hub.listen_to(workshop.code, second.hear)
        assert second.heard[-1]["page"] == "risk"  # at once, for the hub knows it

    running(store, play)


def test_no_page_hears_of_an_older_state_after_a_newer_one(store, workshop):
    async def play(hub: Hub) -> None:
        page = Page()
        hub.listen_to(workshop.code, page.hear)
        for number in range(1, 9):
            await move(store, workshop.code, f"part-{number}")
        await page.at(8)
        versions = [each["version"] for each in page.heard]
        assert versions == sorted(set(versions))

    running(store, play)


def test_who_left_hears_no_more_and_a_page_that_fails_keeps_nobody_from_hearing(store, workshop):
    def fail(_: object) -> None:
        raise OSError("gone")

    async def play(hub: Hub) -> None:
        left, stays = Page(), Page()
        leave = hub.listen_to(workshop.code, left.hear)
        hub.listen_to(workshop.code, fail)
        hub.listen_to(workshop.code, stays.hear)
        leave()
        leave()  # twice does no harm
        await move(store, workshop.code, "risk")
        await stays.at(1)
        assert left.heard == []

    running(store, play)


def test_the_people_who_are_connected_are_told_to_the_store(store, workshop):
    for _ in range(3):
        store.join(workshop.code, language="en", consent="agreed")

    async def play(_: Hub) -> None:
        async with asyncio.timeout(PATIENCE):
            while (await asyncio.to_thread(store.attendance, workshop.code)).connected != 2:
                await asyncio.sleep(0.05)

    running(store, play, **{workshop.code: 2})


@pytest.fixture
def lossy(store: Store, monkeypatch: pytest.MonkeyPatch) -> Store:
    """A store whose first connection for changes is lost after the first look."""
    changes, opened = type(store).changes, []

    def once(self: Store, **options: Any) -> Any:
        from myths.errors import StoreError

        opened.append(1)
        if len(opened) == 1:
            yield
            raise StoreError("the connection is lost")
        yield from changes(self, **options)

    monkeypatch.setattr(type(store), "changes", once)
    return store


def test_a_move_while_the_database_was_away_is_heard_afterwards(lossy, workshop):
    async def play(hub: Hub) -> None:
        page = Page()
        hub.listen_to(workshop.code, page.hear)
        await move(lossy, workshop.code, "risk")
        assert (await page.at(1))["page"] == "risk"

    running(lossy, play)


def test_after_the_database_was_away_anybody_may_have_erased_something(lossy):
    told: list[str] = []

    async def play(_: Hub) -> None:
        async with asyncio.timeout(PATIENCE):
            while not told:
                await asyncio.sleep(0.05)
        await asyncio.sleep(0.2)  # it is told once, and not with each look

    running(lossy, play, told.append)
    assert told == [""]
