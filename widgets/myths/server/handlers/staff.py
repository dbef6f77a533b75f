"""The trainers' pages, behind the staff key: open, show, close and erase workshops."""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Iterable, Mapping
from contextlib import suppress
from datetime import date
from types import MappingProxyType
from typing import Any
from urllib.parse import urlencode

from tornado.web import HTTPError

from myths import languages
from myths.catalog import Catalog
from myths.errors import RecoveryError, WorkshopError
from myths.pages import PagePool, misnamed
from myths.server.context import ServerContext, exit_mark
from myths.server.handlers.base import LONGEST, PageHandler, own_path
from myths.server.module_places import ModulePlaces
from myths.server.workshop_form import FIELDS, TYPED, WorkshopForm
from myths.store import Workshop, local_zone
from myths.vocabulary import FEWEST, Audience, Reason


class StaffHandler(PageHandler):
    """`/staff/`: the way in with the key, then all workshops, and a form to open another."""

    kind, path = "staff", "/staff"

    def initialize(self, context: ServerContext, *, pool: PagePool) -> None:  # type: ignore[override]  # Tornado hands each handler its own arguments
        """Keep what knows of faults in notebooks (Tornado's hook)."""
        super().initialize(context)
        self.pool = pool

    async def prepare(self) -> None:
        """Find out who asks (Tornado's hook)."""
        await super().prepare()
        token = "" if self.has_left else self.get_cookie(self.cookie, "")
        self.is_staff = await asyncio.to_thread(self.context.store.is_staff, token)
        for code in self.path_args if self.is_staff else ():
            with suppress(WorkshopError):  # the page says that it is gone
                store = self.context.store
                self.room = await asyncio.to_thread(store.workshop, code, joinable=False)

    async def end_visit(self) -> None:
        """End what this browser may do here; the key stays what it is."""
        if token := self.get_cookie(self.cookie):
            await asyncio.to_thread(self.context.store.let_staff_out, token)
        self.forget()

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
        routes, places = self.context.words(self.language).routes, self.places()
        form = WorkshopForm(self.typed())
        if any(places.shared()):
            await self.list(status=400, form=form)
            return
        route = routes[form.typed["route"]]
        more = {"modules": places.modules or route.modules, "short": route.short}
        try:
            workshop = await asyncio.to_thread(
                self.context.store.open_workshop,
                **form.settings() | more,
                rehearsal=self.get_body_argument("rehearsal", "") == "yes",
            )
        except WorkshopError as refused:
            await self.list(status=400, form=form, refused=refused)
            return
        self.redirect(f"/staff/{workshop.code}", status=303)

    def typed(self, shown: Mapping[str, str] = MappingProxyType({})) -> dict[str, str]:
        """Read the fields of a workshop; what nobody could choose is what was shown, or the first.

        Who sends no such field leaves it as it is.
        """
        found = {
            name: self.get_body_argument(name, shown.get(name, ""))[:200].strip() for name in TYPED
        }
        for name, known in self.choices(shown).items():
            if found[name] not in known and found[name] != shown.get(name):
                found[name] = shown.get(name, next(iter(known)))
        found["languages"] = shown.get("languages", " ".join(self.context.ticked()))
        if "languages" in self.request.body_arguments:
            ticked = {*self.get_body_arguments("languages"), found["language"]}
            speakable = self.context.speakable
            found["languages"] = " ".join(code for code in speakable if code in ticked)
        return found

    def choices(self, shown: Mapping[str, str]) -> dict[str, dict[str, Any]]:
        """Name what can be chosen for a workshop, by field; what was shown among it."""
        words = self.context.words(self.language)
        local = languages.locale(self.language)
        countries = [each.country for each in words.support]
        audience = {name: words.ui.audience[name] for name in Audience.words()}
        return {
            "audience": audience,
            "route": dict(words.routes),
            "country": _with(
                {code: local.territories.get(code.upper(), code) for code in countries},
                shown.get("country"),
            ),
            "language": _with(
                {code: local.languages.get(code, code) for code in words.series.languages},
                shown.get("language"),
            ),
        }

    def told_form(self, form: WorkshopForm, refused: WorkshopError | None) -> dict[str, Any]:
        """Gather what the fields of a workshop show, and what is wrong with one of them."""
        choices = self.choices(form.shown)
        return {
            "typed": form.typed,
            "is_open": bool(form.shown),
            "at": FIELDS.get(refused.reason, "zone") if refused else "",
            "fault": self.fault(refused) if refused else "",
            "least": FEWEST,
            "audiences": choices["audience"],
            "routes": choices["route"],
            "countries": choices["country"],
            "languages": choices["language"],
            "ticks": self.ticks(form.typed["languages"].split()),
        }

    def ticks(self, ticked: Collection[str]) -> list[dict[str, Any]]:
        """Gather the languages that can be ticked; nothing where there is one language only."""
        series, speakable = self.context.words(self.language).series, self.context.speakable
        return [
            {
                "code": code,
                "name": languages.language_name(code, self.language),
                "is_draft": not series.is_reviewed(code),
                "ticked": code in ticked,
            }
            for code in (speakable if len(speakable) > 1 else ())
        ]

    def fault(self, refused: WorkshopError) -> str:
        """Return why a workshop cannot be like that, in words."""
        ui, values = self.context.words(self.language).ui, refused.values
        day = self.long_date(date.fromisoformat(str(values["day"]))) if "day" in values else ""
        if refused.reason == Reason.WITHDRAWAL:
            return ui.workshop.fault_withdrawal.format(date=day)
        if refused.reason == Reason.ERASING:
            return ui.workshop.fault_erasing.format(date=day)
        if refused.reason == Reason.FEWEST:
            return ui.workshop.fault_fewest.format(k=values.get("k", FEWEST))
        return str(ui.workshop[f"fault_{refused.reason}"])

    def places(self) -> ModulePlaces:
        """Read the place that the form gives to each module."""
        modules = self.context.words(self.language).series.modules
        sent = {slug: self.get_body_argument(f"place-{slug}", "") for slug in modules}
        return ModulePlaces.typed(sent)

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
        workshops = await asyncio.to_thread(store.workshops)
        joined = await asyncio.to_thread(store.joined)
        doubt = await asyncio.to_thread(store.clock_doubt)
        usual = {"k": str(FEWEST), "zone": await asyncio.to_thread(local_zone)}
        form = form or WorkshopForm(self.typed() | usual)
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
            unchecked=await asyncio.to_thread(self.context.library.support_warnings),
            faults=[*map(str, self.context.library.faults), *_faults(self.pool, words)],
        )

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
        }
        return frame | {"exit": leaving, **told}

    def told_places(self, places: ModulePlaces, fault: str = "") -> dict[str, Any]:
        """Gather what the form for the modules' places shows, and what is wrong with them."""
        words = self.context.words(self.language)
        doubled: tuple[str, ...] = ()
        for place, doubled in places.shared():
            fault = words.ui.staff.same_place.format(place=place, modules=self.named(doubled))
            break
        titles = {slug: words.module(slug).title for slug in words.series.modules}
        told = {"titles": titles, "given": places.places, "doubled": doubled}
        return told | {"places_fault": fault}

    def named(self, modules: Iterable[str]) -> str:
        """Name modules by their titles."""
        words = self.context.words(self.language)
        return ", ".join(words.module(slug).title for slug in modules)

    def route_name(self, workshop: Workshop) -> str:
        """Return what the route of a workshop is called; its slug if the content has it no more."""
        route = self.context.words(self.language).routes.get(workshop.route)
        return route.name if route else workshop.route

    def people(self, number: int) -> str:
        """Return how many have joined."""
        return self.context.words(self.language).ui.staff.joined.of(number)


class StaffLeaveHandler(StaffHandler):
    """`/staff/leave`: this device is out; the key stays what it is."""

    async def get(self) -> None:
        """Send a reload to the way in."""
        self.redirect("/staff/", status=303)

    async def post(self) -> None:
        """End the cookie here and in the store."""
        await self.end_visit()
        self.redirect("/staff/", status=303)


def _with(known: dict[str, str], shown: str | None) -> dict[str, str]:
    """Return what can be chosen, with what was shown, which may be gone from the content."""
    return known if shown is None or shown in known else {**known, shown: shown}


def _faults(pool: PagePool, words: Catalog) -> list[str]:
    """List what trainers need to mend in the content and the notebooks."""
    named = misnamed(pool.notebooks.folder, words.series.walk())
    missing = [each for each in named if each.severity == "error"]
    return [str(each) for each in (*missing, *pool.faults)]
