"""What dies, fills up or hangs: who survives it, and who ends by itself."""

from __future__ import annotations

import asyncio
import os
import re
import resource
import signal
import sys
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

import pytest
from myths.forkserver import ForkServer, ForkServerError
from myths.forkserver.process import ForkedProcess

from tests.forkserver.kernels import (
    Kernel,
    Watch,
    children,
    fork,
    open_files,
    opened_since,
    wait_until,
)
from tests.threads import finish

Start = Callable[..., Kernel]
_FULL = """
import os, resource
soft, hard = resource.getrlimit(resource.RLIMIT_NPROC)
root = os.getuid() == 0
def fill():
    if os.path.exists({flag!r}):
        resource.setrlimit(resource.RLIMIT_NPROC, (0, hard))
        if root:
            os.setresuid(61234, 61234, 0)  # no limit holds for root
def empty():
    if root:
        os.setresuid(0, 0, 0)
    resource.setrlimit(resource.RLIMIT_NPROC, (soft, hard))
os.register_at_fork(before=fill, after_in_parent=empty, after_in_child=empty)
"""


@pytest.fixture
def module(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], str]:
    """Write a module that a fork server can import; returns its name."""
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))

    def write(code: str) -> str:
        (tmp_path / "to_preload.py").write_text(code)
        return "to_preload"

    return write


def test_a_killed_fork_server_leaves_its_kernels_alive_and_controllable(
    start: Start, server: ForkServer
) -> None:
    kernel = start(server)
    kernel.run("x = 1")
    assert server.pid
    os.kill(server.pid, signal.SIGKILL)
    later = start(server)
    assert later.run("print('born later')") == "born later"
    assert kernel.run("print(x)") == "1"
    kernel.manager.interrupt_kernel()
    assert kernel.manager.is_alive()
    kernel.stop(now=True)
    assert not kernel.manager.is_alive()
    assert later.manager.is_alive()


def test_a_kernel_may_outlive_several_fork_servers(start: Start, server: ForkServer) -> None:
    kernels = []
    for _ in range(3):
        kernels.append(start(server))
        assert server.pid
        os.kill(server.pid, signal.SIGKILL)
    assert [kernel.run("print('here')") for kernel in kernels] == ["here"] * 3


def test_thirty_launches_at_once_survive_a_killed_fork_server(
    server: ForkServer, tmp_path: Path
) -> None:
    async def crowd() -> list[ForkedProcess]:
        await server.start()
        launches = [asyncio.create_task(fork(server, tmp_path)) for _ in range(30)]
        await asyncio.wait(launches, return_when=asyncio.FIRST_COMPLETED)
        assert server.pid
        os.kill(server.pid, signal.SIGKILL)
        return await asyncio.gather(*launches)

    kernels = finish(crowd())
    assert [kernel.poll() for kernel in kernels] == [None] * 30
    for kernel in kernels:
        kernel.kill()
    assert {kernel.wait(10) for kernel in kernels} <= {-9, 255}


def test_a_fork_server_that_hangs_is_replaced(tmp_path: Path, closing: ExitStack) -> None:
    server = ForkServer([], patience=3)
    closing.callback(server.close)
    finish(server.start())
    hanging = server.pid
    assert hanging
    os.kill(hanging, signal.SIGSTOP)
    kernel = finish(fork(server, tmp_path))
    closing.callback(kernel.close)
    assert server.pid != hanging
    assert kernel.poll() is None


def test_all_who_queue_at_a_fork_server_that_hangs_are_served(closing: ExitStack) -> None:
    async def queue(server: ForkServer) -> None:
        first = asyncio.create_task(server.start())
        await asyncio.sleep(1)
        await asyncio.gather(first, *(server.start() for _ in range(400)))

    server = ForkServer([], patience=3)
    closing.callback(server.close)
    finish(server.start())
    assert server.pid
    os.kill(server.pid, signal.SIGSTOP)
    finish(queue(server))


def test_a_full_process_table_is_a_clear_error_and_nothing_more(
    module: Callable[[str], str], tmp_path: Path, closing: ExitStack
) -> None:
    flag = tmp_path / "full"
    server = ForkServer([module(_FULL.format(flag=str(flag)))])
    closing.callback(server.close)
    early = finish(fork(server, tmp_path))
    closing.callback(early.close)
    pid = server.pid
    flag.touch()
    files = open_files()
    for _ in range(3):
        with pytest.raises(ForkServerError, match=r"No room for another kernel \(Resource temp"):
            finish(fork(server, tmp_path))
    assert opened_since(files) == []
    flag.unlink()
    late = finish(fork(server, tmp_path))
    closing.callback(late.close)
    assert server.pid == pid
    assert early.poll() is late.poll() is None


def test_too_many_open_files_are_a_clear_error(server: ForkServer, tmp_path: Path) -> None:
    finish(server.start())
    assert server.pid
    _, hard = resource.prlimit(server.pid, resource.RLIMIT_NOFILE)
    resource.prlimit(server.pid, resource.RLIMIT_NOFILE, (5, hard))  # three streams and two more
    with pytest.raises(ForkServerError, match="too many open files"):
        finish(fork(server, tmp_path))


_THREAD = "from threading import *; Timer(9, print).start()"


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        ("import no_such_module", "No module named 'no_such_module'"),
        (_THREAD, "to_preload starts a thread"),
        ("import socket; here = socket.socket()", "to_preload opens .*socket"),
        ("file = open(__file__, 'a')", "to_preload opens .*to_preload.py"),
    ],
)
def test_a_module_that_cannot_be_preloaded_is_named_to_all_who_wait(
    code: str, sentence: str, module: Callable[[str], str], tmp_path: Path, closing: ExitStack
) -> None:
    async def crowd() -> list[BaseException | ForkedProcess]:
        launches = [fork(server, tmp_path) for _ in range(10)]
        return await asyncio.gather(*launches, return_exceptions=True)

    server = ForkServer([module(code)])
    closing.callback(server.close)
    for problem in finish(crowd()):
        assert isinstance(problem, ForkServerError)
        assert re.search(sentence, str(problem))


def test_a_mended_module_is_taken_without_a_restart_of_the_server(
    module: Callable[[str], str], closing: ExitStack
) -> None:
    server = ForkServer([module("raise ValueError('not today')")])
    closing.callback(server.close)
    with pytest.raises(ForkServerError, match="not today"):
        finish(server.start())
    assert server.pid
    with Watch(server.pid) as useless:
        assert useless.ended(10)
    module("")
    finish(server.start())


def test_a_module_that_ends_the_fork_server_is_given_up(
    module: Callable[[str], str], tmp_path: Path, closing: ExitStack
) -> None:
    server = ForkServer([module("import os; os._exit(3)")])
    closing.callback(server.close)
    with pytest.raises(ForkServerError, match="died 3 times"):
        finish(fork(server, tmp_path))


def test_a_missing_folder_is_a_clear_error(server: ForkServer, tmp_path: Path) -> None:
    with pytest.raises(ForkServerError, match=r"could not be started: .*gone"):
        finish(fork(server, tmp_path, cwd=str(tmp_path / "gone")))
    wait_until(lambda: children(server.pid or 0) == [], "the child is reaped")


def test_a_fork_server_that_cannot_be_started_is_a_clear_error(
    server: ForkServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = open_files()
    monkeypatch.setattr(sys, "executable", str(tmp_path / "python"))
    with pytest.raises(ForkServerError, match="could not be started"):
        finish(server.start())
    assert opened_since(files) == []


def test_a_kernel_that_cannot_start_is_a_clear_error(server: ForkServer, tmp_path: Path) -> None:
    broken = tmp_path / "broken.json"
    broken.write_text("{")
    launch = server.launch(
        ["-f", str(broken)], env=dict(os.environ), cwd=str(tmp_path), stdout=1, stderr=2
    )
    with pytest.raises(ForkServerError, match="ended with status 1 while it started"):
        finish(launch)
