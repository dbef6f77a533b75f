"""Evaluators download tables and reports of the workshops of their role, and of no others."""

from __future__ import annotations

import asyncio
import io
import subprocess
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

import httpx
import pandas as pd
import pytest
from myths import catalog, samples
from myths.server.data_job import REPORT, TABLES, DataJobs
from myths.server.role_quotas import RoleQuotas
from myths.store import Store, open_store, schema
from myths.vocabulary import Scope
from sqlalchemy import select, update

from tests.server.conftest import Running, Visitor, read, serving
from tests.threads import finish

ACCESS = catalog.load().ui.access
ROLE = "evaluation"


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """A server with the made-up workshops as if they were real; the role has the first one."""
    path = tmp_path_factory.mktemp("data") / "workshop.sqlite"
    samples.make(path)
    store = open_store(f"sqlite:///{path}")
    with store.writing() as conn:
        conn.execute(update(schema.workshops).values(rehearsal=False))
    with serving(path) as running:
        yield running


@pytest.fixture(scope="module")
def store(place: Running) -> Store:
    return place.store


@pytest.fixture(scope="module")
def codes(store: Store) -> list[str]:
    """The workshops in which people said something; the role sees the first."""
    found = [each.code for each in store.workshops() if store.joined()[each.code]]
    store.new_staff_key(ROLE, scope=Scope.READ)
    store.assign_workshop(found[0], ROLE)
    return found


@pytest.fixture
def evaluator(place: Running, codes: list[str]) -> Iterator[Visitor]:
    with Visitor(place) as someone:
        someone.send("/staff/", do="enter", key=place.store.new_staff_key(ROLE))
        yield someone


def made(visitor: Visitor, kind: str, *codes: str) -> httpx.Response:
    """Have something made, wait for it, and return the page that says how it went, or why not."""
    fields = {"_xsrf": visitor.secret, "do": kind, "workshop": [*codes]}
    answer = visitor.http.post("/staff/data", data=fields)
    if answer.status_code != 303:
        return answer
    until = time.monotonic() + 300
    while ACCESS.busy_heading in read(page := visitor.get("/staff/data")):
        assert time.monotonic() < until
        time.sleep(0.2)
    return page


def downloaded(visitor: Visitor) -> zipfile.ZipFile:
    file = visitor.get("/staff/data/file")
    assert file.status_code == 200
    assert file.headers["Content-Type"] == "application/zip"
    assert "no-store" in file.headers["Cache-Control"]
    return zipfile.ZipFile(io.BytesIO(file.content))


def table(archive: zipfile.ZipFile, name: str) -> pd.DataFrame:
    (path,) = [
        each
        for each in archive.namelist()
        if each.endswith(f"/{name}.csv") or each == f"{name}.csv"
    ]
    return pd.read_csv(io.BytesIO(archive.read(path)))


def people(store: Store, code: str) -> set[str]:
    workshops, participants = schema.workshops.c, schema.participants.c
    query = select(participants.name).join(schema.workshops).where(workshops.code == code)
    with store.reading() as conn:
        return set(conn.scalars(query))


def acts(store: Store) -> list[tuple[str, str, str]]:
    return [
        (each.role, each.act, each.about)
        for each in store.audit()
        if each.act in ("exported", "reported")
    ]


def test_the_tables_hold_all_of_ones_workshop_and_nothing_of_any_other(
    evaluator: Visitor, store: Store, codes: list[str]
):
    before = acts(store)
    page = made(evaluator, TABLES, codes[0])
    assert ACCESS.made_tables in read(page)
    archive = downloaded(evaluator)
    answers = table(archive, "answers")
    assert set(answers["workshop"]) == {codes[0]}
    assert set(table(archive, "participants")["participant"]) == people(store, codes[0])
    everything = b"".join(archive.read(name) for name in archive.namelist())
    for code in codes[1:]:
        assert code.encode() not in everything
        for name in people(store, code):
            assert name.encode() not in everything
    assert acts(store) == [*before, (ROLE, "exported", codes[0])]


def test_a_report_is_published_by_the_rules_of_all_reports_and_is_logged(
    evaluator: Visitor, store: Store, codes: list[str]
):
    before = len(store.release_log().releases)
    page = made(evaluator, REPORT, codes[0])
    assert ACCESS.made_report in read(page)
    names = downloaded(evaluator).namelist()
    assert {name.rpartition(".")[2] for name in names} == {"html", "pdf"}
    released = store.release_log().releases
    assert len(released) == before + 1
    assert released[-1].workshops == (codes[0],)
    assert acts(store)[-1] == (ROLE, "reported", codes[0])


@pytest.mark.soak
def test_a_report_of_nobody_is_made_and_publishes_nothing(evaluator: Visitor, store: Store):
    empty = store.open_workshop().code
    store.assign_workshop(empty, ROLE)
    assert ACCESS.made_report in read(made(evaluator, REPORT, empty))
    assert not [each for each in store.release_log().releases if empty in each.workshops]


def test_neither_a_foreign_workshop_nor_a_rehearsal_is_ever_in_it(
    evaluator: Visitor, store: Store, codes: list[str]
):
    rehearsal = store.open_workshop(rehearsal=True).code
    store.assign_workshop(rehearsal, ROLE)
    before, secret = acts(store), evaluator.secret
    for chosen, status in [
        ([codes[1]], 404),
        ([codes[0], codes[1]], 404),
        (["NOSUCH"], 404),
        (["--rehearsal"], 404),
        ([rehearsal], 400),
        ([], 400),
    ]:
        for kind in (TABLES, REPORT):
            fields = {"_xsrf": secret, "do": kind, "workshop": chosen}
            assert evaluator.http.post("/staff/data", data=fields).status_code == status
    assert acts(store) == before
    assert ACCESS.made_up in read(evaluator.get(f"/staff/{rehearsal}"))


def test_a_file_is_for_its_role_alone_and_goes_with_the_workshop(
    place: Running, evaluator: Visitor, store: Store, codes: list[str]
):
    store.assign_workshop(codes[2], ROLE)
    made(evaluator, TABLES, codes[2])
    key = store.new_staff_key("others", scope=Scope.READ)
    store.assign_workshop(codes[2], "others")
    with Visitor(place) as other:
        other.send("/staff/", do="enter", key=key)
        assert other.get("/staff/data/file").status_code == 404
        assert codes[2] not in read(other.get("/staff/data")).partition(ACCESS.which)[0]
    with Visitor(place) as coordinator:
        coordinator.send("/staff/", do="enter", key=store.new_staff_key())
        assert coordinator.get("/staff/data/file").status_code == 403
    store.unassign_workshop(codes[2], ROLE)
    assert evaluator.get("/staff/data/file").status_code == 404
    store.assign_workshop(codes[2], ROLE)
    store.erase_workshop(codes[2])
    assert evaluator.get("/staff/data/file").status_code == 404


class Slow(DataJobs):
    """Makes a file when it is told to, and counts how many are made at a time."""

    def __init__(self, folder: Path, **options: float) -> None:
        super().__init__(folder, {}, **options)
        self.go, self.now, self.most = asyncio.Event(), 0, 0
        self.loop = asyncio.get_running_loop()

    def _command(self, *words: str) -> None:
        self.now += 1
        self.most = max(self.most, self.now)
        asyncio.run_coroutine_threadsafe(self.go.wait(), self.loop).result(60)
        self.now -= 1
        (target,) = [word for word in words if word.endswith(".zip")]
        Path(target).write_text(" ".join(words))


async def settled(jobs: DataJobs, *roles: str) -> None:
    while any(jobs.is_running(role) for role in roles):
        await asyncio.sleep(0)


def test_one_thing_is_made_at_a_time_and_one_for_each_role(tmp_path: Path):
    async def run() -> None:
        jobs = Slow(tmp_path)
        assert jobs.begin("a", TABLES, ["ROOM7"])
        assert jobs.begin("b", TABLES, ["ROOM8"])
        assert not jobs.begin("a", TABLES, ["ROOM9"])
        assert jobs.outcome("a", ["ROOM7"]) is None
        jobs.go.set()
        await settled(jobs, "a", "b")
        assert jobs.most == 1
        found = jobs.outcome("a", ["ROOM7", "ROOM8"])
        assert found
        assert found.file
        assert "--workshop ROOM7" in found.file.read_text()
        assert jobs.outcome("a", ["ROOM8"]) is None
        assert jobs.begin("a", TABLES, ["ROOM9"])  # and what was there goes
        assert not found.file.exists()
        await settled(jobs, "a")

    finish(run())


def test_a_file_is_deleted_after_a_while_and_a_failure_leaves_none(tmp_path: Path):
    class Failing(DataJobs):
        def _command(self, *words: str) -> None:
            Path(words[1]).write_text("half")
            raise subprocess.CalledProcessError(1, words[0], stderr=b"Error: No space is left.\n")

    async def run() -> None:
        jobs = Slow(tmp_path / "kept", kept=0)
        jobs.go.set()
        (tmp_path / "kept").mkdir()
        jobs.begin("a", TABLES, ["ROOM7"])
        await settled(jobs, "a")
        while [*(tmp_path / "kept").iterdir()]:
            await asyncio.sleep(0)
        assert jobs.outcome("a", ["ROOM7"]) is None
        (tmp_path / "failed").mkdir()
        failing = Failing(tmp_path / "failed", {})
        failing.begin("a", TABLES, ["ROOM7"])
        await settled(failing, "a")
        found = failing.outcome("a", ["ROOM7"])
        assert found
        assert (found.file, found.fault) == (None, "No space is left.")
        assert [*(tmp_path / "failed").iterdir()] == []

    finish(run())


def test_each_role_has_a_quota_of_its_own():
    now = [0.0]
    quotas = RoleQuotas(2, seconds=60, clock=lambda: now[0])
    for _ in range(2):
        assert quotas.wait("a") == 0
        quotas.count("a")
    assert quotas.wait("a") == pytest.approx(60)
    assert quotas.wait("b") == 0
    now[0] = 60
    assert quotas.wait("a") == 0


@pytest.mark.soak
def test_too_many_downloads_are_refused_kindly(evaluator: Visitor, store: Store, codes: list[str]):
    before = len(acts(store))
    for _ in range(11):
        if ACCESS.made_tables not in read(page := made(evaluator, TABLES, codes[0])):
            break
    assert page.status_code == 429
    assert ACCESS.too_soon.partition("{")[0] in read(page)
    assert len(acts(store)) - before <= 10
