"""The machine, and what a server with all its processes has used of it."""

from __future__ import annotations

import os
import platform
from contextlib import suppress

import psutil


def about() -> dict[str, str | int]:
    """Name the machine without naming whose it is."""
    return {
        "cores": os.cpu_count() or 0,
        "memory_gib": round(psutil.virtual_memory().total / 2**30),
        "kernel": platform.release(),
        "python": platform.python_version(),
    }


def free() -> int:
    """Bytes of memory that programs can still take."""
    return int(psutil.virtual_memory().available)


def processes(root: int) -> list[psutil.Process]:
    """List a process and all below it."""
    first = psutil.Process(root)
    return [first, *first.children(recursive=True)]


def cpu(root: int) -> float:
    """Seconds of CPU of a process and all below it, also of those that have ended since."""
    total = 0.0
    for process in processes(root):
        with suppress(psutil.NoSuchProcess):
            total += sum(process.cpu_times()[:4])  # own and waited-for children, user and system
    return total


def pss(root: int) -> int:
    """Bytes of memory of a process and all below it, shared pages counted once in all."""
    total = 0
    for process in processes(root):
        with suppress(psutil.NoSuchProcess):
            total += process.memory_full_info().pss
    return total
