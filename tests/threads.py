"""Runs something in a thread: a browser test may have left an event loop in the main one."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

Result = TypeVar("Result")


def apart(function: Callable[..., Result], *arguments: Any) -> Result:
    """Call a function in a thread of its own."""
    with ThreadPoolExecutor(1) as threads:
        return threads.submit(function, *arguments).result()


def finish(work: Coroutine[Any, Any, Result]) -> Result:
    """Run a coroutine to its end."""
    return apart(asyncio.run, work)
