"""A server with kernels, to be killed by a test: prints what it started, then waits.

Arguments: a folder for connection files, and for each kernel a cell that it starts to run.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from pathlib import Path

from myths.forkserver import ForkServer

from tests.forkserver.kernels import Kernel


def main(folder: Path, *cells: str) -> None:
    server = ForkServer([])
    asyncio.run(server.start())
    kernels = [Kernel(folder, server) for _ in cells]
    for kernel, cell in zip(kernels, cells, strict=True):
        kernel.client.execute(cell)
    print(json.dumps([server.pid, *(kernel.pid for kernel in kernels)]), flush=True)  # noqa: T201
    time.sleep(60)


if __name__ == "__main__":
    main(Path(sys.argv[1]), *sys.argv[2:])
