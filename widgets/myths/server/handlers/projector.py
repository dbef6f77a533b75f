"""The projector's page: what the whole room sees, as the console says."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from typing import ClassVar

from tornado.web import HTTPError

from myths.console import ProjectorScreen
from myths.errors import WorkshopError
from myths.server.handlers.staff import LEADING, Scopes
from myths.server.handlers.staff_workshop import StaffWorkshopHandler


class ProjectorHandler(StaffWorkshopHandler):
    """`/staff/<code>/projector`: the screen, and what it shows now.

    A request is {"seen": the `mark` of what it shows}; the answer {"html", "mark"}, or 204 if
    nothing is other than it was.
    """

    seen_by = LEADING
    acts: ClassVar[Mapping[str, Scopes]] = {"": LEADING}

    @property
    def language(self) -> str:
        """The language of the workshop, whichever the computer in the room has."""
        return self.context.offered(self.room)[0] if self.room else super().language

    async def get(self, code: str) -> None:
        """Show the screen; without the key, the way in."""
        screen = await self.screen(code)
        self.show("projector.html", html=await asyncio.to_thread(self.markup, screen, code))

    async def post(self, code: str) -> None:
        """Answer with what to show now."""
        screen = await self.screen(code)
        if screen.mark == self.seen():
            self.set_status(204)
            return
        html = await asyncio.to_thread(self.markup, screen, code)
        self.set_header("Content-Type", "application/json")
        self.write(json.dumps({"html": html, "mark": screen.mark}))

    async def screen(self, code: str) -> ProjectorScreen:
        """Find the workshop. Raises HTTPError (404) where there is none."""
        words = self.context.words(self.language)
        try:
            return await asyncio.to_thread(
                ProjectorScreen, self.context.store, code, words, self.pool.notebooks.served
            )
        except WorkshopError:
            raise HTTPError(404) from None

    def markup(self, screen: ProjectorScreen, code: str) -> str:
        """Draw the screen, with the link to join."""
        link = f"{self.origin()}/?w={code}"
        return screen.markup(address=self.origin().split("//")[-1], square=self.square(code, link))

    def seen(self) -> object:
        """Read the request. Raises HTTPError for one that is none."""
        try:
            return json.loads(self.request.body)["seen"]
        except (ValueError, TypeError, KeyError, RecursionError) as fault:
            raise HTTPError(400, "no request of a projector") from fault
