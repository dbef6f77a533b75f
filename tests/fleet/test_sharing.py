"""Two servers on one database, behind a pooler in transaction mode: one workshop for its people."""

from __future__ import annotations

import time
from collections.abc import Iterator

import httpx
import psycopg
import pytest
from myths import catalog
from myths.server.open_pages import IDLE
from myths.store import credentials

from tests.faults.room import processes_named
from tests.fleet.conftest import Site, site
from tests.forkserver.kernels import wait_until
from tests.server.conftest import Running, Visitor, read, recovery_code
from tests.server.test_lead import ask
from tests.server.test_staff import enter
from tests.server.wire import Wire, key

UI = catalog.load().ui
GLANCE = 3  # seconds between a server's looks at how many there are
CUT = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'LISTEN %'"


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A site of which these tests see each machine by itself."""
    with site(tmp_path_factory.mktemp("shared"), https=False) as running:
        yield running


RATING, TEXT = "risk.myth.before", "risk.reason.before"


def rating(value: int) -> dict[str, object]:
    return {"key": key(), "value": value, "text": None, "declined": False, "reader": None}


def twins(here: Site) -> tuple[Running, Running]:
    """One workshop, seen at each of two servers."""
    workshop = here.store.open_workshop()
    first, second = (here.room(machine, workshop) for machine in here.machines)
    return first, second


def at(visitor: Visitor, server: Running) -> Visitor:
    """The same browser at another server."""
    other = Visitor(server)
    other.http.cookies = visitor.http.cookies
    return other


def wait_until_gone(page: Wire, visitor: Visitor, *, seconds: float) -> None:
    def is_gone() -> bool:
        return visitor.get(f"/kernels/{page.kernel}").status_code == 404

    wait_until(is_gone, "the kernel that knew it ends", seconds=seconds)


def test_servers_that_start_at_once_make_the_tables_once(here: Site):
    with psycopg.connect(here.direct) as connection:
        (versions,) = connection.execute("SELECT count(*) FROM myths_version").fetchone() or ()
        (salts,) = (
            connection.execute("SELECT count(*) FROM meta WHERE key = 'salt'").fetchone() or ()
        )
    assert (versions, salts) == (1, 1)
    assert here.store.servers() == 2
    assert '"level": "error"' not in here.logs()


def test_who_joined_at_one_server_is_known_at_the_other(here: Site):
    first, second = twins(here)
    with Visitor(first) as visitor:
        code = recovery_code(visitor.join())
        assert UI.join.already in read(at(visitor, second).get("/"))
        with Visitor(second) as elsewhere:
            elsewhere.send("/return", recovery=code)
            assert UI.join.already in read(elsewhere.get("/"))


def test_a_page_that_meets_the_wrong_server_starts_again_there_with_all_that_was_said(here: Site):
    first, second = twins(here)
    with Visitor(first) as visitor:
        visitor.join()
        page = Wire(visitor, "risk")
        assert page.answer(RATING, rating(4))["state"] == "saved"
        visitor_there = at(visitor, second)
        # what the page asks there is answered by 404, whereupon it loads itself again (kernel.js)
        assert visitor_there.get(f"/kernels/{page.kernel}").status_code == 404
        assert visitor_there.get("/assets/0123456789abcdef/page.js").status_code == 200
        again = Wire(visitor_there, "risk")
        assert again.states[again.questions[RATING]]["known"]["value"] == 4
        assert again.answer(RATING, rating(2))["state"] == "saved"
        assert page.answer(RATING, rating(5))["state"] == "saved"  # the old one is no danger
        again.close()
        page.close()
    table = here.store.answers(workshop=first.code)
    assert table["value"].dropna().to_list() == [5]


def test_a_room_that_is_moved_at_one_server_moves_at_the_other(here: Site):
    first, second = twins(here)
    with Visitor(first) as trainer, Visitor(second) as visitor:
        enter(trainer, here.store.new_staff_key())
        visitor.join()
        page = Wire(visitor, "risk")
        for seen, act in enumerate(
            ({"do": "pace", "pace": "together"}, {"do": "go", "page": "risk", "step": "facts"})
        ):
            assert ask(trainer, first, {**act, "seen": seen}).json()["told"] == ""

        def has_heard() -> bool:
            page.set(page.questions[RATING])
            return page.room.get("step") == "facts"

        wait_until(has_heard, "the page hears of it")
        page.close()


def test_what_is_erased_at_one_server_is_in_no_kernel_of_the_other(here: Site):
    first, second = twins(here)
    with Visitor(first) as visitor:
        visitor.join()
        page = Wire(visitor, "risk")
        assert page.answer(RATING, rating(4))["state"] == "saved"
        there = at(visitor, second)
        place = {"module": "risk", "item": "myth", "phase": "before"}
        assert there.send("/withdraw", do="one", **place).status_code == 303
        wait_until_gone(page, visitor, seconds=10)
        page.close()


def test_who_leaves_at_one_server_is_out_at_the_other(here: Site):
    first, second = twins(here)
    with Visitor(first) as visitor:
        visitor.join()
        page = Wire(visitor, "risk")
        token = visitor.token
        there = at(visitor, second)
        there.send("/leave")
        visitor.token = token
        wait_until_gone(page, visitor, seconds=30)
        page.close()


def test_presence_is_counted_over_all_servers(here: Site):
    first, second = twins(here)
    with Visitor(first) as one, Visitor(second) as two:
        one.join()
        two.join()
        pages = [Wire(one, "risk"), Wire(two, "risk")]
        counted = lambda: here.store.attendance(first.code).connected == 2  # noqa: E731
        wait_until(counted, "both are counted", seconds=20)
        for page in pages:
            page.close()


def test_the_database_has_a_handful_of_connections_whoever_comes(here: Site):
    """Four of the pooler, and two lasting ones of each server: presence, and what it hears."""
    first, _ = twins(here)
    with Visitor(first) as visitor:
        visitor.join()
        pages = [Wire(visitor, "risk") for _ in range(5)]
        for page in pages:
            assert page.answer(RATING, rating(3))["state"] == "saved"
        asked = (
            "SELECT count(*) FROM pg_stat_activity "
            "WHERE datname = 'workshop' AND pid <> pg_backend_pid()"
        )
        with psycopg.connect(here.direct) as connection:
            (number,) = connection.execute(asked).fetchone() or (0,)
        for page in pages:
            page.close()
    assert number <= 4 + 2 * len(here.machines) + 1


def test_a_server_that_is_gone_leaves_its_part_of_the_limits_to_the_others(here: Site):
    ours = here.store
    assert ours.servers() == 2
    here.machines[1].kill()
    wait_until(lambda: ours.servers() == 1, "it is missed", seconds=20)
    here.machines[1].start()
    here.machines[1].wait()
    wait_until(lambda: ours.servers() == 2, "it is back", seconds=20)


def test_each_server_lets_only_its_part_of_wrong_keys_be_tried_at_once(here: Site):
    first, _ = twins(here)
    looked = time.monotonic() + 2 * GLANCE
    wait_until(lambda: time.monotonic() > looked, "each knows how many there are")
    with Visitor(first) as guesser:
        began = time.monotonic()
        for _ in range(8):  # of ten that one server alone would take at once
            assert enter(guesser, credentials.new_recovery_code()).status_code == 403
        assert time.monotonic() - began > 5  # five at once, then one every two seconds


def test_the_servers_wrote_nothing_that_somebody_must_look_at(here: Site):
    assert [each for each in here.logs().splitlines() if '"level": "error"' in each] == []
    assert httpx.get(here.machines[0].url("/readyz")).status_code == 200


def test_a_server_that_was_cut_off_goes_on_with_nothing_that_may_be_erased(here: Site):
    first, _ = twins(here)
    with Visitor(first) as visitor:
        visitor.join()
        page = Wire(visitor, "risk")
        assert page.answer(RATING, rating(4))["state"] == "saved"
        assert processes_named(page.kernel)
        with psycopg.connect(here.direct) as connection:
            cut = connection.execute(CUT).fetchall()
        assert len(cut) == len(here.machines)
        gone = lambda: not processes_named(page.kernel)  # noqa: E731
        wait_until(gone, "what the kernel knew is gone", seconds=IDLE - 3)
        assert page.answer(RATING, rating(5))["state"] == "saved"
        page.close()
