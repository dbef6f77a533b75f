"""Saving the ratings of a whole room: those that come while the disk is busy go to it together."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Sequence
from concurrent.futures import Executor

from myths.store import GivenRating, Store

_PATIENCE = 2  # seconds
_AT_ONCE = 50  # in one transaction, so that nobody waits for three hundred others


class RatingSaves:
    """Keeps ratings in the order in which they came, with as few transactions as there can be."""

    def __init__(self, store: Store, threads: Executor) -> None:
        self._store, self._threads = store, threads
        self._waiting: deque[tuple[asyncio.Future[None], GivenRating]] = deque()
        self._work: asyncio.Task[None] | None = None

    async def keep(self, rating: GivenRating) -> None:
        """Return once a rating is on the disk.

        Raises StoreError, or why it was refused (`Store.save_ratings`).
        """
        kept: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append((kept, rating))
        if self._work is None or self._work.done():
            self._work = asyncio.ensure_future(self._save())
        await kept

    async def wait_idle(self) -> None:
        """Wait until all are saved that came, but not for long: more may come all the time."""
        if self._work:
            await asyncio.wait([self._work], timeout=_PATIENCE)

    async def _save(self) -> None:
        loop = asyncio.get_running_loop()
        while self._waiting:
            number = min(_AT_ONCE, len(self._waiting))
            waiting, ratings = zip(*(self._waiting.popleft() for _ in range(number)), strict=True)
            outcomes: Sequence[object]
            try:
                outcomes = await loop.run_in_executor(
                    self._threads, self._store.save_ratings, ratings
                )
            except Exception as fault:  # noqa: BLE001  whoever waits is to know of it
                outcomes = [fault] * number
            for kept, outcome in zip(waiting, outcomes, strict=True):
                if kept.done():
                    continue
                if isinstance(outcome, Exception):
                    kept.set_exception(outcome)
                else:
                    kept.set_result(None)
