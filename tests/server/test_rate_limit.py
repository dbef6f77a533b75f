"""Guessing codes takes long; those who type them right wait for nobody elsewhere."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import Any

import pytest
from myths.server import start
from myths.server.context import ServerContext
from myths.server.rate_limit import CrowdedError, Fleet, Quota, RateLimiter

from tests.server.conftest import ROOT
from tests.threads import finish


class Clock:
    """Seconds that pass as soon as somebody waits for them."""

    now = 0.0

    def __call__(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        self.now += seconds
        await asyncio.sleep(0)


async def guess(limiter: RateLimiter, address: str, *, wrong: bool = True) -> None:
    async with limiter.turn(address):
        if wrong:
            limiter.failed(address)


def made(times: int, common: tuple[int, float] | None = None) -> tuple[RateLimiter, Clock]:
    clock = Clock()
    together = Quota(*common, clock=clock) if common else None
    limiter = RateLimiter(times=times, common=together, clock=clock, sleep=clock.sleep)
    return limiter, clock


def test_after_so_many_wrong_codes_one_a_second_is_checked():
    limiter, clock = made(60)

    async def try_out() -> None:
        for _ in range(60):
            await guess(limiter, "a")
        assert clock.now == 0
        for _ in range(40):
            await guess(limiter, "a")

    finish(try_out())
    assert clock.now == pytest.approx(40)


def test_who_types_a_code_right_waits_for_nobody_behind_another_address():
    limiter, clock = made(3)

    async def try_out() -> None:
        for _ in range(30):
            await guess(limiter, "guesser")
        before = clock.now
        await guess(limiter, "somebody", wrong=False)
        assert clock.now == before
        await guess(limiter, "guesser", wrong=False)  # at most until the next check
        assert clock.now <= before + 1

    finish(try_out())


def test_right_codes_never_count():
    limiter, clock = made(3, (10, 1))

    async def try_out() -> None:
        for _ in range(1000):
            await guess(limiter, "room", wrong=False)

    finish(try_out())
    assert clock.now == 0


def test_many_addresses_together_have_a_pace_too_and_none_is_refused():
    limiter, clock = made(60, (600, 20))

    async def try_out() -> None:
        for number in range(1000):
            await guess(limiter, f"198.51.{number // 250}.{number % 250}")

    finish(try_out())
    assert clock.now == pytest.approx((1000 - 600) / 20)


def test_all_addresses_of_one_network_are_one_guesser():
    limiter, clock = made(3)

    async def try_out() -> None:
        for number in range(13):
            await guess(limiter, f"2001:db8:0:1:{number:x}::1")
        assert clock.now == pytest.approx(10)
        await guess(limiter, "2001:db8:0:2::1")
        assert clock.now == pytest.approx(10)

    finish(try_out())


def test_servers_that_share_a_store_allow_together_what_one_allows_alone():
    async def try_out(size: int) -> float:
        clock = Clock()
        fleet = Fleet(size)
        servers = [
            RateLimiter(times=60, fleet=fleet, clock=clock, sleep=clock.sleep) for _ in range(size)
        ]
        for number in range(120):
            await guess(servers[number % size], "a")
        return clock.now

    for size in (1, 2, 3, 5):
        assert finish(try_out(size)) == pytest.approx(60, abs=2 * size), size


def test_what_all_allow_together_is_shared_out_anew_when_a_server_comes():
    fleet, clock = Fleet(), Clock()
    quota = Quota(60, 1, fleet=fleet, clock=clock)
    for _ in range(30):
        quota.count()
    assert quota.wait == 0
    fleet.size = 2
    quota.count()
    assert quota.wait > 0


def test_time_passes_over_wrong_codes():
    limiter, clock = made(3)

    async def try_out() -> None:
        for _ in range(3):
            await guess(limiter, "a")
        clock.now = 3
        for _ in range(3):
            await guess(limiter, "a")
        assert clock.now == 3

    finish(try_out())


async def hold(limiter: RateLimiter, address: str, release: asyncio.Event) -> None:
    async with limiter.turn(address):
        await release.wait()


def test_only_a_hundred_wait_in_a_guessers_line_and_others_find_their_place():
    clock = Clock()
    limiter = RateLimiter(times=1, clock=clock, sleep=lambda _: asyncio.sleep(3600))

    async def try_out() -> None:
        await guess(limiter, "a")
        waiting = [asyncio.create_task(guess(limiter, "a")) for _ in range(100)]
        await asyncio.sleep(0)
        with pytest.raises(CrowdedError) as crowded:
            await guess(limiter, "a")
        assert crowded.value.seconds == pytest.approx(101)
        await guess(limiter, "b")
        for task in waiting:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task
        clock.now = 1
        await guess(limiter, "a", wrong=False)

    finish(try_out())


def test_a_room_that_joins_at_once_is_not_turned_away():
    limiter, _ = made(60)

    async def try_out() -> None:
        release = asyncio.Event()
        room = [asyncio.create_task(hold(limiter, "room", release)) for _ in range(300)]
        await asyncio.sleep(0)
        release.set()
        await asyncio.gather(*room)

    finish(try_out())


def test_a_line_of_hundreds_does_not_stand_before_somebody_elses():
    limiter, _ = made(60)

    async def try_out() -> None:
        release, through = asyncio.Event(), asyncio.Event()
        crowd = [asyncio.create_task(hold(limiter, "crowd", release)) for _ in range(300)]
        await asyncio.sleep(0)

        async def pass_by() -> None:
            async with limiter.turn("somebody"):
                through.set()

        passer = asyncio.create_task(pass_by())
        async with asyncio.timeout(20):
            await through.wait()
        assert not any(task.done() for task in crowd)
        release.set()
        await asyncio.gather(*crowd, passer)

    finish(try_out())


def test_lines_that_nobody_needs_are_forgotten():
    limiter, clock = made(60)

    async def try_out() -> None:
        for number in range(3000):
            clock.now += 0.1
            await guess(limiter, f"198.{number // 65536}.{number // 256 % 256}.{number % 256}")

    finish(try_out())
    assert len(limiter._lines) < 1100


@pytest.fixture(scope="module")
def context(tmp_path_factory: pytest.TempPathFactory) -> ServerContext:
    """What a server that is started has, though it does not listen."""
    made: dict[str, Any] = {}

    class App:
        def __init__(self, **given: Any) -> None:
            made.update(given)

        def launch(self) -> None:
            """End at once."""

    folder = tmp_path_factory.mktemp("limits")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(start, "WorkshopApp", App)
        db, notebooks = f"sqlite:///{folder}/workshop.sqlite", ROOT / "notebooks/participants"
        start.serve(db=db, notebooks=notebooks, published=folder / "published", port=0)
    found: ServerContext = made["context"]
    return found


async def waits(limiter: RateLimiter, address: str) -> bool:
    with suppress(TimeoutError):
        async with asyncio.timeout(0.05), limiter.turn(address):
            return False
    return True


@pytest.mark.parametrize(("doors", "times"), [("limiter", 60), ("recoveries", 60), ("keys", 10)])
@pytest.mark.parametrize("servers", [1, 2])
def test_a_server_that_is_started_has_the_limits_that_are_promised(
    context: ServerContext, doors: str, times: int, servers: int
):
    limiter, guesser = getattr(context, doors), f"10.0.0.{servers}"

    async def guess_on() -> list[bool]:
        found = []
        for more in (times // servers - 1, 1):
            for _ in range(more):
                limiter.failed(guesser)
            found.append(await waits(limiter, guesser))
        return found

    context.fleet.size = servers
    assert finish(guess_on()) == [False, True]


def test_a_server_that_is_started_slows_down_guessers_of_short_codes_together(
    context: ServerContext,
):
    async def guess_on() -> list[bool]:
        before = await waits(context.limiter, "192.0.2.1")
        for number in range(620):
            context.limiter.failed(f"10.1.{number // 250}.{number % 250}")
        return [before, await waits(context.limiter, "192.0.2.1")]

    context.fleet.size = 1
    assert finish(guess_on()) == [False, True]
