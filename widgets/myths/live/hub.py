"""The hub of a server: it hears that a room was moved, and tells all who listen to that room.

Nothing of it is kept: who comes, comes back or missed something is told where the room is now, and
the version says which of two is the later.
"""

from __future__ import annotations

import asyncio
import logging
import threading
import time
import uuid
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Any

from myths.errors import StoreError, WorkshopError
from myths.live import results
from myths.live.suppression import GroupText, Shares
from myths.store import LiveState, Store

log = logging.getLogger(__name__)

_AGAIN = 1.0  # seconds until a lost connection is tried again
_PRESENCE = 3.0  # seconds between two counts of who is connected
_AFRESH = 9.0  # seconds after which the same count is written again; it counts for 15

Hear = Callable[[dict[str, Any]], object]
Results = Mapping[str, Mapping[str, Shares]]  # by "page/item" and phase
Wall = Sequence[GroupText]


class Hub:
    """Pass on to the pages of this server where their rooms are."""

    def __init__(
        self,
        store: Store,
        *,
        connected: Callable[[], Mapping[str, int]],
        forget: Callable[[str], object] = lambda _: None,
    ) -> None:
        """Begin with nobody; `connected` counts the people of each room who have a page open.

        `forget` is called with the name of who erased an answer, at whichever server; with an empty
        one where that was not heard, since there was no connection for a while.
        """
        self._store, self._connected, self._forget = store, connected, forget
        self._hearers: dict[str, list[Hear]] = {}
        self._states: dict[str, tuple[LiveState, Results, Wall]] = {}
        self._name = str(uuid.uuid4())
        self._told: Mapping[str, int] = {}
        self._moved = asyncio.Event()
        self._ended = threading.Event()
        self._tasks: list[asyncio.Task[None]] = []

    def start(self) -> None:
        """Listen to the database, from within the server's loop, until `stop`."""
        loop = asyncio.get_running_loop()
        threading.Thread(target=self._listen, args=[loop], name="hub", daemon=True).start()
        self._tasks = [
            asyncio.ensure_future(self._tell_moves()),
            asyncio.ensure_future(self._tell_presence()),
        ]

    def stop(self) -> None:
        """Listen no longer."""
        self._ended.set()
        for task in self._tasks:
            task.cancel()

    def listen_to(self, workshop: str, hear: Hear) -> Callable[[], None]:
        """Have `hear` called with each state of a room from now on; returns what ends that.

        The first one comes at once, if a trainer has begun to lead this room.
        """
        self._hearers.setdefault(workshop, []).append(hear)
        if known := self._states.get(workshop):
            hear(told(*known))
        else:
            self._moved.set()

        def leave() -> None:
            hearers = self._hearers.get(workshop, [])
            if hear in hearers:
                hearers.remove(hear)
            if not hearers:
                self._hearers.pop(workshop, None)
                self._states.pop(workshop, None)

        return leave

    def tell_everybody(self, message: dict[str, Any]) -> None:
        """Send every page something that is not about its room."""
        for workshop in list(self._hearers):
            self._send(workshop, message)

    def _listen(self, loop: asyncio.AbstractEventLoop) -> None:
        """Wait for changes, in a thread of its own."""
        was_deaf = False
        while not self._ended.is_set():
            try:
                for erased in self._store.changes():
                    if self._ended.is_set():
                        return
                    if erased or was_deaf:
                        loop.call_soon_threadsafe(self._forget, erased)
                        was_deaf = False
                    loop.call_soon_threadsafe(self._moved.set)
            except StoreError:  # it is in the log; rooms stay where they are meanwhile
                was_deaf = True
                self._ended.wait(_AGAIN)
            except RuntimeError:  # the loop has ended
                return

    async def _tell_moves(self) -> None:
        while True:
            await self._moved.wait()
            self._moved.clear()
            rooms = list(self._hearers)
            if not rooms:
                continue
            with suppress(StoreError, WorkshopError):
                for code, state, shown, wall in await asyncio.to_thread(self._look, rooms):
                    self._tell(code, state, shown, wall)

    def _look(self, rooms: Sequence[str]) -> list[tuple[str, LiveState, Results, Wall]]:
        """Read where rooms are that have moved, or from whose wall an author took a text."""
        found: list[tuple[str, LiveState, Results, Wall]] = []
        for code, state in self._store.live_states(rooms).items():
            known = self._states.get(code)
            wall = results.wall(self._store, code, state)
            if known is None or known[0].version < state.version or known[2] != wall:
                found.append((code, state, results.revealed(self._store, code, state), wall))
        return found

    def _tell(self, workshop: str, state: LiveState, shown: Results, wall: Wall) -> None:
        if workshop not in self._hearers:
            return
        self._states[workshop] = state, shown, wall
        self._send(workshop, told(state, shown, wall))

    def _send(self, workshop: str, message: dict[str, Any]) -> None:
        for hear in list(self._hearers[workshop]):
            try:
                hear(message)
            except Exception:
                log.exception("a page could not be told where its room is")

    async def _tell_presence(self) -> None:
        due = 0.0
        while True:
            people, now = dict(self._connected()), time.monotonic()
            if people != self._told or (people and now >= due):
                with suppress(StoreError):
                    await asyncio.to_thread(self._store.tell_connected, self._name, people)
                    self._told, due = people, now + _AFRESH
            await asyncio.sleep(_PRESENCE)


def told(
    state: LiveState,
    results: Results = MappingProxyType({}),
    wall: Wall = (),
    *,
    now: datetime | None = None,
) -> dict[str, Any]:
    """Return what a page is told: of a countdown what is left, since clocks differ."""
    vote = state.vote
    return {
        "version": state.version,
        "pace": state.pace,
        "page": state.page,
        "step": state.step,
        "curtain": state.curtain,
        "vote": vote
        and {
            "page": vote.page,
            "phase": vote.phase,
            "items": list(vote.asked),
            "state": vote.state,
        },
        "left": _left(state, now or datetime.now(UTC)),
        "results": {
            name: {phase: asdict(shares) for phase, shares in phases.items()}
            for name, phases in results.items()
        },
        "wall": [each.text for each in wall],
    }


def _left(state: LiveState, now: datetime) -> float | None:
    """Return the seconds of a countdown: never more than it had, for a clock may be set back."""
    if state.until is None:
        return None
    return min(max(0.0, (state.until - now).total_seconds()), state.length)
