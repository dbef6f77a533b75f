"""A server that no person watches: it writes its log as JSON, and says nothing else."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from urllib.parse import urljoin

import httpx
from myths.store import Workshop

from tests.forkserver.kernels import wait_until
from tests.server.conftest import ROOT, Running


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


class Machine:
    """`myths serve --log json` at a port of its own, ready when the block begins.

    `options` are those of `serve`, and `--verbose`; `more` is added to its environment. `within` is
    a command that runs another one.
    """

    def __init__(
        self,
        db: str,
        log: Path,
        *options: str,
        more: Mapping[str, str] | None = None,
        within: Sequence[str] = (),
    ) -> None:
        self.db, self.log, self.port = db, log, free_port()
        verbose = [each for each in options if each == "--verbose"]
        others = [each for each in options if each != "--verbose"]
        serve = ["serve", "--log", "json", "--port", str(self.port), *others]
        self._command = [*within, sys.executable, "-m", "myths", *verbose, *serve]
        own = {"MYTHS_DB": db, "MYTHS_PUBLISHED": f"{log}-published"}
        self._environment = {**os.environ, **own, **(more or {})}
        self.start()

    def start(self) -> None:
        """Start it, and do not wait."""
        with self.log.open("a") as faults:
            self.process = subprocess.Popen(
                self._command,
                cwd=ROOT,
                env=self._environment,
                stdout=subprocess.PIPE,
                stderr=faults,
                text=True,
            )

    def __enter__(self) -> Machine:
        self.wait()
        return self

    def __exit__(self, *_: object) -> None:
        if self.process.poll() is None:
            self.stop()

    def wait(self) -> None:
        """Wait until it is ready."""
        wait_until(self._answers, "the server is ready", seconds=90)

    def url(self, path: str) -> str:
        return urljoin(f"http://127.0.0.1:{self.port}/", path)

    def seen_by(self, workshop: Workshop) -> Running:
        """The server as somebody meets it who joins a workshop."""
        link = self.url(f"/?w={workshop.code}")
        return Running(link, workshop.code, self.db, self.log, self.process)

    def ask_to_end(self) -> None:
        self.process.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()

    def stop(self) -> str:
        """End it; gives what it printed."""
        if self.process.poll() is None:
            self.ask_to_end()
        printed, _ = self.process.communicate(timeout=90)
        return printed

    def _answers(self) -> bool:
        assert self.process.poll() is None, self.log.read_text()[-3000:]
        try:
            return httpx.get(self.url("/readyz"), timeout=5).status_code == 200
        except httpx.HTTPError:
            return False
