"""A real PostgreSQL server for the tests, started on first use; `database` gives an empty one."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest


class Server:
    """A server that listens on a socket in `folder` alone, in as many lives as a test gives it."""

    def __init__(self, folder: Path, *, standby_of: Server | None = None) -> None:
        self._folder, self._programs, self._account = folder, _programs(), account_of_servers()
        if self._account:
            shutil.chown(folder, self._account["user"], self._account["group"])
        if standby_of:
            self.follow(standby_of)
            return
        # With a small log, a small disk is soon full.
        options = ["-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync", "--wal-segsize=1"]
        self._make("initdb", "-U", "tests", *options)

    def follow(self, primary: Server) -> None:
        """Begin anew as a standby of another server, which sends it all that it writes."""
        shutil.rmtree(self._folder / "data", ignore_errors=True)
        self._make("pg_basebackup", "-h", primary._folder, "-U", "tests", "-R", "-c", "fast")

    def _make(self, program: str, *options: str | Path) -> None:
        subprocess.run(
            [self._programs / program, "-D", self._folder / "data", *options],
            check=True,
            capture_output=True,
            cwd="/",
            **self._account,
        )

    def url(self, database: str) -> str:
        return f"postgresql://tests@/{database}?host={self._folder}"

    def run(self, statement: str) -> None:
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(statement)

    @contextmanager
    def database(self, name: str) -> Iterator[str]:
        """Make an empty database, and give its address."""
        self.run(f"CREATE DATABASE {name}")
        yield self.url(name)
        self.run(f"DROP DATABASE {name} WITH (FORCE)")

    def start(self) -> None:
        """Start it, again and again until the last process of an earlier life has ended."""
        places = ["-D", self._folder / "data", "-k", self._folder]
        # No power is cut here.
        settings = (
            "listen_addresses=",
            "fsync=off",
            "full_page_writes=off",
        )
        told = [part for setting in settings for part in ("-c", setting)]
        command = [self._programs / "postgres", *places, *told]
        deadline = time.monotonic() + 60
        while True:
            with (self._folder / "log").open("a") as log:
                self._process = subprocess.Popen(
                    command, stdout=log, stderr=log, cwd="/", **self._account
                )
            while self._process.poll() is None:
                if self._answers():
                    return
                assert time.monotonic() < deadline, f"PostgreSQL does not answer: {self._log()}"
                time.sleep(0.05)
            assert time.monotonic() < deadline, f"PostgreSQL does not start: {self._log()}"
            time.sleep(0.05)

    def recover(self) -> None:
        """Wait until it answers; whenever it has ended by itself, it is started again."""
        deadline = time.monotonic() + 60
        while not self._answers():
            assert time.monotonic() < deadline, f"PostgreSQL does not recover: {self._log()}"
            if self._process.poll() is not None:
                self.start()
            time.sleep(0.05)

    def end(self, how: signal.Signals = signal.SIGINT) -> None:
        self._process.send_signal(how)
        self._process.wait(timeout=30)

    def _answers(self) -> bool:
        try:
            self.run("SELECT")
        except psycopg.OperationalError:
            return False
        return True

    def _log(self) -> str:
        return (self._folder / "log").read_text()[-2000:]


@contextmanager
def running() -> Iterator[Server]:
    folder = Path(tempfile.mkdtemp(prefix="pg-"))  # short, for sockets have short names
    server = Server(folder)
    server.start()
    try:
        yield server
    finally:
        server.end()
        shutil.rmtree(folder)


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    with running() as server:
        yield server


@pytest.fixture
def database(postgres: Server) -> Iterator[str]:
    """The address of an empty database."""
    with postgres.database("workshop") as address:
        yield address


def _programs() -> Path:
    found = shutil.which("initdb")
    folders = [Path(found).resolve().parent] if found else []
    folders += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    for folder in folders:
        if (folder / "initdb").exists() and (folder / "postgres").exists():
            return folder
    pytest.fail(
        "The store's tests need PostgreSQL: install your system's package `postgresql`, or put "
        "its `initdb` and `postgres` on the PATH.",
        pytrace=False,
    )


def account_of_servers() -> dict[str, Any]:
    """The server refuses to run as root, so root lends it another account."""
    if os.geteuid() != 0:
        return {}
    names = {entry.pw_name: entry for entry in pwd.getpwall()}
    entry = names.get("postgres") or names["nobody"]
    return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}
