"""The addresses at which people come in: joining, and coming back."""

from __future__ import annotations

import asyncio
from typing import Any
from urllib.parse import urlencode

from myths.catalog import consent_version
from myths.errors import RecoveryError, WorkshopError
from myths.server.handlers.base import (
    LONGEST,
    PageHandler,
    followup_path,
    gone,
    own_path,
)
from myths.store import Visitor, Workshop
from myths.vocabulary import Reason, SeriesPage, SupportKind

_TYPING = (Reason.MISTYPED, Reason.LENGTH)  # these faults tell a guesser nothing


class JoinHandler(PageHandler):
    """`/`: join with the workshop's code, or come back with a recovery code."""

    async def get(self) -> None:
        """Ask for the code, or for agreement if the address has it as `?w=`; `?next=`: then on."""
        code = self.get_query_argument("w", "")[:LONGEST]
        try:
            here = await self.visitor()
        except RecoveryError as fault:
            self.forget()
            self.form(error=gone(self.context.words(self.language).ui.errors, fault), code=code)
            return
        if here:
            if self.wanted:
                self.redirect(self.wanted, status=303)
            else:
                self.form(code=code, here=here)
        elif "w" in self.request.query_arguments:
            async with self.turn(self.context.limiter) as refusal:
                if workshop := await self.workshop(code, refusal=refusal):
                    self.form(code=code, workshop=workshop)
        else:
            self.form()

    async def post(self) -> None:
        """Join: a new participant, their cookie, and the page with the recovery code."""
        if await self.joined_already():
            self.redirect(self.code_page(), status=303)
            return
        async with self.turn(self.context.limiter) as refusal:
            await self.join(self.get_body_argument("code", "")[:LONGEST], refusal=refusal)

    async def workshop(self, code: str, *, refusal: str) -> Workshop | None:
        """Find the workshop that one can join; else say why. Wrong codes are counted."""
        errors = self.context.words(self.language).ui.errors
        if refusal:
            self.form(error=refusal, at="code", code=code, status=429)
        elif not code:
            self.form(error=errors.no_code, at="code", status=400)
        else:
            try:
                self.room = await asyncio.to_thread(self.context.store.workshop, code)
            except WorkshopError as refused:
                if refused.reason == Reason.UNOPENED:
                    await self.show_opening(code)
                    return None
                if refused.reason not in _TYPING:
                    self.context.limiter.failed(self.sender)
                self.form(error=errors.of(refused), at="code", code=code, status=400)
        return self.room

    async def show_opening(self, code: str) -> None:
        """Show when a workshop opens that nobody can join yet."""
        found = await asyncio.to_thread(self.context.store.workshop, code, joinable=False)
        self.room = found
        self.show("not-open.html", opens=self.moment(found.joins_from, found), code=found.code)

    async def join(self, code: str, *, refusal: str) -> None:
        """Admit a person who has a code, agrees, and has chosen about the evaluation."""
        workshop = await self.workshop(code, refusal=refusal)
        if workshop is None:
            return
        words = self.context.words(self.language)
        contributes = self.get_body_argument("contributes", "")
        fault = at = ""
        if self.get_body_argument("agree", "") != "yes":
            fault, at = words.ui.errors.no_agreement, "agree"
        elif contributes not in ("yes", "no"):
            fault, at = words.ui.errors.no_choice, "contributes"
        else:
            read, now = self.get_body_argument("dates", ""), _dates(workshop)
            if read and read != now:
                fault, at = words.ui.join.dates_changed, ""
        if fault:
            self.form(error=fault, at=at, code=code, workshop=workshop, status=400)
            return
        try:
            joined = await asyncio.to_thread(  # hashing the recovery code takes its time
                self.context.store.join,
                code,
                language=self.language,
                consent=consent_version(words),
                contributes=contributes == "yes",
            )
        except WorkshopError as refused:  # it was closed or put off this moment
            self.form(error=words.ui.errors.of(refused), at="code", code=code, status=400)
            return
        self.welcome(joined.token)
        self.redirect(self.code_page(), status=303)

    async def joined_already(self) -> bool:
        """Return whether this browser is in, so that a form sent twice joins once."""
        try:
            return await self.visitor() is not None
        except RecoveryError:
            return False

    @property
    def wanted(self) -> str:
        """The page to which somebody goes on once they are in; empty for the usual one."""
        return own_path(self.get_argument("next", ""))

    def code_page(self) -> str:
        """Return the address of the recovery code, for somebody whose cookie was just set."""
        return f"/code?{urlencode({'new': 1, 'next': self.wanted})}"

    def form(
        self,
        *,
        status: int = 200,
        here: Visitor | None = None,
        workshop: Workshop | None = None,
        **values: Any,
    ) -> None:
        """Show what comes next on the way in, with what was typed and what is wrong with it.

        Without a `workshop` this is the code, with one the agreement.
        """
        words = self.context.words(self.language)
        start = words.page(SeriesPage.START)
        self.inside = here is not None
        empty = {"error": "", "at": "", "code": "", "recovery": ""}
        told = {name: self.get_body_argument(name, "") for name in ("agree", "contributes")}
        self.show(
            "join.html",
            status=status,
            start=start,
            start_other=words.other_language(start.language),
            safe_join=words.safe.ui.join,
            unchecked=words.other_language(words.safe.language),
            here=here and self.last_page(here),
            followup=here and followup_path(words.series.pages, here.workshop),
            languages=self.context.languages(words.language, workshop),
            asked_language=self.asked_language,
            wanted=self.wanted,
            workshop=workshop,
            emergency=self.emergency(workshop),
            organiser=words.organiser,
            long_date=self.long_date,
            **empty | told | values,
        )

    def emergency(self, workshop: Workshop | None) -> str:
        """Return the number to call in danger; empty where nobody has checked one."""
        words = self.context.words(self.language)
        lines = words.support_list(workshop.country).lines if workshop else ()
        return next((line.phone for line in lines if line.kind is SupportKind.EMERGENCY), "")


class ReturnHandler(JoinHandler):
    """`/return`: a recovery code brings a participant back on any device."""

    async def get(self) -> None:
        """Send a reload of the answer page to the form."""
        self.redirect("/", status=303)

    async def post(self) -> None:
        """Check the code; wrong ones are counted."""
        async with self.turn(self.context.recoveries) as refusal:
            await self.come_back(self.get_body_argument("recovery", "")[:LONGEST], refusal=refusal)

    async def come_back(self, code: str, *, refusal: str) -> None:
        """Admit a person who has a recovery code."""
        errors = self.context.words(self.language).ui.errors
        if refusal:
            self.form(error=refusal, at="recovery", status=429)
        elif not code:
            self.form(error=errors.no_recovery, at="recovery", status=400)
        else:
            try:
                back = await asyncio.to_thread(self.context.store.recover, code)
            except RecoveryError as refused:
                if refused.reason not in _TYPING:
                    self.context.recoveries.failed(self.sender)
                message = errors.of(refused)
                self.form(error=message, at="recovery", recovery=code, status=400)
                return
            self.welcome(back.token)
            visitor = await asyncio.to_thread(self.context.store.visitor, back.token)
            if self.get_body_argument("alone", "") == "yes":
                await self.end_elsewhere(visitor)
            self.redirect(self.wanted or self.place_to_go(visitor), status=303)

    def place_to_go(self, visitor: Visitor) -> str:
        """Return where somebody goes on: at the follow-up in its time, else where they were."""
        workshop = visitor.workshop
        pages = self.context.words(self.language).series.pages
        if workshop.asks_followup and not workshop.rehearsal:
            return followup_path(pages, workshop) or self.last_page(visitor)
        return self.last_page(visitor)


def _dates(workshop: Workshop) -> str:
    """Return the dates that somebody reads before they agree, as the form has them."""
    return f"{workshop.pooling_date} {workshop.erasing_date}"
