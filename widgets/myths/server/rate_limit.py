"""How often somebody may guess a code; kept in memory only, so no address is ever written down."""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import Callable


class RateLimiter:
    """At most `times` failures within `seconds` for one address, and `total` for all together.

    A sliding window: https://en.wikipedia.org/wiki/Rate_limiting. People behind one Wi-Fi
    share an address, so only wrong codes count, never right ones, and a room of thirty may mistype
    twice. How long guessing takes at that pace: docs/decisions/0005-only-me.md.

    Hold `turn` from asking `wait` until `failed` may be told, or whoever sends many guesses at once
    passes, and keeps the processors busy with hashing.
    """

    def __init__(
        self,
        *,
        times: int = 60,
        total: int = 200,
        seconds: float = 60,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._times, self._total, self._seconds, self._clock = times, total, seconds, clock
        self.turn = asyncio.Semaphore(4)
        self._failures: deque[tuple[float, str]] = deque()

    def wait(self, address: str) -> float:
        """Seconds until `address` may try again; 0 when it may now."""
        now = self._clock()
        while self._failures and self._failures[0][0] <= now - self._seconds:
            self._failures.popleft()
        mine = [at for at, who in self._failures if who == address]
        waits = [0.0]
        if len(mine) >= self._times:
            waits.append(mine[-self._times] + self._seconds - now)
        if len(self._failures) >= self._total:
            waits.append(self._failures[-self._total][0] + self._seconds - now)
        return max(waits)

    def failed(self, address: str) -> None:
        """Count one wrong code."""
        self._failures.append((self._clock(), address))
