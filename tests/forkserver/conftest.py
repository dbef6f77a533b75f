"""Fork servers and kernels for these tests; all end with the test that asked for them."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from myths.forkserver import ForkServer

from tests.forkserver.kernels import MODULES, Kernel

if sys.platform != "linux":
    collect_ignore_glob = ["test_*.py"]


@pytest.fixture(scope="session")
def loaded() -> Iterator[ForkServer]:
    """A fork server with the modules of a real one, shared by tests that do it no harm."""
    server = ForkServer(MODULES)
    yield server
    server.close()


@pytest.fixture
def server() -> Iterator[ForkServer]:
    """A fork server of this test's own."""
    server = ForkServer([], patience=20)
    yield server
    server.close()


@pytest.fixture
def start(tmp_path: Path, loaded: ForkServer) -> Iterator[Callable[..., Kernel]]:
    """Start a kernel: start(server=…, transport=…, env=…)."""
    kernels: list[Kernel] = []

    def start(server: ForkServer | None = loaded, **options: Any) -> Kernel:
        kernels.append(Kernel(tmp_path, server, **options))
        return kernels[-1]

    yield start
    for kernel in kernels:
        kernel.stop(now=True)


@pytest.fixture
def closing() -> Iterator[ExitStack]:
    """What is registered here is called when the test is over."""
    with ExitStack() as stack:
        yield stack
