"""The pages that are open: whose kernels sleep first, who is counted, and which pages end."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from myths.rehearsal.wire import shell_message
from myths.server import open_pages
from myths.server.kernel_link import LinkError
from myths.server.open_page import PageOwner
from myths.server.open_pages import OpenPages
from myths.server.sleeping_kernel import SleepingKernel

from tests.server.made_up_kernels import COOKIE, Origin, run, until

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="kernels are forked")


class Hub:
    """What tells pages where their rooms are."""

    def __init__(self) -> None:
        self.hear: Any = None

    def listen_to(self, workshop: str, hear: Any) -> Any:
        assert workshop == "CODE"
        self.hear = hear
        return lambda: None

    def tell(self, state: str, page: str = "risk", item: str = "myth") -> None:
        opened = {"page": page, "phase": "before", "items": [item], "state": state}
        vote = opened if state else None
        self.hear({"version": 1, "vote": vote})


class Pages:
    """Open pages, each with a kernel, by their names."""

    def __init__(self) -> None:
        self.hub = Hub()
        self.open = OpenPages(self.hub)  # type: ignore[arg-type]
        self.kernels: dict[str, SleepingKernel] = {}

    async def add(
        self, name: str, who: str = "anna", *, connected: bool = True, sleeps: bool = True
    ) -> SleepingKernel:
        kernel = SleepingKernel(Origin(sleeps=sleeps), on_end=lambda _: None)
        self.open.add(name, PageOwner(f"visit of {who}", who, "CODE", "risk", 10**9), kernel)
        await kernel.start(None)  # type: ignore[arg-type]
        self.kernels[name] = kernel
        if connected:
            self.open.link(name, "x").attach(lambda _: None, lambda _: None, COOKIE)
        return kernel

    @property
    def asleep(self) -> list[str]:
        return [name for name, kernel in self.kernels.items() if kernel.is_asleep]


@asynccontextmanager
async def several(*names: str) -> AsyncIterator[Pages]:
    pages = Pages()
    for name in names:
        await pages.add(name)
    yield pages
    await pages.open.end_all()
    assert pages.asleep == list(pages.kernels)


def test_the_kernels_that_nobody_used_longest_make_room():
    async def story() -> None:
        async with several("a", "b", "c") as pages:
            for name, used in {"a": 3, "b": 1, "c": 2}.items():
                pages.kernels[name].used = used
            assert pages.open.make_room(2) == 2
            assert pages.asleep == ["b", "c"]
            assert pages.open.make_room(2) == 1
            assert pages.open.make_room(2) == 0

    run(story)


def test_a_kernel_sleeps_when_its_time_has_come_and_its_page_still_counts():
    async def story() -> None:
        async with several("a", "b") as pages:
            pages.kernels["a"].used -= open_pages.IDLE + 1
            pages.open.rest()
            assert pages.asleep == ["a"]
            assert pages.open.connected() == {"CODE": 1}
            assert len(pages.open) == 2

    run(story)


def test_kernels_wake_when_a_vote_opens_on_their_page_and_stay_awake_until_it_is_closed():
    async def story() -> None:
        async with several("a") as pages:
            kernel = pages.kernels["a"]
            kernel.sleep()
            for state, page in (("", ""), ("closed", "risk"), ("open", "harm")):
                pages.hub.tell(state, page)
            await asyncio.sleep(0.02)
            assert kernel.is_asleep
            pages.hub.tell("open")
            await until(lambda: kernel.is_idle)
            kernel.used -= open_pages.IDLE + 1
            pages.open.rest()
            assert not kernel.is_asleep
            pages.open.make_room(1)
            pages.hub.tell("open")  # the same vote
            await asyncio.sleep(0.02)
            assert kernel.is_asleep
            pages.hub.tell("open", item="fact")
            await until(lambda: kernel.is_idle)
            pages.hub.tell("closed")
            kernel.used -= open_pages.IDLE + 1
            pages.open.rest()
            assert kernel.is_asleep

    run(story)


def test_what_is_said_to_all_pages_is_passed_on_and_wakes_nobody():
    async def story() -> None:
        async with several("a") as pages:
            pages.kernels["a"].sleep()
            heard: list[Any] = []
            pages.open.link("a", "x").attach(heard.append, lambda _: None, COOKIE)
            pages.hub.tell("closed")
            pages.hub.hear({"moving": 3})
            assert '"moving": 3' in heard[-1]
            await asyncio.sleep(0.02)
            assert (pages.asleep, pages.open.kernels, len(pages.open)) == (["a"], 0, 1)

    run(story)


def test_nobody_is_woken_ahead_who_is_not_connected():
    async def story() -> None:
        async with several("a") as pages:
            pages.kernels["a"].sleep()
            pages.open.link("a", "x").detach()
            pages.hub.tell("open")
            await asyncio.sleep(0.02)
            assert pages.asleep == ["a"]

    run(story)


def test_pages_end_to_which_nobody_is_connected_for_long():
    async def story() -> None:
        async with several("a") as pages:
            await pages.add("lost", connected=False)
            pages.open.end_alone(1000)
            assert "lost" in pages.open
            pages.open.end_alone(0)
            assert ("a" in pages.open, "lost" in pages.open) == (True, False)
            await until(lambda: "lost" in pages.asleep)
            with pytest.raises(LinkError):
                pages.open.link("lost", "x")

    run(story)


def test_a_page_is_its_visits_alone_and_ends_with_it():
    async def story() -> None:
        async with several("a") as pages:
            await pages.add("b", "ben")
            assert pages.open.belongs("a", "visit of anna")
            assert not pages.open.belongs("a", "visit of ben")
            assert not pages.open.belongs("c", "visit of ben")
            codes: list[int | None] = []
            link = pages.open.link("b", "x")
            link.attach(lambda _: None, codes.append, COOKIE)
            pages.open.end(lambda owner: owner.participant == "ben", at_once=True)
            assert codes == [open_pages.OVER]
            assert not pages.open.belongs("b", "visit of ben")
            assert not pages.open.takes_from("b", "visit of ben")
            await until(lambda: pages.asleep == ["b"])
            assert pages.open.belongs("a", "visit of anna")

    run(story)


def test_last_words_are_taken_for_a_moment(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(open_pages, "_LAST_WORDS", 0.1)

    async def story() -> None:
        async with several("a") as pages:
            pages.open.end_pages(["a"])
            assert not pages.open.belongs("a", "visit of anna")
            assert pages.open.takes_from("a", "visit of anna")
            assert len(pages.open) == 1
            await until(lambda: not pages.open.takes_from("a", "visit of anna"))
            assert pages.asleep == ["a"]
            assert len(pages.open) == 0

    run(story)


def test_of_pages_that_somebody_opens_and_leaves_all_the_time_few_are_waited_for():
    async def story() -> None:
        async with several(*"abcdefgh") as pages:
            await pages.add("other", "ben")
            for name in ("other", *"abcdefgh"):
                pages.open.end_pages([name])
            waiting = [each for each in "abcdefgh" if pages.open.takes_from(each, "visit of anna")]
            assert waiting == [*"defgh"]
            assert pages.open.takes_from("other", "visit of ben")
            pages.open.end_pages([*waiting, "other"], at_once=True)
            await until(lambda: pages.asleep == list(pages.kernels))

    run(story)


def test_when_it_was_not_heard_what_was_erased_no_kernel_goes_on_with_what_it_knows():
    async def story() -> None:
        async with several("idle", "asleep") as pages:
            await pages.add("own state", sleeps=False)
            busy = await pages.add("busy")
            busy._origin.processes[0].held.clear()  # type: ignore[attr-defined]
            message = shell_message("x", "comm_msg", {"comm_id": "w1", "data": "one"})
            await pages.open.link("busy", "x").send(json.dumps(message), COOKIE)
            pages.kernels["asleep"].sleep()
            pages.open.renew()
            there = [each for each in pages.kernels if each in pages.open]
            assert there == ["idle", "asleep"]
            await until(lambda: pages.asleep == list(pages.kernels))

    run(story)
