"""The addresses at which people come in: joining, and coming back."""

from __future__ import annotations

import asyncio
import hashlib
from typing import Any
from urllib.parse import urlencode

from myths.catalog import PageContent
from myths.errors import RecoveryError, WorkshopError
from myths.server.handlers.base import (
    LONGEST,
    PageHandler,
    followup_path,
    gone,
    own_path,
)
from myths.store import Visitor
from myths.vocabulary import Reason, SeriesPage

_TYPING = (Reason.MISTYPED, Reason.LENGTH)  # these faults tell a guesser nothing


class JoinHandler(PageHandler):
    """`/`: join with the workshop's code, or come back with a recovery code."""

    async def get(self) -> None:
        """Show the form; the link may have the code as `?w=`, and where to go on as `?next=`."""
        code = self.get_query_argument("w", "")[:LONGEST]
        try:
            here = await self.visitor()
        except RecoveryError as fault:
            self.forget()
            message = gone(self.context.words(self.language).ui.errors, fault)
            self.form(error=message, code=code, linked=bool(code))
            return
        if here and self.wanted:
            self.redirect(self.wanted, status=303)
        else:
            self.form(code=code, linked=bool(code), here=here)

    async def post(self) -> None:
        """Join: a new participant, their cookie, and the page with the recovery code."""
        if await self.joined_already():
            self.redirect(self.code_page(), status=303)
            return
        async with self.turn(self.context.limiter) as refusal:
            await self.join(self.get_body_argument("code", "")[:LONGEST], refusal=refusal)

    async def join(self, code: str, *, refusal: str) -> None:
        """Admit a person who has a code and agrees; wrong codes are counted."""
        words = self.context.words(self.language)
        errors = words.ui.errors
        if refusal:
            self.form(error=refusal, at="code", code=code, status=429)
        elif not code:
            self.form(error=errors.no_code, at="code", status=400)
        elif self.get_body_argument("agree", "") != "yes":
            self.form(error=errors.no_agreement, at="agree", code=code, status=400)
        else:
            try:
                joined = await asyncio.to_thread(  # hashing the recovery code takes its time
                    self.context.store.join,
                    code,
                    language=self.language,
                    consent=_fingerprint(words.page(SeriesPage.START)),
                )
            except WorkshopError as refused:
                if refused.reason not in _TYPING:
                    self.context.limiter.failed(self.sender)
                message = errors.of(refused)
                self.form(error=message, at="code", code=code, status=400)
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

    def form(self, *, status: int = 200, here: Visitor | None = None, **values: Any) -> None:
        """Show the join form with what was typed and what is wrong with it."""
        start = self.context.words(self.language).page(SeriesPage.START)
        self.inside = here is not None
        empty = {"error": "", "at": "", "code": "", "recovery": ""}
        told = {name: self.get_body_argument(name, "") == "yes" for name in ("agree", "linked")}
        series = self.context.words(self.language).series.pages
        self.show(
            "join.html",
            status=status,
            start=start,
            here=here and self.last_page(here),
            followup=here and followup_path(series, here.workshop),
            wanted=self.wanted,
            **empty | told | values,
        )


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


def _fingerprint(page: PageContent) -> str:
    """Return the name of the exact words somebody agreed to: all that the join page shows."""
    words = [*(str(section.text) for section in page.sections.values()), page.agree]
    return hashlib.sha256("\n".join(words).encode()).hexdigest()[:12]
