"""A real PgBouncer in transaction mode before the tests' PostgreSQL, which it shares out."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import psycopg

from tests.postgres import account_of_servers
from tests.system_programs import system_program

PORT = 6432
SETTINGS = """
[databases]
* = host={database} port=5432

[pgbouncer]
listen_addr =
listen_port = {port}
unix_socket_dir = {folder}
auth_type = trust
auth_file = {folder}/users
pool_mode = transaction
default_pool_size = 4
max_client_conn = 1000
logfile = {folder}/log
"""


class Pooler:
    """A PgBouncer of its own, which four connections to the database are enough for."""

    def __init__(self, folder: Path, direct: str) -> None:
        self._folder, self._account = folder, account_of_servers()
        parts = urlsplit(direct)
        self.name, database = parts.path.strip("/"), parts.query.removeprefix("host=")
        settings = SETTINGS.format(database=database, folder=folder, port=PORT)
        (folder / "settings").write_text(settings)
        (folder / "users").write_text('"tests" ""\n')
        for name in ("settings", "users"):  # for the account that it is lent, whatever the umask
            (folder / name).chmod(0o644)
        if self._account:
            shutil.chown(folder, self._account["user"], self._account["group"])
        self.start()

    @property
    def url(self) -> str:
        return f"postgresql://tests@/{self.name}?host={self._folder}&port={PORT}"

    def start(self) -> None:
        self._process = subprocess.Popen(
            [system_program("pgbouncer", "PgBouncer"), "-q", self._folder / "settings"],
            cwd="/",
            stderr=subprocess.DEVNULL,
            **self._account,
        )
        deadline = time.monotonic() + 30
        while not self._answers():
            log = self._folder / "log"
            assert time.monotonic() < deadline, log.read_text() if log.exists() else "no log"
            time.sleep(0.05)

    def end(self) -> None:
        self._process.kill()
        self._process.wait()
        for socket in self._folder.glob(".s.*"):
            socket.unlink(missing_ok=True)

    def _answers(self) -> bool:
        try:
            with psycopg.connect(self.url, autocommit=True, prepare_threshold=None) as connection:
                connection.execute("SELECT 1")
        except psycopg.OperationalError:
            return False
        return True


@contextmanager
def pooling(direct: str) -> Iterator[Pooler]:
    """Share out the database at an address."""
    folder = Path(tempfile.mkdtemp(prefix="pb-"))  # short, for sockets have short names
    pooler = Pooler(folder, direct)
    try:
        yield pooler
    finally:
        pooler.end()
        shutil.rmtree(folder)
