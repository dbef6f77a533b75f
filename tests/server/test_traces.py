"""What a running server writes: for its own account only, and with nobody's address."""

from __future__ import annotations

import os
import socket
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.server.conftest import Running, Visitor, launch, stop
from tests.server.wire import Wire

pytestmark = pytest.mark.skipif(os.name != "posix", reason="an account's habits are POSIX's")


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    """A folder that others can enter, with a short path: a socket's may have a hundred letters."""
    with tempfile.TemporaryDirectory() as short:
        Path(short).chmod(0o755)
        yield Path(short)


@pytest.fixture(scope="module")
def wordy(folder: Path) -> Iterator[Running]:
    """A server of a generous account, which tells all details, after somebody opened a page."""
    more = {}
    for variable in ("TMPDIR", "JUPYTER_RUNTIME_DIR"):
        more[variable] = str(folder / variable[0])
        Path(more[variable]).mkdir(mode=0o777)
    db = f"sqlite:///{folder}/data/workshop.sqlite"
    serve = [sys.executable, "-m", "myths", "--verbose", "serve", "--port", "0", "--db", db]
    generous = ["sh", "-c", 'umask 0; exec "$@"', "sh", *serve]
    running = launch(generous, db, folder / "log", more=more)
    with Visitor(running) as visitor:
        visitor.join()
        wire = Wire(visitor, "risk")
        yield running
        wire.close()
    stop(running)


def reachable(folder: Path) -> list[Path]:
    """What others can read in a folder, or in those of its folders that they can enter."""
    found = []
    for each in folder.iterdir():
        if each.lstat().st_mode & 0o077 and not each.is_symlink():
            found += [each, *(reachable(each) if each.is_dir() else [])]
    return found


def test_others_can_read_nothing_that_a_running_server_writes(wordy: Running, folder: Path):
    assert wordy.process.poll() is None
    assert list((folder / "T").iterdir())
    assert list((folder / "J").iterdir())
    for name in ("T", "J", "data"):
        assert reachable(folder / name) == [], name


def test_even_the_details_behind_messages_hold_no_address_and_no_browser(wordy: Running):
    told = len(wordy.log.read_text())
    for sent in (b"no HTTP at all\r\n\r\n", b"POST / HTTP/1.1\r\nContent-Length: x\r\n\r\n"):
        with socket.create_connection(("127.0.0.1", wordy.port), timeout=30) as line:
            line.sendall(sent)
            line.recv(1000)
    with Visitor(wordy) as visitor:
        visitor.http.headers["User-Agent"] = "PeculiarBrowser/7"
        assert visitor.join("ABSENT").status_code == 400
        assert visitor.get("/assets/0/absent.css").status_code == 404
    said = wordy.log.read_text()[told:]
    assert "GET Asset: 404" in said
    assert "absent.css" not in said
    assert "127.0.0.1" not in said
    assert "PeculiarBrowser" not in said
