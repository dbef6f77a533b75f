"""The trainers' pages, behind the staff key: open, show, close and erase workshops."""

from __future__ import annotations

import asyncio
from collections.abc import Collection
from datetime import datetime
from typing import Any
from urllib.parse import urlencode, urlsplit

import segno
from tornado.web import HTTPError

from myths import languages
from myths.catalog import Catalog
from myths.errors import RecoveryError, WorkshopError
from myths.pages import PagePool, misnamed
from myths.server.context import ServerContext
from myths.server.handlers.base import LONGEST, PageHandler, followup_path, own_path
from myths.store import Workshop
from myths.vocabulary import Audience

_TYPED = ("title", "audience", "country", "days", "rehearsal")
_HERE = ("127.0.0.1", "localhost", "::1")


class StaffHandler(PageHandler):
    """`/staff/`: the way in with the key, then all workshops, and a form to open another."""

    kind, path = "staff", "/staff"

    def initialize(self, context: ServerContext, *, pool: PagePool) -> None:  # type: ignore[override]  # Tornado hands each handler its own arguments
        """Keep what knows of faults in notebooks (Tornado's hook)."""
        super().initialize(context)
        self.pool = pool

    async def prepare(self) -> None:
        """Find out who asks (Tornado's hook)."""
        token = self.get_cookie(self.cookie, "")
        self.is_staff = await asyncio.to_thread(self.context.store.is_staff, token)

    async def get(self) -> None:
        """Show the workshops, or ask for the key."""
        if self.is_staff:
            await self.list()
        else:
            self.ask()

    async def post(self) -> None:
        """Do what the form's button says; without the key only let in who brings it."""
        do = self.get_body_argument("do", "")
        if do == "enter":
            async with self.turn(self.context.keys) as refusal:
                await self.enter(self.get_body_argument("key", "")[:LONGEST], refusal=refusal)
        elif not self.is_staff:
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
        try:
            workshop = await asyncio.to_thread(
                self.context.store.open_workshop,
                title=self.get_body_argument("title", "")[:200].strip(),
                country=_chosen(self.get_body_argument("country", ""), self.countries()),
                audience=_chosen(self.get_body_argument("audience", ""), Audience.words()),
                days=_days(self.get_body_argument("days", "1")),
                language=self.language,
                rehearsal=self.get_body_argument("rehearsal", "") == "yes",
            )
        except WorkshopError:
            await self.list(error=self.context.words(self.language).ui.staff.unfit, status=400)
            return
        self.redirect(f"/staff/{workshop.code}", status=303)

    def countries(self) -> dict[str, str]:
        """Name the countries that have support lines, by their codes."""
        names = languages.locale(self.language).territories
        codes = [each.country for each in self.context.words(self.language).support]
        return {code: names.get(code.upper(), code) for code in codes}

    def ask(self, *, status: int = 200, error: str = "") -> None:
        """Show the form for the key."""
        self.show("staff-key.html", status=status, error=error, wanted=self.wanted)

    @property
    def wanted(self) -> str:
        """The page to which somebody goes on once they are in; empty for the list."""
        path = own_path(self.get_argument("next", ""))
        return path if path.startswith("/staff/") else ""

    async def list(self, *, status: int = 200, error: str = "") -> None:
        """Show all workshops, the newest first."""
        store, words = self.context.store, self.context.words(self.language)
        workshops = await asyncio.to_thread(store.workshops)
        joined = await asyncio.to_thread(store.joined)
        doubt = await asyncio.to_thread(store.clock_doubt)
        self.show(
            "staff.html",
            status=status,
            error=error,
            doubt=doubt,
            workshops=workshops[::-1],
            joined=joined,
            typed={name: self.get_body_argument(name, "")[:200] for name in _TYPED},
            countries=self.countries(),
            audiences=Audience.words(),
            unchecked=await asyncio.to_thread(self.context.library.support_warnings),
            faults=[*map(str, self.context.library.faults), *_faults(self.pool, words)],
        )

    def frame(self) -> dict[str, Any]:
        """Gather the words; the quick exit takes the cookie of the staff along."""
        frame = super().frame()
        words = frame["exit"]["words"] | {"explain": frame["ui"].staff.exit}
        leaving = frame["exit"] | {"words": words, "leave_url": "/staff/leave"}
        told = {"long_date": self.long_date, "moment": self.moment, "people": self.people}
        return frame | {"exit": leaving, **told}

    def moment(self, at: datetime, workshop: Workshop | None = None) -> str:
        """Write a day and a time, by the clock of the workshop's place or else the server's."""
        local = workshop.local(at) if workshop else at.astimezone()
        return f"{self.long_date(local)}, {local:%H:%M} {local.tzname()}"

    def people(self, number: int) -> str:
        """Return how many have joined."""
        return self.context.words(self.language).ui.staff.joined.of(number)


class StaffWorkshopHandler(StaffHandler):
    """`/staff/<code>`: how people join one workshop, its dates, closing and erasing it."""

    async def get(self, code: str) -> None:  # type: ignore[override]  # the address has a code
        """Show the workshop; without the key, the way in."""
        if not self.is_staff:
            wanted = own_path(self.request.path)
            self.redirect(f"/staff/?{urlencode({'next': wanted})}", status=303)
            return
        try:
            await self.page(code)
        except WorkshopError:
            raise HTTPError(404) from None

    async def post(self, code: str) -> None:  # type: ignore[override]
        """Close it or erase it."""
        do, sure = self.get_body_argument("do", ""), self.get_body_argument("sure", "")
        store = self.context.store
        try:
            if not self.is_staff:
                self.ask(status=403)
            elif do == "close":
                await asyncio.to_thread(store.close_workshop, code)
                self.redirect(f"/staff/{code}", status=303)
            elif do == "erase" and sure == "yes":
                await asyncio.to_thread(store.erase_workshop, code)
                await self.kernels.end_gone(store)
                self.redirect("/staff/", status=303)
            else:
                staff = self.context.words(self.language).ui.staff
                await self.page(code, status=400, error=staff.not_sure)
        except WorkshopError:  # it is gone already
            raise HTTPError(404) from None

    async def page(self, code: str, *, status: int = 200, error: str = "") -> None:
        """Show one workshop. Raises WorkshopError (reason "unknown")."""
        store = self.context.store
        workshop = await asyncio.to_thread(store.workshop, code, joinable=False)
        joined = await asyncio.to_thread(store.joined)
        pages = self.context.words(self.language).series.pages
        link = f"{self.origin()}/?w={workshop.code}"
        self.show(
            "staff-workshop.html",
            status=status,
            error=error,
            workshop=workshop,
            joined=joined.get(workshop.code, 0),
            followup=bool(followup_path(pages)),
            link=link,
            address=f"{self.origin()}/",
            only_here=urlsplit(link).hostname in _HERE,
            square=self.square(workshop, link) if workshop.state == "open" else "",
        )

    def origin(self) -> str:
        """Name the address that phones in the room can open: as asked for, unless that is here."""
        asked = f"http://{self.request.host}"
        here = urlsplit(asked).hostname in _HERE
        return self.context.address if self.context.proxied or here else asked

    def square(self, workshop: Workshop, link: str) -> str:
        """Draw the link as a QR code (ISO/IEC 18004)."""
        name = self.context.words(self.language).ui.staff.square.format(code=workshop.code)
        return segno.make(link, error="m", micro=False).svg_inline(
            omitsize=True, light="#fff", title=name
        )


class StaffLeaveHandler(StaffHandler):
    """`/staff/leave`: this device is out; the key stays what it is."""

    async def get(self) -> None:
        """Send a reload to the way in."""
        self.redirect("/staff/", status=303)

    async def post(self) -> None:
        """End the cookie here and in the store."""
        if token := self.get_cookie(self.cookie):
            await asyncio.to_thread(self.context.store.let_staff_out, token)
        self.forget()
        self.redirect("/staff/", status=303)


def _chosen(sent: str, known: Collection[str]) -> str:
    """Return what was chosen, or the first there is for what nobody could choose."""
    return sent if sent in known else next(iter(known))


def _days(typed: str) -> int:
    """Read a number of days; 0, which is refused, for anything else."""
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 5 else 0


def _faults(pool: PagePool, words: Catalog) -> list[str]:
    """List what trainers need to mend in the content and the notebooks."""
    named = misnamed(pool.notebooks.folder, words.series.walk())
    missing = [each for each in named if each.severity == "error"]
    return [str(each) for each in (*missing, *pool.faults)]
