"""Starting one of the four servers fresh, and a crowd of visitors in front of it."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import psutil

from bench import envs, form, machine
from bench.systems import system

ROOT = Path(__file__).parents[1]
PATIENCE = 60  # seconds to start
_ALL_READY = "To end, press Ctrl+C"  # what it says when all workers are


@dataclass(frozen=True)
class Server:
    """A server that listens; `known` is what its visitors need to know."""

    name: str
    origin: str
    pid: int
    folder: Path
    known: str
    workers: int = 1

    @property
    def port(self) -> int:
        """Where it listens."""
        return int(self.origin.rsplit(":", 1)[1])

    def cpu(self) -> float:
        """Seconds of CPU so far."""
        return machine.cpu(self.pid)

    def pss(self) -> int:
        """Bytes of memory now."""
        return machine.pss(self.pid)

    def files(self) -> int:
        """Open files now: of the server, or of its workers and their balancer."""
        first = psutil.Process(self.pid)
        return sum(each.num_fds() for each in ([first], first.children())[self.workers > 1])


@contextmanager
def serving(name: str, *, files: Sequence[str] = (), workers: int = 1) -> Iterator[Server]:
    """Start a server in a folder of its own, wait until it answers, end it with all below it.

    `files` are the addresses of the page's files, as `browser.visit` found them. Our own pages may
    be served by several `workers`.
    """
    with TemporaryDirectory(prefix="bench-") as place:
        folder, port = Path(place), _free_port()
        form.write(folder)
        (folder / "files.json").write_text(json.dumps(files), encoding="utf-8")
        command = system(name).command(envs.python(name), port, folder)
        if workers > 1:
            command += ["--workers", str(workers)]
        with (folder / "server.log").open("w") as log:
            process = subprocess.Popen(  # noqa: S603  our own words
                command,
                cwd=ROOT,
                env=os.environ | {"BENCH_FOLDER": place},
                stdout=log,
                stderr=log,
            )
        try:
            origin = f"http://127.0.0.1:{port}"
            _wait(origin, process, folder / "server.log", said=_ALL_READY if workers > 1 else "")
            known = system(name).prepare(folder)
            yield Server(name, origin, process.pid, folder, known, workers)
        finally:
            _end(process.pid)
            process.wait()


class Crowd:
    """Visitors in a process of their own, ready to come."""

    def __init__(
        self, server: Server, people: int, *, in_turn: bool = False, timeout: float = 300
    ) -> None:
        files = server.folder / "files.json"
        python = envs.python("streamlit") if server.name == "streamlit" else sys.executable
        arguments = [server.name, server.origin, str(files), server.known, f"--people={people}"]
        arguments += [f"--timeout={timeout}", *(["--in-turn"] if in_turn else [])]
        self._process = subprocess.Popen(  # noqa: S603  our own words
            [str(python), "-m", "bench.crowd", *arguments],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self._hear("ready")

    def go(self) -> dict[str, Any]:
        """Let all visit; gives who was served when, while the pages stay open."""
        self._say()
        return self._hear("served")

    def leave(self) -> None:
        """Let all leave."""
        self._say()
        self._hear("left")
        self._process.wait()

    def _say(self) -> None:
        assert self._process.stdin  # noqa: S101  a pipe was asked for
        self._process.stdin.write("\n")
        self._process.stdin.flush()

    def _hear(self, event: str) -> dict[str, Any]:
        assert self._process.stdout  # noqa: S101  a pipe was asked for
        line = self._process.stdout.readline()
        said: dict[str, Any] = json.loads(line or "{}")
        if said.get("event") != event:
            raise RuntimeError(f"the visitors ended early: {said}")
        return said


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _wait(origin: str, process: subprocess.Popen[bytes], log: Path, *, said: str) -> None:
    """Wait until the port is open and this is `said`; to ask for a page would be a visit."""
    end = time.monotonic() + PATIENCE
    port = int(origin.rsplit(":", 1)[1])
    while time.monotonic() < end and process.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0 and said in log.read_text():
                return
        time.sleep(0.05)
    raise RuntimeError(f"the server did not start: {log.read_text()[-2000:]}")


def _end(pid: int) -> None:
    family = machine.processes(pid)
    family[0].terminate()
    _, left = psutil.wait_procs(family, timeout=10)
    for process in left:
        process.kill()
    psutil.wait_procs(left, timeout=10)
