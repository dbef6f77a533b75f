"""How a fork server or a template is asked for something over its socket."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import socket
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple


class Prepared(NamedTuple):
    """What a template leaves: its `result` goes back as JSON, its `state` to its forks."""

    result: Any
    state: Any = None


def name_of(function: Callable[..., Any] | None) -> str:
    """Return the name by which another process finds a function; empty for None.

    ValueError for a function that is not on the top level of an importable module.
    """
    if function is None:
        return ""
    module, name = function.__module__, function.__qualname__
    if module == "__main__" or "." in name or "<" in name:
        raise ValueError(f"{module}:{name} cannot be found from another process.")
    return f"{module}:{name}"


async def ask(
    control: socket.socket,
    what: bytes,
    request: Mapping[str, Any] | None = None,
    descriptors: Sequence[int] = (),
) -> tuple[socket.socket, dict[str, Any], list[int]]:
    """Send a request; return the lifeline, and the message and descriptors that came back.

    The details travel in a file in memory, for a message has a largest size.
    Raises ConnectionError if the other side died, or was given up by another launch.
    """
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    try:
        with theirs, os.fdopen(os.memfd_create("request"), "w") as file:
            json.dump(request, file)
            file.flush()
            details = [file.fileno(), *descriptors] if request else []
            await _send(control, what, [theirs.fileno(), *details])
        message, received = await receive(ours)
    except BaseException:
        ours.close()
        raise
    return ours, message, received


async def receive(lifeline: socket.socket) -> tuple[dict[str, Any], list[int]]:
    """Return the next message of a process and its descriptors; ConnectionError if it hung up."""
    await _readable(lifeline)
    message, received, _, _ = socket.recv_fds(lifeline, 4096, 2)
    if not message:
        raise ConnectionResetError("it hung up")
    return json.loads(message), received


async def _send(control: socket.socket, what: bytes, descriptors: list[int]) -> None:
    """Hand over descriptors; a full queue empties by itself as processes are forked."""
    while control.fileno() >= 0:
        with contextlib.suppress(BlockingIOError):
            socket.send_fds(control, [what], descriptors)
            return
        await asyncio.sleep(0.01)
    raise ConnectionResetError("it was given up")


async def _readable(line: socket.socket) -> None:
    loop = asyncio.get_running_loop()
    readable = asyncio.Event()
    loop.add_reader(line, readable.set)
    try:
        await readable.wait()
    finally:
        loop.remove_reader(line)
