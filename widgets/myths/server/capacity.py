"""How many pages there is room for, and which of a visitor's pages makes way for their next one."""

from __future__ import annotations

import asyncio
import ctypes
import math
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Protocol

import psutil

from myths.errors import MythsError

_PAGE = 40 * 2**20  # bytes that the kernel of an open page may come to need
_RESERVE = 256 * 2**20  # bytes that stay free for everything else
_FILES = 2**16
# Measured, in docs/decisions/0015-wire.md: 9 for a page, 5 for each further connection to its
# kernel; 10 at the start, and 3 for each page that is kept ready.
_PAGE_FILES = 16
_OTHER_FILES = 128
_CONNECTIONS = 2048
_EACH = 5  # open pages of one visitor
_M_MMAP_THRESHOLD = -3  # of mallopt(3)
_LARGE = 2**20  # bytes
_CGROUP = Path("/sys/fs/cgroup")


class CapacityError(MythsError):
    """There is no room for another page; a moment later there may be."""


class Kernels(Protocol):
    """What is asked of Jupyter's MappingKernelManager."""

    def __contains__(self, kernel_id: str) -> bool:
        """Return whether that kernel is there."""

    def __len__(self) -> int:
        """Count the kernels."""

    def kernel_model(self, kernel_id: str) -> dict[str, Any]:
        """Describe a kernel: connections, last_activity."""

    async def shutdown_kernel(self, kernel_id: str, *, now: bool) -> None:
        """End a kernel."""


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


def pages_for(files: float) -> float:
    """Return how many pages so many files are enough for."""
    return max(1, (files - _OTHER_FILES - connections_for(files)) / _PAGE_FILES)


class Capacity:
    """Admits pages while there is memory, at most `most` of them, and five for each visitor.

    `turn` is for starting a kernel: few start at a time, in the order in which people came, for
    with all at once everybody would wait as long as the last one.
    """

    def __init__(self, *, most: float = math.inf, free: Callable[[], float] = free_memory) -> None:
        self._most, self._free = most, free
        self.turn = asyncio.Semaphore(2 * (os.cpu_count() or 1))
        self._coming = 0
        self._pages: dict[str, str] = {}  # kernel -> participant, the oldest first

    @contextmanager
    def place(self, kernels: Kernels) -> Iterator[None]:
        """Keep a place while a kernel starts. Raises CapacityError."""
        pages = len(kernels) + self._coming + 1
        if pages > self._most or self._free() < _RESERVE + _PAGE * (self._coming + 1):
            raise CapacityError("There is no room for another page now: wait, or close some.")
        self._coming += 1
        try:
            yield
        finally:
            self._coming -= 1

    async def settle(self, kernels: Kernels, kernel: str, participant: str) -> None:
        """Note whose page a kernel is for, and end the visitor's pages that are too many.

        Those that nobody looks at go first, then the oldest. What was typed there waits in the
        browser, and the page starts again if somebody comes back to it.
        """
        self._pages = {each: who for each, who in self._pages.items() if each in kernels}
        theirs = [each for each, who in self._pages.items() if who == participant]
        theirs.sort(key=lambda each: bool(kernels.kernel_model(each)["connections"]))
        self._pages[kernel] = participant
        for each in theirs[: max(0, len(theirs) + 1 - _EACH)]:
            await kernels.shutdown_kernel(each, now=True)
