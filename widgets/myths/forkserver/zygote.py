"""The fork server's process: imports everything once, then forks a kernel for each request.

A template is one of its forks that goes on from there: it runs a function, such as a notebook, and
then forks kernels in its turn.

Single-threaded on purpose, with neither event loop nor zmq Context: after a fork only the calling
thread goes on, and locks that others held stay locked for ever. The loop follows CPython's
multiprocessing.forkserver, with pidfds in place of its SIGCHLD handler.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import json
import os
import select
import socket
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from . import child

# What a kernel imports, the last three lines only while it starts (a test compares).
_KERNEL = (
    *("ipykernel.kernelapp", "ipykernel.debugger"),
    *("IPython.core.completerlib", "IPython.core.debugger", "IPython.core.logger"),
    *("IPython.core.oinspect", "IPython.extensions.storemagic", "IPython.utils.wildcard"),
    *("code", "faulthandler", "pdb", "tornado.platform.asyncio"),
)
# what is asked for, and which further descriptor of a Launch comes with it
_MORE = {b"kernel": (), b"template": ("control",), b"serve": ("wire",)}
_ALWAYS = 4
_FULL = "No room for another kernel ({}): end some, or raise the limit of processes or memory."
_MANY = "The fork server has too many open files: end some kernels, or raise `ulimit -n`."


class _ForkedKernel(NamedTuple):
    pid: int
    lifeline: int


def main(control: int, modules: Sequence[str]) -> None:
    """Import the modules, then serve the socket `control` until its other end is closed."""
    gc.disable()  # collecting leaves holes in the pages that kernels share
    problem, state, parent = "", None, os.getpid()
    try:
        preload(modules)
    except Exception as error:  # noqa: BLE001 - whatever a module raises is told to who asks
        problem = f"The fork server could not import its modules: {error}"
    while (launch := serve(_frozen(control), problem)).control:
        control, problem = launch.control, ""
        state = _become_template(launch, parent)
        parent = os.getpid()
    child.run(launch, state)


def preload(modules: Sequence[str]) -> None:
    """Import the modules and what a kernel needs; RuntimeError names one that does more."""
    for name in modules:
        _import(name)
    # Half of a kernel's start and memory would be its debugger; who wants it lists debugpy.
    sys.modules.setdefault("debugpy", None)  # type: ignore[arg-type]
    for name in _KERNEL:
        _import(name)
    if sys.modules["debugpy"] is None:
        del sys.modules["debugpy"]


def _become_template(launch: child.Launch, parent: int) -> object:
    """Run the function that is asked for, and tell its result and what keeps it from being forked.

    Return the state that it leaves. Until then it ends with its parent, and who asks can end it.
    """
    try:
        child.end_with(parent)
        request = child.settle(launch)
        gc.disable()
        child.introduce(launch.lifeline)
        before = _open_files()
        result, state = child.call(request["function"], **request["arguments"])
        obstacle = _what_no_fork_survives(before)
        with os.fdopen(os.memfd_create("result"), "w") as file:
            json.dump(result, file)
            file.flush()
            child.end_with(0)
            child.tell(launch.lifeline, file.fileno(), obstacle=obstacle)
    except Exception as error:  # noqa: BLE001 - whatever a function raises is told to who asks
        child.tell(launch.lifeline, error=f"{type(error).__name__}: {error}")
        os._exit(1)
    if obstacle:
        os._exit(1)
    os.close(launch.lifeline)
    return state


def _frozen(control: int) -> socket.socket:
    """Leave nothing behind that each fork would do again: unwritten lines, objects to collect."""
    gc.freeze()
    sys.stdout.flush()
    sys.stderr.flush()
    return socket.socket(fileno=control)


def serve(control: socket.socket, problem: str) -> child.Launch:
    """Fork a process per request, and return in it; tell each lifeline how its process ended.

    With a `problem` every request is answered by that, until none came for a second.
    """
    kernels: dict[int, _ForkedKernel] = {}
    poller = select.poll()
    poller.register(control, select.POLLIN)
    while events := poller.poll(1000 if problem else None):
        for ready, _ in events:
            if kernel := kernels.pop(ready, None):
                poller.unregister(ready)
                os.close(ready)
                _report(kernel)
            elif launch := _accept(control, problem):
                pid = _fork(launch.lifeline)
                if pid == 0:
                    return launch
                for descriptor in launch[1:]:
                    if descriptor is not None:
                        os.close(descriptor)
                if pid:
                    pidfd = os.pidfd_open(pid)
                    poller.register(pidfd, select.POLLIN)
                    kernels[pidfd] = _ForkedKernel(pid, launch.lifeline)
    os._exit(1)


def _import(name: str) -> None:
    before = _open_files()
    importlib.import_module(name)
    if obstacle := _what_no_fork_survives(before):
        raise RuntimeError(f"{name} {obstacle}; leave it out.")


def _what_no_fork_survives(before: set[tuple[str, str]]) -> str:
    """Return what was begun here and cannot be copied; empty if nothing."""
    if len(list(Path("/proc/self/task").iterdir())) > 1:
        return "starts a thread, which no fork survives"
    if opened := _open_files() - before:
        return f"opens {opened}, which all kernels would share"
    return ""


def _open_files() -> set[tuple[str, str]]:
    """Return the open files that copies of this process would disturb each other by."""
    files = set()
    for descriptor in Path("/proc/self/fd").iterdir():
        with contextlib.suppress(OSError):
            if not child.is_only_read(int(descriptor.name)):
                files.add((descriptor.name, str(descriptor.readlink())))
    return files


def _accept(control: socket.socket, problem: str) -> child.Launch | None:
    """Take a request, or answer it at once if it asks for no kernel or cannot have one."""
    message, descriptors, _, _ = socket.recv_fds(control, 16, len(child.Launch._fields))
    if not message:
        os._exit(0)
    if problem:
        child.tell(descriptors[0], error=problem)
    elif message == b"ready":
        child.tell(descriptors[0], pid=os.getpid())
    elif message in _MORE and len(descriptors) == _ALWAYS + len(_MORE[message]):
        more = dict(zip(_MORE[message], descriptors[_ALWAYS:], strict=True))
        return child.Launch(*descriptors[:_ALWAYS], **more)
    elif descriptors:
        child.tell(descriptors[0], error=_MANY)
    for descriptor in descriptors:
        os.close(descriptor)
    return None


def _fork(lifeline: int) -> int | None:
    """Fork, or tell why not and return None."""
    try:
        return os.fork()
    except OSError as error:
        child.tell(lifeline, error=_FULL.format(error.strerror))
        os.close(lifeline)
        return None


def _report(kernel: _ForkedKernel) -> None:
    _, status = os.waitpid(kernel.pid, 0)
    child.tell(kernel.lifeline, exit=os.waitstatus_to_exitcode(status))
    os.close(kernel.lifeline)
