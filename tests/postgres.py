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
from pathlib import Path
from typing import Any

import psycopg
import pytest


class Server:
    """A running server that listens on a socket in `folder` alone."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def url(self, database: str) -> str:
        return f"postgresql://tests@/{database}?host={self._folder}"

    def run(self, statement: str) -> None:
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(statement)


@pytest.fixture
def database(postgres: Server) -> Iterator[str]:
    """The address of an empty database."""
    postgres.run("CREATE DATABASE workshop")
    yield postgres.url("workshop")
    postgres.run("DROP DATABASE workshop WITH (FORCE)")


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    programs = _programs()
    folder = Path(tempfile.mkdtemp(prefix="pg-"))  # short, for sockets have short names
    account = _account()
    if account:
        shutil.chown(folder, account["user"], account["group"])
    data = folder / "data"
    making = [programs / "initdb", "-D", data, "-U", "tests", "-A", "trust", "-E", "UTF8"]
    subprocess.run(
        [*making, "--locale=C", "--no-sync"], check=True, capture_output=True, cwd="/", **account
    )
    running = [programs / "postgres", "-D", data, "-k", folder, "-c", "listen_addresses="]
    with (folder / "log").open("w") as log:
        server = subprocess.Popen(running, stdout=log, stderr=log, cwd="/", **account)
    try:
        _wait(server, folder)
        yield Server(folder)
    finally:
        server.send_signal(signal.SIGINT)
        server.wait(timeout=30)
        shutil.rmtree(folder)


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


def _account() -> dict[str, Any]:
    """The server refuses to run as root, so root lends it another account."""
    if os.geteuid() != 0:
        return {}
    names = {entry.pw_name: entry for entry in pwd.getpwall()}
    entry = names.get("postgres") or names["nobody"]
    return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}


def _wait(server: subprocess.Popen[bytes], folder: Path) -> None:
    deadline = time.monotonic() + 60
    while True:
        try:
            Server(folder).run("SELECT")
        except psycopg.OperationalError:
            log = (folder / "log").read_text()
            assert server.poll() is None, f"PostgreSQL has stopped: {log}"
            assert time.monotonic() < deadline, f"PostgreSQL does not answer: {log}"
            time.sleep(0.05)
        else:
            return
