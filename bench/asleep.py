"""Kernels that sleep, against their bars: `python -m bench.asleep`.

The people are guests of a rehearsal in this process, which shares the machine's cores with the
server. With `--minutes 45` they go through a module as a room does, and the memory is a mean.
"""

from __future__ import annotations

import asyncio
import random
import re
import time
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean
from typing import Any

import click
import psutil
from myths.rehearsal import Guest, http
from myths.vocabulary import Phase, Reader, SharedItem, Step

from bench import machine
from bench.form import SLUG
from bench.led_room import Trainer, share
from bench.rooms import keep
from bench.serving import Server, serving

_AT_ONCE = 20  # who come in at one time
_SETTLE = 1.5  # seconds after the last page is usable
_PATIENCE = 120  # seconds until all kernels sleep, or are awake
_SAMPLE = 5.0  # seconds between two looks at the memory
_KERNEL = re.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]")
_VALUE = f"{SLUG}.myth.{Phase.BEFORE}"
_TEXT = f"{SLUG}.{SharedItem.REASON}.{Phase.BEFORE}"
_HEAD = ["people", "visit CPU", "awake MB", "asleep MB", "awake files", "asleep files",
         "saved awake p50", "p95", "saved waking p50", "p95", "burst waking p50", "p95",
         "burst after a vote p50", "p95", "mean MB", "saves p95"]  # fmt: skip


@dataclass(frozen=True)
class SleepingRoom:
    """What was measured: seconds, bytes and open files, of each person; None was not asked for."""

    people: int
    visit_cpu: float
    awake: float
    asleep: float
    awake_files: float
    asleep_files: float
    saved_awake: tuple[float, float]
    saved_waking: tuple[float, float]
    burst_waking: tuple[float, float]
    burst_ahead: tuple[float, float]
    mean: float | None = None
    saved: float | None = None


class Watched:
    """A server, and what each person takes of it more than nobody did."""

    def __init__(self, server: Server, people: int) -> None:
        self._server, self._people = server, people
        self._memory, self._files = server.pss(), server.files()

    def memory(self) -> float:
        """Bytes of a person now."""
        return (self._server.pss() - self._memory) / self._people

    def files(self) -> float:
        """Open files of the server for a person now."""
        return (self._server.files() - self._files) / self._people

    def kernels(self) -> int:
        """Count the processes of kernels, which are named after them."""
        found = 0
        for process in machine.processes(self._server.pid):
            with suppress(psutil.NoSuchProcess):
                found += bool(_KERNEL.fullmatch(process.name()))
        return found

    async def wait(self, kernels: int) -> None:
        """Wait until there are so many."""
        async with asyncio.timeout(_PATIENCE):
            while self.kernels() != kernels:
                await asyncio.sleep(0.2)
        await asyncio.sleep(_SETTLE)


async def measure(server: Server, people: int, minutes: float) -> SleepingRoom:
    """Let people come, answer, and be left alone."""
    client, trainer = http(), Trainer(server)
    await _first(server, client)
    await trainer.come()
    guests = [Guest(server.origin, client) for _ in range(people)]
    door = asyncio.Semaphore(_AT_ONCE)

    async def one(work: Any) -> Any:
        async with door:
            return await work

    await asyncio.gather(*(one(guest.join(server.known)) for guest in guests))
    await asyncio.sleep(_SETTLE)
    watched, busy = Watched(server, people), server.cpu()
    await asyncio.gather(*(one(guest.open(SLUG)) for guest in guests))
    await asyncio.sleep(_SETTLE)
    visit, awake, awake_files = server.cpu() - busy, watched.memory(), watched.files()
    saved_awake = [await guest.answer(_VALUE, value=2) for guest in guests]
    await watched.wait(0)
    asleep, asleep_files = watched.memory(), watched.files()
    saved_waking = [await guest.answer(_VALUE, value=3) for guest in guests]
    await watched.wait(0)
    burst_waking = await _burst(guests, value=4)
    await watched.wait(0)
    await trainer.click(do="go", page=SLUG, step=Step.VIEW)
    await trainer.click(do="open", page=SLUG, step=Step.VIEW)
    await watched.wait(people)
    burst_ahead = await _burst(guests, value=5)
    await trainer.click(do="close", page=SLUG, step=Step.VIEW)
    mean = saved = None
    if minutes:
        mean, saved = await _workshop(guests, watched, seconds=60 * minutes)
    return SleepingRoom(
        people=people,
        visit_cpu=visit / people,
        awake=awake,
        asleep=asleep,
        awake_files=awake_files,
        asleep_files=asleep_files,
        saved_awake=_shares(saved_awake),
        saved_waking=_shares(saved_waking),
        burst_waking=_shares(burst_waking),
        burst_ahead=_shares(burst_ahead),
        mean=mean,
        saved=saved,
    )


async def _first(server: Server, client: Any) -> None:
    """Have somebody warm the server up."""
    guest = Guest(server.origin, client)
    await guest.join(server.known)
    await guest.open(SLUG)
    await guest.close()
    await asyncio.sleep(4)  # until the last words would have arrived


async def _burst(guests: Sequence[Guest], value: int) -> list[float]:
    return await asyncio.gather(*(guest.answer(_VALUE, value=value) for guest in guests))


async def _workshop(
    guests: Sequence[Guest], watched: Watched, *, seconds: float
) -> tuple[float, float]:
    """Go through a module: ratings, reading, talk, writing, ratings; returns memory and p95.

    The parts are those of the handbook's 45 minutes: who rates does so every 20 seconds or so, who
    writes is saved every 12 seconds, and in between nobody touches the phone.
    """
    end, chance = time.perf_counter() + seconds, random.Random("a workshop")  # noqa: S311
    taken: list[float] = []
    saves: list[float] = []

    async def take_part(guest: Guest, late: float) -> None:
        began = time.perf_counter() + late
        number = 0
        while time.perf_counter() < end:
            part = (time.perf_counter() - began) / seconds
            is_rating, is_writing = part < 0.08 or part > 0.92, 0.6 < part < 0.75
            number += 1
            if is_rating:
                saves.append(await guest.answer(_VALUE, value=number % 5 + 1))
            elif is_writing:
                words = f"Sentence {number}."
                saves.append(await guest.answer(_TEXT, text=words, reader=Reader.EVALUATION))
            pause = 20 if is_rating else 12
            await asyncio.sleep(pause * chance.uniform(0.7, 1.3))

    async def look() -> None:
        while time.perf_counter() < end:
            taken.append(watched.memory())
            await asyncio.sleep(_SAMPLE)

    await asyncio.gather(look(), *(take_part(guest, chance.uniform(0, 20)) for guest in guests))
    return fmean(taken), share(saves, 0.95)


def _shares(seconds: Iterable[float]) -> tuple[float, float]:
    ordered = list(seconds)
    return share(ordered, 0.5), share(ordered, 0.95)


@click.command()
@click.option("--people", multiple=True, type=int, default=(30,), show_default=True)
@click.option("--workers", default=1, show_default=True, help="More need PostgreSQL, in BENCH_DB.")
@click.option("--minutes", default=0.0, help="Of a workshop; without it there is none.")
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path(__file__).parent / "results",
    help="Where asleep.json goes; of 3 workers it is asleep-3.json.",
)
def main(*, people: tuple[int, ...], workers: int, minutes: float, out: Path) -> None:
    """Measure pages whose kernels are awake, asleep and waking."""
    click.echo(f"| {' | '.join(_HEAD)} |\n|{' ---: |' * len(_HEAD)}")
    found: list[SleepingRoom] = []
    for number in people:
        with serving("ours", workers=workers) as server:
            found.append(asyncio.run(measure(server, number, minutes)))
        click.echo(_line(found[-1]))
    keep(out, "asleep", found, workers=workers)


def _line(room: SleepingRoom) -> str:
    """Write a room as a row: milliseconds, MB and open files of each person."""
    pairs = (room.saved_awake, room.saved_waking, room.burst_waking, room.burst_ahead)
    cells = [
        str(room.people),
        f"{room.visit_cpu * 1000:.3g}",
        *(f"{each / 1e6:.2f}" for each in (room.awake, room.asleep)),
        *(f"{each:.1f}" for each in (room.awake_files, room.asleep_files)),
        *(f"{each * 1000:.3g}" for pair in pairs for each in pair),
        "-" if room.mean is None else f"{room.mean / 1e6:.2f}",
        "-" if room.saved is None else f"{room.saved * 1000:.3g}",
    ]
    return f"| {' | '.join(cells)} |"


if __name__ == "__main__":
    main(prog_name="python -m bench.asleep")
