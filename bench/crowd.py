"""Many visitors in one process of their own: `python -m bench.crowd`, told what to do by lines.

It says "ready" when everybody could come, waits for "go", says who was served when, holds the pages
open until "end", and says "left". Each line that it says is JSON.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

from bench.systems import system


async def main() -> None:
    """Read the arguments and play it through."""
    parser = argparse.ArgumentParser()
    for name in ("system", "origin", "files", "known"):
        parser.add_argument(name)
    parser.add_argument("--people", type=int, default=1)
    parser.add_argument("--timeout", type=float, default=300)
    parser.add_argument("--in-turn", action="store_true")
    given = parser.parse_args()
    files = json.loads(Path(given.files).read_text(encoding="utf-8"))
    make = system(given.system).Visitor
    visitors = [make(given.origin, files, given.known) for _ in range(given.people)]
    at_once = asyncio.Semaphore(20)

    async def prepare(visitor: Any) -> None:
        async with at_once:
            await visitor.prepare()

    await asyncio.gather(*map(prepare, visitors))
    await say(event="ready")
    all_began, busy = time.perf_counter(), time.process_time()
    served: list[float] = []
    faults: list[str] = []

    async def visit(visitor: Any, began: float) -> None:
        try:
            await asyncio.wait_for(visitor.visit(), given.timeout)
            served.append(time.perf_counter() - began)
        except Exception as fault:  # noqa: BLE001  whatever it is, this visitor was not served
            faults.append(f"{type(fault).__name__}: {fault}"[:200])

    if given.in_turn:
        for visitor in visitors:
            await visit(visitor, time.perf_counter())
    else:
        await asyncio.gather(*(visit(visitor, all_began) for visitor in visitors))
    client = time.process_time() - busy
    await say(event="served", seconds=sorted(served), faults=faults, client_cpu=client)

    async def leave(visitor: Any) -> None:
        with suppress(Exception):
            await asyncio.wait_for(visitor.leave(), 60)

    await asyncio.gather(*map(leave, visitors))
    await say(event="left")


async def say(**said: Any) -> None:
    """Say a line, and wait for one."""
    sys.stdout.write(json.dumps(said) + "\n")
    sys.stdout.flush()
    if said["event"] != "left":
        await asyncio.to_thread(sys.stdin.readline)


if __name__ == "__main__":
    asyncio.run(main())
