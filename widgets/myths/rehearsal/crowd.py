"""A room of simulated participants: they join, open pages, answer, change their minds, leave."""

from __future__ import annotations

import asyncio
import math
import time
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from random import Random
from typing import Any
from uuid import uuid4

from myths.rehearsal.client import Guest, GuestError, Opened, http
from myths.samples import remark

_CHANGES_MIND, _DECLINES = 0.15, 0.04  # how often, of all answers
_LAST_CHANCE = 60  # seconds in which an answer must have been acknowledged


@dataclass(frozen=True, kw_only=True)
class CrowdPlan:
    """What a room does: who comes how fast, opens which modules, and answers how often.

    `seconds` between two answers of one person; `duration` of the answering, over all modules;
    `ramp` seconds within which they arrive, 0: all open the first page at the same moment.
    """

    url: str
    code: str
    people: int = 30
    modules: Sequence[str] = ("risk",)
    seconds: float = 4
    duration: float = 60
    ramp: float = 10
    seed: int = 7

    def __post_init__(self) -> None:
        if self.seconds <= 0 or self.duration < 0 or self.ramp < 0:
            raise GuestError("Seconds, duration and ramp are spans of time: give them above 0.")


@dataclass(frozen=True)
class Sent:
    """An answer that was sent: its key, what it said, and seconds until the store had it."""

    key: str
    value: int | None
    text: str | None
    seconds: float | None  # None: never acknowledged


@dataclass
class Outcome:
    """What a room met, all of it counted while it went on."""

    opened: list[Opened] = field(default_factory=list)
    sent: list[Sent] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    reopened: int = 0
    joined: int = 0
    first: float = math.inf  # when the first page was there, and
    last: float = 0.0  # when the last answer was, by the clock of the process


Step = Callable[[str, int], None]  # told "joined", "opened" or "answered", and how many so far


async def rehearse(plan: CrowdPlan, *, step: Step = lambda _what, _count: None) -> Outcome:
    """Send a room of people through the pages of a running server.

    Raises GuestError when nobody at all could join.
    """
    outcome = Outcome()
    async with room(plan.url, plan.people) as guests:
        everybody_in = asyncio.Barrier(len(guests))

        async def come(number: int, guest: Guest) -> None:
            dice = Random(f"{plan.seed}/{number}")  # noqa: S311  no secret
            await asyncio.sleep(plan.ramp * number / plan.people)
            try:
                await guest.join(plan.code)
                outcome.joined += 1
                step("joined", outcome.joined)
            except GuestError as fault:
                outcome.faults.append(str(fault))
            if plan.ramp == 0:
                await everybody_in.wait()
            if guest.joined:
                await _stay(guest, plan, dice, outcome, step)
            outcome.reopened += guest.reopened

        await asyncio.gather(*(come(number, guest) for number, guest in enumerate(guests)))
    if not outcome.joined:
        raise GuestError(outcome.faults[0])
    return outcome


@asynccontextmanager
async def room(url: str, people: int) -> AsyncIterator[list[Guest]]:
    """Make guests that share one HTTP client; at the end all leave their pages."""
    client = http()
    guests = [Guest(url, client) for _ in range(people)]
    try:
        yield guests
    finally:
        await asyncio.gather(*(guest.close() for guest in guests))
        client.close()


async def _stay(guest: Guest, plan: CrowdPlan, dice: Random, outcome: Outcome, step: Step) -> None:
    for slug in plan.modules:
        try:
            outcome.opened.append(await guest.open(slug))
        except GuestError as fault:
            outcome.faults.append(str(fault))
            continue
        step("opened", len(outcome.opened))
        outcome.first = min(outcome.first, time.perf_counter())
        end = time.perf_counter() + plan.duration / len(plan.modules)
        asked: list[str] = []
        while time.perf_counter() + plan.seconds < end:
            await asyncio.sleep(plan.seconds * dice.uniform(0.5, 1.5))
            await _say(guest, _next(guest, asked, dice), dice, outcome)
            step("answered", len(outcome.sent))


def _next(guest: Guest, asked: list[str], dice: Random) -> str:
    """Choose the next question down the page, or one of those before it again."""
    rest = [item for item in guest.questions if item not in asked]
    if not rest or (asked and dice.random() < _CHANGES_MIND):
        return dice.choice(asked)
    asked.append(rest[0])
    return rest[0]


async def _say(guest: Guest, item: str, dice: Random, outcome: Outcome) -> None:
    content, key, seconds = _answer(guest, item, dice), str(uuid4()), None
    try:
        seconds = await guest.answer(item, key=key, wait=_LAST_CHANCE, **content)
    except GuestError as fault:
        outcome.faults.append(str(fault))
    outcome.last = time.perf_counter()
    outcome.sent.append(Sent(key, content.get("value"), content.get("text"), seconds))


def _answer(guest: Guest, item: str, dice: Random) -> dict[str, Any]:
    """Return a value or a text that fits the question as the page has it."""
    offered = guest.offered(item)
    if not offered:
        return {"text": remark(dice), "reader": dice.choice(guest.readers(item))}
    if "declined" in offered and dice.random() < _DECLINES:
        return {"declined": True}
    return {"value": int(dice.choice([each for each in offered if each != "declined"]))}
