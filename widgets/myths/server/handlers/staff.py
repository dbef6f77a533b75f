"""The pages of staff, behind a staff key: who may see and do what, and what they have in common.

It is looked at here alone, before anything else of a page runs. What a page does not allow in so
many words is the coordinator's.
"""

from __future__ import annotations

import asyncio
import math
from collections.abc import Collection, Iterable, Mapping
from typing import Any, ClassVar
from urllib.parse import urlencode

from tornado.web import HTTPError

from myths.errors import WorkshopError
from myths.pages import PagePool
from myths.server.context import ServerContext, exit_mark
from myths.server.handlers.base import PageHandler, own_path
from myths.store import COORDINATOR, StaffRole, Workshop
from myths.vocabulary import Scope

Scopes = Collection[Scope]
COORDINATING: Scopes = (Scope.ALL,)
LEADING: Scopes = (Scope.ALL, Scope.OWN)
READING: Scopes = (Scope.READ,)
ALL_STAFF: Scopes = tuple(Scope)


class StaffHandler(PageHandler):
    """A page of staff; whoever has not brought a key is sent to the way in.

    A class says who sees its page (`seen_by`) and who may do what its forms ask for (`acts`, by
    their field "do", "" for those that have none). It inherits nothing of that, and what is not
    named is for the coordinator. Where an address has a code, others see the workshops of their
    role only.
    """

    kind, path = "staff", "/staff"
    needs_key: ClassVar[bool] = True
    seen_by: ClassVar[Scopes] = COORDINATING
    acts: ClassVar[Mapping[str, Scopes]] = {}
    who: StaffRole | None = None

    def __init_subclass__(cls) -> None:
        """Close what a class does not open itself, whatever the one does that it is made from."""
        super().__init_subclass__()
        for name in ("needs_key", "seen_by", "acts"):
            if name not in vars(cls):
                setattr(cls, name, getattr(StaffHandler, name))

    def initialize(self, context: ServerContext, *, pool: PagePool) -> None:  # type: ignore[override]  # Tornado hands each handler its own arguments
        """Keep what knows of faults in notebooks (Tornado's hook)."""
        super().initialize(context)
        self.pool = pool

    async def prepare(self) -> None:
        """Find out who asks, and whether they may (Tornado's hook)."""
        await super().prepare()
        token = "" if self.has_left else self.get_cookie(self.cookie, "")
        self.who = await asyncio.to_thread(self.context.store.staff_role, token)
        if self.who is None:
            if self.needs_key:
                self.turn_away()
            return
        for code in self.path_args:
            self.room = await self.own(code)
        if self.who.scope not in self.allowed():
            self.deny()

    def allowed(self) -> Scopes:
        """Return who may do what is asked for."""
        if self.request.method == "GET":
            return self.seen_by
        return self.acts.get(self.get_body_argument("do", ""), COORDINATING)

    def turn_away(self) -> None:
        """Lead somebody without a key to the way in; nothing that they sent is done."""
        if self.request.method == "GET":
            self.show_way_in()
        else:
            self.ask(status=403)

    def deny(self) -> None:
        """Refuse what a key does not open; nothing that was sent is done."""
        access = self.context.words(self.language).ui.access
        reads = self.role.scope == Scope.READ and self.request.method != "GET"
        message = access.read_only if reads else access.not_yours
        self.show("problem.html", status=403, message=message, waits=False)

    @property
    def role(self) -> StaffRole:
        """Who is in. Raises HTTPError (403) if nobody is."""
        if self.who is None:
            raise HTTPError(403)
        return self.who

    async def own(self, code: str) -> Workshop:
        """Find a workshop of whoever is in. Raises HTTPError (404) also for those of others."""
        try:
            return await asyncio.to_thread(self.context.store.workshop_of, code, self.role)
        except WorkshopError:
            raise HTTPError(404) from None

    async def end_visit(self) -> None:
        """End what this browser may do here; the key stays what it is."""
        if token := self.get_cookie(self.cookie):
            await asyncio.to_thread(self.context.store.let_staff_out, token)
        self.forget()

    def show_way_in(self) -> None:
        """Send somebody without the key to the way in, and from there on to where they are."""
        wanted = own_path(self.request.path)
        self.redirect(f"/staff/?{urlencode({'next': wanted})}", status=303)

    def ask(self, *, status: int = 200, error: str = "") -> None:
        """Show the form for the key."""
        self.show("staff-key.html", status=status, error=error, wanted=self.wanted)

    @property
    def wanted(self) -> str:
        """The page to which somebody goes on once they are in; empty for the list."""
        path = own_path(self.get_argument("next", ""))
        return path if path.startswith("/staff/") else ""

    def frame(self) -> dict[str, Any]:
        """Gather the words; the quick exit takes the cookie of the staff along."""
        frame = super().frame()
        words = frame["exit"]["words"] | {"explain": frame["ui"].staff.exit}
        leaving = frame["exit"] | {"words": words, "leave_url": "/staff/leave"}
        leaving["mark"] = exit_mark(self.cookie)
        told = {
            "long_date": self.long_date,
            "moment": self.moment,
            "people": self.people,
            "route_name": self.route_name,
            "named": self.named,
            "who": self.who or COORDINATOR,
        }
        return frame | {"exit": leaving, **told}

    def named(self, modules: Iterable[str]) -> str:
        """Name modules by their titles."""
        words = self.context.words(self.language)
        return ", ".join(words.module(slug).title for slug in modules)

    def route_name(self, workshop: Workshop) -> str:
        """Return what the route of a workshop is called; its slug if the content has it no more."""
        route = self.context.words(self.language).routes.get(workshop.route)
        return route.name if route else workshop.route

    def too_soon(self, seconds: float) -> str:
        """Return why a key can do no more of something now."""
        access = self.context.words(self.language).ui.access
        return access.too_soon.format(minutes=math.ceil(seconds / 60))

    def people(self, number: int) -> str:
        """Return how many have joined."""
        return self.context.words(self.language).ui.staff.joined.of(number)


class StaffLeaveHandler(StaffHandler):
    """`/staff/leave`: this device is out; the key stays what it is."""

    needs_key = False
    seen_by = ALL_STAFF
    acts: ClassVar[Mapping[str, Scopes]] = {"": ALL_STAFF}

    async def get(self) -> None:
        """Send a reload to the way in."""
        self.redirect("/staff/", status=303)

    async def post(self) -> None:
        """End the cookie here and in the store."""
        await self.end_visit()
        self.redirect("/staff/", status=303)
