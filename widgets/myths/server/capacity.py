"""How many pages there is room for, and what makes way for the next one."""

from __future__ import annotations

import asyncio
import ctypes
import math
import os
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple, Protocol

import psutil

from myths.errors import MythsError
from myths.server.metrics import TURNED_AWAY

_ASLEEP = 8 * 2**20  # bytes that are free when a kernel falls asleep
_RESERVE = 256 * 2**20  # bytes that stay free for everything else
_PATIENCE = 10  # seconds that a kernel waits for room
_FILES = 2**16
_OTHER_FILES = 128  # 10 at the start, 3 for each page that is kept ready, and those for forks
_CONNECTIONS = 2048
_EACH = 5  # open pages of one visitor
_M_MMAP_THRESHOLD = -3  # of mallopt(3)
_LARGE = 2**20  # bytes
_CGROUP = Path("/sys/fs/cgroup")


class CapacityError(MythsError):
    """There is no room for another page; a moment later there may be."""


class KernelNeeds(NamedTuple):
    """What a kernel may come to need: open files of the server, and bytes of memory."""

    files: int
    memory: int


OWN = KernelNeeds(files=6, memory=12 * 2**20)  # process, lifeline, wire, and three sockets of pages
JUPYTERS = KernelNeeds(files=16, memory=40 * 2**20)  # docs/decisions/0015-wire.md


class Pages(Protocol):
    """What is asked of the open pages."""

    def __contains__(self, kernel_id: str) -> bool:
        """Return whether the page with this kernel is there."""

    def __len__(self) -> int:
        """Count the pages."""

    @property
    def files(self) -> int:
        """How many open files they may take."""

    def is_heard(self, kernel_id: str) -> bool:
        """Return whether somebody is connected."""

    def make_room(self, number: int) -> int:
        """Put so many kernels to sleep; returns how many there were."""

    def end_pages(self, kernel_ids: Iterable[str], *, at_once: bool) -> None:
        """End pages."""


def free_memory() -> float:
    """Bytes that may still be taken, also within the limits of a container (cgroup v2)."""
    free = float(psutil.virtual_memory().available)
    with suppress(OSError, ValueError):  # no container, or "max"
        limit = int((_CGROUP / "memory.max").read_text())
        used = int((_CGROUP / "memory.current").read_text())
        stat = dict(line.split() for line in (_CGROUP / "memory.stat").read_text().splitlines())
        free = min(free, limit - used + int(stat["inactive_file"]))  # that is a cache
    return free


def return_memory() -> None:
    """Have large blocks of memory go back to the system as soon as they are free.

    By itself glibc keeps them, once for each thread: 96 MB of hashing recovery codes
    (docs/decisions/0015-wire.md). Other systems' libraries have no such switch.
    """
    with suppress(OSError, TypeError, AttributeError):
        ctypes.CDLL(None).mallopt(_M_MMAP_THRESHOLD, _LARGE)


def most_files() -> float:
    """Raise the limit of open files as far as this account may, and return it.

    Without a limit it is infinite, as on Windows.
    """
    try:
        import resource
    except ImportError:
        return math.inf
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    soft = _FILES if hard == resource.RLIM_INFINITY else min(hard, _FILES)
    resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    return soft


def connections_for(files: float) -> int:
    """Return how many connections may be open, apart from WebSockets, with so many files."""
    return int(min(_CONNECTIONS, files // 8))


def page_files(files: float) -> float:
    """Return how many of so many files are for pages."""
    return max(1, files - _OTHER_FILES - connections_for(files))


class ForkTurn:
    """Has at most so many kernels start at a time; `waiting` are those that come after these."""

    def __init__(self, most: int) -> None:
        self._free = asyncio.Semaphore(most)
        self.waiting = 0

    async def __aenter__(self) -> None:
        """Wait for one's turn."""
        self.waiting += 1
        try:
            await self._free.acquire()
        finally:
            self.waiting -= 1

    async def __aexit__(self, *_: object) -> None:
        """Have the next one start."""
        self._free.release()


class Capacity:
    """Admits pages while there are memory and `files`, at most `most`, five for each visitor.

    `turn` is for starting a kernel: few start at a time, in the order in which people came, for
    with all at once everybody would wait as long as the last one.
    """

    def __init__(
        self,
        *,
        most: float = math.inf,
        files: float = math.inf,
        free: Callable[[], float] = free_memory,
    ) -> None:
        self._most, self._files, self._free = most, files, free
        self.turn = ForkTurn(2 * (os.cpu_count() or 1))
        self._coming: list[KernelNeeds] = []  # of pages whose kernels start
        self._pages: dict[str, str] = {}  # kernel -> participant, the oldest first

    @property
    def coming(self) -> int:
        """How many pages are being opened."""
        return len(self._coming)

    @contextmanager
    def place(self, pages: Pages, needs: KernelNeeds) -> Iterator[None]:
        """Keep a place while a kernel starts. Raises CapacityError."""
        self._coming.append(needs)
        try:
            if (
                len(pages) + len(self._coming) > self._most
                or pages.files + sum(each.files for each in self._coming) > self._files
                or not self._fits(pages, sum(each.memory for each in self._coming))
            ):
                TURNED_AWAY.labels("memory").inc()
                raise CapacityError("There is no room for another page now: wait, or close some.")
            yield
        finally:
            self._coming.remove(needs)

    async def room(self, pages: Pages) -> None:
        """Wait until there is room for a kernel that goes on. Raises CapacityError."""
        end = time.monotonic() + _PATIENCE
        while not self._fits(pages, OWN.memory):
            if time.monotonic() > end:
                raise CapacityError("There is no room for a kernel now: wait, or close pages.")
            await asyncio.sleep(0.2)

    def settle(self, pages: Pages, kernel: str, participant: str) -> None:
        """Note whose page a kernel is for, and end the visitor's pages that are too many.

        Those that nobody looks at go first, then the oldest. What was typed there waits in the
        browser, and the page starts again if somebody comes back to it.
        """
        self._pages = {each: who for each, who in self._pages.items() if each in pages}
        theirs = [each for each, who in self._pages.items() if who == participant]
        theirs.sort(key=pages.is_heard)
        self._pages[kernel] = participant
        pages.end_pages(theirs[: max(0, len(theirs) + 1 - _EACH)], at_once=True)

    def _fits(self, pages: Pages, needed: int) -> bool:
        """Return whether there is so much memory, or will be once idle kernels sleep."""
        short = _RESERVE + needed - self._free()
        return short <= 0 or pages.make_room(math.ceil(short / _ASLEEP)) * _ASLEEP >= short
