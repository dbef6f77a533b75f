"""How much the keys of one role may do in a time; kept in memory only, like all limits."""

from __future__ import annotations

import time
from collections.abc import Callable

from myths.server.rate_limit import Fleet, Quota


class RoleQuotas:
    """A quota for each role: so many at once (`burst`), then one each so many `seconds`."""

    def __init__(
        self,
        burst: int,
        *,
        seconds: float,
        fleet: Fleet | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._burst, self._seconds, self._fleet, self._clock = burst, seconds, fleet, clock
        self._quotas: dict[str, Quota] = {}

    def wait(self, role: str) -> float:
        """Return in how many seconds a role may do the next; 0 for now."""
        return self._quota(role).wait

    def count(self, role: str) -> None:
        """Count what a role did."""
        self._quota(role).count()

    def _quota(self, role: str) -> Quota:
        if role not in self._quotas:
            self._quotas[role] = Quota(
                self._burst, 1 / self._seconds, fleet=self._fleet, clock=self._clock
            )
        return self._quotas[role]
