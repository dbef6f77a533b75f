"""A room of simulated participants: they join, open pages, answer, change their minds, leave."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from random import Random

from myths.rehearsal.client import Guest, GuestError
from myths.rehearsal.crowd_plan import CrowdPlan
from myths.rehearsal.guest_browser import http
from myths.rehearsal.outcome import Outcome
from myths.rehearsal.stay import GuestStay, Told


async def rehearse(plan: CrowdPlan, *, step: Told = lambda _what, _count: None) -> Outcome:
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
                await GuestStay(guest, plan, dice, outcome, step).last()
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
