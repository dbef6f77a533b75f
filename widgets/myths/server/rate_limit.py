"""How fast codes can be guessed; kept in memory only, so no address is ever written down."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from myths.errors import MythsError
from myths.server.addresses import household

_A_SECOND = 1  # wrong codes of one household, once it has used up those it may try at once
_AT_ONCE = 4  # codes that are checked at a time: it keeps a processor busy
_HEADS = 2  # of them, those of one household
_LONGEST = 100  # people who may wait in a line that has used them up
_LINES = 1000  # lines that are kept before those are looked for that nobody needs


class CrowdedError(MythsError):
    """Too many people of one household wait to try a code; `seconds` until they have had a turn."""

    def __init__(self, seconds: float) -> None:
        """Keep the seconds."""
        super().__init__(f"Too many tries: wait {seconds:.0f} seconds.")
        self.seconds = seconds


class Quota:
    """So many at once (`burst`), and then `rate` a second.

    The generic cell rate algorithm: https://en.wikipedia.org/wiki/Generic_cell_rate_algorithm.
    """

    def __init__(
        self, burst: int, rate: float, *, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._gap, self._clock = 1 / rate, clock
        self._slack = (burst - 1) * self._gap
        self._due = 0.0  # when all of them are free again

    @property
    def wait(self) -> float:
        """Seconds until the next one; 0 when it may come now."""
        return max(0.0, self._due - self._slack - self._clock())

    @property
    def is_rested(self) -> bool:
        """Return whether all of them are free."""
        return self._due <= self._clock()

    def count(self) -> None:
        """Count one that came."""
        self._due = max(self._due, self._clock()) + self._gap


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
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._times, self._common, self._clock, self._sleep = times, common, clock, sleep
        self._turn = asyncio.Semaphore(_AT_ONCE)
        self._lines: dict[str, _Line] = {}

    @asynccontextmanager
    async def turn(self, address: str) -> AsyncIterator[None]:
        """Wait for one's turn, and have it while the block runs. Raises CrowdedError."""
        line = self._line(address)
        if line.waiting >= _LONGEST and line.quota.wait:  # a room that joins at once is no guesser
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
            quota = Quota(self._times, _A_SECOND, clock=self._clock)
            self._lines[name] = _Line(quota)
        return self._lines[name]
