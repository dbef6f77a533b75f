"""A backup holds everything, or there is none; a restore changes everything, or nothing."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from threading import Event, Thread

import pytest
from myths.errors import RecoveryError, StoreError
from myths.store import backup, digests, open_store, read_backup, restore, schema
from sqlalchemy import insert

from tests.store.samples import asked, expire, given, written
from tests.store.stores import at_version, fill, held, join, new, refused

ROOT = Path(__file__).parents[2]


@pytest.fixture
def people(store):
    return fill(store)


@pytest.fixture
def made(store, people, tmp_path) -> Path:
    store.backup(tmp_path / "monday.backup")
    return tmp_path / "monday.backup"


# Backing up


def test_a_backup_holds_every_row_and_says_what_it_holds(store, people, tmp_path):
    path = tmp_path / "monday.backup"
    backup = store.backup(path)
    assert backup.sums == held(store)
    assert read_backup(path) == backup
    assert backup.rows["answers"] == 15
    assert open_store(f"sqlite:///{path}").answers().equals(store.answers())
    assert [file.name for file in tmp_path.iterdir() if file.name.startswith("monday")] == [
        "monday.backup"
    ]
    assert path.stat().st_mode & 0o077 == 0


def test_it_must_be_deleted_when_its_first_answers_are_due(store, people, tmp_path):
    first = store.open_workshop(keep_days=30)
    assert store.backup(tmp_path / "a").delete_by == first.erasing_date
    assert new(tmp_path).backup(tmp_path / "b").delete_by is None


def test_it_is_one_moment_of_a_store_in_which_people_go_on_answering(store, people, tmp_path):
    began, end = Event(), Event()
    person = people[0].participant

    def answer() -> None:
        number = 0
        while not end.is_set():
            store.save(person, asked(), given(number))
            number += 1
            began.set()

    writer = Thread(target=answer)
    writer.start()
    began.wait()
    try:
        for number in range(3):
            before = len(store.answers(history=True))
            backup = store.backup(tmp_path / f"{number}.backup")
            copy = open_store(f"sqlite:///{backup.path}").answers(history=True)
            assert before <= len(copy) <= len(store.answers(history=True))
            values = copy.loc[copy["participant"] == person, "value"].dropna()[3:]
            assert values.tolist() == sorted(values)
    finally:
        end.set()
        writer.join()


def test_a_backup_never_goes_over_another_file(store, tmp_path):
    (tmp_path / "x").write_text("mine")
    assert "exists already" in refused(store.backup, tmp_path / "x")
    assert (tmp_path / "x").read_text() == "mine"


def test_a_place_that_cannot_be_written_is_named(store, tmp_path):
    assert "cannot be written" in refused(store.backup, tmp_path / "no such folder" / "x")


def test_erased_words_leave_no_trace_in_a_later_backup(store, people, tmp_path):
    store.save(people[0].participant, written("x"), given(text="Rumpelstilz " * 99, reader="group"))
    store.erase_participant(people[0].participant)
    store.backup(tmp_path / "later")
    assert b"Rumpelstilz" not in (tmp_path / "later").read_bytes()


def test_what_is_not_read_back_as_it_was_leaves_no_backup(store, people, tmp_path, monkeypatch):
    whole = backup._copy

    def lossy(conn, part, step):
        whole(conn, part, step)
        with sqlite3.connect(part) as file:
            file.execute("UPDATE answers SET value = 3 WHERE seq = 1")

    monkeypatch.setattr(backup, "_copy", lossy)
    assert "damaged" in refused(store.backup, tmp_path / "monday.backup")
    assert not list(tmp_path.glob("monday*"))


# Restoring


@pytest.fixture(params=["sqlite", "postgresql"])
def elsewhere(request, tmp_path) -> Iterator[str]:
    """A new database, of each kind, beside the one that was backed up."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/elsewhere/new.sqlite"
        return
    with request.getfixturevalue("postgres").database("elsewhere") as address:
        yield address


def test_a_backup_is_restored_into_either_database_and_people_go_on(store, people, made, elsewhere):
    before = held(store, but=("meta",))
    restore(made, elsewhere)
    there = open_store(elsewhere)
    assert held(there, but=("meta",)) == before
    assert there.answers().equals(store.answers())
    back = there.recover(people[0].recovery)
    assert there.visitor(back.token).participant == people[0].participant
    key = there.visitor(back.token).key
    assert there.latest(back.participant, key=key)["risk", "diary", "before"].text
    someone = join(there, there.workshops()[0].code)
    there.save(someone.participant, asked("new.one"), given(5))
    assert there.latest(someone.participant)["risk", "new.one", "before"].value == 5


def test_a_store_that_holds_workshops_is_only_replaced_when_that_is_said(store, people, made, url):
    store.save(people[0].participant, asked(), given(4))
    before = held(store)
    assert "--replace" in refused(restore, made, url)
    assert held(store) == before
    restore(made, url, replace=True)
    assert held(store, but=("meta",)) == {
        name: text for name, text in read_backup(made).sums.items() if name != "meta"
    }


def test_who_was_erased_since_the_backup_stays_erased(store, people, made, url):
    gone = store.open_workshop()
    join(store, gone.code)
    later = made.with_name("later.backup")
    store.backup(later)
    store.erase_participant(people[1].participant)
    store.erase_workshop(gone.code)
    record = store.erasings()
    restore(later, url, replace=True)
    left = set(store.participants()["participant"])
    assert left == {people[0].participant, people[2].participant}
    assert gone not in store.workshops()
    assert store.erasings() == record
    with pytest.raises(RecoveryError) as caught:
        store.recover(people[1].recovery)
    assert caught.value.reason == "erased"


def test_what_is_due_for_erasing_is_not_brought_back_and_this_is_told(
    store, people, elsewhere, tmp_path
):
    code = store.workshops()[0].code
    expire(store, store.workshops()[0])
    store.backup(tmp_path / "old")
    restored = restore(tmp_path / "old", elsewhere)
    assert restored.left_out == (code,)
    assert restored.backup.rows["participants"] == 3
    assert restored.rows["participants"] == restored.rows["workshops"] == 0  # as counted there
    assert open_store(elsewhere).workshops() == []
    assert len(open_store(elsewhere).answers(history=True, rehearsal=True)) == 0


def test_a_backup_of_an_older_version_is_brought_up_to_date(elsewhere, tmp_path):
    path = _of_first_version(tmp_path)
    before = path.read_bytes()
    restore(path, elsewhere)
    (workshop,) = open_store(elsewhere).workshops()
    assert (workshop.code, workshop.audience) == ("ROOM7", "mixed")
    assert path.read_bytes() == before
    assert not list(tmp_path.glob("*unfinished*"))


def _of_first_version(folder: Path) -> Path:
    """Make a backup as the first version would have made it."""
    path = folder / "first.backup"
    with at_version("0001", f"sqlite:///{path}") as conn:
        now = datetime.now(UTC)
        row = {"code": "ROOM7", "title": "", "language": "en", "country": "eu", "rehearsal": False}
        times = dict.fromkeys(("opened_at", "joins_until", "pooled_at"), now)
        later = datetime(2999, 1, 1, tzinfo=UTC)
        conn.execute(insert(schema.workshops).values(**row, **times, expires_at=later))
        backup.manifest.create(conn)
        sums = digests.sums(conn, but=["myths_backup"])
        signed = {"made_at": now, "version": "0001", "delete_by": None, "sums": sums}
        conn.execute(insert(backup.manifest).values(signed))
    return path


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ("UPDATE answers SET value = 3 WHERE seq = 1", "changed since"),
        ("DELETE FROM answers WHERE seq = 1", "changed since"),
        ("UPDATE answers SET participant = 2 WHERE seq = 1", "changed since"),
        ("UPDATE workshops SET audience = 'courts'", "changed since"),
        ("DROP TABLE myths_backup", "is no backup"),
        ("UPDATE myths_backup SET version = '9999'", "newer version"),
    ],
)
def test_what_is_no_whole_backup_changes_nothing(made, tmp_path, change, fault):
    with sqlite3.connect(made) as file:
        file.execute(change)
    there = new(tmp_path, "there.sqlite")
    before = held(there)
    assert fault in refused(restore, made, there.address)
    assert held(there) == before
    assert fault in refused(restore, made, f"sqlite:///{tmp_path}/nothing.sqlite")
    assert not (tmp_path / "nothing.sqlite").exists()


def test_a_missing_a_cut_and_a_foreign_file_are_told(made, tmp_path):
    url = f"sqlite:///{tmp_path}/new.sqlite"
    assert "no backup" in refused(restore, tmp_path / "missing", url)
    (tmp_path / "letter").write_text("Dear trainer, " * 1000)
    assert "no backup" in refused(restore, tmp_path / "letter", url)
    whole = made.read_bytes()
    made.write_bytes(whole[: len(whole) // 2])
    assert "damaged" in refused(restore, made, url)


def test_nothing_is_restored_under_a_running_server(store, people, made, url):
    server = subprocess.Popen(
        [sys.executable, "-m", "tests.store.stores", "serve", url, "-"],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert server.stdout
    assert [server.stdout.readline() for _ in range(2)] == ["begun\n", "ready\n"]
    before = held(store)
    assert "stop it" in refused(restore, made, url, replace=True)
    assert held(store) == before
    with store.serving():
        pass  # a second server may run
    server.kill()
    server.wait()
    server.stdout.close()
    server.stdin.close()
    restore(made, url, replace=True)


def test_no_server_starts_while_a_restore_runs(store):
    from myths.store.presence import alone

    with alone(store), pytest.raises(StoreError, match="being restored"), store.serving():
        pass
    with store.serving():
        pass


def test_what_cannot_be_read_back_leaves_the_old_state(store, people, made, url, monkeypatch):
    store.save(people[0].participant, asked(), given(4))
    before = held(store)
    whole = backup.fill

    def lossy(target, source, **options):
        whole(target, source, **options)
        target.execute(schema.answers.update().values(value=3))

    monkeypatch.setattr(backup, "fill", lossy)
    assert "could not be read back" in refused(restore, made, url, replace=True)
    assert held(store) == before


# Interrupted
