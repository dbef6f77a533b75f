"""The trainers' page of one workshop: how people join, its modules and dates, closing, erasing."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import ClassVar
from urllib.parse import urlsplit

import segno
from tornado.web import HTTPError

from myths.console import ModulePlaces, WorkshopForm
from myths.errors import WorkshopError
from myths.languages import direction
from myths.server.handlers.base import TEST, followup_path
from myths.server.handlers.inquiries import is_open
from myths.server.handlers.staff import ALL_STAFF, COORDINATING, LEADING, Scopes, StaffHandler
from myths.server.handlers.staff_form import StaffFormHandler
from myths.server.made_up_crowd import MINUTES, PEOPLE
from myths.vocabulary import Reason, Scope

_HERE = ("127.0.0.1", "localhost", "::1")


class StaffWorkshopHandler(StaffFormHandler):
    """`/staff/<code>`: how people join one workshop, its dates, closing and erasing it."""

    seen_by = ALL_STAFF
    acts: ClassVar[Mapping[str, Scopes]] = {
        "close": LEADING,
        "reopen": LEADING,
        "change": LEADING,
        "erase": LEADING,
        "address": COORDINATING,  # that of the whole server
    }

    async def get(self, code: str) -> None:
        """Show the workshop."""
        try:
            await self.page(code)
        except WorkshopError:
            raise HTTPError(404) from None

    async def post(self, code: str) -> None:
        """Change it, close it, open it again or erase it."""
        do, sure = self.get_body_argument("do", ""), self.get_body_argument("sure", "")
        store = self.context.store
        try:
            if do == "close":
                await asyncio.to_thread(store.close_workshop, code, by=self.role.name)
                self.redirect(f"/staff/{code}", status=303)
            elif do == "reopen":
                await self.reopen(code)
            elif do == "address":
                chosen = self.get_body_argument("address", "")[:100]
                await asyncio.to_thread(self.context.joining.choose, chosen)
                self.redirect(f"/staff/{code}", status=303)
            elif do == "change":
                await self.change(code)
            elif do == "erase" and sure == "yes":
                await asyncio.to_thread(store.erase_workshop, code, by=self.role.name)
                await self.open_pages.end_gone(store)
                self.redirect("/staff/", status=303)
            else:
                staff = self.context.words(self.language).ui.staff
                await self.page(code, status=400, error=staff.not_sure)
        except WorkshopError:  # it is gone already
            raise HTTPError(404) from None

    async def reopen(self, code: str) -> None:
        """Open it again; once its hours are over the page says what to do instead."""
        try:
            store = self.context.store
            await asyncio.to_thread(store.reopen_workshop, code, by=self.role.name)
        except WorkshopError as late:
            if late.reason == Reason.UNKNOWN:
                raise
        self.redirect(f"/staff/{code}", status=303)

    async def change(self, code: str) -> None:
        """Change what was chosen, or say what cannot be. Raises WorkshopError ("unknown")."""
        store, words = self.context.store, self.context.words(self.language)
        workshop = await asyncio.to_thread(store.workshop, code, joinable=False)
        shown = WorkshopForm.of(workshop, self.context.ticked(workshop)).typed
        places = self.places()
        form = WorkshopForm(self.typed(shown), shown)
        taught = words.series.taught(workshop.modules)
        modules = places.modules
        try:
            settings = form.settings()
            if "route" in settings:
                route = words.routes[settings["route"]]
                settings["short"] = route.short
                modules = route.modules if modules in ((), taught) else modules
            if not modules or any(places.shared()):
                await self.page(code, status=400, places=places, form=form)
                return
            if modules != taught:
                settings["modules"] = modules
            await asyncio.to_thread(store.change_workshop, code, **settings)
        except WorkshopError as refused:
            if refused.reason == Reason.UNKNOWN:
                raise
            await self.page(code, status=400, places=places, form=form, refused=refused)
        else:
            self.redirect(f"/staff/{code}", status=303)

    async def page(
        self,
        code: str,
        *,
        status: int = 200,
        error: str = "",
        places: ModulePlaces | None = None,
        form: WorkshopForm | None = None,
        refused: WorkshopError | None = None,
        crowd_fault: str = "",
    ) -> None:
        """Show one workshop. Raises WorkshopError (reason "unknown")."""
        store = self.context.store
        workshop = await asyncio.to_thread(store.workshop, code, joinable=False)
        joined = await asyncio.to_thread(store.joined)
        asked = await asyncio.to_thread(store.inquiries, code)
        live = await asyncio.to_thread(store.live_state, code)
        words = self.context.words(self.language)
        addresses = await asyncio.to_thread(self.context.joining.look)
        taught = words.series.taught(workshop.modules)
        if self.role.scope == Scope.READ:
            self.show(
                "staff-data-workshop.html",
                workshop=workshop,
                joined=joined.get(workshop.code, 0),
                titles=[words.module(slug).title for slug in taught],
            )
            return
        fault = "" if places is None or places.modules else words.ui.staff.none_chosen
        link = f"{self.origin()}/?w={workshop.code}"
        shown = WorkshopForm.of(workshop, self.context.ticked(workshop))
        self.show(
            "staff-workshop.html",
            status=status,
            error=error,
            workshop=workshop,
            joined=joined.get(workshop.code, 0),
            questions=sum(map(is_open, asked)),
            voted=bool(live.closed),
            followup=bool(followup_path(words.series.pages)),
            link=link,
            taught=taught,
            form=self.told_form(form or shown, refused),
            paper=datetime.now(UTC) < workshop.pooled_at,
            gone=[slug for slug in workshop.modules if slug not in taught],
            **self.told_places(places or ModulePlaces.of(taught), fault),
            address=f"{self.origin()}/",
            only_here=urlsplit(link).hostname in _HERE,
            square=self.square(workshop.code, link) if workshop.state in ("open", "coming") else "",
            addresses={} if self.context.proxied else addresses,
            chosen=self.origin(),
            room=self.context.words(workshop.language),
            organiser=words.organiser,
            room_direction=direction(workshop.language),
            test_link=f"{self.origin()}{TEST}",
            test_square=self.drawn(f"{self.origin()}{TEST}", words.ui.workshop.test_square),
            crowd=self.context.crowds.now,
            crowd_fault=crowd_fault,
            sizes=(PEOPLE, MINUTES),
            typed_crowd={
                "people": self.get_body_argument("people", "12")[:5],
                "minutes": self.get_body_argument("minutes", "20")[:5],
            },
        )

    def origin(self) -> str:
        """Name the address that phones can open: the trainer's choice, else as asked for."""
        joining = self.context.joining
        if self.context.proxied:
            return self.context.address
        if joining.chosen:
            return joining.chosen
        asked = f"http://{self.request.host}"
        is_here = urlsplit(asked).hostname in _HERE
        return joining.likeliest or self.context.address if is_here else asked

    def square(self, code: str, link: str) -> str:
        """Draw the link to join as a QR code."""
        name = self.context.words(self.language).ui.staff.square.format(code=code)
        return self.drawn(link, name)

    def drawn(self, link: str, name: str) -> str:
        """Draw a link as a QR code (ISO/IEC 18004) that has a name."""
        return segno.make(link, error="m", micro=False).svg_inline(
            omitsize=True, light="#fff", title=name
        )


class StaffJoinedHandler(StaffHandler):
    """`/staff/<code>/joined`: how many have joined, in words, for the page of the workshop."""

    seen_by = ALL_STAFF

    def turn_away(self) -> None:
        """Refuse; it is a script that asks."""
        raise HTTPError(403)

    async def get(self, code: str) -> None:
        """Count them."""
        there = await asyncio.to_thread(self.context.store.attendance, code)
        self.set_header("Content-Type", "text/plain; charset=UTF-8")
        self.write(self.people(there.joined))
