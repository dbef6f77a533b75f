"""Many visits leave nothing behind: no process, socket, file or memory."""

from __future__ import annotations

import asyncio
import gc
import os
import random
import signal
import threading
from pathlib import Path
from typing import NamedTuple

import pytest
from jupyter_client.manager import AsyncKernelManager
from myths.forkserver import ForkProvisioner, ForkServer, ForkServerError

from tests.forkserver.kernels import (
    children,
    fork,
    memory,
    open_files,
    opened_since,
    wait_until,
)
from tests.threads import finish

_AT_ONCE = 5


class Traces(NamedTuple):
    """What a leak would enlarge."""

    kernels: int
    our_children: int
    our_files: int
    our_threads: int
    server_files: int
    folder: int


def traces(server: ForkServer, folder: Path) -> Traces:
    gc.collect()
    assert server.pid
    return Traces(
        kernels=len(children(server.pid)),
        our_children=len(children(os.getpid())),
        our_files=len(open_files()),
        our_threads=threading.active_count(),
        server_files=len(open_files(server.pid)),
        folder=len(list(folder.iterdir())),
    )


async def visit(provisioner: type[ForkProvisioner], folder: Path, number: int) -> None:
    """One visit: start, run a cell, end (every third rudely)."""
    manager = AsyncKernelManager(
        transport="ipc", connection_file=str(folder / f"{os.urandom(4).hex()}.json")
    )
    manager.provisioner = provisioner(parent=manager, kernel_spec=manager.kernel_spec, kernel_id="")
    await manager.start_kernel()
    client = manager.client()
    client.start_channels()
    message = client.kernel_info()
    while (await client.get_shell_msg(timeout=30))["parent_header"]["msg_id"] != message:
        pass
    client.stop_channels()
    await manager.shutdown_kernel(now=number % 3 == 0)


async def visits(provisioner: type[ForkProvisioner], folder: Path, count: int) -> None:
    for _ in range(count // _AT_ONCE):
        gc.collect()  # Jupyter's managers are cycles that keep their sockets
        await asyncio.gather(*(visit(provisioner, folder, n) for n in range(_AT_ONCE)))


@pytest.mark.parametrize("count", [15, pytest.param(1000, marks=pytest.mark.soak)])
def test_visits_leave_nothing(count: int, server: ForkServer, tmp_path: Path) -> None:
    class Ours(ForkProvisioner):
        fork_server = server

    async def soak() -> tuple[Traces, Traces]:
        await visits(Ours, tmp_path, 30)  # pools and caches fill up
        before = traces(server, tmp_path)
        await visits(Ours, tmp_path, count)
        return before, traces(server, tmp_path)

    before, after = finish(soak())
    assert before == after


@pytest.mark.parametrize("count", [60, pytest.param(1000, marks=pytest.mark.soak)])
def test_forks_take_no_memory_for_good(count: int, server: ForkServer, tmp_path: Path) -> None:
    async def forks(times: int) -> tuple[float, float]:
        for _ in range(times):
            kernel = await fork(server, tmp_path)
            kernel.kill()
            while kernel.poll() is None:
                await asyncio.sleep(0.005)
        gc.collect()
        assert server.pid
        return memory(os.getpid(), "Private_Dirty"), memory(server.pid, "Private_Dirty")

    async def soak() -> tuple[tuple[float, float], tuple[float, float]]:
        return await forks(20), await forks(count)

    before, after = finish(soak())
    assert after[0] - before[0] < 0.5
    assert after[1] - before[1] < 0.5


@pytest.mark.parametrize("count", [10, pytest.param(200, marks=pytest.mark.soak)])
def test_kills_at_random_leave_nothing(count: int, server: ForkServer, tmp_path: Path) -> None:
    chance = random.Random(count)  # noqa: S311

    async def life(number: int) -> None:
        try:
            kernel = await fork(server, tmp_path)
        except ForkServerError as error:
            assert "died 3 times" in str(error)  # noqa: PT017
            return
        await asyncio.sleep(chance.random() / 10)
        if number % 4 == 0 and server.pid:
            os.kill(server.pid, signal.SIGKILL)
        kernel.send_signal(chance.choice([signal.SIGKILL, signal.SIGTERM, signal.SIGSEGV]))
        while kernel.poll() is None:
            await asyncio.sleep(0.02)
        assert kernel.returncode in (255, -signal.SIGKILL, -signal.SIGTERM, -signal.SIGSEGV)

    async def storm() -> None:
        for begin in range(0, count, _AT_ONCE):
            await asyncio.gather(*(life(begin + n) for n in range(_AT_ONCE)))
        last = await fork(server, tmp_path)  # finds a fork server that is dying, and starts one
        last.kill()
        while last.poll() is None:
            await asyncio.sleep(0.02)

    files, others = open_files(), children(os.getpid())
    finish(storm())
    assert server.pid
    wait_until(lambda: children(server.pid or 0) == [], "no kernel is left")
    assert set(children(os.getpid())) - {*others} == {server.pid}
    assert len(opened_since(files)) == 1  # the socket to the fork server
