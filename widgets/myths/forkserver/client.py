"""Keeps a fork server running and asks it for kernels."""

from __future__ import annotations

import asyncio
import atexit
import contextlib
import functools
import json
import logging
import os
import socket
import sys
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from .launcher import ForkServerProcess
from .process import ForkedProcess
from .protocol import Prepared, ask, name_of, receive

Answer = tuple[socket.socket, dict[str, Any], list[int]]

_ATTEMPTS = 3
_AT_ONCE = "A kernel ended with status {} while it started; the log of the server says why."
_GIVEN_UP = (
    f"The fork server died {_ATTEMPTS} times before it could start a kernel; "
    "the log of the server says why."
)
log = logging.getLogger(__name__)


class ForkServerError(RuntimeError):
    """No kernel could be forked; the sentence says why and what may help."""


class UnforkableError(ForkServerError):
    """A function has left what no fork survives; `result` is what it returned all the same."""

    def __init__(self, message: str, result: Any) -> None:
        """Keep the result."""
        super().__init__(message)
        self.result = result


class FunctionError(ForkServerError):
    """A function raised an error, ended its process, or has a result that is not JSON."""


class OverdueError(FunctionError):
    """A function took longer than it may, and was ended."""


class _Forks:
    """What kernels can be forked from."""

    async def launch(
        self,
        argv: Sequence[str],
        *,
        env: Mapping[str, str],
        cwd: str,
        stdout: int,
        stderr: int,
        begin: Callable[[Any], object] | None = None,
        serve: Callable[..., None] | None = None,
    ) -> ForkedProcess:
        """Fork a kernel with the arguments of ipykernel_launcher; the descriptors stay yours.

        From a template, it has all that the template's function left behind.

        `begin(state)` is called there before the kernel is, with what the template's function left
        (None without a template); what it returns, as JSON, becomes the process's `begun`.
        `serve(argv=…, ready=…)` is the kernel in place of ipykernel: it calls `ready()` when its
        sockets are there, and returns when it is asked to end.

        Raises ForkServerError if there is no room for a process, the folder is missing, a module
        cannot be imported, `begin` fails, the fork server keeps dying, or a template has died.
        """
        called = {"begin": name_of(begin), "serve": name_of(serve)}
        request = {"argv": list(argv), "env": dict(env), "cwd": cwd, **called}
        lifeline, message, descriptors = await self._ask(b"kernel", request, [stdout, stderr])
        *results, pidfd = descriptors
        process = ForkedProcess(message["pid"], pidfd, lifeline)
        for result in results:
            process.begun = _read(result)
        return process

    async def _ask(
        self, what: bytes, request: Mapping[str, Any] | None, descriptors: list[int]
    ) -> Answer:
        """Ask for a process and return what came back; ForkServerError if there is none."""
        raise NotImplementedError


class ForkServer(_Forks):
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
            return _granted(answer)
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


@dataclass(frozen=True)
class Template(_Forks):
    """A process in which a function has run, to fork kernels from; `result` came back from it."""

    process: ForkedProcess
    control: socket.socket
    result: Any
    patience: float

    async def _ask(
        self, what: bytes, request: Mapping[str, Any] | None, descriptors: list[int]
    ) -> Answer:
        """Ask the template; ForkServerError if it has died: then make another."""
        try:
            async with asyncio.timeout(self.patience):
                return _granted(await ask(self.control, what, request, descriptors))
        except (ConnectionError, TimeoutError) as error:
            self.close()
            raise ForkServerError(f"The template of this kernel has ended ({error!r}).") from error

    @property
    def alive(self) -> bool:
        """Return whether kernels can be forked from it."""
        return self.control.fileno() >= 0 and self.process.poll() is None

    def close(self) -> None:
        """End the template. Kernels go on, but their exit statuses will be unknown."""
        self.control.close()
        self.process.kill()


def _granted(answer: Answer) -> Answer:
    """Return an answer that brings a process; ForkServerError says why there is none."""
    lifeline, message, _ = answer
    if "pid" in message:
        return answer
    lifeline.close()
    raise ForkServerError(message.get("error") or _AT_ONCE.format(message["exit"]))


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
        raise FunctionError(message.get("error") or _AT_ONCE.format(message["exit"]))
    result = _read(descriptors[0])
    if message["obstacle"]:
        raise UnforkableError(f"It {message['obstacle']}.", result)
    return result


def _read(descriptor: int) -> Any:
    """Read a result, and close its file."""
    with os.fdopen(descriptor) as file:
        file.seek(0)
        return json.load(file)


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
