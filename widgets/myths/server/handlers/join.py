"""The addresses at which people come and go: joining, coming back, leaving."""

from __future__ import annotations

import asyncio
import hashlib
from typing import Any

from myths.catalog import PageContent
from myths.errors import RecoveryError, WorkshopError
from myths.server.handlers.base import LONGEST, PageHandler, gone
from myths.store import visit_of
from myths.vocabulary import Reason, SeriesPage, page_path

_TYPING = (Reason.MISTYPED, Reason.LENGTH)  # these faults tell a guesser nothing


class JoinHandler(PageHandler):
    """`/`: join with the workshop's code, or come back with a recovery code."""

    async def get(self) -> None:
        """Show the form; the code may stand in the link as `?w=`."""
        try:
            here = await self.visitor()
        except RecoveryError as fault:
            self.forget()
            message = gone(self.context.words(self.language).ui.errors, fault)
            self.form(error=message, code=self.get_query_argument("w", ""))
            return
        self.form(code=self.get_query_argument("w", ""), here=here is not None)

    async def post(self) -> None:
        """Join: a new participant, their cookie, and the recovery code once."""
        if await self.joined_already():
            self.redirect(page_path(SeriesPage.START), status=303)
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
                visitor = await asyncio.to_thread(self.context.store.visitor, joined.token)
            except WorkshopError as refused:
                if refused.reason not in _TYPING:
                    self.context.limiter.failed(self.sender)
                message = errors.of(refused)
                self.form(error=message, at="code", code=code, status=400)
                return
            self.welcome(joined.token)
            until = self.long_date(visitor.workshop.pooling_date)
            self.show("code.html", recovery=joined.recovery, until=until)

    async def joined_already(self) -> bool:
        """Return whether this browser is in, so that a form sent twice joins once."""
        try:
            return await self.visitor() is not None
        except RecoveryError:
            return False

    def form(self, *, status: int = 200, **values: Any) -> None:
        """Show the join form with what was typed and what is wrong with it."""
        start = self.context.words(self.language).page(SeriesPage.START)
        empty = {"error": "", "at": "", "code": "", "recovery": "", "here": False}
        self.show("join.html", status=status, start=start, **empty | values)


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
            self.redirect(page_path(SeriesPage.START), status=303)


class LeaveHandler(PageHandler):
    """`/leave`: this device forgets the participant; what was saved is kept."""

    async def post(self) -> None:
        """End the cookie here and in the store."""
        if token := self.token:
            await asyncio.to_thread(self.context.store.leave, token)
            visit = visit_of(token)
            self.kernels.end(lambda owner: owner.visit == visit)
        self.forget()
        self.set_header("Clear-Site-Data", '"storage"')
        self.show("left.html", erased=False)


def _fingerprint(page: PageContent) -> str:
    """Return the name of the exact words somebody agreed to: all that the join page shows."""
    words = [*(str(section.text) for section in page.sections.values()), page.agree]
    return hashlib.sha256("\n".join(words).encode()).hexdigest()[:12]
