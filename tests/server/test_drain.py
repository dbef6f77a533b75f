"""A server that is about to end sends its people elsewhere first, and loses nothing on the way."""

from __future__ import annotations

import signal
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from myths.store import open_store

from tests.forkserver.kernels import wait_until
from tests.server.conftest import Running, Visitor
from tests.server.machine import Machine
from tests.server.wire import Wire, key

RATING = "risk.myth.before"
SECONDS = 8
ENDS = 8  # seconds that the server has for its end, after that


@pytest.fixture
def machine(tmp_path: Path) -> Iterator[Machine]:
    options = ("--drain", str(SECONDS))
    with Machine(f"sqlite:///{tmp_path}/workshop.sqlite", tmp_path / "log", *options) as running:
        yield running


@pytest.fixture
def room(machine: Machine) -> Running:
    return machine.seen_by(open_store(machine.db).open_workshop())


@pytest.fixture
def wire(room: Running) -> Iterator[Wire]:
    with Visitor(room) as visitor:
        visitor.join()
        page = Wire(visitor, "risk")
        yield page
        page.close()


def rate(wire: Wire, value: int) -> str:
    rating = {"key": key(), "value": value, "text": None, "declined": False, "reader": None}
    return str(wire.answer(RATING, rating)["state"])


def is_ready(machine: Machine) -> bool:
    return httpx.get(machine.url("/readyz")).status_code == 200


def test_first_the_proxy_is_told_and_pages_go_on_as_if_nothing_were(machine: Machine, wire: Wire):
    machine.ask_to_end()
    wait_until(lambda: not is_ready(machine), "it is not ready any more")
    assert httpx.get(machine.url("/readyz")).text == "ending\n"
    assert httpx.get(machine.url("/healthz")).status_code == 200
    assert rate(wire, 3) == "saved"
    assert "moving" not in wire.room


def test_then_pages_are_told_how_long_they_have_and_can_still_save(machine: Machine, wire: Wire):
    machine.ask_to_end()
    wait_until(lambda: rate(wire, 3) == "saved" and "moving" in wire.room, "the page is told")
    assert 0 < wire.room["moving"] < SECONDS
    assert rate(wire, 4) == "saved"


def test_it_ends_as_soon_as_nobody_is_there(machine: Machine, wire: Wire):
    began = time.monotonic()
    machine.ask_to_end()
    wait_until(lambda: rate(wire, 3) == "saved" and "moving" in wire.room, "the page is told")
    wire.close()
    assert machine.process.wait(30) == 0
    assert time.monotonic() - began < SECONDS


@pytest.mark.soak
def test_who_stays_is_not_waited_for_longer_than_was_said(machine: Machine, wire: Wire):
    began = time.monotonic()
    machine.ask_to_end()
    machine.process.wait(60)
    assert SECONDS <= time.monotonic() - began < SECONDS + ENDS + 5


@pytest.mark.soak
def test_asked_twice_it_ends_at_once(machine: Machine, wire: Wire):
    machine.ask_to_end()
    wait_until(lambda: not is_ready(machine), "it is not ready any more")
    began = time.monotonic()
    machine.process.send_signal(signal.SIGTERM)
    machine.process.wait(30)
    assert time.monotonic() - began < SECONDS / 2


@pytest.mark.soak
def test_the_log_tells_of_the_end_and_not_of_whom(machine: Machine, wire: Wire):
    machine.stop()
    text = machine.log.read_text()
    for told in ("it takes nobody new", "1 people are told", "1 people are still connected"):
        assert told in text
    visitor = wire.visitor
    for known in (visitor.server.code, visitor.token, wire.kernel, "risk"):
        assert known not in text
