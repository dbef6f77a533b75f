"""Withdrawing: a participant erases all that they said, until the answers are pooled."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime

from myths.errors import RecoveryError
from myths.server.desk import DeskHandler
from myths.store import Visitor


class WithdrawHandler(DeskHandler):
    """`/withdraw`: says what will be gone, asks once more, and erases it."""

    async def get(self) -> None:
        """Ask, or tell that it is too late; without a valid cookie, the join page."""
        if visitor := await self.known():
            self.show("withdraw.html", open=_is_open(visitor))

    async def post(self) -> None:
        """Erase, if it was confirmed."""
        visitor = await self.known()
        if visitor is None:
            return
        if not _is_open(visitor) or self.get_body_argument("sure", "") != "yes":
            error = self.desk.words(self.language).ui["withdraw"]["not_sure"]
            self.show("withdraw.html", status=400, open=_is_open(visitor), error=error)
            return
        await asyncio.to_thread(self.desk.store.erase_participant, visitor.participant)
        self.forget()
        self.set_header("Clear-Site-Data", '"storage"')
        self.show("left.html", erased=True)

    async def known(self) -> Visitor | None:
        """Find who asks; sends anybody else to the join page, which says why."""
        try:
            visitor = await self.visitor()
        except RecoveryError:
            visitor = None
        if visitor is None:
            self.redirect("/", status=303)
        return visitor


def _is_open(visitor: Visitor) -> bool:
    return datetime.now(UTC) < visitor.workshop.pooled_at
