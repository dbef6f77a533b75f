"""Ending a server while people are on its pages: they go on at another one, and notice little.

First the server says that it is not ready, so that the proxy sends it nobody new. Then each page is
told, and loads itself again at a moment of its own, once nothing is being written there. The server
ends when nobody is connected any more, or when its time is over.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable, Mapping
from typing import Any

log = logging.getLogger(__name__)

_NOTICE, _LOOKS = 0.25, 3  # of the time, for proxies to look, and the seconds that they need
_MOVING = 0.5  # of the time, in which the pages go
_GLANCE = 0.1  # seconds between two looks at who is there


class Drain:
    """The way in which a server ends; `seconds` is how long that may take, 0 for at once."""

    def __init__(self, seconds: float) -> None:
        """Take the time."""
        self.seconds = seconds
        self.has_begun = False
        self.is_open = False  # whether a proxy may send people here

    async def run(
        self,
        *,
        tell: Callable[[dict[str, Any]], object],
        connected: Callable[[], Mapping[str, int]],
        underway: Callable[[], int],
    ) -> None:
        """Announce the end, have the pages go, and return when this process can end.

        `tell` sends all pages a message, `connected` counts the people of each workshop, `underway`
        the requests that are being answered.
        """
        end = time.monotonic() + self.seconds
        self.has_begun, self.is_open = True, False
        log.info("the server is going to end: it takes nobody new")
        await asyncio.sleep(min(max(_NOTICE * self.seconds, _LOOKS), self.seconds / 2))
        log.info("%d people are told to go on elsewhere", sum(connected().values()))
        tell({"moving": min(_MOVING * self.seconds, end - time.monotonic())})
        while (sum(connected().values()) or underway()) and time.monotonic() < end:
            await asyncio.sleep(_GLANCE)
        log.info("%d people are still connected as the server ends", sum(connected().values()))
