"""What the kernels of one visitor's page are forked from: the page as it was prepared."""

from __future__ import annotations

import asyncio
import os
import socket
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from myths.forkserver import ForkedProcess, ForkServerError, Template
from myths.occasion import Occasion
from myths.pages import BEGIN, SERVE, NotebookVersion, PreparedPage, answer_ask
from myths.server.capacity import Pages
from myths.server.context import ServerContext
from myths.server.kernel_link import WIDGETS
from myths.server.known_visitor import KnownVisitor
from myths.server.metrics import timing_fork
from myths.server.sent_rating import SentRating
from myths.session_request import SessionRequest
from myths.store import GivenRating
from myths.vocabulary import ReceiptState


@dataclass(frozen=True, eq=False)
class PageOrigin:
    """A prepared page for one visitor; it stays as long as this does.

    `occasion` is what the page was made for, whatever is so by now; `name` is what `ps` shows.
    """

    context: ServerContext
    pages: Pages
    prepared: PreparedPage
    occasion: Occasion
    participant: str
    name: str

    def __post_init__(self) -> None:
        self._template.hold(self)

    @property
    def is_alive(self) -> bool:
        """Whether there can be another kernel."""
        return self._template.alive

    @property
    def sleeps(self) -> bool:
        """Whether the store has all that a kernel knows, so that another can go on in its place."""
        return not self.prepared.own_state

    @property
    def comms(self) -> dict[str, str]:
        """The targets of the page's widgets by their ids, which are the same in each kernel."""
        return dict.fromkeys(self.prepared.widgets, WIDGETS)

    async def person(self, token: str, but: Collection[str]) -> KnownVisitor:
        """Find whose cookie that is; `but` as in `KnownVisitor.of`, which it raises like."""
        await self.quiet()
        return await asyncio.to_thread(KnownVisitor.of, self.context.store, token, but)

    async def fork(self, person: KnownVisitor, wire: socket.socket) -> ForkedProcess:
        """Fork a kernel that serves `wire`. Raises ForkServerError, or CapacityError."""
        version = self.prepared.version
        request = session_request(self.context, version, person, self.occasion)
        async with self.context.capacity.turn:
            await self.context.capacity.room(self.pages)
            with timing_fork():
                return await self._template.serve(
                    SERVE,
                    wire,
                    env=os.environ | request.environment(),
                    cwd=str(version.home),
                    stdout=1,
                    stderr=2,
                    begin=BEGIN,
                    name=self.name,
                )

    async def quiet(self) -> None:
        """Wait a moment while a room votes: it has its receipts before its kernels are busy."""
        await self.context.ratings.wait_idle()

    def rating(self, message: Mapping[str, Any]) -> SentRating | None:
        """Return the rating in a page's message that can be kept before a kernel hears of it."""
        return SentRating.of(message, self.prepared.asking) if self.sleeps else None

    async def keep(self, rating: SentRating, token: str) -> bytes:
        """Save a rating, and return its receipt; with a `token` only while that visit lasts.

        Raises AnswerError for what its question does not take, and what `RatingSaves.keep` does.
        """
        given = GivenRating(self.participant, rating.question.asked, rating.checked(), token)
        await self.context.ratings.keep(given)
        return rating.receipt(ReceiptState.SAVED)

    async def deal(self, line: bytes) -> bytes:
        """Read or save what a kernel asks for; returns the line for it."""
        store, loop = self.context.store, asyncio.get_running_loop()
        return await loop.run_in_executor(
            self.context.saves, answer_ask, store, self.participant, line
        )

    def release(self) -> None:
        """Need no more kernels."""
        self._template.release(self)

    @property
    def _template(self) -> Template:
        if self.prepared.template is None:
            raise ForkServerError("The cells of this page run at each visit.")
        return self.prepared.template


def session_request(
    context: ServerContext, version: NotebookVersion, person: KnownVisitor, occasion: Occasion
) -> SessionRequest:
    """Return what a page's process is to know of its visitor."""
    return SessionRequest(
        db=context.store.address,
        content=str(version.content.folder),
        occasion=occasion,
        participant=person.visitor.participant,
        key=person.visitor.key.hex(),
        known=person.said,
    )
