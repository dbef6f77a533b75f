"""A server of a test's own that can be killed, started again, and looked into: its processes."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from myths.store import Store, open_store

from tests.forkserver.kernels import children, wait_until
from tests.server.conftest import Running, launch, stop

IPC = re.compile(r"kernel-([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})-ipc")
NAME = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]")  # of the process of a page's kernel
MARK = "ROOM"  # in the environment of its server, and so of all that this one starts
ANSWERS = """
    SELECT answers.key AS key, participants.name AS who, answers.text AS text,
           answers.value AS value, questions.module AS module, questions.item AS item,
           questions.phase AS phase
    FROM answers JOIN participants ON participants.id = answers.participant
    JOIN questions ON questions.id = answers.question ORDER BY answers.seq
"""


def short(kernel: str) -> str:
    """As much of a kernel's id as its process has as a name."""
    return kernel[:15]


class Kernels(dict[str, int]):
    """Processes by what is short of the ids of kernels; asked for by these ids."""

    def __contains__(self, kernel: object) -> bool:
        return super().__contains__(short(str(kernel)))

    def __getitem__(self, kernel: str) -> int:
        return super().__getitem__(short(kernel))


def processes_named(kernel: str) -> list[int]:
    """The process of a page's kernel, if there is one now."""
    found = []
    for path in Path("/proc").glob("[0-9]*/comm"):
        with suppress(OSError):
            if path.read_text().strip() == short(kernel):
                found.append(int(path.parent.name))
    return found


@dataclass
class Room:
    """A server on one port and one store, in as many lives as a test gives it.

    `more` is added to its environment; `program` is what Python runs, and `options` are further
    ones of the command.
    """

    db: str
    folder: Path
    more: Mapping[str, str] = field(default_factory=dict)
    program: Sequence[str] = ("-m", "myths")
    options: Sequence[str] = ()
    running: Running | None = None
    port: int = 0

    @property
    def log(self) -> Path:
        return self.folder / "server.log"

    @property
    def server(self) -> Running:
        assert self.running
        return self.running

    @property
    def store(self) -> Store:
        return open_store(self.db)

    def start(self) -> None:
        """Start `myths serve`, from the second time on at the port of the first."""
        serve = ["serve", "--port", str(self.port), "--db", self.db, *self.options]
        command = [sys.executable, *self.program, *serve]
        more = {**self.more, MARK: str(self.folder)}
        self.running = launch(command, self.db, self.log, more=more)
        self.port = self.running.port

    def kill(self) -> None:
        """End the server's own process without a warning; the others are to notice."""
        self.server.process.kill()
        self.server.process.wait()
        if self.server.process.stdout:
            self.server.process.stdout.close()

    def end(self) -> None:
        """Stop the server, and see that every process of it is gone."""
        stop(self.server)
        if self.server.process.stdout:
            self.server.process.stdout.close()
        wait_until(lambda: not self.processes(), "every process ends with the server")

    def processes(self) -> set[int]:
        """The fork server, and all that was forked from it and still runs."""
        mark = f"{MARK}={self.folder}".encode()
        found = set()
        for folder in Path("/proc").glob("[0-9]*"):
            try:
                environment = (folder / "environ").read_bytes().split(b"\0")
                state = (folder / "stat").read_text().rpartition(")")[2].split()[0]
            except OSError:
                continue
            if mark in environment and state != "Z":
                found.add(int(folder.name))
        return found - {self.server.process.pid}

    def fork_servers(self) -> set[int]:
        """The process from which all others are forked; empty while it is dead."""
        return self.processes() & {*children(self.server.process.pid)}

    def kernels(self) -> Kernels:
        """The processes of kernels by kernel; one that sleeps has none."""
        found = Kernels()
        for pid in self.processes():
            with suppress(OSError):
                name = Path(f"/proc/{pid}/comm").read_text().strip()
                if NAME.fullmatch(name):
                    found[name] = pid
        unix = [line.split() for line in Path("/proc/net/unix").read_text().splitlines()]
        named = {parts[6]: IPC.search(parts[7]) for parts in unix if len(parts) > 7}
        for pid in self.processes():
            for inode in _sockets(pid):
                if kernel := named.get(inode):
                    found[short(kernel[1])] = pid
        return found

    def templates(self) -> set[int]:
        """The processes of prepared pages."""
        return self.processes() - self.fork_servers() - set(self.kernels().values())

    def rows(self) -> list[dict[str, object]]:
        """All answers in the table, the oldest first."""
        with self.store.reading() as conn:
            return [dict(row) for row in conn.exec_driver_sql(ANSWERS).mappings()]


def _sockets(pid: int) -> set[str]:
    inodes = set()
    for link in Path(f"/proc/{pid}/fd").glob("*"):
        try:
            inodes.add(os.readlink(link).removeprefix("socket:[").rstrip("]"))  # noqa: PTH115
        except OSError:
            continue
    return inodes
