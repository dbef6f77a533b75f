"""`myths serve --workers 2`: several processes behind one address, kept alive, renewed in turn."""

from __future__ import annotations

import re
import signal
import socket
import stat
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import httpx
import psutil
import pytest
from click.testing import CliRunner
from myths.cli import main
from myths.server.balancer import balancer_settings

from tests import postgres
from tests.faults.conftest import Trial, open_room
from tests.faults.room import Room
from tests.forkserver.kernels import wait_until
from tests.haproxy import SETTINGS
from tests.server.conftest import Visitor
from tests.server.guesser import Guesser
from tests.server.wire import Wire

NUMBER, DRAIN = 2, 6
BACK = 5  # seconds in which everybody is back, as after any break


@pytest.fixture(scope="module")
def database() -> Iterator[postgres.Server]:
    with postgres.running() as server:
        yield server


@pytest.fixture(scope="module")
def room(database: postgres.Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    """A server of several workers, for all tests that leave it running."""
    folder = tmp_path_factory.mktemp("room")
    options = ("--workers", str(NUMBER), "--drain", str(DRAIN))
    with (
        database.database("workshop") as url,
        open_room(Room(url, folder, options=options)) as opened,
    ):
        yield opened


def children(room: Room) -> list[psutil.Process]:
    return psutil.Process(room.server.process.pid).children()


def workers(room: Room) -> dict[str, psutil.Process]:
    """The workers that run now, by what the balancer's cookie calls them."""
    found = {}
    for each in children(room):
        command: list[str] = []
        with suppress(psutil.NoSuchProcess):  # it ends just now
            command = each.cmdline()
        if "--worker" in command:
            found[Path(command[command.index("--worker") + 1]).name] = each
    return found


def balancer(room: Room) -> psutil.Process:
    (found,) = (each for each in children(room) if each.name() == "haproxy")
    return found


def wait_for_all(room: Room) -> None:
    wait_until(lambda: room.store.servers() == NUMBER, "all workers hear of each other")


def mine(visitor: Visitor) -> str:
    """The worker that a visitor keeps to."""
    return visitor.http.cookies.get("server") or ""


def test_people_are_shared_out_and_keep_to_their_worker(room: Room):
    with Visitor(room.server) as one, Visitor(room.server) as two:
        pages = []
        for visitor in (one, two):
            visitor.join()
            pages.append(Wire(visitor, "risk"))
        assert {mine(one), mine(two)} == set(workers(room))
        for visitor, page in zip((one, two), pages, strict=True):
            before = mine(visitor)
            assert visitor.get(f"/kernels/{page.kernel}").status_code == 204
            assert mine(visitor) == before
            page.close()


def test_workers_are_reached_by_their_balancer_alone(room: Room):
    for worker in workers(room).values():
        listening = [
            each for each in worker.net_connections("tcp") if each.status == psutil.CONN_LISTEN
        ]
        assert listening == []
    command = next(iter(workers(room).values())).cmdline()
    folder = Path(command[command.index("--worker") + 1]).parent
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


@pytest.mark.soak
def test_a_worker_that_is_killed_is_started_again_and_no_answer_is_lost(
    room: Room, table, chance, request
):
    trial = Trial(room, table, chance, request.node.name)

    def kill() -> None:
        trial.chance.choice([*workers(room).values()]).kill()

    trial.suffer(kill, 3)
    wait_for_all(room)
    trial.judge("one of two workers is killed", 3)
    assert "ended by itself, and is started again" in room.log.read_text()


def test_people_of_a_killed_worker_are_back_within_the_bar(room: Room):
    visitors = [Visitor(room.server) for _ in range(6)]
    for visitor in visitors:
        visitor.join()
        Wire(visitor, "risk").close()
    killed = mine(visitors[0])
    theirs = [visitor for visitor in visitors if mine(visitor) == killed]
    assert 0 < len(theirs) < len(visitors)
    workers(room)[killed].kill()
    began = time.monotonic()
    for visitor in theirs:
        page = Wire(visitor, "risk")
        assert mine(visitor) != killed
        page.close()
    assert time.monotonic() - began < BACK
    for visitor in visitors:
        visitor.http.close()
    wait_for_all(room)


@pytest.mark.soak
def test_workers_are_renewed_one_after_the_other_while_people_go_on(
    room: Room, table, chance, request
):
    trial = Trial(room, table, chance, request.node.name)
    before = {name: each.pid for name, each in workers(room).items()}
    fewest = NUMBER

    def is_done() -> bool:
        nonlocal fewest
        now = workers(room)
        fewest = min(fewest, len(now))
        return set(now) == set(before) and all(now[name].pid != before[name] for name in now)

    room.server.process.send_signal(signal.SIGHUP)
    wait_until(is_done, "all are renewed", seconds=90)
    trial.go_on()
    wait_for_all(room)
    trial.judge("two workers are renewed one after the other", 1)
    assert fewest == NUMBER - 1
    assert httpx.get(room.server.url("/readyz")).status_code == 200


@pytest.mark.soak
def test_a_worker_that_somebody_ends_sends_its_people_to_the_other_and_is_started_again(room: Room):
    with Visitor(room.server) as visitor:
        visitor.join()
        page, before = Wire(visitor, "risk"), mine(visitor)
        ended = workers(room)[before]
        ended.terminate()

        def is_told() -> bool:
            page.set(page.questions["risk.myth.before"])
            return "moving" in page.room

        wait_until(is_told, "it is told")
        assert 0 < page.room["moving"] < DRAIN
        page.close()
        Wire(visitor, "risk").close()
        assert mine(visitor) != before
    wait_until(lambda: workers(room).get(before, ended) != ended, "it is started again", seconds=60)
    wait_for_all(room)


@pytest.mark.soak
def test_a_balancer_that_is_killed_is_started_again(room: Room, table, chance, request):
    trial = Trial(room, table, chance, request.node.name)
    trial.suffer(lambda: balancer(room).kill(), 2)
    trial.judge("the balancer of two workers is killed", 2)


def test_nobody_can_claim_another_address(room: Room):  # after all who join: it takes their turns
    claimed = [f"198.51.100.{number}" for number in range(200)]
    with (
        Visitor(room.server) as visitor,
        Guesser(visitor, "/", code="ABSENT", agree="yes") as guesser,
    ):
        assert guesser.insist(claimed)


@pytest.fixture
def own(database: postgres.Server, tmp_path: Path) -> Iterator[Callable[..., Room]]:
    """Start a server of several workers that the test ends."""
    with database.database("other") as url:

        def start(*options: str) -> Room:
            opened = Room(url, tmp_path, options=("--workers", str(NUMBER), *options))
            opened.start()
            return opened

        yield start


@pytest.mark.soak
def test_asked_to_end_it_ends_with_all_workers_and_leaves_nothing(own: Callable[..., Room]):
    room = own("--drain", "2")
    (folder,) = {Path(each.cmdline()[-1]).parent for each in [balancer(room)]}
    with Visitor(room.server) as visitor:
        visitor.join()
        Wire(visitor, "risk").close()
        room.server.process.terminate()
        assert room.server.process.wait(60) == 0
    wait_until(lambda: not room.processes(), "every process has ended")
    assert not folder.exists()


@pytest.mark.soak
def test_ctrl_c_ends_all_at_once(own: Callable[..., Room]):
    room = own("--drain", "60")
    began = time.monotonic()
    room.server.process.send_signal(signal.SIGINT)
    assert room.server.process.wait(60) == 0
    assert time.monotonic() - began < 20
    wait_until(lambda: not room.processes(), "every process has ended")


@pytest.mark.soak
def test_nothing_is_left_of_one_that_is_killed(own: Callable[..., Room]):
    room = own()
    room.kill()
    wait_until(lambda: not room.processes(), "every process has ended")
    room.start()  # at the same port
    room.end()


@pytest.mark.soak
def test_a_worker_that_cannot_start_ends_all_with_a_reason(database: postgres.Server, tmp_path):
    with (
        database.database("third") as url,
        socket.create_server(("127.0.0.1", 0)) as taken,
    ):
        port = str(taken.getsockname()[1])
        options = ["--port", "0", "--db", url, "--workers", "2", "--metrics-port", port]
        options += ["--published", str(tmp_path / "published")]
        ended = subprocess.run(
            [sys.executable, "-m", "myths", "serve", *options],
            capture_output=True,
            text=True,
            check=False,
        )
    assert ended.returncode == 1
    first, *_, last = ended.stderr.strip().splitlines()
    assert f"Port {port}" in first
    assert "The first worker did not start" in last


def refused(*options: str, **environment: str) -> str:
    ended = CliRunner().invoke(main, ["serve", "--workers", "2", *options], env=environment)
    assert ended.exit_code == 1
    (said,) = ended.stderr.strip().splitlines()
    return said


def test_a_file_has_one_worker(tmp_path: Path):
    file = tmp_path / "workshop.sqlite"
    assert "need PostgreSQL" in refused("--db", f"sqlite:///{file}")
    assert not file.exists()


def test_without_haproxy_it_is_said_what_to_install(monkeypatch):
    monkeypatch.setattr("shutil.which", lambda *_, **__: None)
    said = refused("--db", "postgresql://nobody@localhost/nothing")
    assert "package `haproxy`" in said


def test_the_balancer_has_the_settings_of_deploy():
    """But for https, names, and what is written of servers that come and go."""
    ours = balancer_settings(
        ip="127.0.0.1", port=80, behind="", own=Path("/o"), sockets=[Path("/a")], files=10_000
    )

    def settings(text: str) -> set[str]:
        parts = re.split(r"(?m)^(?=\w)", text)
        wanted = [part for part in parts if part.startswith(("defaults", "backend"))]
        lines = (re.sub("#.*", "", line).strip() for part in wanted for line in part.splitlines())
        return {line.replace(" secure", "") for line in lines if line}

    theirs = settings(SETTINGS.read_text())
    apart = ("errorfile", "server ", "log ", "default-server")
    assert {line for line in theirs - settings(ours) if not line.startswith(apart)} == set()
    assert "http-request set-header X-Forwarded-For %[src]" in ours


def test_behind_a_proxy_the_balancer_believes_it_and_cookies_need_https():
    ours = balancer_settings(
        ip="::1", port=80, behind="https://a.org", own=Path("/o"), sockets=[], files=10_000
    )
    assert "X-Forwarded-For" not in ours
    assert "httponly secure" in ours
    assert "bind ipv6@::1:80" in ours
