"""The trainers' page of one workshop: how people join, its modules and dates, closing, erasing."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from urllib.parse import urlsplit

import segno
from tornado.web import HTTPError

from myths.errors import WorkshopError
from myths.server.handlers.base import followup_path
from myths.server.handlers.inquiries import is_open
from myths.server.handlers.staff import StaffHandler
from myths.server.module_places import ModulePlaces

_HERE = ("127.0.0.1", "localhost", "::1")


class StaffWorkshopHandler(StaffHandler):
    """`/staff/<code>`: how people join one workshop, its dates, closing and erasing it."""

    async def get(self, code: str) -> None:  # type: ignore[override]  # the address has a code
        """Show the workshop; without the key, the way in."""
        if not self.is_staff:
            self.show_way_in()
            return
        try:
            await self.page(code)
        except WorkshopError:
            raise HTTPError(404) from None

    async def post(self, code: str) -> None:  # type: ignore[override]
        """Change its modules, close it or erase it."""
        do, sure = self.get_body_argument("do", ""), self.get_body_argument("sure", "")
        store = self.context.store
        try:
            if not self.is_staff:
                self.ask(status=403)
            elif do == "close":
                await asyncio.to_thread(store.close_workshop, code)
                self.redirect(f"/staff/{code}", status=303)
            elif do == "change":
                await self.change(code)
            elif do == "erase" and sure == "yes":
                await asyncio.to_thread(store.erase_workshop, code)
                await self.kernels.end_gone(store)
                self.redirect("/staff/", status=303)
            else:
                staff = self.context.words(self.language).ui.staff
                await self.page(code, status=400, error=staff.not_sure)
        except WorkshopError:  # it is gone already
            raise HTTPError(404) from None

    async def change(self, code: str) -> None:
        """Change the modules, or say what is wrong with them. Raises WorkshopError ("unknown")."""
        places = self.places()
        if not places.modules or any(places.shared()):
            await self.page(code, status=400, places=places)
        else:
            await asyncio.to_thread(self.context.store.change_modules, code, places.modules)
            self.redirect(f"/staff/{code}", status=303)

    async def page(
        self, code: str, *, status: int = 200, error: str = "", places: ModulePlaces | None = None
    ) -> None:
        """Show one workshop. Raises WorkshopError (reason "unknown")."""
        store = self.context.store
        workshop = await asyncio.to_thread(store.workshop, code, joinable=False)
        joined = await asyncio.to_thread(store.joined)
        asked = await asyncio.to_thread(store.inquiries, code)
        words = self.context.words(self.language)
        taught = words.series.taught(workshop.modules)
        fault = "" if places is None or places.modules else words.ui.staff.none_chosen
        link = f"{self.origin()}/?w={workshop.code}"
        self.show(
            "staff-workshop.html",
            status=status,
            error=error,
            workshop=workshop,
            joined=joined.get(workshop.code, 0),
            questions=sum(map(is_open, asked)),
            followup=bool(followup_path(words.series.pages)),
            link=link,
            taught=taught,
            paper=datetime.now(UTC) < workshop.pooled_at,
            gone=[slug for slug in workshop.modules if slug not in taught],
            **self.told_places(places or ModulePlaces.of(taught), fault),
            address=f"{self.origin()}/",
            only_here=urlsplit(link).hostname in _HERE,
            square=self.square(workshop.code, link) if workshop.state == "open" else "",
        )

    def origin(self) -> str:
        """Name the address that phones in the room can open: as asked for, unless that is here."""
        asked = f"http://{self.request.host}"
        here = urlsplit(asked).hostname in _HERE
        return self.context.address if self.context.proxied or here else asked

    def square(self, code: str, link: str) -> str:
        """Draw the link as a QR code (ISO/IEC 18004)."""
        name = self.context.words(self.language).ui.staff.square.format(code=code)
        return segno.make(link, error="m", micro=False).svg_inline(
            omitsize=True, light="#fff", title=name
        )
