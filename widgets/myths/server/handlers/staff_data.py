"""The evaluators' page: tables and a report of the workshops that their role was given."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from pathlib import Path
from typing import ClassVar

from tornado.web import HTTPError

from myths.server.data_job import KEPT, REPORT, TABLES, DataOutcome
from myths.server.handlers.staff import READING, Scopes, StaffHandler
from myths.store import Workshop
from myths.vocabulary import StaffAct

PATH = "/staff/data"
_ACTS = {TABLES: StaffAct.EXPORTED, REPORT: StaffAct.REPORTED}
_PIECE = 2**16  # bytes of a file that are read at a time


class StaffDataHandler(StaffHandler):
    """`/staff/data`: choose workshops and what to make of them; then the link to it."""

    seen_by = READING
    acts: ClassVar[Mapping[str, Scopes]] = {TABLES: READING, REPORT: READING}

    async def get(self) -> None:
        """Show the form, or that something is being made."""
        if self.context.data.is_running(self.role.name):
            self.show("staff-data-busy.html")
        else:
            await self.form()

    async def post(self) -> None:
        """Begin what a button says, of the workshops that are ticked."""
        kind, role = self.get_body_argument("do"), self.role.name
        rooms = {each.code: each for each in await self.seen()}
        asked = {*self.get_body_arguments("workshop")}
        if asked - rooms.keys():
            raise HTTPError(404)
        chosen = sorted(code for code in asked if not rooms[code].rehearsal)
        if not chosen:
            access = self.context.words(self.language).ui.access
            await self.form(status=400, error=access.none_chosen)
        elif seconds := self.context.downloads.wait(role):
            await self.form(status=429, error=self.too_soon(seconds))
        else:
            if not self.context.data.is_running(role):
                for code in chosen:
                    await asyncio.to_thread(
                        self.context.store.note_act, _ACTS[kind], by=role, about=code
                    )
                if self.context.data.begin(role, kind, chosen):
                    self.context.downloads.count(role)
            self.redirect(PATH, status=303)

    async def form(self, *, status: int = 200, error: str = "") -> None:
        """Show what there is to choose from, and what came of the last choice."""
        rooms = [each for each in await self.seen() if not each.rehearsal]
        self.show(
            "staff-data.html",
            status=status,
            error=error,
            workshops=rooms[::-1],
            outcome=await self.outcome(),
            minutes=KEPT // 60,
        )

    async def seen(self) -> list[Workshop]:
        """List the workshops of the role."""
        return await asyncio.to_thread(self.context.store.workshops_of, self.role)

    async def outcome(self) -> DataOutcome | None:
        """Return what was made last, if the role still sees all that is in it."""
        codes = {each.code for each in await self.seen()}
        return self.context.data.outcome(self.role.name, codes)


class StaffDataFileHandler(StaffDataHandler):
    """`/staff/data/file`: what was made last, once it is there."""

    seen_by = READING
    acts: ClassVar[Mapping[str, Scopes]] = {}

    async def get(self) -> None:
        """Send the file in pieces."""
        outcome = await self.outcome()
        if outcome is None or outcome.file is None:
            raise HTTPError(404)
        await self.send(outcome.file)

    async def post(self) -> None:
        """Take nothing."""
        raise HTTPError(405)

    async def send(self, file: Path) -> None:
        """Send a file. Raises HTTPError (404) if it has gone."""
        try:
            opened = await asyncio.to_thread(file.open, "rb")
        except OSError:
            raise HTTPError(404) from None
        with opened:
            self.set_header("Content-Type", "application/zip")
            self.set_header("Content-Disposition", f'attachment; filename="{file.name}"')
            while piece := await asyncio.to_thread(opened.read, _PIECE):
                self.write(piece)
                await self.flush()
