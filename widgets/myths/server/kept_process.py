"""A child of this program that is started again whenever it ends by itself (Linux)."""

from __future__ import annotations

import asyncio
import ctypes
import logging
import signal
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

log = logging.getLogger(__name__)

_PATIENCE = 120  # seconds in which it must be ready
_GLANCE = 0.1  # seconds between two looks at whether it is
_LIVED = 10  # seconds; what ends sooner may be going to do so again
_LONGEST = 30  # seconds until such a one is started once more
_PARENT_DEATH_SIGNAL = 1  # PR_SET_PDEATHSIG of prctl(2)


class KeptProcess:
    """A process that answers at a Unix socket as soon as it is ready.

    It ends with this program, however that ends. What it prints goes into `said`, and without that
    its faults go where ours do.
    """

    def __init__(
        self, name: str, command: Sequence[str], *, socket: Path, said: Path | None = None
    ) -> None:
        """Take what to run."""
        self.name, self.socket, self.said = name, socket, said
        self.faults = 0  # how often it ended by itself
        self._command = command
        self._process: asyncio.subprocess.Process | None = None
        self._ending = asyncio.Event()
        self._is_renewed = False

    async def keep(self) -> None:
        """Run it, again and again, until it was told to end."""
        pause = 0.0
        while not self._ending.is_set():
            began = time.monotonic()
            self._process = await self._start()
            if self._ending.is_set():
                self._process.terminate()
            await self._process.wait()
            if self._ending.is_set() or self._is_renewed:
                self._is_renewed = False
                continue
            self.faults += 1
            log.error("%s ended by itself, and is started again", self.name)
            pause = min(2 * pause or 1, _LONGEST) if time.monotonic() - began < _LIVED else 0
            with suppress(TimeoutError):
                await asyncio.wait_for(self._ending.wait(), pause)

    async def is_ready(self) -> bool:
        """Wait until it answers; False if it ended meanwhile, or takes too long."""
        faults, end = self.faults, time.monotonic() + _PATIENCE
        while self.faults == faults and not self._ending.is_set() and time.monotonic() < end:
            if await _answers(self.socket):
                return True
            await asyncio.sleep(_GLANCE)
        return False

    async def renew(self) -> bool:
        """Have it end in its own way, and another one go on; returns whether that is ready."""
        if (process := self._process) and process.returncode is None:
            self._is_renewed = True
            self._send(signal.SIGTERM)
            await process.wait()
        return await self.is_ready()

    def end(self, how: signal.Signals) -> None:
        """Ask it to end; it is not started again."""
        self._ending.set()
        self._send(how)

    def _send(self, how: signal.Signals) -> None:
        if self._process:
            with suppress(ProcessLookupError):
                self._process.send_signal(how)

    async def _start(self) -> asyncio.subprocess.Process:
        with (self.said or Path("/dev/null")).open("ab") as said:
            return await asyncio.create_subprocess_exec(
                *self._command,
                stdin=asyncio.subprocess.DEVNULL,
                stdout=said,
                stderr=said if self.said else None,
                start_new_session=True,  # Ctrl+C is for this program alone, which passes it on
                preexec_fn=_end_with_parent,
            )


_libc = ctypes.CDLL(None) if hasattr(signal, "SIGHUP") else None


def _end_with_parent() -> None:
    if _libc:
        _libc.prctl(_PARENT_DEATH_SIGNAL, signal.SIGKILL)


async def _answers(socket: Path) -> bool:
    try:
        reader, writer = await asyncio.open_unix_connection(socket)
    except OSError:
        return False
    try:
        writer.write(b"GET /readyz HTTP/1.0\r\n\r\n")
        return b" 200 " in await asyncio.wait_for(reader.readline(), _LIVED)
    except (OSError, TimeoutError):
        return False
    finally:
        writer.close()
