"""What one simulated participant does from the first page to the last: alone, or led by a trainer.

They answer down the page, change their minds and write. The restless ones also put their phones
away, and drop out and come back with their recovery code. Once a trainer leads the room they go
where it is, and answer when a vote is opened.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from random import Random
from typing import Any
from uuid import uuid4

from myths.rehearsal.client import Guest, GuestError
from myths.rehearsal.crowd_plan import CrowdPlan
from myths.rehearsal.outcome import Outcome, Sent
from myths.samples import remark
from myths.vocabulary import Pace, Step, VoteState

_CHANGES_MIND, _DECLINES = 0.15, 0.04  # how often, of all answers
_PASSES = 0.06  # how often somebody answers nothing in a vote
_SLEEPS, _DROPS_OUT, _STAYS_AWAY = 0.2, 0.02, 0.2  # how often in a minute; of those who drop out
_AWAY = (1, 4)  # pauses
_THINKS = (0.5, 4)  # seconds until one begins to answer in a vote
_CHOOSES = (0.2, 0.8)  # seconds between two answers in it
_LAST_CHANCE = 60  # seconds in which an answer must have been acknowledged

Told = Callable[[str, int], None]  # told "joined", "opened" or "answered", and how many so far


@dataclass
class GuestStay:
    """One guest who has joined, with the plan of the crowd and dice of their own."""

    guest: Guest
    plan: CrowdPlan
    dice: Random
    outcome: Outcome
    told: Told
    asked: list[str] = field(default_factory=list)  # on the page that is open
    tried: set[str] = field(default_factory=set)  # first tries, of which each has one
    voted: set[tuple[str, ...]] = field(default_factory=set)
    step: str = ""  # of the page that is open, once they follow the room

    async def last(self) -> None:
        """Go through the modules, each for its time; follow the room as soon as it is led."""
        end = time.perf_counter() + self.plan.duration
        for slug in self.plan.modules:
            if not await self._open(slug):
                continue
            until = time.perf_counter() + self.plan.duration / len(self.plan.modules)
            while time.perf_counter() + self.plan.seconds < until:
                if self._is_led:
                    await self._follow(end)
                    return
                await self.guest.wait(self._pause)
                if not await self._be_restless():
                    return
                if not self._is_led:
                    await self._say(self._next())

    @property
    def _pause(self) -> float:
        return self.plan.seconds * self.dice.uniform(0.5, 1.5)

    @property
    def _is_led(self) -> bool:
        room = self.guest.room
        return bool(room and room["page"]) and room["pace"] != Pace.OWN

    async def _follow(self, end: float) -> None:
        """Be where the room is, and answer with it, until the time is over."""
        while time.perf_counter() < end:
            room = self.guest.room
            if room and room["page"] and room["page"] != self.guest.page and self._is_led:
                await self._open(room["page"])
            elif room and self._is_elsewhere(room):
                self.step = room["step"]
                await self.guest.come_to(self.step)
            elif room and self._may_vote(room):
                await self._vote(room)
            else:
                await self.guest.wait(min(self._pause, max(0, end - time.perf_counter())))
                if not await self._be_restless():
                    return
                if room and room["step"] == Step.WRITE and self.dice.random() < 0.5:
                    await self._write()

    def _is_elsewhere(self, room: Mapping[str, Any]) -> bool:
        """Return whether the room is at another step of the page that is open."""
        return bool(room["step"]) and room["page"] == self.guest.page and room["step"] != self.step

    def _may_vote(self, room: Mapping[str, Any]) -> bool:
        vote = room["vote"]
        if not vote or vote["page"] != self.guest.page:
            return False
        name = _name(vote)
        if vote["state"] != VoteState.OPEN:
            self.voted.discard(name)
            return False
        return name not in self.voted

    async def _vote(self, room: Mapping[str, Any]) -> None:
        """Answer what the room is asked now; a few do not."""
        vote = room["vote"]
        self.voted.add(_name(vote))
        if self.dice.random() < _PASSES:
            return
        await self.guest.wait(self.dice.uniform(*_THINKS))
        for item in self.guest.voted(vote):
            await self._say(item)
            await self.guest.wait(self.dice.uniform(*_CHOOSES))

    async def _write(self) -> None:
        questions = [item for item in self.guest.questions if not self.guest.offered(item)]
        if questions:
            await self._say(self.dice.choice(questions))

    async def _be_restless(self) -> bool:
        """Perhaps put the phone away, or drop out; returns whether they are there again."""
        minutes = self.plan.seconds / 60
        chance = self.dice.random() / minutes
        if not self.plan.restless or chance > _SLEEPS + _DROPS_OUT:
            return True
        guest, slug = self.guest, self.guest.page
        away = self.plan.seconds * self.dice.uniform(*_AWAY)
        try:
            if chance < _SLEEPS:
                guest.sleep()
                await guest.wait(away)
                await guest.wake()
                self.outcome.slept += 1
                return True
            await guest.drop_out()
            self.outcome.dropped += 1
            if self.dice.random() < _STAYS_AWAY:
                return False
            await guest.wait(away)
            await guest.come_back()
            self.outcome.returned += 1
        except GuestError as fault:
            self.outcome.faults.append(str(fault))
            return False
        return await self._open(slug)

    async def _open(self, slug: str) -> bool:
        try:
            self.outcome.opened.append(await self.guest.open(slug))
        except GuestError as fault:
            self.outcome.faults.append(str(fault))
            return False
        self.asked, self.step = [], ""
        self.outcome.first = min(self.outcome.first, time.perf_counter())
        self.told("opened", len(self.outcome.opened))
        return True

    def _next(self) -> str:
        """Choose the next question down the page, or one of those before it again."""
        rest = [item for item in self.guest.questions if item not in self.asked]
        if not rest or (self.asked and self.dice.random() < _CHANGES_MIND):
            return self.dice.choice(self.asked)
        self.asked.append(rest[0])
        return rest[0]

    async def _say(self, item: str) -> None:
        if item in self.tried:
            return
        if self.guest.is_first_try(item):
            self.tried.add(item)
        content, key, seconds = self._answer(item), str(uuid4()), None
        try:
            seconds = await self.guest.answer(item, key=key, wait=_LAST_CHANCE, **content)
        except GuestError as fault:
            self.outcome.faults.append(str(fault))
        self.outcome.last = time.perf_counter()
        self.outcome.sent.append(Sent(key, content.get("value"), content.get("text"), seconds))
        self.told("answered", len(self.outcome.sent))

    def _answer(self, item: str) -> dict[str, Any]:
        """Return a value or a text that fits the question as the page has it."""
        guest, dice = self.guest, self.dice
        offered = guest.offered(item)
        if not offered:
            return {"text": remark(dice), "reader": dice.choice(guest.readers(item))}
        if "declined" in offered and dice.random() < _DECLINES:
            return {"declined": True}
        return {"value": int(dice.choice([each for each in offered if each != "declined"]))}


def _name(vote: Mapping[str, Any]) -> tuple[str, ...]:
    """Return what tells a vote from others."""
    return vote["page"], vote["phase"], *vote["items"]
