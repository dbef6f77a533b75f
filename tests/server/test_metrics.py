"""Numbers for Prometheus: what they count, and who cannot read them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import httpx
import psutil
import pytest
from click.testing import CliRunner
from myths.cli import main
from myths.store import open_store
from prometheus_client.parser import text_string_to_metric_families

from tests.server.conftest import ROOT, Running, Visitor
from tests.server.machine import Machine, free_port
from tests.server.test_lead import ask
from tests.server.test_staff import enter
from tests.server.wire import Wire, key

LABELS = {"handler", "status", "by", "shown", "le"}


@pytest.fixture(scope="module")
def counting(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Machine, int]]:
    """A server that counts, and the port of its numbers."""
    folder, port = tmp_path_factory.mktemp("counting"), free_port()
    options = ("--metrics-port", str(port), "--most-pages", "2")
    with Machine(f"sqlite:///{folder}/workshop.sqlite", folder / "log", *options) as machine:
        yield machine, port


@pytest.fixture(scope="module")
def room(counting: tuple[Machine, int]) -> Running:
    machine, _ = counting
    return machine.seen_by(open_store(machine.db).open_workshop())


def read(port: int) -> dict[str, float]:
    """All numbers now, by name and labels."""
    answer = httpx.get(f"http://127.0.0.1:{port}/metrics")
    assert answer.status_code == 200
    return {
        f"{sample.name}{''.join(f' {value}' for value in sample.labels.values())}": sample.value
        for family in text_string_to_metric_families(answer.text)
        for sample in family.samples
    }


def test_a_visit_is_counted(counting: tuple[Machine, int], room: Running):
    _, port = counting
    before = read(port)
    with Visitor(room) as visitor:
        visitor.join()
        wire = Wire(visitor, "risk")
        for value in (1, 2):
            rating = {"key": key(), "value": value, "text": None, "declined": False, "reader": None}
            assert wire.answer("risk.myth.before", rating)["state"] == "saved"
        during = read(port)
        wire.shut_down()
    assert during["myths_save_seconds_count"] - before.get("myths_save_seconds_count", 0) == 2
    assert during["myths_fork_seconds_count"] - before.get("myths_fork_seconds_count", 0) == 1
    assert [during[f"myths_{each}"] for each in ("pages", "kernels", "people")] == [1, 1, 1]
    assert during["myths_request_seconds_count PageForm 2xx"] == 1
    assert during["myths_free_memory_bytes"] > 0
    assert during["process_resident_memory_bytes"] > 0


def test_who_must_wait_is_counted(counting: tuple[Machine, int], room: Running):
    _, port = counting
    with Visitor(room) as visitor:
        visitor.join()
        pages = [visitor.get("/m/risk").status_code for _ in range(3)]
    assert pages.count(503) >= 1
    assert read(port)["myths_turned_away_total memory"] == pages.count(503)


def test_looks_at_too_few_answers_are_counted(counting: tuple[Machine, int], room: Running):
    _, port = counting
    store = open_store(room.db)
    with Visitor(room) as trainer:
        enter(trainer, store.new_staff_key())
        before = read(port).get("myths_looks_total nothing", 0)
        lead(trainer, room)
    assert read(port)["myths_looks_total nothing"] > before


def lead(trainer: Visitor, room: Running) -> None:
    """Open the votes that nobody answers, before and after, and close them."""
    acts = [{"do": "pace", "pace": "together"}]
    for step in ("view", "again"):
        place = {"page": "risk", "step": step}
        acts += [{"do": "go", **place}, {"do": "open", **place}, {"do": "close"}]
    for seen, act in enumerate(acts):
        assert ask(trainer, room, {**act, "seen": seen}).json()["told"] == ""


def test_no_number_is_of_a_person_a_workshop_or_a_question(
    counting: tuple[Machine, int], room: Running
):
    machine, port = counting
    with Visitor(room) as visitor:
        visitor.join()
        for path in ("/m/risk", f"/?w={room.code}", f"/staff/{room.code}", "/recordings/risk/x"):
            visitor.get(path)
    answer = httpx.get(f"http://127.0.0.1:{port}/metrics").text
    families = list(text_string_to_metric_families(answer))
    labels = {label for each in families for sample in each.samples for label in sample.labels}
    assert labels <= LABELS
    told = {
        value
        for each in families
        for sample in each.samples
        for label, value in sample.labels.items()
        if label != "le"
    }
    people = open_store(machine.db).participants(workshop=room.code).reset_index()["participant"]
    assert [each for each in (*people, room.code, "risk", "127.0.0.1") if each in answer] == []
    assert all(re.fullmatch(r"[A-Z]?[a-zA-Z]+|[1-5]xx", each) for each in told)
    assert "_created" not in answer  # when something was counted first


@pytest.mark.parametrize("page", ["fleet", "runbook"])
def test_the_numbers_that_operators_are_told_of_are_there(counting: tuple[Machine, int], page: str):
    _, port = counting
    text = httpx.get(f"http://127.0.0.1:{port}/metrics").text
    there = set(re.findall(r"(?m)^# TYPE (\w+)", text))
    told = (ROOT / f"docs/operators/{page}.md").read_text()
    named = set(re.findall(r"`((?:myths|process)_\w+)`", told))
    assert len(named) >= 4
    assert named <= there


def test_numbers_are_at_no_address_that_participants_reach(counting: tuple[Machine, int]):
    machine, port = counting
    for path in ("/metrics", "/metrics/", "//metrics", "/staff/metrics"):
        here = f"http://127.0.0.1:{machine.port}{path}"
        assert "myths_kernels" not in httpx.get(here).text
    assert httpx.get(machine.url("/metrics")).status_code == 404
    ours = psutil.Process(machine.process.pid).net_connections("tcp")
    (numbers,) = [each.laddr for each in ours if each.laddr.port == port and not each.raddr]
    assert numbers.ip == "127.0.0.1"
    for path in ("/", "/m/risk", "/staff/", "/healthz"):
        assert httpx.get(f"http://127.0.0.1:{port}{path}").status_code == 404


def test_without_the_option_there_are_no_numbers_anywhere(server: Running):
    listening = [
        each
        for each in psutil.Process(server.process.pid).net_connections("tcp")
        if each.status == psutil.CONN_LISTEN
    ]
    assert [each.laddr.port for each in listening] == [server.port]


def test_a_port_for_numbers_that_is_taken_is_told(tmp_path: Path, server: Running):
    places = ["--db", f"sqlite:///{tmp_path}/w.sqlite", "--published", str(tmp_path / "published")]
    ports = ["--port", "0", "--metrics-port", str(server.port)]
    done = CliRunner().invoke(main, ["serve", *places, *ports])
    assert done.exit_code == 1
    assert "--metrics-port" in done.stderr
