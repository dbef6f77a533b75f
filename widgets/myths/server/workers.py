"""Several servers as one: each is a process of its own, behind a balancer, and is kept alive.

So one machine's processors are used, and a program is renewed while people are on its pages. Why
so: docs/decisions/0048-workers.md.
"""

from __future__ import annotations

import asyncio
import logging
import math
import signal
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from myths.errors import MythsError
from myths.server.announcement import Announcement
from myths.server.balancer import balancer_settings, program
from myths.server.capacity import most_files
from myths.server.kept_process import KeptProcess
from myths.server.preparation import prepare
from myths.store import names_file

log = logging.getLogger(__name__)

_ELSEWHERE = "Several workers need Linux: leave --workers out."
_FILE = (
    "Several workers need PostgreSQL, through which they hear of each other; a file has one. Name "
    "a database with --db or MYTHS_DB, or leave --workers out."
)
_NO_WORKER = "The first worker did not start, so there is no server. What it said is above."
_NO_BALANCER = "HAProxy did not start, so there is no server: {}"


def serve_by_workers(
    number: int,
    *,
    command: Sequence[str],
    db: str | None,
    content: Path | None,
    notebooks: Path,
    published: Path | None,
    ip: str,
    port: int,
    behind: str,
    exit_url: str,
    most_pages: int,
    seconds: float,
    metrics_port: int,
    announce: Callable[[Announcement], None] | None,
) -> None:
    """Serve by so many processes, until this one is ended (SIGTERM) and all of them with it.

    Each is `command`, which is `myths serve` as it was called, with what is its own. SIGHUP renews
    them one after the other. All else is as `serve` has it; each worker has its part of
    `most_pages`, and numbers at a port of its own, from `metrics_port` on.

    Raises MythsError also where there is no HAProxy, or no PostgreSQL.
    """
    if sys.platform != "linux":
        raise MythsError(_ELSEWHERE)
    if names_file(db):
        raise MythsError(_FILE)
    haproxy = program()
    prepared = prepare(
        db=db,
        content=content,
        notebooks=notebooks,
        published=published,
        ip=ip,
        port=port,
        behind=behind,
        exit_url=exit_url,
        seconds=seconds,
        pooled=False,
    )
    tell = prepared.telling(announce)
    shared = ["--port", str(prepared.port), "--most-pages", str(math.ceil(most_pages / number))]
    with TemporaryDirectory(prefix="myths-") as name:
        folder = Path(name)
        workers = []
        for place in range(number):
            socket = folder / f"w{place + 1}"
            own = ["--worker", str(socket), *shared]
            if metrics_port:
                own += ["--metrics-port", str(metrics_port + place)]
            workers.append(KeptProcess(f"worker {place + 1}", [*command, *own], socket=socket))
        settings = balancer_settings(
            ip=ip,
            port=prepared.port,
            behind=behind,
            own=folder / "balancer",
            sockets=[each.socket for each in workers],
            files=most_files(),
        )
        (folder / "haproxy.cfg").write_text(settings)
        balancer = KeptProcess(
            "HAProxy",
            [haproxy, "-db", "-f", str(folder / "haproxy.cfg")],
            socket=folder / "balancer",
            said=folder / "haproxy.log",
        )
        asyncio.run(_Supervision(workers, balancer).run(tell))


class _Supervision:
    """The workers and their balancer while they run."""

    def __init__(self, workers: Sequence[KeptProcess], balancer: KeptProcess) -> None:
        self._workers, self._balancer = workers, balancer
        self._asked = asyncio.Event()  # to renew the workers
        self._is_ending = False

    async def run(self, tell: Callable[[], object]) -> None:
        """Start all, `tell` that they are ready, and return when the last one has ended."""
        loop = asyncio.get_running_loop()
        for how in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(how, self._end, how)
        loop.add_signal_handler(signal.SIGHUP, self._asked.set)
        first, *others = self._workers
        serving = [asyncio.create_task(first.keep())]
        balancing: list[asyncio.Task[None]] = []
        renewing: asyncio.Task[None] | None = None
        try:
            if await self._is_ready(first, _NO_WORKER):
                balancing.append(asyncio.create_task(self._balancer.keep()))
                serving += [asyncio.create_task(each.keep()) for each in others]
                await self._is_ready(self._balancer, _NO_BALANCER)
                for each in others:
                    await each.is_ready()
            if not self._is_ending:
                tell()
                renewing = asyncio.create_task(self._renew())
            await asyncio.gather(*serving)
        finally:
            if renewing:
                renewing.cancel()
            self._end(signal.SIGTERM)
            await asyncio.gather(*serving)
            self._balancer.end(signal.SIGTERM)
            await asyncio.gather(*balancing)

    def _end(self, how: signal.Signals) -> None:
        self._is_ending = True
        for each in self._workers:
            each.end(how)

    async def _is_ready(self, process: KeptProcess, fault: str) -> bool:
        """Wait for one that must start; False if all are to end. Raises MythsError."""
        if await process.is_ready():
            return True
        if not self._is_ending:
            said = process.said.read_text("utf-8", "replace").split("\n") if process.said else []
            raise MythsError(fault.format(" ".join(said).strip()))
        return False

    async def _renew(self) -> None:
        while True:
            await self._asked.wait()
            self._asked.clear()
            log.info("the workers are renewed, one after the other")
            for each in self._workers:
                if not await each.renew():
                    if not self._is_ending:
                        log.error("%s is not ready again: the others stay as they are", each.name)
                    break
            else:
                log.info("all workers are renewed")
