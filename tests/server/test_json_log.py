"""A visit with everything in it, and a log for machines in which none of it is to be found."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from myths.store import open_store

from tests.forkserver.kernels import wait_until
from tests.server.conftest import ROOT, Visitor, recovery_code
from tests.server.machine import Machine
from tests.server.wire import Wire, key

TYPED = "Rumpelstilzchen"
FIELDS = {"time", "level", "part", "message", "faults", "more"}


@pytest.fixture
def machine(tmp_path: Path) -> Iterator[Machine]:
    """A server that nobody watches, with a notebook that fails."""
    with Machine(f"sqlite:///{tmp_path}/workshop.sqlite", tmp_path / "log", "--verbose") as running:
        yield running


def lines(log: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in log.read_text().splitlines()]


def test_nothing_of_a_visit_is_in_the_log(machine: Machine):
    workshop = open_store(machine.db).open_workshop()
    with Visitor(machine.seen_by(workshop)) as visitor:
        code = recovery_code(visitor.join())
        wire = Wire(visitor, "risk")
        said = {"key": key(), "value": None, "text": TYPED, "declined": False, "reader": "me"}
        assert wire.answer("risk.reason.before", said)["state"] == "saved"
        wire.send("comm_msg", {"comm_id": TYPED, "data": {"method": TYPED}})
        wire.close()
        visitor.send("/ask", text=TYPED)
        visitor.send("/return", recovery="K7QF-2MPX-9TRB")
        with Visitor(visitor.server) as stranger:
            assert stranger.join(TYPED).status_code == 400
        for path in (f"/{TYPED}", f"/m/{TYPED.lower()}", f"/staff/{workshop.code}/{TYPED}"):
            visitor.get(f"{path}?w={workshop.code}")
        visitor.http.post("/", data={"text": TYPED})  # without the form's secret
        assert visitor.http.request(TYPED.upper(), "/").status_code == 405
        broken = f"/kernels/{wire.kernel}/messages"
        visitor.http.post(broken, content=TYPED, headers={"X-XSRFToken": visitor.secret})
        sent = [
            TYPED,
            TYPED.lower(),
            TYPED.upper(),
            code,
            code.replace("-", ""),
            visitor.token,
            visitor.secret,
        ]
        sent += [workshop.code, wire.kernel, "127.0.0.1", "python-httpx", wire.visitor.token]
    with socket.create_connection(("127.0.0.1", machine.port), timeout=30) as line:
        line.sendall(f"{TYPED} is no HTTP\r\n\r\n".encode())
        line.recv(1000)
    machine.stop()
    text = machine.log.read_text()
    assert [each for each in sent if each in text] == []
    assert all(set(line) <= FIELDS for line in lines(machine.log))
    assert "the server listens" in text


def test_a_server_that_nobody_watches_prints_neither_code_nor_key(machine: Machine):
    assert machine.stop() == ""
    store = open_store(machine.db)
    assert store.workshops() == []
    with store.reading() as conn:
        assert conn.exec_driver_sql("SELECT count(*) FROM staff").scalar() == 0


def test_what_a_trainers_kernel_tells_is_json_too(tmp_path: Path):
    notebooks = tmp_path / "notebooks/participants"
    notebooks.mkdir(parents=True)
    for each in (ROOT / "notebooks/participants").glob("*.ipynb"):
        (notebooks / each.name).write_text(each.read_text().replace("import myths", "1 / 0"))
    options = ("--notebooks", str(tmp_path / "notebooks"))
    with Machine(f"sqlite:///{tmp_path}/w.sqlite", tmp_path / "log", *options) as machine:
        workshop = open_store(machine.db).open_workshop()
        with Visitor(machine.seen_by(workshop)) as visitor:
            visitor.join()
            visitor.get("/m/risk")
        wait_until(lambda: "ZeroDivisionError" in machine.log.read_text(), "the fault is told")
    assert all(set(line) <= FIELDS for line in lines(machine.log))


def test_a_ready_server_says_so_and_one_without_its_store_does_not(tmp_path: Path):
    db = tmp_path / "workshop.sqlite"
    with Machine(f"sqlite:///{db}", tmp_path / "log") as machine:
        asked = ("/livez", "/readyz", "/healthz")
        assert [httpx.get(machine.url(each)).status_code for each in asked] == [200, 200, 200]
        db.rename(tmp_path / "away")
        assert [httpx.get(machine.url(each)).status_code for each in asked] == [200, 503, 503]
        (tmp_path / "away").rename(db)
        assert httpx.get(machine.url("/readyz")).text == "ok\n"
