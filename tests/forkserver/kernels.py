"""Kernels under test: started for real, asked for real."""

from __future__ import annotations

import contextlib
import gc
import os
import select
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psutil
from jupyter_client.connect import write_connection_file
from jupyter_client.manager import KernelManager
from myths.forkserver import ForkProvisioner, ForkServer
from myths.forkserver.process import ForkedProcess

MODULES = ("pandas", "ipywidgets", "anywidget")


class Kernel:
    """A kernel with a client, started like Jupyter does it."""

    def __init__(
        self,
        folder: Path,
        server: ForkServer | None,
        *,
        transport: str = "ipc",
        provisioner: type[Any] = ForkProvisioner,
        **options: Any,
    ) -> None:
        folder = folder / os.urandom(4).hex()
        folder.mkdir()
        self.manager: Any = KernelManager(
            transport=transport, connection_file=str(folder / "k.json")
        )
        spec = self.manager.kernel_spec
        if server:
            provisioner = type("Ours", (provisioner,), {"fork_server": server})
        self.manager.provisioner = provisioner(
            parent=self.manager, kernel_spec=spec, kernel_id=folder.name
        )
        options.setdefault("cwd", str(folder))
        self.manager.start_kernel(**options)
        self.client = self.manager.blocking_client()
        self.client.start_channels()
        self.client.wait_for_ready(timeout=60)

    @property
    def pid(self) -> int:
        return int(self.manager.provisioner.pid)

    def run(self, code: str) -> str:
        """Run code and return what it prints; AssertionError with the traceback if it fails."""
        printed: list[str] = []

        def collect(message: dict[str, Any]) -> None:
            printed.append(message["content"].get("text", ""))

        reply = self.client.execute_interactive(code, output_hook=collect, timeout=60)
        assert reply["content"]["status"] == "ok", "\n".join(reply["content"].get("traceback", []))
        return "".join(printed).strip()

    def stop(self, *, now: bool = False) -> None:
        self.client.stop_channels()
        if self.manager.has_kernel:
            self.manager.shutdown_kernel(now=now)
        self.manager.cleanup_resources()


async def fork(server: ForkServer, folder: Path, **options: Any) -> ForkedProcess:
    """Fork a kernel without a manager around it."""
    name = folder / os.urandom(4).hex()
    write_connection_file(f"{name}.json", transport="ipc", ip=f"{name}-ipc", key=b"key")
    usual: dict[str, Any] = {"env": dict(os.environ), "cwd": str(folder), "stdout": 1, "stderr": 2}
    return await server.launch(["-f", f"{name}.json"], **(usual | options))


def wait_until(condition: Callable[[], Any], what: str, *, seconds: float = 20) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, f"not within {seconds} s: {what}"
        time.sleep(0.02)


class Watch:
    """Watches a process by pidfd: a later one with its number is not mistaken for it."""

    def __init__(self, pid: int) -> None:
        self._pidfd = os.pidfd_open(pid)

    def __enter__(self) -> Watch:
        return self

    def __exit__(self, *_: object) -> None:
        os.close(self._pidfd)

    def ended(self, seconds: float = 0) -> bool:
        poll = select.poll()
        poll.register(self._pidfd, select.POLLIN)
        return bool(poll.poll(seconds * 1000))


def children(pid: int) -> list[int]:
    """The processes that a process forked, or took over from a thread, and did not reap."""
    try:
        return [child.pid for child in psutil.Process(pid).children()]
    except psutil.NoSuchProcess:
        return []


def open_files(pid: int | str = "self") -> dict[int, str]:
    files = {}
    for path in Path(f"/proc/{pid}/fd").iterdir():
        with contextlib.suppress(FileNotFoundError):
            files[int(path.name)] = str(path.readlink())
    return files


def opened_since(before: dict[int, str]) -> list[str]:
    """What we hold open and did not then; what an earlier test left may be closed meanwhile."""
    gc.collect()
    return [*(Counter(open_files().values()) - Counter(before.values())).elements()]


def memory(pid: int, field: str) -> float:
    """MB of a process: Pss, Private_Dirty, Rss …"""
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
        if line.startswith(f"{field}:"):
            return int(line.split()[1]) / 1024
    raise KeyError(field)


def holds(pid: int, words: bytes) -> bool:
    """Whether a process has these bytes anywhere in memory that it may write."""
    with Path(f"/proc/{pid}/mem").open("rb", buffering=0) as memory:
        for line in Path(f"/proc/{pid}/maps").read_text().splitlines():
            span, rights = line.split()[:2]
            begin, end = (int(address, 16) for address in span.split("-"))
            if rights.startswith("rw"):
                memory.seek(begin)
                if words in memory.read(end - begin):
                    return True
    return False


def cpu(pid: int) -> float:
    """Seconds of CPU that the threads of a process used."""
    tasks = Path(f"/proc/{pid}/task").iterdir()
    return sum(int((task / "schedstat").read_text().split()[0]) for task in tasks) / 1e9
