"""`/staff/`: the way in with the key, all workshops, and the form to open another."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping
from contextlib import suppress
from typing import ClassVar

from tornado.web import HTTPError

from myths.catalog import Catalog, Problem
from myths.console import WorkshopForm
from myths.errors import MythsError, RecoveryError, WorkshopError
from myths.pages import PagePool
from myths.server.handlers.base import LONGEST
from myths.server.handlers.staff import ALL_STAFF, LEADING, Scopes
from myths.server.handlers.staff_form import StaffFormHandler
from myths.store import local_zone
from myths.studio import RemedyPlace
from myths.vocabulary import FEWEST


class StaffListHandler(StaffFormHandler):
    """`/staff/`: the way in with the key, then all workshops, and a form to open another."""

    needs_key = False
    seen_by = ALL_STAFF
    acts: ClassVar[Mapping[str, Scopes]] = {"enter": ALL_STAFF, "open": LEADING}

    async def get(self) -> None:
        """Show the workshops, or ask for the key."""
        if self.who:
            await self.list()
        else:
            self.ask()

    async def post(self) -> None:
        """Do what the form's button says; without the key only let in who brings it."""
        do = self.get_body_argument("do", "")
        if do == "enter":
            async with self.turn(self.context.keys) as refusal:
                await self.enter(self.get_body_argument("key", "")[:LONGEST], refusal=refusal)
        elif self.who is None:
            self.ask(status=403)
        elif do == "open":
            await self.open()
        elif do == "clock":
            await asyncio.to_thread(self.context.store.erase_due)
            self.redirect("/staff/", status=303)
        elif do == "revoke":
            await asyncio.to_thread(self.context.store.revoke_staff)
            self.forget()
            self.redirect("/staff/", status=303)
        else:
            raise HTTPError(404)

    async def enter(self, key: str, *, refusal: str) -> None:
        """Check the key; wrong ones are counted, and keep nobody from joining."""
        if refusal:
            self.ask(error=refusal, status=429)
            return
        try:
            token = await asyncio.to_thread(self.context.store.let_staff_in, key)
            if token is None:
                self.context.keys.failed(self.sender)
        except RecoveryError:  # a typing error, which tells a guesser nothing
            token = None
        if token is None:
            staff = self.context.words(self.language).ui.staff
            self.ask(error=staff.wrong_key, status=403)
            return
        self.welcome(token)
        self.redirect(self.wanted or "/staff/", status=303)

    async def open(self) -> None:
        """Open a workshop and show it."""
        form = WorkshopForm(self.typed())
        try:
            settings = self.choices.opening(self.sent)
            if settings is None:
                await self.list(status=400, form=form)
                return
            if seconds := self.context.openings.wait(self.role.name):
                await self.list(status=429, form=form, error=self.too_soon(seconds))
                return
            workshop = await asyncio.to_thread(
                self.context.store.open_workshop, **settings, by=self.role.name
            )
        except WorkshopError as refused:
            await self.list(status=400, form=form, refused=refused)
            return
        self.context.openings.count(self.role.name)
        self.redirect(f"/staff/{workshop.code}", status=303)

    async def list(
        self,
        *,
        status: int = 200,
        error: str = "",
        form: WorkshopForm | None = None,
        refused: WorkshopError | None = None,
    ) -> None:
        """Show all workshops, the newest first, and the form to open another."""
        store, words = self.context.store, self.context.words(self.language)
        workshops = await asyncio.to_thread(store.workshops_of, self.role)
        joined = await asyncio.to_thread(store.joined)
        doubt = await asyncio.to_thread(store.clock_doubt)
        usual = {"k": str(FEWEST), "zone": await asyncio.to_thread(local_zone)}
        form = form or WorkshopForm(self.typed() | usual)
        unchecked = await asyncio.to_thread(self.context.library.support_warnings)
        faults = [*self.context.library.faults, *_faults(self.pool, words)]
        self.show(
            "staff.html",
            status=status,
            error=error or (self.fault(refused) if refused else ""),
            doubt=doubt,
            workshops=workshops[::-1],
            joined=joined,
            rehearses=self.get_body_argument("rehearsal", "") == "yes",
            form=self.told_form(form, refused),
            **self.told_places(self.places()),
            organiser=words.organiser,
            organiser_file=self.context.library.organiser_file,
            unchecked=unchecked,
            faults=faults,
            mended=await asyncio.to_thread(self.mended, (*unchecked, *faults)),
            publishes=self.context.publication is not None,
            waiting=await asyncio.to_thread(self.waiting),
            unfinished=await asyncio.to_thread(self.unfinished),
        )

    def unfinished(self) -> dict[str, str]:
        """Name the modules that are still being written; none if the files cannot be read now."""
        with suppress(MythsError):
            return self.context.draft(self.language).unfinished
        return {}

    def mended(self, problems: Iterable[Problem]) -> dict[Problem, RemedyPlace]:
        """Find where the studio mends each; nowhere if the files cannot be read now."""
        with suppress(MythsError):
            return self.context.remedy_places(self.language, problems)
        return {}

    def waiting(self) -> int:
        """Count the changes that are not published; none if the files cannot be read now."""
        publication = self.context.publication
        with suppress(MythsError):
            return len(publication.changes()) if publication else 0
        return 0


def _faults(pool: PagePool, words: Catalog) -> list[Problem]:
    """List what trainers need to mend in the content and the notebooks."""
    named = pool.notebooks.misnamed(words.series.walk())
    missing = [each for each in named if each.severity == "error"]
    return [*missing, *pool.faults]
