"""A room that is led, against its bars: `python -m bench.led_room`.

The trainer clicks on the console of the staff pages, over HTTP. The people are guests of a
rehearsal in this process, which shares the machine's cores with the server.
"""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path

import click
import httpx
from myths.rehearsal import Guest, http
from myths.store import open_store
from myths.vocabulary import Pace, Phase, Step

from bench import machine
from bench.form import SLUG
from bench.rooms import keep
from bench.serving import Server, serving
from bench.systems import ours

_CLICKS = 20
_ITEM = f"{SLUG}.myth.{Phase.BEFORE}"
_AT_ONCE = 20  # who come in at one time
_LONGEST = 60  # seconds to wait for what is told
_IDLE = 30  # seconds in which nothing happens
_HEAD = ["people", *(f"click {each}" for each in ("p50", "p95", "p99")), "vote p50", "vote p95",
         "first back", "last back", "idle", "MB each"]  # fmt: skip
_VERSION = re.compile(r'data-version="(\d+)"')


@dataclass(frozen=True)
class LedRoom:
    """What was measured in a room: times in seconds, memory in bytes, by the number of people."""

    people: int
    click_p50: float
    click_p95: float
    click_p99: float
    vote_p50: float
    vote_p95: float
    back_first: float
    back_last: float
    idle_cpu: float
    memory: float


class Trainer:
    """Somebody with the staff key at the console of one workshop."""

    def __init__(self, server: Server) -> None:
        self._http = httpx.AsyncClient(base_url=server.origin, timeout=_LONGEST)
        self._key = open_store(ours.db(server.folder)).new_staff_key()
        self._lead = f"/staff/{server.known}/lead"
        self._seen = 0

    async def come(self) -> None:
        """Enter with the key."""
        await self._http.get("/staff/")
        form = {"_xsrf": self._secret, "do": "enter", "key": self._key}
        assert (await self._http.post("/staff/", data=form)).status_code == HTTPStatus.SEE_OTHER  # noqa: S101
        await self.click(do="pace", pace=Pace.TOGETHER)

    @property
    def _secret(self) -> str:
        """What a form must bring along."""
        return next(value for name, value in self._http.cookies.items() if "xsrf" in name)

    async def click(self, **act: object) -> None:
        """Press a button of the console."""
        wish = {"act": {**act, "seen": self._seen}, "seen": ""}
        headers = {"X-XSRFToken": self._secret}
        said = (await self._http.post(self._lead, json=wish, headers=headers)).raise_for_status()
        answer = said.json()
        if answer["told"]:
            raise RuntimeError(answer["told"])
        self._seen = int(_VERSION.search(answer["html"])[1])  # type: ignore[index]  # it has one


async def measure(server: Server, people: int) -> LedRoom:
    """Let people come, and lead them."""
    client, trainer = http(), Trainer(server)
    guests = [Guest(server.origin, client) for _ in range(people)]
    door = asyncio.Semaphore(_AT_ONCE)

    async def come(guest: Guest) -> None:
        async with door:
            await guest.join(server.known)
            await guest.open(SLUG)

    await asyncio.gather(*map(come, guests))
    await trainer.come()
    clicks = [
        each
        for number in range(_CLICKS)
        for each in await _moved(guests, trainer, (Step.FACTS, Step.CHECK)[number % 2])
    ]
    await trainer.click(do="go", page=SLUG, step=Step.VIEW)
    await trainer.click(do="open", page=SLUG, step=Step.VIEW)
    votes = await asyncio.gather(*(guest.answer(_ITEM, value=2) for guest in guests))
    backs = await _back(guests)
    busy = machine.cpu(server.pid)
    await asyncio.sleep(_IDLE)
    return LedRoom(
        people=people,
        click_p50=share(clicks, 0.5),
        click_p95=share(clicks, 0.95),
        click_p99=share(clicks, 0.99),
        vote_p50=share(votes, 0.5),
        vote_p95=share(votes, 0.95),
        back_first=min(backs),
        back_last=max(backs),
        idle_cpu=(machine.cpu(server.pid) - busy) / _IDLE / people,
        memory=machine.pss(server.pid) / people,
    )


async def _moved(guests: Sequence[Guest], trainer: Trainer, step: str) -> list[float]:
    """Go to a step; returns after how many seconds each phone had heard of it."""
    began = time.perf_counter()

    async def hear(guest: Guest) -> float:
        async with asyncio.timeout(_LONGEST):
            while guest.room.get("step") != step:
                await guest.wait(1)
        return time.perf_counter() - began

    heard = [asyncio.ensure_future(hear(guest)) for guest in guests]
    await trainer.click(do="go", page=SLUG, step=step)
    return await asyncio.gather(*heard)


async def _back(guests: Sequence[Guest]) -> list[float]:
    """Cut all wires; returns after how many seconds each phone knew again where the room is."""
    for guest in guests:
        guest.sleep()
    await asyncio.sleep(1)
    began = time.perf_counter()

    async def wake(guest: Guest) -> float:
        await guest.wake()
        async with asyncio.timeout(_LONGEST):
            while not guest.room:
                await guest.wait(1)
        return time.perf_counter() - began

    return await asyncio.gather(*map(wake, guests))


def share(seconds: Iterable[float], part: float) -> float:
    """Return the value below which that part of them is."""
    ordered = sorted(seconds)
    return ordered[min(int(part * len(ordered)), len(ordered) - 1)]


@click.command()
@click.option("--people", multiple=True, type=int, default=(30, 100, 300), show_default=True)
@click.option("--workers", default=1, show_default=True, help="More need PostgreSQL, in BENCH_DB.")
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path(__file__).parent / "results",
    help="Where led_room.json goes; of 3 workers it is led_room-3.json.",
)
def main(*, people: tuple[int, ...], workers: int, out: Path) -> None:
    """Measure a led room: a click, a burst of votes, everybody back, and nothing at all."""
    click.echo(f"| {' | '.join(_HEAD)} |\n|{' ---: |' * len(_HEAD)}")
    found: list[LedRoom] = []
    for number in people:
        with serving("ours", workers=workers) as server:
            found.append(asyncio.run(measure(server, number)))
        click.echo(_line(found[-1]))
    keep(out, "led_room", found, workers=workers)


def _line(room: LedRoom) -> str:
    """Write a room as a row: milliseconds, but for people and MB."""
    times = (room.click_p50, room.click_p95, room.click_p99, room.vote_p50, room.vote_p95)
    all_times = (*times, room.back_first, room.back_last, room.idle_cpu)
    cells = [str(room.people), *(f"{each * 1000:.3g}" for each in all_times)]
    return f"| {' | '.join([*cells, f'{room.memory / 1e6:.1f}'])} |"


if __name__ == "__main__":
    main(prog_name="python -m bench.led_room")
