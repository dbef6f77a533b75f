"""What processes are forked from: how it is asked for one, and what goes wrong."""

from __future__ import annotations

import json
import os
import socket
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from .process import ForkedProcess
from .protocol import name_of

Answer = tuple[socket.socket, dict[str, Any], list[int]]

AT_ONCE = "A kernel ended with status {} while it started; the log of the server says why."


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


class Forks:
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
    ) -> ForkedProcess:
        """Fork a kernel with the arguments of ipykernel_launcher; the descriptors stay yours.

        From a template, it has all that the template's function left behind.

        `begin(state)` is called there before the kernel is, with what the template's function left
        (None without a template); what it returns, as JSON, becomes the process's `begun`.

        Raises ForkServerError if there is no room for a process, the folder is missing, a module
        cannot be imported, `begin` fails, the fork server keeps dying, or a template has died.
        """
        request = {"argv": list(argv), "env": dict(env), "cwd": cwd, "name": ""}
        return await self._fork(b"kernel", request, [stdout, stderr], begin)

    async def serve(
        self,
        function: Callable[[socket.socket], object],
        wire: socket.socket,
        *,
        env: Mapping[str, str],
        cwd: str,
        stdout: int,
        stderr: int,
        begin: Callable[[Any], object] | None = None,
        name: str = "",
    ) -> ForkedProcess:
        """Fork a process that calls `function(wire)` and ends with it; the descriptors stay yours.

        All else is as in `launch`. `ps` shows the first 15 letters of its `name`.
        """
        request = {"serve": name_of(function), "env": dict(env), "cwd": cwd, "name": name}
        return await self._fork(b"serve", request, [stdout, stderr, wire.fileno()], begin)

    async def _fork(
        self,
        what: bytes,
        request: Mapping[str, Any],
        descriptors: list[int],
        begin: Callable[[Any], object] | None,
    ) -> ForkedProcess:
        asked = {**request, "begin": name_of(begin)}
        lifeline, message, received = await self._ask(what, asked, descriptors)
        *results, pidfd = received
        process = ForkedProcess(message["pid"], pidfd, lifeline)
        for result in results:
            process.begun = read(result)
        return process

    async def _ask(
        self, what: bytes, request: Mapping[str, Any] | None, descriptors: list[int]
    ) -> Answer:
        """Ask for a process and return what came back; ForkServerError if there is none."""
        raise NotImplementedError


def granted(answer: Answer) -> Answer:
    """Return an answer that brings a process; ForkServerError says why there is none."""
    lifeline, message, _ = answer
    if "pid" in message:
        return answer
    lifeline.close()
    raise ForkServerError(message.get("error") or AT_ONCE.format(message["exit"]))


def read(descriptor: int) -> Any:
    """Read a result, and close its file."""
    with os.fdopen(descriptor) as file:
        file.seek(0)
        return json.load(file)
