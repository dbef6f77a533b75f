"""What a forked kernel costs beside an ordinary one, on the same machine in the same run."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path
from statistics import mean
from typing import Any, NamedTuple

import pytest
from jupyter_client.manager import AsyncKernelManager
from jupyter_client.provisioning.local_provisioner import LocalProvisioner
from myths.forkserver import ForkProvisioner, ForkServer

from tests.forkserver.kernels import MODULES, cpu, memory
from tests.threads import finish

_CELL = f"import {', '.join(MODULES)}"


class Cost(NamedTuple):
    """Per kernel, but for `wall`: until the last one was ready."""

    wall: float  # seconds
    start: float  # CPU seconds to the reply to kernel_info
    ready: float  # CPU seconds with the modules imported
    pss: float  # MB with the modules imported


class Kernel(NamedTuple):
    """A ready kernel and what it took."""

    manager: Any
    client: Any
    cpu: float


async def start(provisioner: type[LocalProvisioner], folder: Path, name: str) -> Kernel:
    manager: Any = AsyncKernelManager(transport="ipc", connection_file=str(folder / f"{name}.json"))
    manager.provisioner = provisioner(parent=manager, kernel_spec=manager.kernel_spec, kernel_id="")
    await manager.start_kernel()
    client = manager.client()
    client.start_channels(hb=False)
    message = client.kernel_info()
    while (await client.get_shell_msg(timeout=120))["parent_header"]["msg_id"] != message:
        pass
    return Kernel(manager, client, cpu(manager.provisioner.pid))


async def measure(provisioner: type[LocalProvisioner], folder: Path, count: int) -> Cost:
    begin = time.perf_counter()
    kernels = await asyncio.gather(
        *(start(provisioner, folder, f"{provisioner.__name__}{n}") for n in range(count))
    )
    wall = time.perf_counter() - begin
    for kernel in kernels:
        await kernel.client.execute_interactive(_CELL, timeout=60)
    pids = [kernel.manager.provisioner.pid for kernel in kernels]
    cost = Cost(
        wall,
        mean(kernel.cpu for kernel in kernels),
        mean(cpu(pid) for pid in pids),
        mean(memory(pid, "Pss") for pid in pids),
    )
    for kernel in kernels:
        kernel.client.stop_channels()
    await asyncio.gather(*(kernel.manager.shutdown_kernel(now=True) for kernel in kernels))
    return cost


@pytest.mark.parametrize("count", [3, pytest.param(30, marks=pytest.mark.soak)])
def test_a_forked_kernel_costs_a_fraction(count: int, loaded: ForkServer, tmp_path: Path) -> None:
    class Forked(ForkProvisioner):
        fork_server = loaded

    async def both() -> tuple[Cost, Cost, float]:
        await loaded.start()
        assert loaded.pid
        before = cpu(loaded.pid)
        forked = await measure(Forked, tmp_path, count)
        forking = (cpu(loaded.pid) - before) / count
        return forked, await measure(LocalProvisioner, tmp_path, count), forking

    forked, ordinary, forking = finish(both())
    print(f"\n{count} forked: {forked}, plus {forking:.4f} s for the fork\n{ordinary=}")  # noqa: T201
    assert forked.start + forking < ordinary.start / 4  # on a quiet machine 7, on a busy one 20
    assert forked.ready + forking < ordinary.ready / 8  # 15 to 28
    if count == 30:
        assert forked.pss < 20
