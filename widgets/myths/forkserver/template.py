"""A process in which something has run, to fork kernels from."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Mapping
from typing import Any

from .forks import Answer, Forks, ForkServerError, granted
from .process import ForkedProcess
from .protocol import ask


class Template(Forks):
    """A process in which a function has run, to fork kernels from; `result` came back from it.

    While somebody uses it, it outlives `close`: their next kernel is to be like the one before.
    """

    def __init__(
        self, *, process: ForkedProcess, control: socket.socket, result: Any, patience: float
    ) -> None:
        """Take over the process and its socket."""
        self.process, self.result = process, result
        self._control, self._patience = control, patience
        self._users: set[object] = set()
        self._closed = False

    async def _ask(
        self, what: bytes, request: Mapping[str, Any] | None, descriptors: list[int]
    ) -> Answer:
        """Ask the template; ForkServerError if it has died: then make another."""
        try:
            async with asyncio.timeout(self._patience):
                return granted(await ask(self._control, what, request, descriptors))
        except (ConnectionError, TimeoutError) as error:
            self._end()
            raise ForkServerError(f"The template of this kernel has ended ({error!r}).") from error

    @property
    def alive(self) -> bool:
        """Return whether kernels can be forked from it."""
        return self._control.fileno() >= 0 and self.process.poll() is None

    @property
    def is_open(self) -> bool:
        """Return whether kernels can be forked from it, and nobody has closed it."""
        return not self._closed and self.alive

    def hold(self, user: object) -> None:
        """Keep it until this user releases it."""
        self._users.add(user)

    def release(self, user: object) -> None:
        """Need it no longer."""
        self._users.discard(user)
        if self._closed and not self._users:
            self._end()

    def close(self) -> None:
        """End the template once nobody holds it.

        Kernels go on, but their exit statuses will be unknown.
        """
        self._closed = True
        if not self._users:
            self._end()

    def _end(self) -> None:
        self._control.close()
        self.process.kill()
