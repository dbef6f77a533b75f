"""The console on the staff pages: the same as in JupyterLab, with this server as its Python."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from typing import Any, ClassVar

from tornado.web import HTTPError

from myths.console import RoomLead
from myths.errors import WorkshopError
from myths.server.handlers.staff import LEADING, Scopes, StaffHandler


class LeadHandler(StaffHandler):
    """`/staff/<code>/lead`: the page of the console, and what is clicked on it.

    A request is {"act": what a button says, or null to look, "seen": the `mark` of what it
    shows}. The answer is {"told", "html", "mark"}, or 204 if nothing is other than it was.
    """

    seen_by = LEADING
    acts: ClassVar[Mapping[str, Scopes]] = {"": LEADING}

    async def get(self, code: str) -> None:
        """Show the console; without the key, the way in."""
        lead = await self.lead(code)
        await asyncio.to_thread(lead.look)
        html = await asyncio.to_thread(lead.markup)
        self.show("staff-lead.html", html=html, code=code, words=lead.words)

    async def post(self, code: str) -> None:
        """Do what was clicked, and answer with what the console shows then."""
        act, seen = self.read()
        lead = await self.lead(code)
        told = await asyncio.to_thread(lead.act, act) if act is not None else ""
        await asyncio.to_thread(lead.look)
        if act is None and lead.mark == seen:
            self.set_status(204)
            return
        html = await asyncio.to_thread(lead.markup)
        self.set_header("Content-Type", "application/json")
        self.write(json.dumps({"told": told, "html": html, "mark": lead.mark}))

    async def lead(self, code: str) -> RoomLead:
        """Find the workshop. Raises HTTPError (404) where there is none."""
        words = self.context.words(self.language)
        try:
            return await asyncio.to_thread(
                RoomLead, self.context.store, code, words, self.pool.notebooks.served
            )
        except WorkshopError:
            raise HTTPError(404) from None

    def read(self) -> tuple[Any, object]:
        """Read the request. Raises HTTPError for one that is none."""
        try:
            told = json.loads(self.request.body)
            return told["act"], told.get("seen")
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as fault:
            raise HTTPError(400, "no request of a console") from fault
