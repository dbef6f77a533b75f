"""How fast codes can be guessed; kept in memory only, so no address is ever written down."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from myths.errors import MythsError
from myths.server.addresses import household
from myths.server.metrics import TURNED_AWAY

_A_SECOND = 1  # wrong codes of one household, once it has used up those it may try at once
_AT_ONCE = 4  # codes that are checked at a time: it keeps a processor busy
_HEADS = 2  # of them, those of one household
_LONGEST = 100  # people who may wait in a line that has used them up
_INSTANT = 1e-6  # seconds that nobody waits
_LINES = 1000  # lines that are kept before those are looked for that nobody needs


class CrowdedError(MythsError):
    """Too many people of one household wait to try a code; `seconds` until they have had a turn."""

    def __init__(self, seconds: float) -> None:
        """Keep the seconds."""
        super().__init__(f"Too many tries: wait {seconds:.0f} seconds.")
        self.seconds = seconds


@dataclass
class Fleet:
    """The servers that share a store: each takes its part of what all of them allow together.

    So limits hold over all servers, and yet no server tells another from where a code came.
    """

    size: int = 1


class Quota:
    """So many at once (`burst`), and then `rate` a second: of all servers, of which this is one.

    A leaky bucket: https://en.wikipedia.org/wiki/Leaky_bucket. What is in it is counted in codes,
    so it stays what it is when servers come or go.
    """

    def __init__(
        self,
        burst: int,
        rate: float,
        *,
        fleet: Fleet | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._burst, self._rate, self._clock = burst, rate, clock
        self._fleet = fleet or Fleet()
        self._counted, self._at = 0.0, clock()

    @property
    def wait(self) -> float:
        """Seconds until the next one; 0 when it may come now."""
        part = self._fleet.size
        over = self._left - max(0, self._burst / part - 1)
        seconds = over * part / self._rate
        return seconds if seconds > _INSTANT else 0.0

    @property
    def is_rested(self) -> bool:
        """Return whether all of them are free."""
        return self._left == 0

    def count(self) -> None:
        """Count one that came."""
        self._counted, self._at = self._left + 1, self._clock()

    @property
    def _left(self) -> float:
        """How many of those that came still count."""
        gone = (self._clock() - self._at) * self._rate / self._fleet.size
        return max(0.0, self._counted - gone)


@dataclass
class _Line:
    """Those of one household who want to try a code."""

    quota: Quota
    waiting: int = 0
    head: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(_HEADS))


class RateLimiter:
    """Has codes tried in turn, so that guessing takes long and nobody waits for a guesser.

    Each household has a line of its own. After `times` wrong codes it may try one a second; right
    ones never count. Those at the heads of the lines take turns, so a guesser's hundred others hold
    up nobody elsewhere. `common` is a quota for the wrong codes of all together, for codes that are
    short. Only who comes to a guessers' line in which a hundred wait is turned away.

    How long guessing takes: SECURITY.md.
    """

    def __init__(
        self,
        *,
        times: int = 60,
        common: Quota | None = None,
        fleet: Fleet | None = None,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._times, self._common, self._clock, self._sleep = times, common, clock, sleep
        self._fleet = fleet or Fleet()
        self._turn = asyncio.Semaphore(_AT_ONCE)
        self._lines: dict[str, _Line] = {}

    @asynccontextmanager
    async def turn(self, address: str) -> AsyncIterator[None]:
        """Wait for one's turn, and have it while the block runs. Raises CrowdedError."""
        line = self._line(address)
        if line.waiting >= _LONGEST and line.quota.wait:  # a room that joins at once is no guesser
            TURNED_AWAY.labels("codes").inc()
            raise CrowdedError(line.quota.wait + line.waiting / _A_SECOND)
        line.waiting += 1
        try:
            async with line.head:
                await self._rest(line.quota)
                async with self._turn:
                    if self._common:
                        await self._rest(self._common)
                    yield
        finally:
            line.waiting -= 1

    def failed(self, address: str) -> None:
        """Count one wrong code, in the turn in which it was tried."""
        self._line(address).quota.count()
        if self._common:
            self._common.count()

    @property
    def waiting(self) -> int:
        """How many wait for their turn, or have it."""
        return sum(line.waiting for line in self._lines.values())

    async def _rest(self, quota: Quota) -> None:
        while wait := quota.wait:
            await self._sleep(wait)

    def _line(self, address: str) -> _Line:
        name = household(address)
        if name not in self._lines and len(self._lines) >= _LINES:
            self._lines = {
                each: line
                for each, line in self._lines.items()
                if line.waiting or not line.quota.is_rested
            }
        if name not in self._lines:
            quota = Quota(self._times, _A_SECOND, fleet=self._fleet, clock=self._clock)
            self._lines[name] = _Line(quota)
        return self._lines[name]
