"""Made-up people for a rehearsal, and a rehearsal of a workshop, at the trainer's button."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import ClassVar

from tornado.web import HTTPError

from myths.server.handlers.staff import LEADING, Scopes
from myths.server.handlers.staff_workshop import StaffWorkshopHandler
from myths.server.made_up_crowd import MINUTES, PEOPLE
from myths.store import Workshop


class StaffRehearsalHandler(StaffWorkshopHandler):
    """`/staff/<code>/rehearsal`: fill a rehearsal with people, send them away, open one."""

    seen_by = LEADING
    acts: ClassVar[Mapping[str, Scopes]] = {"new": LEADING, "fill": LEADING, "stop": LEADING}

    async def get(self, code: str) -> None:
        """Send a reload to the workshop."""
        self.redirect(f"/staff/{code}", status=303)

    async def post(self, code: str) -> None:
        """Do what the form's button says."""
        do, workshop = self.get_body_argument("do", ""), self.room or await self.own(code)
        if do == "new":
            if seconds := self.context.openings.wait(self.role.name):
                told = {"message": self.too_soon(seconds), "waits": False}
                self.show("problem.html", status=429, **told)
                return
            made = await asyncio.to_thread(self.open_rehearsal, workshop)
            self.context.openings.count(self.role.name)
            self.redirect(f"/staff/{made.code}", status=303)
        elif do == "stop":
            if (crowd := self.context.crowds.now) and crowd.code == workshop.code:
                await asyncio.to_thread(self.context.crowds.stop)
            self.redirect(f"/staff/{code}", status=303)
        elif do == "fill" and workshop.rehearsal and workshop.state == "open":
            await self.fill(workshop)
        else:
            raise HTTPError(404)

    def open_rehearsal(self, workshop: Workshop) -> Workshop:
        """Open a rehearsal that is in all that people meet like a workshop, from now on."""
        return self.context.store.open_workshop(
            title=workshop.title,
            language=workshop.language,
            country=workshop.country,
            audience=workshop.audience,
            route=workshop.route,
            modules=workshop.modules,
            short=workshop.short,
            zone=workshop.zone,
            k=workshop.k,
            languages=workshop.languages,
            rehearsal=True,
            by=self.role.name,
        )

    async def fill(self, workshop: Workshop) -> None:
        """Send people in, or say why nobody comes."""
        ui = self.context.words(self.language).ui
        people = _number(self.get_body_argument("people", ""), PEOPLE)
        minutes = _number(self.get_body_argument("minutes", ""), MINUTES)
        if not (people and minutes):
            await self.page(workshop.code, status=400, crowd_fault=ui.rehearsal.unfit)
        elif not await asyncio.to_thread(
            self.context.crowds.start, workshop.code, people=people, minutes=minutes
        ):
            await self.page(workshop.code, status=409, crowd_fault=ui.rehearsal.full)
        else:
            self.redirect(f"/staff/{workshop.code}", status=303)


def _number(typed: str, bounds: tuple[int, int]) -> int:
    """Read a whole number within bounds; 0 for anything else."""
    number = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 5 else 0
    return number if bounds[0] <= number <= bounds[1] else 0
