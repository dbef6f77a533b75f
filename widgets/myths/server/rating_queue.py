"""The line of a page's messages in which ratings are saved before its kernel hears of them."""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import Callable
from typing import Protocol

from myths.errors import MythsError, StoreError
from myths.pages import KEPT
from myths.server.page_message import PageMessage
from myths.server.page_origin import PageOrigin
from myths.server.sent_rating import SentRating
from myths.vocabulary import ReceiptState

log = logging.getLogger(__name__)


class RatedKernel(Protocol):
    """The kernel that a line leads to."""

    @property
    def is_awake(self) -> bool:
        """Whether there is a process."""

    def spread(self, line: bytes) -> None:
        """Deliver what the page is to hear."""


class RatingQueue:
    """Hands messages on in their order, each rating once it is saved and has its receipt."""

    def __init__(
        self, kernel: RatedKernel, origin: PageOrigin, hand_over: Callable[[PageMessage], object]
    ) -> None:
        self._kernel, self._origin, self._hand_over = kernel, origin, hand_over
        self._came: deque[PageMessage] = deque()
        self.saving: PageMessage | None = None

    def add(self, message: PageMessage) -> None:
        """Take another message."""
        self._came.append(message)
        if self.saving is None:
            self._go_on()

    def clear(self) -> None:
        """Forget what waits; a rating that is being saved is saved."""
        self._came.clear()

    def _go_on(self) -> None:
        while self._came:
            message = self._came.popleft()
            if message.rating:
                self.saving = message
                self._task = asyncio.ensure_future(self._save(message, message.rating))
                return
            self._hand_over(message)

    async def _save(self, message: PageMessage, rating: SentRating) -> None:
        try:
            told = await self._origin.keep(rating, "" if self._kernel.is_awake else message.token)
        except StoreError:  # it has logged why; the page sends it again
            self._kernel.spread(rating.receipt(ReceiptState.FAILED))
            message.link.land(message.size)
        except MythsError:  # the process finds the fault, too, and says it in the page's words
            self._hand_over(message)
        except Exception:
            log.exception("a rating could not be saved before its kernel hears of it")
            self._hand_over(message)
        else:
            message.line = KEPT + message.line
            message.link.time_reply(message.name, told)
            self._kernel.spread(told)
            await self._origin.quiet()
            self._hand_over(message)
        self.saving = None
        self._go_on()
