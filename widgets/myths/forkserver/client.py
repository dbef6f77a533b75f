"""Keeps a fork server running and asks it for kernels."""

from __future__ import annotations

import asyncio
import atexit
import contextlib
import functools
import logging
import os
import socket
import sys
import threading
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from .forks import (
    AT_ONCE,
    Answer,
    Forks,
    ForkServerError,
    FunctionError,
    OverdueError,
    UnforkableError,
    granted,
    read,
)
from .launcher import ForkServerProcess
from .process import ForkedProcess
from .protocol import Prepared, ask, name_of, receive
from .template import Template

_ATTEMPTS = 3
_GIVEN_UP = (
    f"The fork server died {_ATTEMPTS} times before it could start a kernel; "
    "the log of the server says why."
)
log = logging.getLogger(__name__)


class ForkServer(Forks):
    """One fork server for a list of modules: started when first needed, again when it died.

    After Chromium's and Android's zygotes: requests over a socket pair, descriptors passed along,
    exit statuses told by the process that is the parent.
    It belongs to no event loop and may be used from several threads.
    """

    def __init__(self, modules: Sequence[str], *, patience: float = 60) -> None:
        """Take the modules to import, and the seconds that this and one request may take."""
        self._modules = tuple(modules)
        self._patience = patience
        self._running: ForkServerProcess | None = None
        self._lock = threading.Lock()

    @property
    def pid(self) -> int | None:
        """The process id of the fork server, None before it was needed."""
        return self._running.process.pid if self._running else None

    async def start(self) -> None:
        """Start the fork server and wait until all is imported, so that the first visit is quick.

        Raises ForkServerError like `launch`.
        """
        lifeline, _, _ = await self._ask(b"ready", None, [])
        lifeline.close()

    async def prepare(
        self,
        function: Callable[..., Prepared],
        *,
        env: Mapping[str, str],
        cwd: str,
        stdout: int,
        stderr: int,
        limit: float | None = None,
        **arguments: Any,
    ) -> Template:
        """Fork a process that calls `function(**arguments)`, and forks kernels from there.

        The result that it returns comes back here; the state is handed to each kernel's `begin`.

        Raises ForkServerError like `launch`; FunctionError if the function raises, ends its process
        or has a result that is not JSON; OverdueError if it takes more than `limit` seconds, after
        ending it and what it started; UnforkableError if it leaves a thread or an open file.
        """
        request = {
            "function": name_of(function),
            "arguments": arguments,
            "env": dict(env),
            "cwd": cwd,
        }
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        ours.setblocking(False)
        try:
            with theirs:
                fds = [stdout, stderr, theirs.fileno()]
                lifeline, message, descriptors = await self._ask(b"template", request, fds)
        except BaseException:
            ours.close()
            raise
        process = ForkedProcess(message["pid"], descriptors[0], lifeline)
        try:
            result = await _result(lifeline, limit)
        except BaseException:
            process.kill()
            process.close()
            ours.close()
            raise
        return Template(process=process, control=ours, result=result, patience=self._patience)

    def close(self) -> None:
        """End the fork server. Kernels go on, but their exit statuses will be unknown."""
        with self._lock:
            running, self._running = self._running, None
        if running:
            running.end()

    async def _ask(
        self, what: bytes, request: Mapping[str, Any] | None, descriptors: list[int]
    ) -> Answer:
        """Ask the fork server, or the next one if it dies over the request."""
        for _ in range(_ATTEMPTS):
            running = self._ensure_running()
            try:
                async with asyncio.timeout(self._patience):
                    answer = await ask(running.control, what, request, descriptors)
            except (ConnectionError, TimeoutError) as error:
                self._retire(running, error)
                continue
            return granted(answer)
        raise ForkServerError(_GIVEN_UP)

    def _ensure_running(self) -> ForkServerProcess:
        with self._lock:
            if self._running and self._running.process.poll() is not None:
                status = self._running.process.returncode
                log.warning("The fork server died (status %s); starting it again.", status)
                self._running.end()
                self._running = None
            if not self._running:
                try:
                    self._running = ForkServerProcess.start(self._modules)
                except OSError as error:
                    raise ForkServerError(
                        f"The fork server could not be started: {error}."
                    ) from error
            return self._running

    def _retire(self, running: ForkServerProcess, error: Exception) -> None:
        """Abandon a fork server that does not answer, unless another launch already did."""
        with self._lock:
            if self._running is running:
                log.warning("The fork server does not answer (%r); starting it again.", error)
                self._running = None
                running.end()


async def _result(lifeline: socket.socket, limit: float | None) -> Any:
    """Wait for what the function of a template returns."""
    try:
        async with asyncio.timeout(limit):
            message, descriptors = await receive(lifeline)
    except TimeoutError:
        raise OverdueError(f"It took longer than {limit:g} seconds.") from None
    except ConnectionError as error:
        raise ForkServerError(f"The fork server died meanwhile ({error!r}).") from error
    if not descriptors:
        raise FunctionError(message.get("error") or AT_ONCE.format(message["exit"]))
    result = read(descriptors[0])
    if message["obstacle"]:
        raise UnforkableError(f"It {message['obstacle']}.", result)
    return result


@functools.cache
def shared(modules: tuple[str, ...]) -> ForkServer:
    """Return this process's one fork server for a list of modules."""
    server = ForkServer(modules)
    atexit.register(server.close)
    return server


def available() -> bool:
    """Return whether this system can do it: Linux with pidfds."""
    if sys.platform != "linux" or not hasattr(os, "pidfd_open"):
        return False
    with contextlib.suppress(OSError):
        os.close(os.pidfd_open(os.getpid()))
        return True
    return False
