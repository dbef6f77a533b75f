"""What happens after the fork: a clean process out of the copy, and a kernel in it."""

from __future__ import annotations

import atexit
import contextlib
import ctypes
import fcntl
import functools
import gc
import importlib
import json
import os
import random
import select
import signal
import socket
import stat
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple, NoReturn

# One thread in a process that forks: no pools for linear algebra, no background work for pyarrow.
ONE_THREAD = {
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "JE_ARROW_MALLOC_CONF": "background_thread:false",
}
_BEHIND = 5  # the server, which a room waits for, goes before the processes of single pages
_PARENT_DEATH_SIGNAL = 1  # PR_SET_PDEATHSIG of prctl(2)
_LIBC = ctypes.CDLL(None)


class Launch(NamedTuple):
    """Descriptors that come with a request: the lifeline, a file with the details, two streams.

    `control` is the socket that a template is to serve, `wire` the one of a function that serves;
    without either the process becomes a kernel.
    """

    lifeline: int
    request: int
    stdout: int
    stderr: int
    control: int | None = None
    wire: int | None = None


def run(launch: Launch, state: object) -> NoReturn:
    """Become the process that is asked for, run it and exit with its status.

    `state` is what the function of the template left, None without a template.
    """
    try:
        request = settle(launch)
        _be_called(request["name"])
        begun = call(request["begin"], state) if request["begin"] else None
        results = [_in_memory(begun)] if begun else []
    except Exception as error:  # noqa: BLE001 - whatever went wrong is told to who asked
        tell(launch.lifeline, error=f"A kernel could not be started: {error}")
        os._exit(1)
    _end_with_the_server(launch.lifeline)
    ready = functools.partial(introduce, launch.lifeline, *results)
    work: Callable[[], object] = functools.partial(_ipykernel, request.get("argv", []), ready)
    if launch.wire is not None:
        os.nice(_BEHIND)
        ready()
        work = functools.partial(call, request["serve"], socket.socket(fileno=launch.wire))
    os._exit(_status(work))


def call(function: str, *positional: Any, **arguments: Any) -> Any:
    """Call a function by its name, "module:function"."""
    module, name = function.split(":")
    return getattr(importlib.import_module(module), name)(*positional, **arguments)


def tell(lifeline: int, *descriptors: int, **message: Any) -> None:
    """Send a message to the Jupyter server, unless it let go of this kernel."""
    line = socket.socket(fileno=lifeline)
    with contextlib.suppress(OSError):
        socket.send_fds(line, [json.dumps(message).encode()], descriptors)
    line.detach()


def settle(launch: Launch) -> dict[str, Any]:
    """Shed everything of the fork server and of its other kernels; return what is asked for.

    Only this process reads the request: no visitor's environment passes through the memory that
    later kernels inherit.
    """
    os.setsid()
    _reset_signals()
    os.lseek(launch.request, 0, os.SEEK_SET)
    with open(launch.request, closefd=False) as file:
        request: dict[str, Any] = json.load(file)
    os.chdir(request["cwd"])
    os.environ.clear()
    os.environ.update(request["env"] | (ONE_THREAD if launch.control is not None else {}))
    time.tzset()
    random.seed()
    if numpy_random := sys.modules.get("numpy.random"):
        numpy_random.seed()
    os.dup2(launch.stdout, 1)
    os.dup2(launch.stderr, 2)
    for descriptor in {int(path.name) for path in Path("/proc/self/fd").iterdir()}:
        if descriptor > 2 and descriptor not in (launch.lifeline, launch.control, launch.wire):
            with contextlib.suppress(OSError):
                _own(descriptor)
    gc.enable()
    return request


def is_only_read(descriptor: int) -> bool:
    """Return whether it is a plain file that is open for reading only, such as a font."""
    reads = fcntl.fcntl(descriptor, fcntl.F_GETFL) & os.O_ACCMODE == os.O_RDONLY
    return reads and stat.S_ISREG(os.fstat(descriptor).st_mode)


def _own(descriptor: int) -> None:
    """Open a file anew that is only read, so that nobody else moves its position; close others."""
    if not is_only_read(descriptor):
        os.close(descriptor)
        return
    position = os.lseek(descriptor, 0, os.SEEK_CUR)
    anew = os.open(f"/proc/self/fd/{descriptor}", os.O_RDONLY | os.O_CLOEXEC)
    os.lseek(anew, position, os.SEEK_SET)
    os.dup2(anew, descriptor, inheritable=False)
    os.close(anew)


def end_with(parent: int) -> None:
    """End this process as soon as its parent ends, whatever it does then; with 0 no longer."""
    _LIBC.prctl(_PARENT_DEATH_SIGNAL, signal.SIGKILL if parent else 0)
    if parent and os.getppid() != parent:  # it ended before that was asked for
        os._exit(1)


def _reset_signals() -> None:
    """Leave signals as Python finds them at its start."""
    for number in signal.valid_signals() - {signal.SIGKILL, signal.SIGSTOP}:
        signal.signal(number, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.signal(signal.SIGPIPE, signal.SIG_IGN)
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    signal.pthread_sigmask(signal.SIG_SETMASK, [])


def _end_with_the_server(lifeline: int) -> None:
    """Have SIGIO end this process when the Jupyter server lets go, by closing its end or by dying.

    It comes whatever the process does then, and takes no thread. ipykernel's own watch would look
    for a parent process id that it read when it was imported.
    """
    fcntl.fcntl(lifeline, fcntl.F_SETOWN, os.getpid())
    fcntl.fcntl(lifeline, fcntl.F_SETFL, fcntl.fcntl(lifeline, fcntl.F_GETFL) | os.O_ASYNC)
    gone = select.poll()
    gone.register(lifeline, select.POLLIN)
    if gone.poll(0):  # it let go before that was asked for
        os._exit(1)


def _in_memory(result: object) -> int:
    """Write a result to a file in memory, for a message has a largest size."""
    descriptor = os.memfd_create("result")
    with open(descriptor, "w", closefd=False) as file:
        json.dump(result, file)
    return descriptor


def _be_called(name: str) -> None:
    """Have `ps` show this process under a name, of which the kernel keeps 15 letters."""
    if name:
        with contextlib.suppress(OSError):
            Path("/proc/self/comm").write_text(name)


def _status(work: Callable[[], object]) -> int:
    """Run what this process is for, and its clean-up; return the exit status."""
    status = 0
    try:
        work()
    except SystemExit as exit_:
        status = exit_.code if isinstance(exit_.code, int) else int(exit_.code is not None)
    except BaseException:  # noqa: BLE001 - this is the outermost frame: show it and end
        sys.excepthook(*sys.exc_info())
        status = 1
    # A full shutdown of the interpreter would write to, and so copy, every page it shares. It would
    # also wait for threads that a cell started.
    atexit._run_exitfuncs()  # noqa: SLF001  nothing public runs them
    with contextlib.suppress(OSError, ValueError):
        sys.stdout.flush()
        sys.stderr.flush()
    return status


def _ipykernel(argv: list[str], ready: Callable[[], None]) -> None:
    """Run ipykernel, which introduces itself when its sockets are there.

    A client that connects too early waits longer until it tries again than a kernel takes to start.
    """
    from ipykernel.kernelapp import IPKernelApp

    sys.argv = ["ipykernel_launcher", *argv]
    # parent_handle=1 means: a parent is there, and not to be watched.
    app: Any = IPKernelApp.instance(parent_handle=1)
    with _few_modules():
        app.initialize(["--HistoryManager.enabled=False", *argv])
    ready()
    app.start()
    # The clean-up that follows ends the thread that prints; this one may still be printing.
    app.control_thread.join(1)


def introduce(lifeline: int, *descriptors: int) -> None:
    """Announce that this process is ready, with a handle of it after the descriptors it gives."""
    given = (*descriptors, os.pidfd_open(os.getpid()))
    tell(lifeline, *given, pid=os.getpid())
    for each in given:
        os.close(each)


@contextlib.contextmanager
def _few_modules() -> Iterator[None]:
    """Hide sys.modules from ipykernel while it starts.

    It lists the file of each module, for a debugger that is rarely there. That writes a reference
    count beside each, and pages of memory that could be shared are copied.
    """
    if "debugpy" in sys.modules:
        yield
        return
    ipkernel: Any = sys.modules["ipykernel.ipkernel"]
    ipkernel.sys = ModuleType("sys")
    ipkernel.sys.__dict__.update(vars(sys), modules={})
    try:
        yield
    finally:
        ipkernel.sys = sys
